"""A table's fingerprint: the same for the same rows, whoever wrote the Parquet. Imports nothing of the project.

Another Parquet writer, compression, row order or split into parts leaves it as it is; any changed cell, column name
or type changes it. It is the sha256 of these lines, each ended by a line feed:

1. the columns, as a JSON array of [name, type], in the table's order;
2. for each row the sha256 (hexadecimal) of the row as a JSON object, these lines sorted.

A row's JSON has the columns in the table's order, no blanks, characters outside ASCII as they are (UTF-8); dates are
days and times microseconds since 1970-01-01 UTC; floats are their IEEE 754 bits as an integer, so no printing rule
counts. `tests/publish/test_fingerprint.py` says the same in ten lines of plain Python.
"""

import hashlib
import json

import polars as pl

# Rows turned to JSON at once: bounds the memory, changes nothing else.
_BATCH = 20_000
_PLAIN = {
    pl.String: "string",
    pl.Boolean: "bool",
    pl.Int32: "int32",
    pl.Int64: "int64",
    pl.Float32: "float32",
    pl.Float64: "float64",
    pl.Date: "date",
}


def fingerprint_table(table: pl.DataFrame) -> str:
    """The fingerprint of a table's rows and columns.

    >>> one = pl.DataFrame({"name": ["Ada", "Bo"], "n": [1, 2]})
    >>> fingerprint_table(one) == fingerprint_table(one.reverse())
    True
    """
    columns = [[name, name_type(dtype)] for name, dtype in table.schema.items()]
    digest = hashlib.sha256(json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    plain = table.select(_plain(pl.col(name), dtype).alias(name) for name, dtype in table.schema.items())
    rows: list[bytes] = []
    for batch in plain.iter_slices(_BATCH):
        rows.extend(hashlib.sha256(line).hexdigest().encode() for line in batch.write_ndjson().encode().splitlines())
    for row in sorted(rows):
        digest.update(row + b"\n")
    return digest.hexdigest()


def name_type(dtype: pl.DataType) -> str:
    """A type's name, one for all types that hold the same values in a published table."""
    if isinstance(dtype, pl.List):
        return f"list<{name_type(_inner(dtype))}>"
    if isinstance(dtype, pl.Struct):
        return (
            "struct<" + ", ".join(f"{field.name}: {name_type(_as_type(field.dtype))}" for field in dtype.fields) + ">"
        )
    if isinstance(dtype, pl.Datetime):
        return "timestamp"
    if isinstance(dtype, pl.Categorical | pl.Enum):
        return "string"
    return _PLAIN[type(dtype)]


def _plain(value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """The value in a form that JSON holds exactly."""
    if isinstance(dtype, pl.List):
        return value.list.eval(_plain(pl.element(), _inner(dtype)))
    if isinstance(dtype, pl.Datetime):
        return value.dt.timestamp("us")
    if isinstance(dtype, pl.Date):
        return value.cast(pl.Int32)
    if isinstance(dtype, pl.Float32):
        return value.reinterpret(dtype=pl.UInt32)
    if isinstance(dtype, pl.Float64):
        return value.reinterpret(dtype=pl.UInt64)
    if isinstance(dtype, pl.Categorical | pl.Enum):
        return value.cast(pl.String)
    return value


def _inner(dtype: pl.List) -> pl.DataType:
    return _as_type(dtype.inner)


def _as_type(dtype: object) -> pl.DataType:
    """A nested type as an instance: polars takes the class for the same."""
    return dtype if isinstance(dtype, pl.DataType) else dtype()  # type: ignore[operator]
