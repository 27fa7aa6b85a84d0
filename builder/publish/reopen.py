"""Open a published folder again: its tables and what its build knew. Imports `facts`, `recognize`, `datapackage`,
`validations`.

For what comes after a build: release, diff, verify, describe.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from builder.errors import OutputError
from builder.publish.datapackage import DATAPACKAGE, read_author
from builder.publish.facts import BESIDE, BuildFacts
from builder.publish.recognize import read_json, read_manifest
from builder.publish.validations import read_validations
from builder.tally import Count, Tally
from schemas.derive import polars_schema
from schemas.tables import TABLES
from schemas.vocabulary import STAGES


def read_table(folder: Path, name: str) -> pl.DataFrame:
    """One table, its parts in order, with exactly the schema's types."""
    files = read_manifest(folder)["tables"][name]["files"]
    return pl.concat([pl.read_parquet(folder / path) for path in sorted(files)]).cast(dict(polars_schema(name)))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Published(Mapping[str, pl.DataFrame]):
    """The tables of a build or release by name, each read anew whenever it is asked for."""

    folder: Path

    def __getitem__(self, name: str) -> pl.DataFrame:
        """The table."""
        if name not in TABLES:
            raise KeyError(name)
        return read_table(self.folder, name)

    def __iter__(self) -> Iterator[str]:
        """The names, in their order."""
        return iter(TABLES)

    def __len__(self) -> int:
        """How many tables there are."""
        return len(TABLES)

    def rows(self) -> dict[str, int]:
        """How many rows each table has; none is read."""
        recorded = read_manifest(self.folder)["tables"]
        return {name: recorded[name]["rows"] for name in TABLES}

    def scan(self, name: str) -> pl.LazyFrame:
        """One table of which no more is read than is asked for."""
        return pl.scan_parquet(
            [self.folder / path for path in sorted(read_manifest(self.folder)["tables"][name]["files"])]
        )


def read_tables(folder: Path) -> dict[str, pl.DataFrame]:
    """All tables."""
    return {name: read_table(folder, name) for name in TABLES}


def read_facts(folder: Path) -> BuildFacts:
    """What the build knew beside its tables: `publish` with these facts and the tables writes the same folder."""
    manifest, package = read_manifest(folder), read_json(folder / DATAPACKAGE)
    return BuildFacts(
        title=package["title"],
        tally=Tally({stage: Count(**package["onrecord"]["tally"][stage]) for stage in STAGES}),
        package_version=manifest["package"]["version"],
        versions=manifest["stages"],
        model_name=manifest["model"]["name"],
        model_sha256=manifest["model"]["sha256"],
        instruction_set=manifest["instruction_set"],
        settings=manifest["settings"],
        raw_sums=manifest["raw"],
        input_sums=manifest.get("inputs", {}),
        beside={name: (folder / name).read_bytes().decode("utf-8") for name in BESIDE if (folder / name).is_file()},
        full_fingerprints=manifest.get("full", {}),
        authors=tuple(read_author(author) for author in package.get("contributors", [])),
        answers=package["onrecord"]["answers"],
        validations=read_validations(manifest.get("validations", ())),
        version=manifest["version"],
        released_on=date.fromisoformat(manifest["released_on"]) if manifest["released_on"] else None,
        doi=package.get("id"),
    )


def read_beside(folder: Path, name: str) -> bytes:
    """A file that a build has beside its manifest; raise OutputError where it has none of that name."""
    read_manifest(folder)
    if not (folder / name).is_file():
        raise OutputError(f"{folder}: has no {name}, which every build writes; build it again with this onrecord")
    return (folder / name).read_bytes()
