"""The last gate before anything is written: every rule of `schemas/`.

Imports schemas, `builder.bins`, `builder.ranges`, errors.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from builder.bins import Bins
from builder.errors import SchemaError
from builder.ranges import Ranges
from schemas.columns import LIMIT
from schemas.relations import FOREIGN_KEYS, OF_ARTICLES, violations, violations_around, violations_in_articles
from schemas.tables import KEYS
from schemas.violations import violations_in

# So many broken rules, and rows of one rule, does a message name; the first is mostly the cause of the others.
_RULES_SHOWN = 8
_ROWS_SHOWN = 3
# (table, column) of everything that refers to actors.
_TO_ACTORS = tuple((table, column) for table, column, target in FOREIGN_KEYS if target == "actors")
_REFERENCES = pl.Schema({"key": pl.String(), "actor_id": pl.String()})


def validate(tables: Mapping[str, pl.DataFrame]) -> None:
    """Raise SchemaError, naming table, column and rows, where a table or a rule across tables is broken."""
    _refuse(violations(tables))


@dataclass(slots=True)
class Checked:
    """The same for tables that come in pieces; counts alone are taken on trust, for they were counted in passing.

    `collections` holds the ids that there are, `duplicates` the cluster of every article; `bins` keeps the ids of all
    rows, those of actors in the stretches of `ranges`, until it is known that each is there once.
    """

    collections: pl.DataFrame
    duplicates: pl.DataFrame
    ranges: Ranges
    bins: Bins
    _last_actor: str = ""

    def check(self, piece: Mapping[str, pl.DataFrame]) -> None:
        """Raise SchemaError where a rule is broken: some articles with all that is theirs, or the tables of none."""
        if "articles" not in piece:
            clusters = self.duplicates if "collections" in piece else self.duplicates.clear()
            _refuse(violations_around(piece, clusters))
            self._check_actors(piece["actors"])
            return
        _refuse(violations_in_articles({**piece, "collections": self.collections}))
        self._keep_references(piece)
        for table in OF_ARTICLES:
            (key,) = KEYS[table]
            ids = piece[table].select(id=key, digit=pl.col(key).str.slice(-1).str.to_integer(base=16))
            self.bins.add_split(_ids(table), ids, "digit")

    def _check_actors(self, actors: pl.DataFrame) -> None:
        """Raise SchemaError where they do not stand behind those that came before; keep their ids."""
        behind = actors.head(1).filter(pl.col("actor_id") <= self._last_actor)
        _refuse(violations_in("actors", "actor_id", "rows are in the table's order", behind, pl.col("actor_id")))
        self._last_actor = actors["actor_id"][-1] if actors.height else self._last_actor
        self.ranges.file(self.bins, _ids("actors"), actors.select("actor_id"), "actor_id")

    def _keep_references(self, piece: Mapping[str, pl.DataFrame]) -> None:
        """Keep which actors the rows of some articles refer to, each with the first row that does."""
        for table, column in _TO_ACTORS:
            rows = piece[table].select(key=KEYS[table][0], actor_id=column)
            ids = rows.explode("actor_id") if isinstance(rows.schema["actor_id"], pl.List) else rows
            found = ids.drop_nulls("actor_id").unique("actor_id", keep="first", maintain_order=True)
            self.ranges.file(self.bins, f"{column} of {table}", found, "actor_id")

    def check_ids(self) -> None:
        """Raise SchemaError where two rows of a table have one id, or one refers to an actor that is not there."""
        for table, column in _TO_ACTORS:
            for number in self.bins.numbers(f"{column} of {table}"):
                there = self.bins.get(_ids("actors"), number, pl.Schema({"actor_id": pl.String()}))
                found = self.bins.get(f"{column} of {table}", number, _REFERENCES)
                missing = found.join(there, on="actor_id", how="anti", maintain_order="left")
                rows = missing.rename({"key": KEYS[table][0]})
                _refuse(violations_in(table, column, "is a `actor_id` of `actors`", rows, pl.col("actor_id")))
            self.bins.drop(f"{column} of {table}")
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
