"""Streams of bytes out of plain, .gz and .zst files, within stated limits. May import `builder.read.limits`.

What was decompressed before a break is handed out first, so that the records before it are kept.
"""

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import zstandard

from builder.read.limits import Limits

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SUFFIXES = (".gz", ".zst")
_CHUNK = 64 * 1024
# zstd may unfold 4 bytes into a block of 128 KiB: 1 KiB of input makes at most 32 MiB in one step.
_ZSTD_INPUT = 1024


class DamagedStreamError(Exception):
    """The compressed data breaks off, or is not what its suffix says."""


class OverLimitError(Exception):
    """The stream gives more than the limits allow."""


def open_bytes(path: Path, limits: Limits) -> BinaryIO:
    """The file's bytes, decompressed by its suffix; reading may raise DamagedStreamError or OverLimitError."""
    file = path.open("rb")
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        return file
    chunks = _gz_chunks(file) if suffix == ".gz" else _zst_chunks(file)
    return io.BufferedReader(_Stream(file, _guarded(chunks, file, limits)), _CHUNK)


class _Stream(io.RawIOBase):
    """A readable stream over chunks; closing it closes the file below."""

    def __init__(self, file: BinaryIO, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self._file = file
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill the buffer from the next chunk; 0 at the end."""
        target = memoryview(buffer).cast("B")
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        n = min(len(target), len(self._rest))
        target[:n] = self._rest[:n]
        self._rest = self._rest[n:]
        return n

    def close(self) -> None:
        self._file.close()
        super().close()


def _guarded(chunks: Iterator[bytes], file: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """The same chunks, until their sum breaks a limit."""
    size = 0
    for chunk in _sliced(chunks):
        size += len(chunk)
        packed = max(file.tell(), 1)
        if size > limits.decompressed:
            raise OverLimitError(f"more than {limits.decompressed} bytes decompressed")
        if size > limits.ratio_from and size > limits.ratio * packed:
            raise OverLimitError(f"decompresses more than {limits.ratio} to 1 ({size} bytes out of {packed})")
        yield chunk


def _sliced(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in small pieces, so that what comes before a limit is handed out."""
    for chunk in chunks:
        for start in range(0, len(chunk), _CHUNK):
            yield chunk[start : start + _CHUNK]


def _gz_chunks(file: BinaryIO) -> Iterator[bytes]:
    """Decompressed gzip, of all members."""
    with gzip.GzipFile(fileobj=file) as stream:
        while True:
            try:
                chunk = stream.read1(_CHUNK)
            except EOFError as error:
                raise DamagedStreamError("the gzip stream breaks off") from error
            except (OSError, zlib.error) as error:
                raise DamagedStreamError(f"the gzip stream is damaged: {error}") from error
            if not chunk:
                return
            yield chunk


def _zst_chunks(file: BinaryIO) -> Iterator[bytes]:
    """Decompressed zstd, of all frames. The stream reader of `zstandard` ends silently where a frame breaks off."""
    decoder = None
    try:
        while data := file.read(_ZSTD_INPUT):
            while data:
                decoder = decoder or zstandard.ZstdDecompressor().decompressobj()
                if chunk := decoder.decompress(data):
                    yield chunk
                data = b""
                if decoder.eof:
                    data, decoder = decoder.unused_data, None
    except zstandard.ZstdError as error:
        raise DamagedStreamError(f"the zstd stream is damaged: {error}") from error
    if decoder is not None:
        raise DamagedStreamError("the zstd stream breaks off")
