"""The last gate before anything is written: every rule of `schemas/`. Imports schemas, `builder.bins`, errors."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from builder.bins import Bins
from builder.errors import SchemaError
from schemas.columns import LIMIT
from schemas.relations import OF_ARTICLES, violations, violations_around, violations_in_articles
from schemas.tables import KEYS
from schemas.violations import violations_in

# So many broken rules, and rows of one rule, does a message name; the first is mostly the cause of the others.
_RULES_SHOWN = 8
_ROWS_SHOWN = 3


def validate(tables: Mapping[str, pl.DataFrame]) -> None:
    """Raise SchemaError, naming table, column and rows, where a table or a rule across tables is broken."""
    _refuse(violations(tables))


@dataclass(frozen=True, slots=True)
class Checked:
    """The same for tables that come in pieces; counts alone are taken on trust, for they were counted in passing.

    `collections` and `actors` hold the ids that there are, `duplicates` the cluster of every article; `bins` keeps the
    ids of all rows until it is known that each is there once.
    """

    collections: pl.DataFrame
    actors: pl.DataFrame
    duplicates: pl.DataFrame
    bins: Bins

    def check(self, piece: Mapping[str, pl.DataFrame]) -> None:
        """Raise SchemaError where a rule is broken: some articles with all that is theirs, or the tables of none."""
        if "articles" not in piece:
            _refuse(violations_around({"collections": self.collections, **piece}, self.duplicates))
            return
        _refuse(violations_in_articles({**piece, "collections": self.collections, "actors": self.actors}))
        for table in OF_ARTICLES:
            (key,) = KEYS[table]
            ids = piece[table].select(id=key, digit=pl.col(key).str.slice(-1).str.to_integer(base=16))
            self.bins.add_split(_ids(table), ids, "digit")

    def check_ids(self) -> None:
        """Raise SchemaError where two rows of a table have one id."""
        for table in OF_ARTICLES:
            (key,) = KEYS[table]
            for number in self.bins.numbers(_ids(table)):
                ids = self.bins.get(_ids(table), number, pl.Schema({"id": pl.String()})).rename({"id": key})
                _refuse(violations_in(table, key, "is unique", ids.filter(pl.col(key).is_duplicated()), pl.col(key)))
            self.bins.drop(_ids(table))


def _ids(table: str) -> str:
    return f"ids of {table}"


def _refuse(broken: pl.DataFrame) -> None:
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
