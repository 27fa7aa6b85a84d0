"""Rows of all articles to actors: parts that are surely one, then the pairs that may be. Imports this folder's leaves.

What costs most is done in frames; only parts whose name another part may have become profiles.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, replace

import polars as pl

from builder.resolve.acronyms import pair_acronyms, unclear_acronyms
from builder.resolve.authority import Authority
from builder.resolve.encoded import Encoded
from builder.resolve.features import Features, find_features
from builder.resolve.gathering import profile_entry
from builder.resolve.homonyms import each_office, find_contested, number_parts
from builder.resolve.merging import JOINED, LIKELY_DIFFERENT, WORTH_A_LOOK, Merger, Reason
from builder.resolve.pairs import (
    NEEDED_BY_HOMONYMS,
    entries_named,
    entry_numbers,
    pair_alike,
    pair_homonyms,
    parts_for_bare,
)
from builder.resolve.profiles import Profile, make_profile
from builder.resolve.support import find_loners, place_bare, support_pairs

# A name that more articles have is mostly in the news; that some of them share nothing says little.
_FEW = 12
# What of a row is looked at once its pairs are known: to move a million rows is cheap where they are narrow.
_MOVED = ("row", "number", "base", "entry", "pin", "previous", "left_id", "is_left", "is_bare")

_REASONS = {
    "verdict": pl.String(),
    "number": pl.Int64(),
    "name": pl.String(),
    "article_id": pl.String(),
    "other": pl.Int64(),
    "other_name": pl.String(),
    "other_article_id": pl.String(),
    "because": pl.String(),
}
# Reasons that are made rows at once.
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Joined:
    """`rows` with `number`, equal where they are one actor, and how they were told; the reasons that still stand.

    `placed`: row, number, weight, is_placed of the rows that say nothing of themselves under a name of several.
    `doubts`: number, name, article_id, other_name, other_article_id of those who have nothing but their name in common.
    `reasons`: the columns of `Reason`.
    """

    rows: pl.DataFrame
    placed: pl.DataFrame
    doubts: pl.DataFrame
    reasons: pl.DataFrame


def join_rows(encoded: Encoded, authority: Authority) -> Joined:
    """Which rows are one actor; rows as `encode` and `pin_rows` give them."""
    rows, called = encoded.rows, encoded.called
    acronyms = pair_acronyms(rows, called)
    rows = number_parts(rows, find_contested(rows), unclear_acronyms(acronyms), list(authority.by_id))
    entries = entries_named(rows, authority)
    homonyms, alike = pair_homonyms(rows), pair_alike(rows, called, acronyms, entries)
    bare = parts_for_bare(rows, acronyms)
    features = find_features(rows, encoded.n_articles)
    in_play = _numbers_of(homonyms, alike, bare, _left(rows))
    merger = Merger(_profiles(rows, in_play, authority, entries))
    doubts = _find_doubts(_doubtful(rows), features)
    whole, rows = rows.drop("number", "entry"), rows.select(_MOVED)

    merger.weigh(_weighed(homonyms, rows, features))
    rows = _renumbered(rows, merger)
    rows, _ = _place(rows, bare, features, merger)
    merger.weigh(_weighed(_at_roots(alike, merger), rows, features))
    # Again: who is one over several names has more about him.
    rows, placed = _place(_renumbered(rows, merger), bare, features, merger)
    merger.weigh(_stay_with_keepers(rows, merger))
    rows = _with_entries(_renumbered(rows, merger), merger)
    whole = whole.with_columns(rows.select("number", "entry"))
    return Joined(whole, _at_roots(placed, merger), _at_roots(doubts, merger), _standing(merger, rows.schema["entry"]))


def _place(
    rows: pl.DataFrame, bare: pl.DataFrame, features: Features, merger: Merger
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with those that say nothing of themselves where they belong, and how they were placed."""
    told = rows.filter("is_bare").select("row", "base")
    placed = place_bare(told, _at_roots(bare, merger).unique(), rows.select("row", "number"), features)
    return _with_placed(rows, placed), placed


