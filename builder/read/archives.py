"""Members of zip and tar files, one at a time. Leaf of `builder.read`; may import its other leaves.

Nothing is unpacked to disk: a member is a name and a stream of bytes, counted against the raw file's budget. A name
that leaves the archive, a link, and a member that cannot be opened are told as Dropped.
"""

import io
import re
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from builder.read.broken_zip import members_by_header
from builder.read.compressed import Budget, DamagedStreamError, OverLimitError, member_stream, seekable
from builder.read.files import GOLD_FOLDER
from builder.read.manifest import NOT_ARTICLES, PROJECT_TABLES
from builder.read.source import Member, Source
from builder.tally import Dropped

_ENCRYPTED = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
_BLOCK = 64 * 1024
_TAR_BLOCK = 512
_ZIP_ERRORS = (zipfile.BadZipFile, RuntimeError, OSError, ValueError, EOFError)


def zip_members(source: Source, stream: BinaryIO, budget: Budget) -> Iterator[Member | Dropped]:
    """The files of a zip archive in its order.

    Where its directory, which comes last, is cut off, the members before the break are read by their own headers, and
    DamagedStreamError is raised then.
    """
    with seekable(stream) as file:
        try:
            archive = zipfile.ZipFile(file)
        except _ZIP_ERRORS as error:
            yield from _without_directory(source, file, budget)
            raise DamagedStreamError(f"the zip archive is damaged: {error}") from error
        yield from _listed_members(source, archive, budget)


def _listed_members(source: Source, archive: zipfile.ZipFile, budget: Budget) -> Iterator[Member | Dropped]:
    with archive:
        for number, entry in enumerate(archive.infolist()):
            _refuse_too_many(number, budget)
            if entry.is_dir() or _is_description(entry.filename):
                continue
            is_link = stat.S_ISLNK(entry.external_attr >> 16)
            if problem := _problem(entry.filename, is_link=is_link):
                yield _dropped(source, entry.filename, *problem)
            elif entry.flag_bits & _ENCRYPTED:
                yield _dropped(source, entry.filename, "unreadable-file", "the member is encrypted")
            else:
                yield _zip_member(source, archive, entry, budget)


def tar_members(source: Source, stream: BinaryIO, budget: Budget) -> Iterator[Member | Dropped]:
    """The files of a tar archive in its order, streaming; raises DamagedStreamError where it breaks off."""
    forward = _Forward(stream, budget.limits.record)
    try:
        archive = tarfile.TarFile(fileobj=forward, errors="backslashreplace")
        number = 0
        while (entry := archive.next()) is not None:
            archive.members = []  # type: ignore[attr-defined]  # else every header is kept until the end
            _refuse_too_many(number, budget)
            number += 1
            if entry.isdir() or _is_description(entry.name):
                continue
            if problem := _problem(entry.name, is_link=entry.issym() or entry.islnk()):
                yield _dropped(source, entry.name, *problem)
            elif not entry.isreg():
                yield _dropped(source, entry.name, "unreadable-file", "neither a file nor a folder")
            elif (member := archive.extractfile(entry)) is not None:
                yield Member(entry.name, member_stream(member, budget))  # type: ignore[arg-type]
        # tarfile ends without a word where a header is damaged or missing; a whole archive ends in empty blocks.
        if forward.last != bytes(_TAR_BLOCK):
            raise DamagedStreamError(f"the tar archive breaks off at offset {forward.tell()}")
    except (tarfile.TarError, ValueError, OverflowError, EOFError) as error:
        raise DamagedStreamError(f"the tar archive is damaged: {error}") from error


class _Forward(io.RawIOBase):
    """A stream that can be sought in forwards only, as tar needs; no header may ask for more than a record at once."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        super().__init__()
        self._stream = stream
        self._limit = limit
        self._at = 0
        self.last = b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes, or fewer at the end."""
        if size < 0 or size > self._limit + _BLOCK:
            raise OverLimitError(f"the archive has a header of {size} bytes, at most {self._limit} are read")
        self.last = self._stream.read(size)
        self._at += len(self.last)
        return self.last

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Skip to an offset from the start; the end where the stream is shorter."""
        if whence != io.SEEK_SET or offset < self._at:
            raise tarfile.ReadError(f"the archive points back to offset {offset}")
        while self._at < offset and self.read(min(_BLOCK, offset - self._at)):
            pass
        return self._at


def _without_directory(source: Source, file: BinaryIO, budget: Budget) -> Iterator[Member | Dropped]:
    for number, (name, stream) in enumerate(members_by_header(file)):
        _refuse_too_many(number, budget)
        if _is_description(name):
            continue
        if problem := _problem(name, is_link=False):
            yield _dropped(source, name, *problem)
        else:
            yield Member(name, member_stream(stream, budget))


def _zip_member(source: Source, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> Member | Dropped:
    try:
        return Member(entry.filename, member_stream(archive.open(entry), budget))  # type: ignore[arg-type]
    except _ZIP_ERRORS as error:
        return _dropped(source, entry.filename, "truncated-file", f"the member cannot be opened: {error}")


def _refuse_too_many(number: int, budget: Budget) -> None:
    if number >= budget.limits.members:
        raise OverLimitError(f"more than {budget.limits.members} members")


def _is_description(name: str) -> bool:
    """Whether a member is what `list_files` passes over in a folder: hidden, a description, a setting, gold."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    folders, last = parts[:-1], parts[-1] if parts else ""
    if any(part == ".." for part in parts):
        return False
    hidden = any(part.startswith((".", "__MACOSX")) or part == GOLD_FOLDER for part in folders)
    return hidden or NOT_ARTICLES.fullmatch(last) is not None or last in PROJECT_TABLES


def _problem(name: str, *, is_link: bool) -> tuple[str, str] | None:
    """Why a member is not read, or None."""
    plain = name.replace("\\", "/")
    if plain.startswith("/") or _DRIVE.match(plain) or ".." in plain.split("/"):
        return "unsafe-path", "the member's name leaves the archive"
    if is_link:
        return "unsafe-path", "the member is a link"
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return "unreadable-file", "the member's name is not UTF-8"
    return None


def _dropped(source: Source, name: str, reason: str, detail: str) -> Dropped:
    return source.inside(name.encode("utf-8", "backslashreplace").decode("utf-8")).dropped(reason, detail)
