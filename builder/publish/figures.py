"""The figures that the card and the datasheet state, counted from the tables. Imports `validations`, schemas."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from builder.publish.validations import Told
from schemas.derive import describe_columns
from schemas.vocabulary import DROP_REASONS, STAGES


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one build.

    `values` holds the rows by value of each vocabulary column, named `table.column` (those of `dropped` are in
    `dropped`: by reason, then by stage, every reason there); `languages` the articles by language, most first;
    `first_date` and `last_date` are the dated articles' days in UTC; `validations` what people's readings
    told, each with what changed since.
    """

    rows: Mapping[str, int]
    values: Mapping[str, Mapping[str, int]]
    dropped: Mapping[str, Mapping[str, int]]
    collections: tuple[Mapping[str, object], ...]
    licenses: tuple[str, ...]
    languages: Mapping[str, int]
    first_date: date | None
    last_date: date | None
    n_undated: int
    n_withheld: int
    n_duplicates: int
    n_words: int
    n_reviewed_quotes: int
    n_reviewed_claims: int
    validations: tuple[Told, ...] = ()


def count_figures(tables: Mapping[str, pl.DataFrame | pl.LazyFrame]) -> Figures:
    """Count what the card and the datasheet state; of lazy frames no more is held than is counted."""
    lazy = {name: table.lazy() for name, table in tables.items()}
    of_articles = _count_articles(lazy["articles"])
    collections = lazy["collections"].sort("collection_id").collect()
    return Figures(
        rows={name: int(_one(table, pl.len())) for name, table in lazy.items()},
        values={
            f"{table}.{column}": _count_vocabulary(lazy[table], column, vocabulary)
            for (table, column), vocabulary in vocabulary_columns().items()
        },
        dropped=_count_dropped(lazy["dropped"]),
        collections=tuple(collections.iter_rows(named=True)),
        licenses=tuple(sorted(set(collections["license"].to_list()))),
        languages=_count_values(lazy["articles"], "language"),
        first_date=of_articles["first_date"],
        last_date=of_articles["last_date"],
        n_undated=of_articles["n_undated"],
        n_withheld=of_articles["n_withheld"],
        n_duplicates=of_articles["n"] - of_articles["n_heads"],
        n_words=of_articles["n_words"],
        n_reviewed_quotes=int(_one(lazy["quotes"], pl.col("is_reviewed").sum())),
        n_reviewed_claims=int(_one(lazy["claims"], pl.col("is_reviewed").sum())),
    )


def _count_articles(articles: pl.LazyFrame) -> dict[str, Any]:
    day = pl.col("published_at").dt.date()
    counted = articles.select(
        n=pl.len(),
        first_date=day.min(),
        last_date=day.max(),
        n_undated=pl.col("published_at").null_count(),
        n_withheld=pl.col("text").is_null().sum(),
        n_heads=pl.col("is_cluster_head").sum(),
        n_words=pl.col("n_words").sum(),
    )
    return counted.collect(engine="streaming").row(0, named=True)


def _one(table: pl.LazyFrame, value: pl.Expr) -> int:
    found: int = table.select(value).collect(engine="streaming").item()
    return found


def vocabulary_columns() -> dict[tuple[str, str], Mapping[str, str]]:
    """{(table, column): its vocabulary} for every column that has one, those of `dropped` left out."""
    return {
        (table, column.name): column.vocabulary
        for table in ("articles", "quotes", "actors", "claims", "mentions")
        for column in describe_columns(table)
        if column.vocabulary
    }


def _count_vocabulary(table: pl.LazyFrame, column: str, vocabulary: Mapping[str, str]) -> dict[str, int]:
    """Rows by value, in the vocabulary's order, values without rows included."""
    counts = _count_values(table, column)
    return {value: counts.get(value, 0) for value in vocabulary}


def _count_values(table: pl.LazyFrame, column: str) -> dict[str, int]:
    """Rows by value, the most frequent first, equal counts by value."""
    counted = table.select(pl.col(column).cast(pl.String).alias("value")).group_by("value").len(name="n")
    return dict(counted.collect(engine="streaming").sort(["n", "value"], descending=[True, False]).rows())


def _count_dropped(dropped: pl.LazyFrame) -> dict[str, dict[str, int]]:
    """Dropped rows by reason and stage, both in the vocabulary's order; a reason without rows is there too."""
    pairs = dropped.select(pl.col("reason", "stage").cast(pl.String)).group_by("reason", "stage").len(name="n")
    counts = {(reason, stage): n for reason, stage, n in pairs.collect(engine="streaming").rows()}
    return {
        reason: {stage: counts[reason, stage] for stage in STAGES if (reason, stage) in counts}
        for reason in DROP_REASONS
    }
