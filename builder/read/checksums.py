"""Raw files are the recorded ones, or the build stops.

May import `builder.errors`, `builder.sums` and `builder.read`'s leaves.
"""

import re
from pathlib import Path, PurePosixPath

from builder.errors import RawFilesError, SettingsError
from builder.read.files import list_files
from builder.read.manifest import Collection
from builder.sums import sum_file

SUMS_NAME = "SHA256SUMS"
_LINE = re.compile(r"(?P<hash>[0-9a-fA-F]{64}) [ *](?P<name>.+)")


def verify_sums(collection: Collection) -> dict[str, str]:
    """{path in the collection: sha256} of its files, after checking them against `SHA256SUMS` where that lies beside.

    Every listed file must be there with its hash, and every file that `files` matches must be listed. Files that are
    not safe to open, or cannot be opened, are left out: `read` drops them with their reason.
    """
    recorded = _recorded(collection.path)
    sums: dict[str, str] = {}
    for file in list_files(collection):
        if file.problem:
            continue
        if recorded is not None and file.name not in recorded:
            raise RawFilesError(
                f"{file.path} is not in {collection.path / SUMS_NAME}: it has sha256 {sum_file(file.path)}; "
                f"add that line if the file belongs to the collection, or take the file away"
            )
        try:
            sums[file.name] = sum_file(file.path)
        except OSError as error:
            if recorded is not None:
                raise RawFilesError(f"{file.path} cannot be read: {error.strerror}; check its permissions") from error
    for name, expected in sorted((recorded or {}).items()):
        _compare(collection.path / name, expected, sums.get(name))
    return sums


def _recorded(folder: Path) -> dict[str, str] | None:
    """{path: sha256} of a folder's SHA256SUMS, as `sha256sum` writes it; None where there is none."""
    path = folder / SUMS_NAME
    if not path.is_file():
        return None
    recorded: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        match = _LINE.fullmatch(line)
        if not match:
            raise SettingsError(f"{path}:{number}: expected 64 hex digits, two spaces and a file name, found {line!r}")
        name = match["name"].removeprefix("./")
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise SettingsError(f"{path}:{number}: {name!r} leaves the collection's folder; name files inside it")
        if name in recorded:
            raise SettingsError(f"{path}:{number}: {name!r} is listed twice; keep one line")
        recorded[name] = match["hash"].lower()
    return recorded


def _compare(path: Path, expected: str, actual: str | None) -> None:
    """Raise RawFilesError unless the file is there with the expected hash."""
    if actual is None:
        if not path.is_file() or path.is_symlink():
            raise RawFilesError(
                f"{path} is missing: {SUMS_NAME} records it with sha256 {expected}; "
                f"restore the file, or remove its line"
            )
        actual = sum_file(path)
    if actual != expected:
        raise RawFilesError(
            f"{path} is not the recorded file: {SUMS_NAME} has sha256 {expected}, the file has {actual}; "
            f"restore the file, or record the new hash if the change is meant"
        )
