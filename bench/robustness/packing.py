"""Packed formats taken apart and packed again, so that damage reaches what is inside them."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping

import zstandard

from tests.worlds import tar, zipped

_ZIPS = (".zip", ".docx")


def unpack(suffix: str, data: bytes) -> dict[str, bytes]:
    """{member: bytes}, one without a name where there is but one stream; {} for what is not packed, or is damaged."""
    try:
        if suffix in _ZIPS:
            return _zip_members(data)
        if suffix == ".tar":
            return _tar_members(data)
        return next(({"": read(data)} for ending, read in _DECOMPRESS.items() if suffix.endswith(ending)), {})
    except (zipfile.BadZipFile, tarfile.TarError, zstandard.ZstdError, lzma.LZMAError, OSError, EOFError, zlib.error):
        return {}


def _zip_members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}


def _tar_members(data: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        files = {entry.name: archive.extractfile(entry) for entry in archive.getmembers()}
        return {name: file.read() for name, file in files.items() if file is not None}


def pack(suffix: str, members: Mapping[str, bytes]) -> bytes:
    """The file of these members."""
    if suffix in _ZIPS:
        return zipped(dict(members))
    if suffix == ".tar":
        return tar(dict(members))
    return next(compress(members[""]) for ending, compress in _COMPRESS.items() if suffix.endswith(ending))


_Convert = Callable[[bytes], bytes]
_DECOMPRESS: dict[str, _Convert] = {
    ".gz": gzip.decompress,
    ".zst": zstandard.decompress,
    ".bz2": bz2.decompress,
    ".xz": lzma.decompress,
}
_COMPRESS: dict[str, _Convert] = {
    ".gz": lambda data: gzip.compress(data, mtime=0),
    ".zst": zstandard.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}
