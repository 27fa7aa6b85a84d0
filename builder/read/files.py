"""Which files of a collection's folder are its articles, and which of them are safe to open.

May import `builder.errors` and `builder.read.manifest`. Links are never followed: a link, or a file below one, is
listed with its problem instead.
"""

import os
import stat
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from builder.errors import RawFilesError
from builder.read.manifest import NOT_ARTICLES, PROJECT_TABLES, READINGS, SETTINGS_NAME, Collection

GOLD_FOLDER = "gold"


@dataclass(frozen=True, slots=True)
class RawFile:
    """One file: `name` is its POSIX path in the collection; `problem` is (drop reason, detail) or None."""

    path: Path
    name: str
    problem: tuple[str, str] | None


def list_files(collection: Collection) -> list[RawFile]:
    """The files of a collection in path order: those its patterns match, or all that are not settings or gold."""
    names = _matched(collection) if collection.files else _walk(collection.path)
    if not collection.prefix and not collection.files_at:  # the raw folder itself: people's readings lie in it
        beside = tuple(f"{folder}/*{suffix}" for folder, suffix in READINGS.items())
        names = {name for name in names if not any(fnmatchcase(name, pattern) for pattern in beside)}
    return [RawFile(collection.path / name, name, _problem(collection.path, name)) for name in sorted(names)]


def _matched(collection: Collection) -> set[str]:
    """What the patterns of `files` match; a pattern that matches nothing is a mistake or a missing file."""
    names: set[str] = set()
    for pattern in collection.files:
        found = {
            path.relative_to(collection.path).as_posix()
            for path in collection.path.glob(pattern)
            if path.is_symlink() or not path.is_dir()
        }
        if not found:
            raise RawFilesError(
                f"{collection.path / SETTINGS_NAME}: the pattern {pattern!r} of `files` matches no file; "
                f"put the files there, or correct the pattern"
            )
        names |= found
    return names


def _walk(folder: Path) -> set[str]:
    """All files below a folder but settings, descriptions, gold annotations and hidden ones; links are listed."""
    names: set[str] = set()
    for parent, folders, files in os.walk(folder, followlinks=False):
        here = Path(parent)
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(n for n in folders if n not in links and n != GOLD_FOLDER and not n.startswith("."))
        kept = [n for n in files if not NOT_ARTICLES.fullmatch(n) and n not in PROJECT_TABLES]
        names |= {(here / name).relative_to(folder).as_posix() for name in kept + links}
    return names


def _problem(folder: Path, name: str) -> tuple[str, str] | None:
    """Why a file may not be opened, or None. The folder itself may be reached through a link."""
    path = folder
    for part in Path(name).parts:
        path = path / part
        if path.is_symlink():
            return "unsafe-path", f"{path.relative_to(folder).as_posix()} is a link; copy the file itself"
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return "unreadable-file", error.strerror or type(error).__name__
    if not stat.S_ISREG(mode):
        return "unreadable-file", "neither a file nor a folder"
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return "unreadable-file", "the file's name is not UTF-8; rename it"
    return None
