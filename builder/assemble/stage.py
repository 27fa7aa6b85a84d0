"""Assemble: from the shards and what is known across articles to the published tables. Imports `shards`, `groups`.

Validation is apart, in `validate`: every table that leaves the build goes through it.
"""

from collections.abc import Sequence
from dataclasses import astuple

import polars as pl

from builder.assemble.groups import Telling, group_claims
from builder.assemble.meaning import Vectors
from builder.assemble.shards import SHARD_SCHEMAS, Processed, shard_tables
from builder.errors import SchemaError
from builder.tally import Dropped
from schemas.counts import count_actors, count_collections
from schemas.derive import polars_schema
from schemas.order import sort_table
from schemas.tables import TABLES

__all__ = ["Processed", "assemble", "dropped_table", "shard_tables"]

# Kept in the manifest: raise it when the same articles would give other groups.
VERSION = "assemble.v1"

Tables = dict[str, pl.DataFrame]


def assemble(
    shards: Sequence[Tables],
    collections: pl.DataFrame,
    actor_of: pl.DataFrame,
    actors: pl.DataFrame,
    duplicates: pl.DataFrame,
    dropped: pl.DataFrame,
    vectors: Vectors,
) -> Tables:
    """All published tables: ids in place, counted, sorted, in their schema's columns and types.

    `collections` is the published table without its counts; `actor_of` has one row (article_id, local, actor_id) for
    every local actor, `actors` one row an actor_id, `duplicates` one row (article_id, duplicate_cluster_id,
    is_cluster_head) an article; `vectors` are the encoder's of words, by which claims are compared. The order of the
    shards, and of the rows in any table, does not matter. An actor to whom no mention, quote or claim refers is left
    out: nothing is on record about it.
    """
    _require_one_row_each("collections", collections, ["collection_id"])
    _require_one_row_each("actor_of", actor_of, ["article_id", "local"])
    _require_one_row_each("actors", actors, ["actor_id"])
    _require_one_row_each("duplicates", duplicates, ["article_id"])
    local = {
        table: pl.concat([pl.DataFrame(schema=schema), *(shard[table] for shard in shards)])
        for table, schema in SHARD_SCHEMAS.items()
    }
    articles = _articles(local["articles"], collections, duplicates)
    quotes = _with_actor_lists(local["quotes"], "quote_id", actor_of, {"speakers": "speaker_ids"})
    claims = _claims(local["claims"], actor_of, articles, vectors)
    mentions = _with_actors(local["mentions"], "actor", actor_of)
    counted = count_actors(actors, articles, quotes, claims, mentions)
    tables = {
        "collections": collections.join(count_collections(collections, articles), on="collection_id", how="left"),
        "articles": articles,
        "quotes": quotes,
        "actors": actors.join(counted, on="actor_id", how="left").filter(pl.col("n_articles") > 0),
        "claims": claims,
        "mentions": mentions,
        "dropped": dropped,
    }
    return {table: _finish(table, tables[table], articles) for table in TABLES}


def dropped_table(rows: Sequence[Dropped]) -> pl.DataFrame:
    """What the stages dropped, as rows of `dropped`."""
    return pl.DataFrame([astuple(row) for row in rows], schema=polars_schema("dropped"), orient="row")


def _articles(articles: pl.DataFrame, collections: pl.DataFrame, duplicates: pl.DataFrame) -> pl.DataFrame:
    licences = collections.select("collection_id", "license")
    return articles.join(licences, on="collection_id", how="left").join(duplicates, on="article_id", how="left")


def _claims(claims: pl.DataFrame, actor_of: pl.DataFrame, articles: pl.DataFrame, vectors: Vectors) -> pl.DataFrame:
    """Claims with ids of actors and groups; who turns out to be a claimant is no target any more."""
    claims = _with_actor_lists(claims, "claim_id", actor_of, {"claimants": "claimant_ids", "targets": "target_ids"})
    claims = _without_claimants(claims)
    groups = group_claims(_tellings(claims, articles), vectors)
    return claims.with_columns(
        pl.Series("claim_group_id", [groups[claim] for claim in claims["claim_id"]], dtype=pl.String)
    )


def _tellings(claims: pl.DataFrame, articles: pl.DataFrame) -> list[Telling]:
    """The claims as they are grouped, each with its article's day."""
    published = articles.select("article_id", published_on=pl.col("published_at").dt.date())
    return [
        Telling(
            row["claim_id"],
            tuple(row["claimant_ids"]),
            tuple(row["target_ids"]),
            row["claim_kind"],
            row["is_negated"],
            row["text"],
            (row["about_start"], row["about_end"]) if row["about_start"] and row["about_end"] else None,
            row["published_on"],
        )
        for row in claims.join(published, on="article_id", how="left").iter_rows(named=True)
    ]


def _without_claimants(claims: pl.DataFrame) -> pl.DataFrame:
    """The claims with no claimant among the targets: two names in one article may turn out to be one actor."""
    claimants = claims.select("claim_id", target_ids="claimant_ids").explode("target_ids")
    others = (
        claims.select("claim_id", "target_ids")
        .explode("target_ids")
        .drop_nulls("target_ids")
        .join(claimants, on=["claim_id", "target_ids"], how="anti", maintain_order="left")
        .group_by("claim_id", maintain_order=True)
        .agg("target_ids")
    )
    return claims.drop("target_ids").join(others, on="claim_id", how="left").with_columns(_empty_for_null("target_ids"))


def _with_actor_lists(rows: pl.DataFrame, key: str, actor_of: pl.DataFrame, columns: dict[str, str]) -> pl.DataFrame:
    """The rows with lists of actor ids in place of lists of local numbers, each actor once, in the text's order."""
    for numbers, ids in columns.items():
        one_by_one = rows.select(key, "article_id", local=numbers).explode("local").drop_nulls("local")
        lists = (
            _with_actors(one_by_one, "local", actor_of)
            .unique([key, "actor_id"], keep="first", maintain_order=True)
            .group_by(key, maintain_order=True)
            .agg(pl.col("actor_id").alias(ids))
        )
        rows = rows.drop(numbers).join(lists, on=key, how="left").with_columns(_empty_for_null(ids))
    return rows


def _with_actors(rows: pl.DataFrame, number: str, actor_of: pl.DataFrame) -> pl.DataFrame:
    """The rows with `actor_id` in place of the column of local numbers; null stays null."""
    joined = rows.join(
        actor_of, left_on=["article_id", number], right_on=["article_id", "local"], how="left", maintain_order="left"
    )
    lost = joined.filter(pl.col(number).is_not_null() & pl.col("actor_id").is_null())
    if lost.height:
        article, local = lost.select("article_id", number).row(0)
        raise SchemaError(
            f"{lost.height} references to actors that were not linked, the first to number {local} of article "
            f"{article}; expected one row in `actor_of` for every local actor; please report this"
        )
    return joined.drop(number)


def _empty_for_null(column: str) -> pl.Expr:
    return pl.col(column).fill_null(pl.lit([], dtype=pl.List(pl.String)))


def _require_one_row_each(name: str, frame: pl.DataFrame, key: Sequence[str]) -> None:
    """Raise where a table to be joined has two rows for one key: the join would make rows up."""
    repeated = frame.filter(frame.select(key).is_duplicated())
    if repeated.height:
        raise SchemaError(
            f"{name}: {repeated.height} rows share their {', '.join(key)}, the first {repeated.select(key).row(0)}; "
            "expected one row each; please report this"
        )


def _finish(table: str, frame: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    schema = polars_schema(table)
    return sort_table(table, frame.select(schema.names()).cast(schema), articles).rechunk()
