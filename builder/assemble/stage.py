"""Assemble: from the shards and what is known across articles to the published tables. Imports this folder's leaves.

Tables are longer than memory: they come in bins and go on in pieces, a bin of articles at a time. Validation is apart,
in `validate`: every piece that leaves the build goes through it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

import polars as pl

from builder.assemble.actor_ids import ACTOR_OF, with_actor_lists, with_actors, without_claimants
from builder.assemble.groups import Telling
from builder.assemble.meaning import Vectors
from builder.assemble.places import move_to_places
from builder.assemble.remembered import Memory, group_remembered
from builder.assemble.shards import SHARD_SCHEMAS, Processed, shard_tables
from builder.bins import Bins
from builder.errors import SchemaError
from builder.ranges import Ranges
from builder.tally import Dropped
from schemas.counts import COUNTED, add_counts, count_collections, count_in_articles, with_counts
from schemas.derive import polars_schema
from schemas.order import sort_table

__all__ = ["Processed", "assemble", "dropped_table", "shard_tables"]

# Kept in the manifest: raise it when the same articles would give other groups.
VERSION = "assemble.v1"

Tables = dict[str, pl.DataFrame]

# Blocks of claims are dealt to so many bins for each bin of articles.
_BLOCKS_A_BIN = 2
_CLAIMS = pl.Schema({name: type_ for name, type_ in polars_schema("claims").items() if name != "claim_group_id"})
_GROUPS = pl.Schema({"claim_id": pl.String(), "claim_group_id": pl.String()})
_TELLINGS = pl.Schema(
    {
        **{name: polars_schema("claims")[name] for name in ("claim_id", "claimant_ids", "target_ids", "claim_kind")},
        **{name: polars_schema("claims")[name] for name in ("is_negated", "text", "about_start", "about_end")},
        "published_on": pl.Date(),
        "bin": pl.UInt32(),
    }
)


@dataclass(frozen=True, slots=True)
class Across:
    """What is known across articles.

    `places` is one row (article_id, bin) an article, see `place_articles`; `collections` the published table without
    its counts; `duplicates` one row (article_id, duplicate_cluster_id, is_cluster_head) an article; `ranges` the
    stretches of actors' ids that are finished at once.
    """

    places: pl.DataFrame
    collections: pl.DataFrame
    duplicates: pl.DataFrame
    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking found, in pieces: each is read once.

    `actor_of` has one row (article_id, local, actor_id) for every local actor; `actors` one row an actor_id, sorted, a
    piece for each stretch of `Across.ranges`.
    """

    actor_of: Iterable[pl.DataFrame]
    actors: Iterable[pl.DataFrame]


def assemble(
    shards: Bins, linked: Linked, across: Across, vectors: Vectors, memory: Memory | None = None
) -> Iterator[Tables]:
    """The published tables but `dropped`, in pieces: the rows of each table come in their order.

    `shards` holds the shards' tables as they `arrived`, which are used up; `vectors` are the encoder's of words, by
    which claims are compared; `memory` may hold groups that an earlier build found. The order of the shards, and of the
    rows in any table, does not matter. An actor to whom no mention, quote or claim refers is left out: nothing is on
    record about it.
    """
    _require_one_row_each("collections", across.collections, ["collection_id"])
    _require_one_row_each("duplicates", across.duplicates, ["article_id"])
    move_to_places(shards, across.places)
    for actor_of in linked.actor_of:
        shards.add_split("actor_of", actor_of.cast(ACTOR_OF).join(across.places, on="article_id", how="inner"), "bin")
    numbers = range(max(across.places["bin"].to_list(), default=0) + 1)
    for number in numbers:
        _resolve_claims(shards, number, n_blocks=len(numbers) * _BLOCKS_A_BIN)
    shards.drop("claims")
    _group(shards, vectors, memory)
    n_articles: list[pl.DataFrame] = []
    for number in numbers:
        tables = _finish_bin(shards, number, across)
        across.ranges.file(shards, "counts", count_in_articles(**tables), "actor_id")
        n_articles.append(tables["articles"].select("collection_id"))
        yield tables
    counted = count_collections(across.collections, pl.concat(n_articles))
    yield {
        "collections": _finish("collections", across.collections.join(counted, on="collection_id", how="left")),
        "actors": polars_schema("actors").to_frame(),
    }
    for actors in linked.actors:
        numbers_of_actors = across.ranges.numbers_of(actors["actor_id"]).unique().sort()
        counts = add_counts([COUNTED.to_frame(), *(shards.get("counts", n, COUNTED) for n in numbers_of_actors)])
        yield {"actors": _finish("actors", with_counts(actors, counts).filter(pl.col("n_articles") > 0))}


