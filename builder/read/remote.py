"""Raw files that lie elsewhere: at any address that fsspec opens (`hf://`, `s3://`, `memory://`, …).

May import `builder.addresses`, `errors` and `read.manifest`. A copy is kept and read: readers seek in files, and the
sums that the manifest records are of what was read. A file is fetched again only where the store says that it changed.
Credentials and endpoints are fsspec's own configuration, never ours.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec

from builder.addresses import is_address, opening
from builder.errors import OnrecordError, RawFilesError, SettingsError
from builder.read.manifest import Collection

_KEPT = "raw"
_INDEX = "fetched.json"
_BESIDE = ("SHA256SUMS", "actors.toml")


def local_raw(raw: str, cache: Path | None) -> Path:
    """The raw folder: itself where it is a path, else its copy below `cache`."""
    return _copy(raw, cache, ()) if is_address(raw) else Path(raw)


def with_files(collection: Collection, cache: Path | None) -> Collection:
    """The collection with its folder holding its files: itself, or where it names `files_at`, the copy of these."""
    if collection.files_at is None:
        return collection
    folder = _copy(collection.files_at, cache, collection.files)
    for name in _BESIDE:
        (folder / name).unlink(missing_ok=True)
        if (collection.path / name).is_file():
            shutil.copyfile(collection.path / name, folder / name)
    return replace(collection, path=folder)


def _copy(address: str, cache: Path | None, patterns: Sequence[str]) -> Path:
    """A folder below the cache with the files of an address, as they are there now."""
    if cache is None:
        raise SettingsError(f"{address} is not on this machine: give --cache DIR, below which a copy of it is kept")
    place = cache / _KEPT / hashlib.sha256(address.encode()).hexdigest()[:16]
    folder = place / (re.split(r"[@?#]", PurePosixPath(address.rstrip("/")).name)[0] or "raw")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with opening(address, "hf://datasets/…"):
            system, root = fsspec.core.url_to_fs(address)
            found = dict(_listed(system, root, patterns))
            if not found:
                raise RawFilesError(f"{address} holds no files; check the address")
            _fetch(system, found, folder, place / _INDEX)
    except OnrecordError:
        raise
    except Exception as error:  # OSError, and what the stores' own libraries raise where nobody answers
        raise RawFilesError(
            f"{address} cannot be read ({type(error).__name__}: {error}); check the address and the way to it"
        ) from error
    return folder


def _listed(system: Any, root: str, patterns: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(path below the address, what the store says of it) of every file there that is not hidden."""
    matching = [re.compile(_translated(pattern)) for pattern in patterns]
    for path, info in sorted(system.find(root, detail=True).items()):
        name = path.removeprefix(root).strip("/") or PurePosixPath(path).name
        parts = name.split("/")
        if not path.startswith(root) or any(part in ("..", "") for part in parts) or "\\" in name:
            raise RawFilesError(f"{path} leaves {root}; rename it there")
        if any(part.startswith(".") for part in parts):
            continue
        if not matching or any(pattern.fullmatch(name) for pattern in matching):
            yield name, info


def _translated(pattern: str) -> str:
    """A pattern of `files` as a regular expression over paths."""
    tokens = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    return "".join(tokens.get(part, re.escape(part)) for part in parts)


def _fetch(system: Any, found: dict[str, dict[str, Any]], folder: Path, index: Path) -> None:
    """Make the folder hold exactly these files; what is fetched is whole before it has its name."""
    known = json.loads(index.read_text("utf-8")) if index.is_file() else {}
    marks = {name: str(system.ukey(info["name"])) for name, info in found.items()}
    for path in sorted(folder.rglob("*"), reverse=True):
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif name not in found or known.get(name) != marks[name]:
            path.unlink()
    for name, info in found.items():
        path = folder / name
        if path.is_file():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = index.with_name("incoming")
        with system.open(info["name"], "rb") as remote, aside.open("wb") as copy:
            shutil.copyfileobj(remote, copy)
        aside.replace(path)
    aside = index.with_name("incoming")
    aside.write_text(json.dumps(marks, indent=1), encoding="utf-8")
    aside.replace(index)
