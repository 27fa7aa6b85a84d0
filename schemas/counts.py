"""What the tables' counts count: filled in by the build, checked in every dataset. Imports nothing of the project."""

import polars as pl

ACTOR_COUNTS = ("n_articles", "n_mentions", "n_quotes", "n_claims", "first_date", "last_date")


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
    """`actor_id` of every actor, in the same order, with `ACTOR_COUNTS`.

    An actor appears in an article that mentions it, quotes it, or holds a claim by it or aimed at it.
    """
    mentioned = appearances(mentions, "actor_id")
    speaking = appearances(quotes, "speaker_ids")
    claiming = appearances(claims, "claimant_ids")
    appearing = pl.concat([mentioned, speaking, claiming, appearances(claims, "target_ids")]).unique()
    days = articles.select("article_id", day=pl.col("published_at").dt.date())
    in_articles = (
        appearing.join(days, on="article_id", how="left")
        .group_by("actor_id")
        .agg(n_articles=pl.len(), first_date=pl.col("day").min(), last_date=pl.col("day").max())
    )
    counted = actors.select("actor_id").join(in_articles, on="actor_id", how="left", maintain_order="left")
    for name, rows in (("n_mentions", mentioned), ("n_quotes", speaking), ("n_claims", claiming)):
        per_actor = rows.group_by("actor_id").agg(pl.len().alias(name))
        counted = counted.join(per_actor, on="actor_id", how="left", maintain_order="left")
    return counted.select("actor_id", *ACTOR_COUNTS).with_columns(
        pl.col("n_articles", "n_mentions", "n_quotes", "n_claims").fill_null(0).cast(pl.Int64)
    )


def appearances(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """One row (actor_id, article_id) for every actor in the column, be it of ids or of lists of ids."""
    rows = frame.select(pl.col(column).alias("actor_id"), "article_id")
    if isinstance(frame.schema[column], pl.List):
        rows = rows.explode("actor_id")
    return rows.drop_nulls("actor_id")
