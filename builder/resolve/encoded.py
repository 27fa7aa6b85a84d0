"""Rows as they are kept while linking: each different string once, and a number of four bytes in every row.

Imports nothing of the project. A row of strings takes 600 bytes, one of numbers 110; polars goes on treating the
numbers as the strings that they stand for. The strings are those of one linking and forgotten with it.
"""

import polars as pl

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
_LISTS = ("aliases", "words", "offices", "plain_roles")
_OTHERS = ("row", "published_date", "is_acronym", "is_short", "fields")


def new_strings() -> pl.Categorical:
    """The type of the strings of one linking."""
    return pl.Categorical(pl.Categories.random())


def encode(rows: pl.DataFrame, strings: pl.Categorical) -> pl.DataFrame:
    """The columns of gathered rows that linking looks at, strings and lists of them as numbers."""
    types = {**dict.fromkeys(_STRINGS, strings), **dict.fromkeys(_LISTS, pl.List(strings))}
    return rows.select(*_OTHERS, *_STRINGS, *_LISTS).cast(types)  # type: ignore[arg-type]
