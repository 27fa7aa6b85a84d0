import hashlib
import io
import json
import struct
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.publish.fingerprint import fingerprint_table
from builder.publish.parquet import to_arrow
from schemas.derive import arrow_schema

TYPES: dict[str, type[pl.DataType] | pl.DataType] = {
    "name": pl.String,
    "n": pl.Int64,
    "is_it": pl.Boolean,
    "share": pl.Float32,
    "day": pl.Date,
    "at": pl.Datetime("us", "UTC"),
    "names": pl.List(pl.String),
    "spans": pl.List(pl.Struct({"start": pl.Int32, "end": pl.Int32})),
}
SCHEMA = pl.Schema(TYPES)
COLUMNS = (
    '[["name","string"],["n","int64"],["is_it","bool"],["share","float32"],["day","date"],["at","timestamp"],'
    '["names","list<string>"],["spans","list<struct<start: int32, end: int32>>"]]'
)

int32s = st.integers(-(2**31), 2**31 - 1)
texts = st.text(st.characters(codec="utf-8"), max_size=6)
rows = st.fixed_dictionaries(
    {
        "name": st.none() | texts,
        "n": st.none() | st.integers(-(2**63), 2**63 - 1),
        "is_it": st.none() | st.booleans(),
        "share": st.none() | st.floats(width=32, allow_nan=False),
        "day": st.none() | st.dates(date(1700, 1, 1), date(2300, 1, 1)),
        "at": st.none()
        | st.datetimes(datetime(1700, 1, 1), datetime(2300, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC)),
        "names": st.none() | st.lists(texts, max_size=3),
        "spans": st.none() | st.lists(st.fixed_dictionaries({"start": int32s, "end": int32s}), max_size=3),
    }
)
tables_of_rows = st.lists(rows, min_size=1, max_size=8)


without_deadline = settings(deadline=None)  # a busy machine is no failure


def make_table(of_rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(of_rows, schema=SCHEMA)


def plain(value: Any) -> Any:
    if isinstance(value, list):
        return [{"start": item["start"], "end": item["end"]} if isinstance(item, dict) else item for item in value]
    if isinstance(value, datetime):
        since = value - datetime(1970, 1, 1, tzinfo=UTC)
        return (since.days * 86_400 + since.seconds) * 10**6 + since.microseconds
    if isinstance(value, date):
        return (value - date(1970, 1, 1)).days
    return struct.unpack("<I", struct.pack("<f", value))[0] if isinstance(value, float) else value


def plain_python_fingerprint(of_rows: list[dict[str, Any]]) -> str:
    """The definition once more, without polars: what anybody can write who wants to check a release."""
    lines = sorted(
        hashlib.sha256(
            json.dumps({name: plain(row[name]) for name in SCHEMA}, ensure_ascii=False, separators=(",", ":")).encode()
        ).hexdigest()
        for row in of_rows
    )
    return hashlib.sha256("".join(f"{line}\n" for line in [COLUMNS, *lines]).encode()).hexdigest()


@without_deadline
@given(tables_of_rows)
def test_ten_lines_of_plain_python_give_the_same_fingerprint(of_rows: list[dict[str, Any]]) -> None:
    assert fingerprint_table(make_table(of_rows)) == plain_python_fingerprint(of_rows)


@without_deadline
@given(tables_of_rows, st.randoms(use_true_random=False))
def test_any_shuffle_has_the_same_fingerprint(of_rows: list[dict[str, Any]], random: Any) -> None:
    shuffled = of_rows.copy()
    random.shuffle(shuffled)
    assert fingerprint_table(make_table(shuffled)) == fingerprint_table(make_table(of_rows))


@without_deadline
@given(tables_of_rows, rows, st.data())
def test_any_changed_cell_changes_the_fingerprint(
    of_rows: list[dict[str, Any]], other: dict[str, Any], data: st.DataObject
) -> None:
    row, column = data.draw(st.integers(0, len(of_rows) - 1)), data.draw(st.sampled_from(sorted(SCHEMA)))
    changed = [*of_rows[:row], of_rows[row] | {column: other[column]}, *of_rows[row + 1 :]]
    same = plain(of_rows[row][column]) == plain(other[column])
    assert (fingerprint_table(make_table(changed)) == fingerprint_table(make_table(of_rows))) == same


@without_deadline
@given(tables_of_rows)
def test_a_row_more_changes_the_fingerprint_even_an_equal_one(of_rows: list[dict[str, Any]]) -> None:
    assert fingerprint_table(make_table([*of_rows, of_rows[0]])) != fingerprint_table(make_table(of_rows))


@pytest.mark.parametrize(
    "changed",
    [
        pl.DataFrame({"m": [1]}),  # another name
        pl.DataFrame({"n": [1]}, schema={"n": pl.Int32}),  # another type
        pl.DataFrame({"n": ["1"]}),
        pl.DataFrame({"n": [1], "m": [None]}, schema={"n": pl.Int64, "m": pl.String}),  # another column
        pl.DataFrame(schema={"n": pl.Int64}),  # no rows
    ],
)
def test_another_column_name_or_type_changes_the_fingerprint(changed: pl.DataFrame) -> None:
    assert fingerprint_table(changed) != fingerprint_table(pl.DataFrame({"n": [1]}))


def test_the_fingerprint_survives_both_parquet_writers(tables: dict[str, pl.DataFrame]) -> None:
    for name, table in tables.items():
        by_polars, by_pyarrow = io.BytesIO(), io.BytesIO()
        table.write_parquet(by_polars, compression="snappy", row_group_size=1)
        pyarrow.parquet.write_table(to_arrow(table, arrow_schema(name)), by_pyarrow)
        fingerprints = {fingerprint_table(pl.read_parquet(file.getvalue())) for file in (by_polars, by_pyarrow)}
        assert fingerprints == {fingerprint_table(table)}


def test_a_vocabulary_column_counts_as_the_strings_that_it_holds() -> None:
    kinds = pl.Series("kind", ["state", "person", "state"])
    enum, categorical = kinds.cast(pl.Enum(["person", "state"])), kinds.cast(pl.Categorical)
    assert len({fingerprint_table(column.to_frame()) for column in (kinds, enum, categorical)}) == 1


def test_a_table_longer_than_a_batch_counts_every_row() -> None:
    long = pl.DataFrame({"n": range(45_000)})
    changed = long.with_columns(n=pl.when(pl.col("n") == 44_999).then(0).otherwise(pl.col("n")))
    assert fingerprint_table(long) == fingerprint_table(long.reverse()) != fingerprint_table(changed)
