"""Ids of actors in the place of an article's numbers for them. Imports `builder.errors`.

`actor_of` has one row (article_id, local, actor_id) for every local actor.
"""

import polars as pl

from builder.errors import SchemaError

ACTOR_OF = pl.Schema({"article_id": pl.String(), "local": pl.Int32(), "actor_id": pl.String()})


def with_actor_lists(rows: pl.DataFrame, key: str, actor_of: pl.DataFrame, columns: dict[str, str]) -> pl.DataFrame:
    """The rows with lists of actor ids in place of lists of local numbers, each actor once, in the text's order."""
    for numbers, ids in columns.items():
        one_by_one = rows.select(key, "article_id", local=numbers).explode("local").drop_nulls("local")
        lists = (
            with_actors(one_by_one, "local", actor_of)
            .unique([key, "actor_id"], keep="first", maintain_order=True)
            .group_by(key, maintain_order=True)
            .agg(pl.col("actor_id").alias(ids))
        )
        rows = rows.drop(numbers).join(lists, on=key, how="left").with_columns(_empty_for_null(ids))
    return rows


def with_actors(rows: pl.DataFrame, number: str, actor_of: pl.DataFrame) -> pl.DataFrame:
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


def without_claimants(claims: pl.DataFrame) -> pl.DataFrame:
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


def _empty_for_null(column: str) -> pl.Expr:
    return pl.col(column).fill_null(pl.lit([], dtype=pl.List(pl.String)))
