"""Which rows and cells of a table differ. Imports schemas.

Cells are compared as JSON, which tells every two values of our types apart and does so whatever the types are called.
"""

from collections.abc import Sequence

import polars as pl

from schemas.derive import polars_schema
from schemas.tables import KEYS
from schemas.texts import WORDS

CHANGES_SCHEMA = polars_schema("changes")


def compare_rows(table: str, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Rows added and removed, and cells changed, in the shape of `changes`; only columns that both have are compared.

    A table whose key is not unique (`dropped`) has rows added and removed only.
    """
    shared = [column for column in before.columns if column in after.columns]
    key = [column for column in KEYS.get(table, ()) if column in shared] or shared
    is_keyed = all(not frame.select(key).is_duplicated().any() for frame in (before, after))
    old, new = (_as_text(frame, key, shared, is_keyed) for frame in (before, after))
    found = [
        _whole_rows("added", table, new.join(old, on="_key", how="anti", maintain_order="left")),
        _whole_rows("removed", table, old.join(new, on="_key", how="anti", maintain_order="left")),
    ]
    if is_keyed:
        found += _changed_cells(table, old.join(new, on="_key", suffix="_after", maintain_order="left"), shared)
    return pl.concat(found)


def as_json(column: str) -> pl.Expr:
    """The column's values as JSON; null is `null`."""
    return (
        pl.struct(pl.col(column).alias("v")).struct.json_encode().str.strip_prefix('{"v":').str.head(-1).alias(column)
    )


def row_name(key: Sequence[str]) -> pl.Expr:
    """What a row is called: its key's values."""
    return pl.concat_str([pl.col(name).cast(pl.String).fill_null("null") for name in key], separator=" · ")


def _as_text(frame: pl.DataFrame, key: list[str], columns: list[str], is_keyed: bool) -> pl.DataFrame:
    """The cells as JSON, with `_row`, the row's name, and `_key`, by which it is found again.

    Where the key is not unique the whole row is its own key, with a number among equal ones.
    """
    name = row_name([column for column in key if not frame.schema[column].is_nested()])
    text = frame.with_columns(name.alias("_row")).select("_row", *(as_json(column) for column in columns))
    if is_keyed:
        return text.with_columns(pl.concat_str([pl.col(column) for column in key], separator=",").alias("_key"))
    whole = pl.concat_str(columns, separator=",")
    number = pl.int_range(pl.len()).over(whole.alias("whole"))
    return text.with_columns(pl.concat_str([whole, number], separator=" #").alias("_key"))


def _whole_rows(change: str, table: str, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(change=pl.lit(change), table=pl.lit(table), row="_row").select(
        "change", "table", "row", *(pl.lit(None, pl.String).alias(name) for name in ("column", "before", "after"))
    )


def _changed_cells(table: str, both: pl.DataFrame, columns: Sequence[str]) -> list[pl.DataFrame]:
    found = []
    for column in columns:
        shown = column not in WORDS.get(table, ())
        cells = both.filter(pl.col(column) != pl.col(f"{column}_after")).select(
            change=pl.lit("changed"),
            table=pl.lit(table),
            row="_row",
            column=pl.lit(column),
            before=pl.col(column) if shown else pl.lit(None, pl.String),
            after=pl.col(f"{column}_after") if shown else pl.lit(None, pl.String),
        )
        found.append(cells)
    return found
