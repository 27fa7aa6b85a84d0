"""What is said of an actor over all articles: its names, kind, country, roles. Imports `authority`."""

from collections.abc import Mapping

import polars as pl

from builder.resolve.authority import Authority

_LISTS = ("aliases", "roles", "authority_ids")


def describe(rows: pl.DataFrame, authority: Authority, new_names: Mapping[str, str]) -> pl.DataFrame:
    """One row an actor, sorted: its most frequent name, kind and country; all other names, roles and authority ids.

    `rows`: actor_id, name, actor_kind, country_code, aliases, roles, authority_ids, is_short. `new_names` are those
    that people gave, by actor_id; the former name is an alias then.
    """
    actors = rows.select("actor_id").unique().sort("actor_id")
    for column in ("name", "actor_kind", "country_code"):
        actors = actors.join(most_frequent(spelled_out(rows, column), column), on="actor_id", how="left")
    names = rows.select("actor_id", *_LISTS, "name").with_columns(aliases=pl.concat_list("aliases", "name"))
    for column in _LISTS:
        actors = actors.join(_union(names, column), on="actor_id", how="left")
    known = pl.DataFrame(
        [(e.id, e.name, e.kind, e.country) for e in authority.entries],
        schema={"actor_id": pl.String, "known_name": pl.String, "known_kind": pl.String, "known_country": pl.String},
        orient="row",
    )
    given = pl.DataFrame(
        {"actor_id": list(new_names), "given": list(new_names.values())},
        schema={"actor_id": pl.String(), "given": pl.String()},
    )
    return (
        actors.join(known, on="actor_id", how="left")
        .join(given, on="actor_id", how="left")
        .with_columns(
            name=pl.coalesce("known_name", "name"),
            actor_kind=pl.coalesce("known_kind", "actor_kind"),
            country_code=pl.coalesce("known_country", "country_code"),
        )
        .with_columns(
            name=pl.coalesce("given", "name"),
            aliases=pl.when(pl.col("given").is_null()).then("aliases").otherwise(pl.concat_list("aliases", "name")),
        )
        .with_columns(aliases=pl.col("aliases").list.set_difference(pl.concat_list("name")).list.sort())
        .select("actor_id", "name", "actor_kind", *_LISTS[:1], "country_code", *_LISTS[1:])
        .sort("actor_id")
    )


def spelled_out(rows: pl.DataFrame, column: str, key: str = "actor_id") -> pl.DataFrame:
    """`key` and a column of the rows that name an actor in full, where there are some: no acronym, no initial."""
    told = rows.lazy().select(key, column, "is_short")
    return told.filter(~pl.col("is_short") | pl.col("is_short").all().over(key)).drop("is_short").collect()


def most_frequent(rows: pl.DataFrame, column: str, key: str = "actor_id") -> pl.DataFrame:
    """The value that most rows give; of equally frequent ones the longest, then the first in the alphabet."""
    return (
        rows.lazy()
        .drop_nulls(column)
        .group_by(key, column)
        .len()
        .with_columns(n_chars=pl.col(column).cast(pl.String).str.len_chars())
        .sort(key, "len", "n_chars", column, descending=[False, True, True, False])
        .unique(key, keep="first", maintain_order=True)
        .select(key, column)
        .collect()
    )


def _union(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """All values of a list column, each once, sorted."""
    lazy = rows.lazy().select("actor_id", column)
    values = lazy.explode(column).drop_nulls(column).unique().sort("actor_id", column)
    lists = values.group_by("actor_id", maintain_order=True).agg(column)
    every = lazy.select("actor_id").unique().join(lists, on="actor_id", how="left")
    return every.with_columns(pl.col(column).fill_null(pl.lit([], dtype=pl.List(pl.String)))).collect()
