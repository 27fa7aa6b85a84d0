"""The figures that the card and the datasheet state, counted from the tables. Imports `validations`, schemas."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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


def count_figures(tables: Mapping[str, pl.DataFrame]) -> Figures:
    """Count what the card and the datasheet state."""
    articles = tables["articles"]
    days = articles["published_at"].drop_nulls().dt.date().sort().to_list()
    return Figures(
        rows={name: table.height for name, table in tables.items()},
        values={
            f"{table}.{column}": _count_vocabulary(tables[table], column, vocabulary)
            for (table, column), vocabulary in vocabulary_columns().items()
        },
        dropped=_count_dropped(tables["dropped"]),
        collections=tuple(tables["collections"].sort("collection_id").iter_rows(named=True)),
        licenses=tuple(sorted(set(tables["collections"]["license"].to_list()))),
        languages=_count_values(articles, "language"),
        first_date=days[0] if days else None,
        last_date=days[-1] if days else None,
        n_undated=articles["published_at"].null_count(),
        n_withheld=articles["text"].null_count(),
        n_duplicates=articles.height - int(articles["is_cluster_head"].sum()),
        n_words=int(articles["n_words"].sum()),
        n_reviewed_quotes=int(tables["quotes"]["is_reviewed"].sum()),
        n_reviewed_claims=int(tables["claims"]["is_reviewed"].sum()),
    )


def vocabulary_columns() -> dict[tuple[str, str], Mapping[str, str]]:
    """{(table, column): its vocabulary} for every column that has one, those of `dropped` left out."""
    return {
        (table, column.name): column.vocabulary
        for table in ("articles", "quotes", "actors", "claims", "mentions")
        for column in describe_columns(table)
        if column.vocabulary
    }


def _count_vocabulary(table: pl.DataFrame, column: str, vocabulary: Mapping[str, str]) -> dict[str, int]:
    """Rows by value, in the vocabulary's order, values without rows included."""
    counts = _count_values(table, column)
    return {value: counts.get(value, 0) for value in vocabulary}


def _count_values(table: pl.DataFrame, column: str) -> dict[str, int]:
    """Rows by value, the most frequent first, equal counts by value."""
    counted = table.select(pl.col(column).cast(pl.String).alias("value")).group_by("value").len(name="n")
    return dict(counted.sort(["n", "value"], descending=[True, False]).rows())


def _count_dropped(dropped: pl.DataFrame) -> dict[str, dict[str, int]]:
    """Dropped rows by reason and stage, both in the vocabulary's order; a reason without rows is there too."""
    pairs = dropped.select(pl.col("reason", "stage").cast(pl.String)).group_by("reason", "stage").len(name="n")
    counts = {(reason, stage): n for reason, stage, n in pairs.rows()}
    return {
        reason: {stage: counts[reason, stage] for stage in STAGES if (reason, stage) in counts}
        for reason in DROP_REASONS
    }
