"""The last gate before anything is written: every rule of `schemas/`. Imports the schemas and `builder.errors`."""

from collections.abc import Mapping

import polars as pl

from builder.errors import SchemaError
from schemas.columns import LIMIT
from schemas.relations import violations

# So many broken rules, and rows of one rule, does a message name; the first is mostly the cause of the others.
_RULES_SHOWN = 8
_ROWS_SHOWN = 3


def validate(tables: Mapping[str, pl.DataFrame]) -> None:
    """Raise SchemaError, naming table, column and rows, where a table or a rule across tables is broken."""
    broken = violations(tables)
    if broken.height:
        raise SchemaError(_word(broken))


def _word(broken: pl.DataFrame) -> str:
    by_rule = broken.partition_by("table", "column", "rule", maintain_order=True)
    how_many = "1 rule of the schema is" if len(by_rule) == 1 else f"{len(by_rule)} rules of the schema are"
    lines = [f"{how_many} broken; nothing was published. Please report this."]
    lines += [_word_rule(rows) for rows in by_rule[:_RULES_SHOWN]]
    if len(by_rule) > _RULES_SHOWN:
        lines.append(f"… and {len(by_rule) - _RULES_SHOWN} more rules")
    return "\n".join(lines)


def _word_rule(rows: pl.DataFrame) -> str:
    table, column, rule = rows.select("table", "column", "rule").row(0)
    place = table if column is None else f"{table}.{column}"
    shown = [
        value if row is None else f"{row}: {value!r}" for row, value in rows.select("row", "value").iter_rows() if value
    ]
    how_many = f"{LIMIT} rows or more" if rows.height >= LIMIT else f"{rows.height} row{'s' * (rows.height > 1)}"
    found = f"; {how_many}: " + ", ".join(shown[:_ROWS_SHOWN]) if shown else ""
    return f"  {place}: expected “{rule}”{found}"
