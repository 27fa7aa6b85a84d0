"""What linking leaves: who each local actor is, the actors, ids for the next build, reasons; a stretch at a time.

Imports `builder.bins`, `builder.ranges`, `describing`, `naming`, `reasons`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from builder.bins import Bins
from builder.ranges import Ranges, ranges_of_sample
from builder.resolve.authority import Authority
from builder.resolve.describing import describe
from builder.resolve.ids import COLUMNS as ID_COLUMNS
from builder.resolve.naming import give_bound_ids, next_ids
from builder.resolve.reasons import COLUMNS, IN_ORDER

# What is kept of gathered rows for when their actors are known.
GATHERED = pl.Schema(
    {
        "article_id": pl.String(),
        "local": pl.Int32(),
        "name": pl.String(),
        "actor_kind": pl.String(),
        "country_code": pl.String(),
        "aliases": pl.List(pl.String()),
        "roles": pl.List(pl.String()),
        "authority_ids": pl.List(pl.String()),
        "is_short": pl.Boolean(),
    }
)
_SCHEMAS = {
    "actor_of": pl.Schema({"article_id": pl.String(), "local": pl.Int32(), "actor_id": pl.String()}),
    "actors": pl.Schema(
        {
            "actor_id": pl.String(),
            "name": pl.String(),
            "actor_kind": pl.String(),
            "aliases": pl.List(pl.String()),
            "country_code": pl.String(),
            "roles": pl.List(pl.String()),
            "authority_ids": pl.List(pl.String()),
        }
    ),
    "ids": pl.Schema(dict.fromkeys(ID_COLUMNS, pl.String())),
    "links": pl.Schema(dict.fromkeys(COLUMNS, pl.String())),
}
_TOLD = pl.Schema({"actor_id": pl.String(), **{n: t for n, t in GATHERED.items() if n not in ("article_id", "local")}})


@dataclass(frozen=True, slots=True)
class Links:
    """Tables in `bins`, each sorted by its columns. `ranges`: the stretches of ids that actors come in.

    `actor_of`: article_id, local, actor_id. `actors`: one row an actor_id. `ids` and `links`: see `ids`, `reasons`.
    """

    bins: Bins
    ranges: Ranges

    def pieces(self, table: str) -> Iterator[pl.DataFrame]:
        """The rows of a table, a stretch at a time."""
        for number in self.bins.numbers(_linked(table)):
            yield self.bins.get(_linked(table), number, _SCHEMAS[table])

    def take(self, table: str) -> Iterator[pl.DataFrame]:
        """The same for the last time: the table is forgotten then."""
        yield from self.pieces(table)
        self.bins.drop(_linked(table))

    @property
    def actor_of(self) -> pl.DataFrame:
        """The whole table."""
        return self._whole("actor_of")

    @property
    def actors(self) -> pl.DataFrame:
        """The whole table."""
        return self._whole("actors")

    @property
    def ids(self) -> pl.DataFrame:
        """The whole table."""
        return self._whole("ids")

    @property
    def links(self) -> pl.DataFrame:
        """The whole table."""
        return self._whole("links")

    def _whole(self, table: str) -> pl.DataFrame:
        return pl.concat([_SCHEMAS[table].to_frame(), *self.pieces(table)])


def _linked(table: str) -> str:
    """The name of a table's bins."""
    return f"linked {table}"


def file_actors(bins: Bins, n_bins: int, ids: pl.Series, authority: Authority, new_names: Mapping[str, str]) -> Ranges:
    """Put into `bins` who each local actor is, the ids for the next build, and the actors; the stretches of these.

    `bins` hold gathered rows, whose ids are `ids`, null of those that stay with their articles. For `new_names` see
    `describe`.
    """
    ranges, first = Ranges(pl.Series(dtype=pl.String)), 0
    for number in range(n_bins):
        rows = bins.get("gathered", number, GATHERED)
        before = bins.get("ids before", number, _SCHEMAS["ids"])
        named = _name_bound(
            rows.with_columns(actor_id=ids.slice(first, rows.height).cast(pl.String)), before, authority
        )
        if not first:
            # Articles lie in the order of a hash: any stretch of them is a sample of all.
            ranges = ranges_of_sample(named["actor_id"], n_bins)
        first += rows.height
        bins.add(_linked("actor_of"), number, named.select(_SCHEMAS["actor_of"].names()))
        bins.add(_linked("ids"), number, next_ids(named, before))
        ranges.file(bins, "actors told", named.select(_TOLD.names()), "actor_id")
    bins.drop("gathered")
    bins.drop("ids before")
    for number in bins.numbers("actors told"):
        told = bins.get("actors told", number, _TOLD)
        bins.add(_linked("actors"), number, describe(told, authority, new_names))
    bins.drop("actors told")
    return ranges


def _name_bound(rows: pl.DataFrame, before: pl.DataFrame, authority: Authority) -> pl.DataFrame:
    """The rows with an id for each that has none: it stays with its article."""
    numbered = rows.with_row_index("place")
    bound = numbered.filter(pl.col("actor_id").is_null()).sort("article_id", "actor_kind", "name", "place")
    taken = {*authority.by_id, *rows["actor_id"].drop_nulls(), *before["actor_id"]}
    found = bound.select("place", own=give_bound_ids(bound, taken))
    joined = numbered.join(found, on="place", how="left", maintain_order="left")
    return joined.with_columns(actor_id=pl.coalesce("actor_id", "own")).drop("place", "own")


def file_links(bins: Bins, ranges: Ranges, reasons: pl.DataFrame) -> None:
    """Put reasons into the stretches of their verdicts and actors."""
    rows = reasons.cast(dict.fromkeys(COLUMNS, pl.String))
    verdict = pl.col("verdict").replace_strict({name: n for n, name in enumerate(IN_ORDER)}, return_dtype=pl.UInt32)
    number = verdict * len(ranges) + ranges.numbers_of(rows["actor_id"]).cast(pl.UInt32)
    bins.add_split("reasons", rows.with_columns(bin=number), "bin")


def sort_links(bins: Bins) -> None:
    """Put the reasons, each once, in their order."""
    for number in bins.numbers("reasons"):
        rows = bins.get("reasons", number, _SCHEMAS["links"])
        bins.add(_linked("links"), number, rows.unique().sort(COLUMNS))
    bins.drop("reasons")
