"""A table's fingerprint: the same for the same rows, whoever wrote the Parquet. Imports `builder.bins`.

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
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from builder.bins import Bins

# Rows turned to JSON at once: bounds the memory, changes nothing else.
_BATCH = 20_000
# Rows whose sums wait in memory, 32 bytes each, before they go to bins by their first bits.
_WAITING = 500_000
_FIRST_BITS = 6
# A row's sum as four numbers, which sort as its hexadecimal digits do.
_SUM = pl.Schema(dict.fromkeys(("a", "b", "c", "d"), pl.UInt64()))
_DIGITS = np.array([list(f"{byte:02x}".encode()) for byte in range(256)], dtype=np.uint8)
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
    fingerprint = Fingerprint("table", table.schema, Bins())
    fingerprint.add(table)
    return fingerprint.hexdigest()


@dataclass(slots=True)
class Fingerprint:
    """The fingerprint of rows that come bit by bit; `bins` holds their sums, under `name`, where they are many."""

    name: str
    schema: pl.Schema
    bins: Bins
    _sums: list[bytes] = field(default_factory=list)

    def add(self, rows: pl.DataFrame) -> None:
        """Take rows of this schema in."""
        plain = rows.select(_plain(pl.col(name), dtype).alias(name) for name, dtype in self.schema.items())
        for batch in plain.iter_slices(_BATCH):
            self._sums.extend(hashlib.sha256(line).digest() for line in batch.write_ndjson().encode().splitlines())
        if len(self._sums) >= _WAITING:
            self._put_away()

    def hexdigest(self) -> str:
        """The fingerprint of all rows that were taken in; nothing can be added after."""
        columns = [[name, name_type(dtype)] for name, dtype in self.schema.items()]
        digest = hashlib.sha256(json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        self._put_away()
        for number in self.bins.numbers(self.name):
            digest.update(_lines(self.bins.get(self.name, number, _SUM).sort(_SUM.names())))
        self.bins.drop(self.name)
        return digest.hexdigest()

    def _put_away(self) -> None:
        numbers = np.frombuffer(b"".join(self._sums), dtype=">u8").astype(np.uint64).reshape(-1, 4)
        sums = pl.DataFrame(numbers, schema=_SUM).with_columns(first=pl.col("a") // 2 ** (64 - _FIRST_BITS))
        self.bins.add_split(self.name, sums, "first")
        self._sums.clear()


def _lines(sums: pl.DataFrame) -> bytes:
    """Each sum in hexadecimal, a line feed behind it."""
    octets = sums.to_numpy().astype(">u8").reshape(-1, 4).copy().view(np.uint8).reshape(-1, 32)
    lines = np.full((len(octets), 65), ord("\n"), dtype=np.uint8)
    lines[:, :64] = _DIGITS[octets].reshape(-1, 64)
    return lines.tobytes()


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
