"""Rows as they are kept while linking: each different string once, and a number of four bytes in every row.

Imports `candidates`. A row of strings takes 600 bytes, one of numbers 80; polars goes on treating the numbers as the
strings that they stand for. The strings are those of one linking and forgotten with it.
"""

from dataclasses import dataclass

import polars as pl

from builder.resolve.candidates import pair_also_called

_STRINGS = (
    "article_id",
    "collection_id",
    "name",
    "actor_kind",
    "entry",
    "base",
    "full",
    "suffix",
    "about",
    "gender",
    "country",
    "office",
    "previous",
)
_LISTS = ("aliases", "plain_roles")
_OTHERS = ("row", "published_date", "is_acronym", "is_short", "fields")


@dataclass(frozen=True, slots=True)
class Encoded:
    """Rows that may be linked, out of `n_rows`, and the other full names that their articles use (row, other_base).

    `n_articles` are those that name anybody. Rows have `aliases` only where decisions are about their article.
    """

    rows: pl.DataFrame
    called: pl.DataFrame
    n_articles: int
    n_rows: int


def new_strings() -> pl.Categorical:
    """The type of the strings of one linking."""
    return pl.Categorical(pl.Categories.random())


def encode(rows: pl.DataFrame, is_decided: pl.Series, strings: pl.Categorical) -> Encoded:
    """What linking looks at of gathered rows; those of articles that decisions are about may all be linked."""
    may_be_linked = pl.any_horizontal(pl.col("base", "entry", "previous").is_not_null()) | is_decided
    kept = rows.with_columns(aliases=pl.when(is_decided).then("aliases")).filter(may_be_linked)
    types = {**dict.fromkeys(_STRINGS, strings), **dict.fromkeys(_LISTS, pl.List(strings))}
    return Encoded(
        kept.select(*_OTHERS, *_STRINGS, *_LISTS).cast(types),  # type: ignore[arg-type]
        pair_also_called(rows).cast({"other_base": strings}),
        rows["article_id"].n_unique(),
        rows.height,
    )


def encoded_together(parts: list[Encoded]) -> Encoded:
    """The rows of several stretches of articles as one."""
    return Encoded(
        pl.concat([part.rows for part in parts]),
        pl.concat([part.called for part in parts]),
        sum(part.n_articles for part in parts),
        sum(part.n_rows for part in parts),
    )
