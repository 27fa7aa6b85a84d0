"""What the tables are, and how much there is of each, for `onrecord describe`. Imports `reopen`, schemas.

Printing is the command's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from builder.errors import SettingsError
from builder.nearest import did_you_mean
from builder.publish.recognize import read_manifest
from builder.publish.reopen import read_table
from schemas.derive import ColumnDoc, describe_columns, describe_table
from schemas.tables import TABLES

Source = Path | Mapping[str, pl.DataFrame] | None


@dataclass(frozen=True, slots=True)
class TableFigures:
    """One table: what its rows are; how many rows, and bytes of Parquet, where a build was given."""

    table: str
    description: str
    columns: int
    rows: int | None
    bytes: int | None


@dataclass(frozen=True, slots=True)
class ColumnFigures:
    """One column: its documentation; how many rows have no value, where a build was given."""

    doc: ColumnDoc
    nulls: int | None


def describe_tables(source: Source = None) -> tuple[TableFigures, ...]:
    """All tables in their order: of a build's folder, of tables in memory (no bytes), or (None) as such."""
    sizes = _measure(source)
    return tuple(
        TableFigures(name, describe_table(name), len(describe_columns(name)), *sizes.get(name, (None, None)))
        for name in TABLES
    )


def describe_one(table: str, source: Source = None) -> tuple[ColumnFigures, ...]:
    """The columns of one table in their order; raise SettingsError where there is no such table."""
    if table not in TABLES:
        raise SettingsError(f"{table}: is no table; the tables are {', '.join(TABLES)}.{did_you_mean(table, TABLES)}")
    if source is None:
        return tuple(ColumnFigures(doc, None) for doc in describe_columns(table))
    rows = read_table(source, table) if isinstance(source, Path) else source[table]
    return tuple(ColumnFigures(doc, rows[doc.name].null_count()) for doc in describe_columns(table))


def _measure(source: Source) -> dict[str, tuple[int | None, int | None]]:
    """Rows and bytes by table."""
    if source is None:
        return {}
    if isinstance(source, Path):
        return {
            name: (table["rows"], sum((source / path).stat().st_size for path in table["files"]))
            for name, table in read_manifest(source)["tables"].items()
        }
    return {name: (table.height, None) for name, table in source.items()}