def _numbers_of(*frames: pl.DataFrame) -> pl.DataFrame:
    """number: every part that a frame of pairs names."""
    columns = [frame.select(number=side) for frame in frames for side in ("number", "other") if side in frame.columns]
    return pl.concat(columns).unique()


def _doubtful(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of full names that a few articles of several collections have, as far as nobody decided about them."""
    is_free = pl.col("pin").is_null() | (pl.col("pin") == pl.col("previous"))
    is_name = pl.col("base").is_not_null() & pl.col("entry").is_null() & ~pl.col("is_contested")
    several = pl.col("collection_id").n_unique().over("number") > 1
    few = pl.len().over("number") <= _FEW
    free = rows.lazy().filter((pl.col("actor_kind") == "person") & is_free & is_name)
    return free.filter(several & few).select("row", "number", "name", "article_id").collect()


def _find_doubts(doubtful: pl.DataFrame, features: Features) -> pl.DataFrame:
    """Rows that have their name in common with their actor and nothing else, as `Joined.doubts`."""
    told = doubtful.select("row", "name", "article_id")
    return (
        find_loners(doubtful.select("row", "number"), features)
        .join(doubtful, on="row")
        .join(told.rename({"row": "other", "name": "other_name", "article_id": "other_article_id"}), on="other")
        .select("number", "name", "article_id", "other_name", "other_article_id")
    )


def _left(rows: pl.DataFrame) -> pl.DataFrame:
    """number, other: parts of an actor that a decision parted, and the part that keeps its id."""
    keepers = rows.lazy().filter(pl.col("pin") == pl.col("previous")).select(left_id="pin", other="number").unique()
    left = rows.lazy().filter("is_left").select("number", "left_id").unique()
    return left.join(keepers, on="left_id").drop("left_id").collect()


def _stay_with_keepers(rows: pl.DataFrame, merger: Merger) -> pl.DataFrame:
    """What a decision parted, and no evidence placed, stays with the actor that keeps the id."""
    left = _left(rows).filter(pl.col("number") != pl.col("other"))
    has_pins = [bool(merger.profiles[merger.root(one)].pins) for one in left["number"]]
    return left.filter(~pl.Series(has_pins, dtype=pl.Boolean)).with_columns(
        how=pl.lit("one actor in ids.csv"), needs=0.0, support=0.0, common=pl.lit(""), is_one_name=True
    )


def _profiles(
    rows: pl.DataFrame, in_play: pl.DataFrame, authority: Authority, entries: Mapping[str, str]
) -> dict[int, Profile]:
    """Profiles of the parts in play, and of the authority's actors whose names they have."""
    is_told = ~pl.col("is_bare") | pl.col("is_left")
    told = rows.lazy().filter(is_told).join(in_play.lazy(), on="number", how="semi").sort("row")
    several = {
        "country": "countries", "gender": "genders", "suffix": "suffixes", "pin": "pins", "entry": "entries",
        "full": "folded",
    }  # fmt: skip
    aggregated = told.group_by("number").agg(
        *(pl.col(column).drop_nulls().unique().sort().alias(name) for column, name in several.items()),
        pl.col("actor_kind").first(),
        pl.col("name").mode().min(),
        _article_of_name(),
        pl.len().alias("n_rows"),
        pl.col("fields").bitwise_or(),
        each_office().alias("offices"),
        pl.col("sides").drop_nulls().cast(pl.String).str.split(" ").explode().unique().sort().alias("apart"),
        pl.col("published_date").min().alias("first_date"),
        pl.col("published_date").max().alias("last_date"),
    )
    shared: dict[object, object] = {}
    found = aggregated.collect()
    profiles = {row["number"]: make_profile(row["number"], row, shared) for row in found.iter_rows(named=True)}
    for entry_id, number in entry_numbers(rows, entries).items():
        known = profile_entry(number, authority.by_id[entry_id], authority)
        if number in profiles:
            profiles[number].take(known)
        else:
            profiles[number] = known
    return profiles


def _article_of_name() -> pl.Expr:
    """The first article, in the alphabet, that uses the most frequent name."""
    return pl.col("article_id").filter(pl.col("name") == pl.col("name").mode().min()).min()


def _weighed(pairs: pl.DataFrame, rows: pl.DataFrame, features: Features) -> pl.DataFrame:
    """The pairs with their support; those that need more than they could ever be worth a look with are left out."""
    supported = support_pairs(pairs, rows.select("row", "number"), features)
    return supported.filter((pl.col("support") >= WORTH_A_LOOK) | (pl.col("needs") <= NEEDED_BY_HOMONYMS))


def _roots(merger: Merger) -> pl.DataFrame:
    pairs = [(number, merger.root(number)) for number in merger.profiles]
    return pl.DataFrame(pairs, schema={"number": pl.Int64(), "root": pl.Int64()}, orient="row")


def _renumbered(rows: pl.DataFrame, merger: Merger) -> pl.DataFrame:
    now = rows.select("number").join(_roots(merger), on="number", how="left", maintain_order="left")
    return rows.with_columns(now.select(number=pl.coalesce("root", "number")))


def _at_roots(frame: pl.DataFrame, merger: Merger) -> pl.DataFrame:
    """A frame's `number`, and `other` where it has one, as they are now; pairs that are one by now left out."""
    roots, moved = _roots(merger).lazy(), frame.lazy()
    for column in [c for c in ("number", "other") if c in frame.columns]:
        now = roots.rename({"number": column})
        moved = (
            moved.join(now, on=column, how="left").with_columns(pl.coalesce("root", column).alias(column)).drop("root")
        )
    if "other" in frame.columns:
        moved = moved.filter(pl.col("number") != pl.col("other")).unique()
    return moved.collect()


def _with_placed(rows: pl.DataFrame, placed: pl.DataFrame) -> pl.DataFrame:
    found = placed.filter("is_placed").select("row", at="number")
    joined = rows.select("row", "number").join(found, on="row", how="left", maintain_order="left")
    return rows.with_columns(joined.select(number=pl.coalesce("at", "number")))


def _with_entries(rows: pl.DataFrame, merger: Merger) -> pl.DataFrame:
    """The rows of what was joined with an authority's actor, with its id."""
    found = [(number, entry) for number in merger.profiles for entry in merger.profiles[number].entries]
    roots = pl.DataFrame(
        [(number, entry) for number, entry in found if merger.root(number) == number],
        schema={"number": pl.Int64(), "known": rows.schema["entry"]},
        orient="row",
    )
    now = rows.select("number", "entry").join(roots, on="number", how="left", maintain_order="left")
    return rows.with_columns(now.select(entry=pl.coalesce("entry", "known")))


def _standing(merger: Merger, strings: pl.DataType) -> pl.DataFrame:
    """The reasons that still hold, with the numbers that the actors have now; names and articles as `strings`."""
    named = dict.fromkeys(("verdict", "name", "article_id", "other_name", "other_article_id"), strings)
    schema = {**_REASONS, **dict.fromkeys(named, pl.String())}
    frames = [pl.DataFrame(schema=schema).cast(named)]  # type: ignore[arg-type]
    for first in range(0, len(merger.reasons), _AT_ONCE):
        some = [astuple(reason) for reason in _still_standing(merger, merger.reasons[first : first + _AT_ONCE])]
        frames.append(pl.DataFrame(some, schema=schema, orient="row").cast(named))  # type: ignore[arg-type]
    return pl.concat(frames)


def _still_standing(merger: Merger, reasons: Iterable[Reason]) -> Iterator[Reason]:
    for reason in reasons:
        one, other = merger.root(reason.number), merger.root(reason.other)
        if (reason.verdict in (JOINED, LIKELY_DIFFERENT)) == (one == other):
            yield replace(reason, number=one, other=other)
