"""What the tables' counts count: filled in by the build, checked in every dataset. Imports nothing of the project."""

from collections.abc import Sequence

import polars as pl

ACTOR_COUNTS = ("n_articles", "n_mentions", "n_quotes", "n_claims", "first_date", "last_date")
# What `count_in_articles` and `add_counts` give.
COUNTED = pl.Schema(
    {
        "actor_id": pl.String(),
        **{name: pl.Date() if name.endswith("_date") else pl.Int64() for name in ACTOR_COUNTS},
    }
)


def count_collections(collections: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """`collection_id` of every collection, in the same order, with its `n_articles`."""
    counted = articles.group_by("collection_id").agg(n_articles=pl.len().cast(pl.Int64))
    return (
        collections.select("collection_id")
        .join(counted, on="collection_id", how="left", maintain_order="left")
        .with_columns(pl.col("n_articles").fill_null(0))
    )


def count_actors(
    actors: pl.DataFrame, articles: pl.DataFrame, quotes: pl.DataFrame, claims: pl.DataFrame, mentions: pl.DataFrame
) -> pl.DataFrame:
    """`actor_id` of every actor, in the same order, with `ACTOR_COUNTS`."""
    return with_counts(actors.select("actor_id"), count_in_articles(articles, quotes, claims, mentions))


def count_in_articles(
    articles: pl.DataFrame, quotes: pl.DataFrame, claims: pl.DataFrame, mentions: pl.DataFrame
) -> pl.DataFrame:
    """`actor_id` and `ACTOR_COUNTS` of the actors that appear in these articles, of which the other tables are.

    An actor appears in an article that mentions it, quotes it, or holds a claim by it or aimed at it.
    """
    rows = [
        appearances(mentions, "actor_id").with_columns(n_mentions=1),
        appearances(quotes, "speaker_ids").with_columns(n_quotes=1),
        appearances(claims, "claimant_ids").with_columns(n_claims=1),
        appearances(claims, "target_ids"),
    ]
    days = articles.select("article_id", first_date=pl.col("published_at").dt.date())
    in_articles = (
        pl.concat(rows, how="diagonal")
        .group_by("actor_id", "article_id")
        .agg(pl.col("n_mentions", "n_quotes", "n_claims").sum())
        .join(days, on="article_id", how="left")
        .select("actor_id", "n_mentions", "n_quotes", "n_claims", "first_date", n_articles=1, last_date="first_date")
    )
    return add_counts([in_articles])


def add_counts(counts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """What `count_in_articles` gives of all articles, from what it gives of some and of the others."""
    return (
        pl.concat([counted.select("actor_id", *ACTOR_COUNTS).cast(COUNTED) for counted in counts])
        .group_by("actor_id")
        .agg(
            pl.col("n_articles", "n_mentions", "n_quotes", "n_claims").sum(),
            pl.col("first_date").min(),
            pl.col("last_date").max(),
        )
        .select("actor_id", *ACTOR_COUNTS)
    )


def with_counts(actors: pl.DataFrame, counted: pl.DataFrame) -> pl.DataFrame:
    """The actors in the same order with `ACTOR_COUNTS`, 0 and no dates for those that appear nowhere."""
    return actors.join(counted, on="actor_id", how="left", maintain_order="left").with_columns(
        pl.col("n_articles", "n_mentions", "n_quotes", "n_claims").fill_null(0)
    )


def appearances(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """One row (actor_id, article_id) for every actor in the column, be it of ids or of lists of ids."""
    rows = frame.select(pl.col(column).alias("actor_id"), "article_id")
    if isinstance(frame.schema[column], pl.List):
        rows = rows.explode("actor_id")
    return rows.drop_nulls("actor_id")
