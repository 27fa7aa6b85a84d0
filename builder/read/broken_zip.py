"""Members of a zip archive whose directory is cut off, by the headers before them (APPNOTE 4.3.7). Leaf of
`builder.read`; imports nothing of the project.

`zipfile` needs the directory at the end of the file: a broken download would lose every member before the break.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

_HEADER = struct.Struct("<4s2x2H4xLLL2H")
_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 0x1, 0x8, 0x800
_STORED, _DEFLATED = 0, 8
_ZIP64 = 0xFFFFFFFF
_CHUNK = 64 * 1024


def members_by_header(file: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    """(name, stream) of each member up to the first whose end cannot be told; a stream that breaks off raises EOFError.

    Each stream is to be read before the next is asked for.
    """
    start = 0
    while True:
        file.seek(start)
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size or not header.startswith(_SIGNATURE):
            return
        _, flags, method, checksum, packed, _, name_length, extra_length = _HEADER.unpack(header)
        name = file.read(name_length).decode("utf-8" if flags & _UTF8 else "cp437", "backslashreplace")
        start += _HEADER.size + name_length + extra_length
        file.seek(start)
        unreadable = flags & _ENCRYPTED or method not in (_STORED, _DEFLATED) or packed == _ZIP64
        if unreadable or (flags & _SIZES_FOLLOW and method == _STORED):
            return
        ends = None if flags & _SIZES_FOLLOW else (packed, checksum)
        member = _Packed(file, ends, is_deflated=method == _DEFLATED)
        if not name.endswith("/"):
            yield name, io.BufferedReader(member)
        if flags & _SIZES_FOLLOW and not member.is_whole:
            return
        start = (
            start + member.taken + _descriptor(file, start + member.taken) if flags & _SIZES_FOLLOW else start + packed
        )


def _descriptor(file: BinaryIO, at: int) -> int:
    """The length of the sizes that follow a member: with or without their own signature."""
    file.seek(at)
    return 16 if file.read(4) == b"PK\x07\x08" else 12


class _Packed(io.RawIOBase):
    """The unpacked bytes of one member. `taken` is how many packed ones it used, when `is_whole`.

    `ends` are its packed length and the CRC-32 of what it unpacks to, where the header says them.
    """

    def __init__(self, file: BinaryIO, ends: tuple[int, int] | None, *, is_deflated: bool) -> None:
        super().__init__()
        self._file = file
        self._left = ends[0] if ends else None
        self._stated = ends[1] if ends else None
        self._checksum = 0
        self._unpack = zlib.decompressobj(-zlib.MAX_WBITS) if is_deflated else None
        self.taken = 0
        self.is_whole = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview", /) -> int:  # type: ignore[override]
        """Fill the buffer; 0 at the member's end."""
        data = self._next(len(buffer)) if not self.is_whole else b""
        self._checksum = zlib.crc32(data, self._checksum)
        if not data and self._stated not in (None, self._checksum):
            raise zlib.error("the checksum is another")
        buffer[: len(data)] = data
        return len(data)

    def _next(self, size: int) -> bytes:
        while not self.is_whole:
            tail = self._unpack.unconsumed_tail if self._unpack else b""
            data = tail or self._read(size)
            if self._unpack is None:
                return data
            unpacked = self._unpack.decompress(data, size)
            if self._unpack.eof:
                self.is_whole = True
                self.taken -= len(self._unpack.unused_data)
            if unpacked:
                return unpacked
        return b""

    def _read(self, size: int) -> bytes:
        """Packed bytes: none only at a stored member's stated end."""
        wanted = min(_CHUNK, size if self._left is None else min(size, self._left))
        data = self._file.read(wanted)
        self.taken += len(data)
        if self._left is not None:
            self._left -= len(data)
        if not data:
            if self._left == 0 and self._unpack is None:
                self.is_whole = True
                return b""
            raise EOFError
        return data
