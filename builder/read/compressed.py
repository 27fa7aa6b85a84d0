"""Streams of bytes out of plain and compressed files, within stated limits. May import `builder.read.limits`.

What was decompressed before a break is handed out first, so that the records before it are kept.
"""

import bz2
import gzip
import io
import lzma
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

import zstandard

from builder.read.limits import Limits

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SUFFIXES = (".gz", ".zst", ".bz2", ".xz")
_CHUNK = 64 * 1024
_SPOOL = 16 * 1024 * 1024
# zstd may unfold 4 bytes into a block of 128 KiB: 1 KiB of input makes at most 32 MiB in one step.
_ZSTD_INPUT = 1024
# The dictionary of `xz -9` is 64 MiB; a header that asks for more is refused.
_XZ_MEMORY = 256 * 1024 * 1024


class DamagedStreamError(Exception):
    """The compressed data breaks off, or is not what its suffix says."""


class OverLimitError(Exception):
    """The stream gives more than the limits allow."""


class Budget:
    """What one raw file may unfold to, through all archives in it; `spend` raises OverLimitError beyond that."""

    def __init__(self, limits: Limits, packed: int) -> None:
        self.limits = limits
        self._packed = max(packed, 1)
        self._size = 0

    def spend(self, size: int) -> None:
        """Count bytes that came out."""
        self._size += size
        check_size(self._size, self._packed, self.limits)


def check_size(size: int, packed: int, limits: Limits) -> None:
    """Raise OverLimitError where `size` bytes are too many, or too many out of so few."""
    if size > limits.decompressed:
        raise OverLimitError(f"more than {limits.decompressed} bytes decompressed")
    if size > limits.ratio_from and size > limits.ratio * packed:
        raise OverLimitError(f"decompresses more than {limits.ratio} to 1 ({size} bytes out of {packed})")


def decompress(stream: BinaryIO, suffix: str, budget: Budget) -> BinaryIO:
    """The bytes that a stream packed as its suffix says holds; reading may raise one of the errors above."""
    return io.BufferedReader(_Stream(stream, _guarded(_UNPACK[suffix](stream), stream, budget)), _CHUNK)


def member_stream(member: BinaryIO, budget: Budget) -> BinaryIO:
    """A stream of an archive's member, its bytes counted and its breaks told as those of any other stream."""
    chunks = _told("archive member", lambda: member.read(_CHUNK))
    return io.BufferedReader(_Stream(member, _counted(chunks, budget)), _CHUNK)


@contextmanager
def seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream itself, or a copy of it, in memory or in a nameless temporary file, where it cannot be sought in."""
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL) as copy:
        while chunk := stream.read(_CHUNK):
            copy.write(chunk)
        copy.seek(0)
        yield copy  # type: ignore[misc]  # it has every method of BinaryIO


class _Stream(io.RawIOBase):
    """A readable stream over chunks; closing it closes the file below."""

    def __init__(self, file: BinaryIO, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self._file = file
        self._chunks = chunks
        self._rest = memoryview(b"")
        self._at = 0
        self._problem: DamagedStreamError | OverLimitError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill the buffer from the next chunk; 0 at the end. What broke once stays broken and does not look whole."""
        target = memoryview(buffer).cast("B")
        if self._problem is not None:
            raise self._problem
        while not self._rest:
            try:
                chunk = next(self._chunks, None)
            except (DamagedStreamError, OverLimitError) as error:
                self._problem = error
                raise
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        n = min(len(target), len(self._rest))
        target[:n] = self._rest[:n]
        self._rest = self._rest[n:]
        self._at += n
        return n

    def tell(self) -> int:
        """How many bytes were read: what the ratio of a stream packed inside this one is measured by."""
        return self._at

    def close(self) -> None:
        self._file.close()
        super().close()


def _guarded(chunks: Iterator[bytes], file: BinaryIO, budget: Budget) -> Iterator[bytes]:
    """The same chunks, until their sum breaks a limit."""
    size = 0
    for chunk in _counted(_sliced(chunks), budget):
        size += len(chunk)
        check_size(size, max(file.tell(), 1), budget.limits)
        yield chunk


def _counted(chunks: Iterator[bytes], budget: Budget) -> Iterator[bytes]:
    for chunk in chunks:
        budget.spend(len(chunk))
        yield chunk


def _sliced(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in small pieces, so that what comes before a limit is handed out."""
    for chunk in chunks:
        for start in range(0, len(chunk), _CHUNK):
            yield chunk[start : start + _CHUNK]


def _told(kind: str, read: Callable[[], bytes]) -> Iterator[bytes]:
    """What `read` gives until it gives nothing; every way in which a library says “damaged” is one error."""
    while True:
        try:
            chunk = read()
        except EOFError as error:
            raise DamagedStreamError(f"the {kind} breaks off") from error
        except (DamagedStreamError, OverLimitError):
            raise
        except Exception as error:
            raise DamagedStreamError(f"the {kind} is damaged: {error}") from error
        if not chunk:
            return
        yield chunk


def _gz_chunks(file: BinaryIO) -> Iterator[bytes]:
    """Decompressed gzip, of all members."""
    with gzip.GzipFile(fileobj=file) as stream:
        yield from _told("gzip stream", lambda: stream.read1(_CHUNK))


def _bz2_chunks(file: BinaryIO) -> Iterator[bytes]:
    """Decompressed bzip2, of all streams."""
    with bz2.BZ2File(file) as stream:
        yield from _told("bzip2 stream", lambda: stream.read1(_CHUNK))


def _xz_chunks(file: BinaryIO) -> Iterator[bytes]:
    """Decompressed xz, of all streams; `lzma.LZMAFile` takes no limit of memory."""
    return _decoded(file, _CHUNK, "xz stream", lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY), _CHUNK)


def _zst_chunks(file: BinaryIO) -> Iterator[bytes]:
    """Decompressed zstd, of all frames. The stream reader of `zstandard` ends silently where a frame breaks off."""
    return _decoded(file, _ZSTD_INPUT, "zstd stream", lambda: zstandard.ZstdDecompressor().decompressobj())


def _decoded(file: BinaryIO, step: int, kind: str, begin: Callable[[], Any], *at_once: int) -> Iterator[bytes]:
    """What decoders make of a file, read in steps, a new one by `begin` for each stream that follows another.

    `at_once` is how much a decoder may hand out of one step, for one that can keep the rest of it back.
    """
    decoder = None
    try:
        while data := file.read(step):
            while data or (decoder is not None and not getattr(decoder, "needs_input", True)):
                decoder = decoder or begin()
                if chunk := decoder.decompress(data, *at_once):
                    yield chunk
                data = b""
                if decoder.eof:
                    data, decoder = decoder.unused_data, None
    except (lzma.LZMAError, zstandard.ZstdError) as error:
        raise DamagedStreamError(f"the {kind} is damaged: {error}") from error
    if decoder is not None:
        raise DamagedStreamError(f"the {kind} breaks off")


_UNPACK: dict[str, Callable[[BinaryIO], Iterator[bytes]]] = {
    ".gz": _gz_chunks,
    ".zst": _zst_chunks,
    ".bz2": _bz2_chunks,
    ".xz": _xz_chunks,
}