def dropped_table(rows: Sequence[Dropped]) -> pl.DataFrame:
    """What the stages dropped, as rows of `dropped`."""
    rows_ = pl.DataFrame([astuple(row) for row in rows], schema=polars_schema("dropped"), orient="row")
    return _finish("dropped", rows_)


def _resolve_claims(shards: Bins, number: int, n_blocks: int) -> None:
    """Put ids of actors into the claims of a bin, and what they are grouped by into bins of their blocks."""
    actor_of = shards.get("actor_of", number, ACTOR_OF)
    _require_one_row_each("actor_of", actor_of, ["article_id", "local"])
    claims = shards.get("claims", number, SHARD_SCHEMAS["claims"])
    columns = {"claimants": "claimant_ids", "targets": "target_ids"}
    claims = without_claimants(with_actor_lists(claims, "claim_id", actor_of, columns))
    shards.add("claims with actors", number, claims.select(_CLAIMS.names()))
    articles = shards.get("articles", number, SHARD_SCHEMAS["articles"])
    published = articles.select("article_id", published_on=pl.col("published_at").dt.date())
    tellings = claims.join(published, on="article_id", how="left").with_columns(bin=pl.lit(number, pl.UInt32))
    block = pl.col("claimant_ids").list.sort().list.join("\n").hash() % n_blocks
    shards.add_split("tellings", tellings.select(*_TELLINGS.names(), block=block), "block")


def _group(shards: Bins, vectors: Vectors, memory: Memory | None) -> None:
    """Put each claim's group into the bin of its article, a bin of blocks at a time."""
    for number in shards.numbers("tellings"):
        tellings = shards.get("tellings", number, _TELLINGS)
        groups = group_remembered([_telling(row) for row in tellings.iter_rows(named=True)], vectors, memory)
        ids = pl.Series("claim_group_id", [groups[claim] for claim in tellings["claim_id"]], dtype=pl.String)
        shards.add_split("groups", tellings.select("claim_id", "bin").with_columns(ids), "bin")
    shards.drop("tellings")


def _telling(row: Mapping[str, Any]) -> Telling:
    """A claim as it is grouped, with its article's day."""
    return Telling(
        row["claim_id"],
        tuple(row["claimant_ids"]),
        tuple(row["target_ids"]),
        row["claim_kind"],
        row["is_negated"],
        row["text"],
        (row["about_start"], row["about_end"]) if row["about_start"] and row["about_end"] else None,
        row["published_on"],
    )


def _finish_bin(shards: Bins, number: int, across: Across) -> Tables:
    """The published rows of a bin's articles."""
    actor_of = shards.get("actor_of", number, ACTOR_OF)
    local = {table: shards.get(table, number, SHARD_SCHEMAS[table]) for table in ("articles", "quotes", "mentions")}
    claims = shards.get("claims with actors", number, _CLAIMS)
    licences = across.collections.select("collection_id", "license")
    articles = local["articles"].join(licences, on="collection_id", how="left")
    tables = {
        "articles": articles.join(across.duplicates, on="article_id", how="left"),
        "quotes": with_actor_lists(local["quotes"], "quote_id", actor_of, {"speakers": "speaker_ids"}),
        "claims": claims.join(shards.get("groups", number, _GROUPS), on="claim_id", how="left"),
        "mentions": with_actors(local["mentions"], "actor", actor_of),
    }
    return {table: _finish(table, rows, tables["articles"]) for table, rows in tables.items()}


def _require_one_row_each(name: str, frame: pl.DataFrame, key: Sequence[str]) -> None:
    """Raise where a table to be joined has two rows for one key: the join would make rows up."""
    repeated = frame.filter(frame.select(key).is_duplicated())
    if repeated.height:
        raise SchemaError(
            f"{name}: {repeated.height} rows share their {', '.join(key)}, the first {repeated.select(key).row(0)}; "
            "expected one row each; please report this"
        )


def _finish(table: str, rows: pl.DataFrame, articles: pl.DataFrame | None = None) -> pl.DataFrame:
    schema = polars_schema(table)
    rows = rows.select(schema.names()).cast(schema)
    return sort_table(table, rows, rows if articles is None else articles).rechunk()
