"""A build or release as it is compared: its tables, and what its own files say of their columns.

Imports `reopen`, `datapackage`, `fingerprint`, `builder.errors`. Nothing here takes the schemas of this onrecord for
granted: another version of it may have written the folder.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec  # type: ignore[import-untyped,unused-ignore]
import polars as pl
import pyarrow.parquet

from builder.errors import OnrecordError, OutputError
from builder.publish.datapackage import DATAPACKAGE
from builder.publish.fingerprint import name_type
from builder.publish.recognize import MANIFEST, read_json, read_manifest


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `vocabulary` is {value: meaning}; a meaning is "" where the release did not write it down."""

    type: str
    is_nullable: bool
    vocabulary: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """A build (`version` None) or release: columns and rows by table, in its own order."""

    address: str
    version: str | None
    fingerprint: str
    columns: Mapping[str, Mapping[str, Column]]
    tables: Mapping[str, pl.DataFrame]

    @property
    def name(self) -> str:
        """The version, or where a build lies."""
        return self.version or self.address


def open_folder(folder: Path, address: str | None = None) -> Opened:
    """The build or release in a folder; OutputError where it is none or cannot be read."""
    manifest = read_manifest(folder)
    vocabularies = _vocabularies(read_json(folder / DATAPACKAGE))
    columns, tables = {}, {}
    for name, entry in manifest["tables"].items():
        files = [folder / path for path in sorted(entry["files"])]
        try:
            tables[name] = pl.concat([pl.read_parquet(file) for file in files])
            nullable = {field.name: field.nullable for field in pyarrow.parquet.ParquetFile(files[0]).schema_arrow}
        except (OSError, pl.exceptions.PolarsError, pyarrow.ArrowException) as error:
            raise OutputError(
                f"{folder}: the table {name} cannot be read ({error}); check the folder with `onrecord verify`"
            ) from error
        columns[name] = {
            column: Column(name_type(dtype), nullable[column], vocabularies.get((name, column), {}))
            for column, dtype in tables[name].schema.items()
        }
    return Opened(address or str(folder), manifest.get("version"), manifest["fingerprint"], columns, tables)


@contextmanager
def fetched(address: str) -> Iterator[Path]:
    """The folder at an address: a path as it is; anything that fsspec knows (`hf://datasets/…@1.0.0`) as a copy.

    The copy holds what a comparison needs (manifest, columns, tables) and is gone when the block ends.
    """
    if "://" not in address:
        yield Path(address)
        return
    with tempfile.TemporaryDirectory() as aside:
        folder = Path(aside)
        try:
            system, path = fsspec.core.url_to_fs(address)
            _fetch(system, path, folder)
        except OnrecordError:
            raise
        except Exception as error:  # what stores raise that cannot be reached is theirs, and of every kind
            raise OutputError(
                f"{address}: cannot be fetched ({type(error).__name__}: {error}); expected the address of a build or "
                "release, such as hf://datasets/OWNER/NAME@1.0.0"
            ) from error
        yield folder


def _fetch(system: Any, path: str, folder: Path) -> None:
    """Copy manifest and data package, then the files that the manifest lists."""
    for name in (MANIFEST, DATAPACKAGE):
        system.get_file(f"{path}/{name}", str(folder / name))
    for entry in read_manifest(folder)["tables"].values():
        for name in entry["files"]:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            system.get_file(f"{path}/{name}", str(folder / name))


def _vocabularies(package: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, str]]:
    """{(table, column): its vocabulary} as datapackage.json has them."""
    return {
        (resource["name"], field["name"]): dict.fromkeys(field["constraints"]["enum"], "")
        | {category["value"]: category["label"] for category in field.get("categories", [])}
        for resource in package.get("resources", [])
        for field in resource["schema"]["fields"]
        if "enum" in field["constraints"]
    }
