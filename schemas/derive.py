"""What follows from a table's model: polars, Arrow and Hugging Face schemas, documentation. Imports the tables.

`datasets` is imported where it is used: it takes a second, and only who writes or reads a release needs it.
"""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
import pyarrow
from polars.datatypes import DataTypeClass

from schemas.columns import rule_sentence
from schemas.tables import BESIDE, TABLES

if TYPE_CHECKING:
    from datasets import Features  # type: ignore[import-untyped,unused-ignore]

_MODELS = TABLES | BESIDE
_ARROW = {
    pl.String: pyarrow.string(),
    pl.Boolean: pyarrow.bool_(),
    pl.Int32: pyarrow.int32(),
    pl.Int64: pyarrow.int64(),
    pl.Float32: pyarrow.float32(),
    pl.Date: pyarrow.date32(),
}


@dataclass(frozen=True, slots=True)
class ColumnDoc:
    """One column as documentation shows it; `vocabulary` is {value: meaning}, empty where the column has none;
    `rules` are sentences about each value of the column.
    """

    name: str
    type: str
    nullable: bool
    description: str
    vocabulary: Mapping[str, str]
    rules: tuple[str, ...]


def polars_schema(table: str) -> pl.Schema:
    """The table's columns and their polars types, in order."""
    return pl.Schema({name: column.dtype.type for name, column in _MODELS[table].to_schema().columns.items()})


def arrow_schema(table: str) -> pyarrow.Schema:
    """The table's Arrow schema, as Parquet files carry it: plain strings and lists, nullability, descriptions.

    Plain `string` and `list` rather than polars' large ones, because that is what every reader takes for granted.
    """
    types = polars_schema(table)
    return pyarrow.schema(
        pyarrow.field(
            name, _arrow_type(types[name]), nullable=column.nullable, metadata={"description": column.description}
        )
        for name, column in _MODELS[table].to_schema().columns.items()
    )


def features(table: str) -> "Features":
    """The table's Hugging Face features."""
    from datasets import Features  # type: ignore[import-untyped,unused-ignore]

    return Features.from_arrow_schema(arrow_schema(table))


def empty_table(table: str) -> pl.DataFrame:
    """The table without rows."""
    return pl.DataFrame(schema=polars_schema(table))


def describe_table(table: str) -> str:
    """What one row of the table is."""
    return inspect.getdoc(_MODELS[table]) or ""


def describe_columns(table: str) -> tuple[ColumnDoc, ...]:
    """The table's columns for documentation, in order.

    >>> [(column.name, column.type) for column in describe_columns("mentions")][3:5]
    [('start', 'int32'), ('end', 'int32')]
    """
    types = polars_schema(table)
    return tuple(
        ColumnDoc(
            name=name,
            type=_type_name(types[name]),
            nullable=column.nullable,
            description=column.description or "",
            vocabulary=(column.metadata or {}).get("vocabulary", {}),
            rules=(("is unique",) if column.unique else ()) + tuple(rule_sentence(check) for check in column.checks),
        )
        for name, column in _MODELS[table].to_schema().columns.items()
    )


def _arrow_type(dtype: pl.DataType) -> pyarrow.DataType:
    if isinstance(dtype, pl.List):
        return pyarrow.list_(_arrow_type(_instance(dtype.inner)))
    if isinstance(dtype, pl.Struct):
        return pyarrow.struct([(field.name, _arrow_type(_instance(field.dtype))) for field in dtype.fields])
    if isinstance(dtype, pl.Datetime):
        return pyarrow.timestamp(dtype.time_unit, tz=dtype.time_zone)
    return _ARROW[type(dtype)]


def _type_name(dtype: pl.DataType) -> str:
    """A type as the documentation writes it: list<struct<start: int32, end: int32>>."""
    if isinstance(dtype, pl.List):
        return f"list<{_type_name(_instance(dtype.inner))}>"
    if isinstance(dtype, pl.Struct):
        return "struct<" + ", ".join(f"{f.name}: {_type_name(_instance(f.dtype))}" for f in dtype.fields) + ">"
    if isinstance(dtype, pl.Datetime):
        return f"timestamp[{dtype.time_unit}, {dtype.time_zone}]"
    return str(_ARROW[type(dtype)]).replace("date32[day]", "date32").replace("float", "float32")


def _instance(dtype: pl.DataType | DataTypeClass) -> pl.DataType:
    """The type as an instance: polars takes `pl.String` and `pl.String()` for the same."""
    return pl.Schema({"": dtype})[""]
