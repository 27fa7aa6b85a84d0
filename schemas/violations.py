"""Rows that break a rule, in one shape for all rules. Imports the tables and what is derived from them.

The shape: table, column, rule (a sentence), row (its key) and value, at most `LIMIT` rows a rule.
"""

import polars as pl
from pandera.config import ValidationDepth, config_context
from pandera.errors import SchemaErrors

from schemas.columns import LIMIT, rule_sentence
from schemas.derive import describe_columns, polars_schema
from schemas.tables import KEYS, TABLES

VIOLATIONS = pl.Schema(dict.fromkeys(("table", "column", "rule", "row", "value"), pl.String))

# Longer values (a whole text) are cut: a message is to be read.
_VALUE_CHARS = 120

_WORDED = {
    "field_uniqueness": "is unique",
    "not_nullable": "is not missing",
    "column_in_dataframe": "is a column of the table",
    "column_in_schema": "is no column of the table",
    "column_ordered": "stands in the table's order of columns",
}


def no_violations() -> pl.DataFrame:
    """The shape without rows."""
    return pl.DataFrame(schema=VIOLATIONS)


def violations_in(table: str, column: str, rule: str, rows: pl.DataFrame, value: pl.Expr) -> pl.DataFrame:
    """The shape for rows of a table that break a rule: `value` says what stands there."""
    key = pl.concat_str([pl.col(name).fill_null("null") for name in KEYS[table]], separator=" · ")
    worded = rows.head(LIMIT).select(
        table=pl.lit(table), column=pl.lit(column), rule=pl.lit(rule), row=key, value=_as_text(value, rows)
    )
    return worded.cast(VIOLATIONS)


def table_violations(table: str, frame: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """What breaks the table's own model.

    A lazy frame is collected first: pandera checks a lazy frame's columns and types only, and lets bad values pass.
    Neither do pandera's environment variables, which can switch checks off, have a say here. Where columns or types
    are wrong, nothing is said about values.
    """
    frame = (frame.collect() if isinstance(frame, pl.LazyFrame) else frame).rechunk()  # many chunks cost minutes
    is_whole = list(frame.schema.items()) == list(polars_schema(table).items())
    depth = ValidationDepth.SCHEMA_AND_DATA if is_whole else ValidationDepth.SCHEMA_ONLY
    with config_context(validation_enabled=True, validation_depth=depth):
        try:
            TABLES[table].validate(frame, lazy=True)
        except SchemaErrors as errors:
            return _reshape(table, frame, errors.failure_cases)
    return no_violations()


def _reshape(table: str, frame: pl.DataFrame, failures: pl.DataFrame) -> pl.DataFrame:
    """Pandera's failure cases in the shape."""
    rows = [
        (table, *_place_and_rule(table, failure), _row_key(table, frame, failure["index"]), failure["failure_case"])
        for failure in failures.iter_rows(named=True)
    ]
    worded = pl.DataFrame(rows, schema=VIOLATIONS, orient="row").with_columns(pl.col("value").str.head(_VALUE_CHARS))
    return worded.group_by("column", "rule", maintain_order=True).head(LIMIT).select(VIOLATIONS.names())


def _place_and_rule(table: str, failure: dict[str, object]) -> tuple[str, str]:
    """The column that a failure is about, and the rule in words."""
    check = str(failure["check"])
    if failure["schema_context"] == "DataFrameSchema":  # about columns: the failure case is the column's name
        return str(failure["failure_case"]), _WORDED.get(check, check)
    column = str(failure["column"])
    if failure["check_number"] is not None:
        checks = TABLES[table].to_schema().columns[column].checks
        return column, rule_sentence(checks[int(str(failure["check_number"]))])
    if check.startswith("dtype("):
        types = {described.name: described.type for described in describe_columns(table)}
        return column, f"is of type {types[column]}"
    return column, _WORDED.get(check, check)


def _row_key(table: str, frame: pl.DataFrame, index: int | None) -> str | None:
    """The key of the row at `index`; None where the failure is about a whole column."""
    if index is None:
        return None
    return " · ".join(str(frame[name][index]) for name in KEYS[table])


def _as_text(value: pl.Expr, rows: pl.DataFrame) -> pl.Expr:
    """The value as a string, lists and structs as JSON."""
    dtype = rows.select(value).to_series().dtype
    if dtype.is_nested():
        value = pl.struct(value.alias("value")).struct.json_encode().str.extract(r'^\{"value":(.*)\}$')
    return value.cast(pl.String).str.head(_VALUE_CHARS).alias("value")
