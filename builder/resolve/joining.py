"""Rows of all articles to actors: parts that are surely one, then the pairs that may be. Imports this folder's leaves.

What costs most is done in frames; only parts whose name another part may have become profiles.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from builder.resolve.acronyms import pair_acronyms, unclear_acronyms
from builder.resolve.authority import Authority
from builder.resolve.candidates import HOW, pair_also_called, pair_names
from builder.resolve.features import Features, features_of_parts, place_bare, support_pairs, weigh_features
from builder.resolve.gathering import entries_by_base, profile_entry
from builder.resolve.homonyms import find_contested, name_parts
from builder.resolve.merging import JOINED, LIKELY_DIFFERENT, WORTH_A_LOOK, Merger, Pair, Reason
from builder.resolve.profiles import Profile, make_profile

# One name that several bear: what two share must be more than the name.
_HOMONYM = 1.0
# One name that articles take for two kinds of actor: mostly a mistake, but Lincoln is a person and a place.
_TOLD_APART = 0.8
_PAIRS = pl.Schema(
    {
        "number": pl.Int64(),
        "other": pl.Int64(),
        "how": pl.String(),
        "needs": pl.Float64(),
        "is_one_name": pl.Boolean(),
    }
)
# What of a row is looked at once its pairs are known: to move a million rows is cheap where they are narrow.
_MOVED = ("row", "number", "base", "entry", "pin", "previous", "left_id", "is_left", "is_bare")
_ENTRY_KINDS = frozenset({"person", "organization", "place"})


@dataclass(frozen=True, slots=True)
class Joined:
    """`rows` with `number`, equal where they are one actor, and how they were told; the reasons that still stand.

    `placed`: row, number, weight, is_placed of the rows that say nothing of themselves under a name of several.
    """

    rows: pl.DataFrame
    placed: pl.DataFrame
    reasons: tuple[Reason, ...]


def join_rows(rows: pl.DataFrame, authority: Authority) -> Joined:
    """Which rows are one actor; `rows` as `gather_rows` and `pin_rows` give them."""
    acronyms = pair_acronyms(rows)
    parts = name_parts(rows, find_contested(rows), unclear_acronyms(acronyms), list(authority.by_id))
    rows = _number_parts(parts)
    entries = _entries_named(rows, authority)
    homonyms, alike = _pair_homonyms(rows), _pair_alike(rows, acronyms, entries)
    bare = _candidates_of_bare(rows, acronyms)
    in_play = _numbers_of(homonyms, alike, bare, _left(rows))
    features = weigh_features(rows, in_play)
    merger = Merger(_profiles(rows, in_play, authority, entries))
    whole, rows = rows.drop("number", "entry", "own_features"), rows.select(_MOVED)

    of_parts = features_of_parts(features, rows)
    merger.weigh(_weighed(homonyms, of_parts, features))
    rows = _renumbered(rows, merger)
    rows, _ = _place(rows, bare, features, merger)
    of_parts = features_of_parts(features, rows)
    merger.weigh(_weighed(_at_roots(alike, merger), of_parts, features))
    # Again: who is one over several names has more about him.
    rows, placed = _place(_renumbered(rows, merger), bare, features, merger)
    merger.weigh(_stay_with_keepers(rows, merger))
    rows = _with_entries(_renumbered(rows, merger), merger)
    whole = whole.join(rows.select("row", "number", "entry"), on="row", how="left", maintain_order="left")
    return Joined(whole, _at_roots(placed, merger), tuple(_standing(merger)))


def _place(
    rows: pl.DataFrame, bare: pl.DataFrame, features: Features, merger: Merger
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with those that say nothing of themselves where they belong, and how they were placed."""
    candidates = _at_roots(bare, merger).select("row", number="other").unique()
    placed = place_bare(candidates, features, features_of_parts(features, rows))
    return _with_placed(rows, placed), placed


def _numbers_of(*frames: pl.DataFrame) -> pl.DataFrame:
    """number: every part that a frame of pairs names."""
    columns = [frame.select(number=side) for frame in frames for side in ("number", "other")]
    return pl.concat(columns).unique()


def _number_parts(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with `number`: parts in the order of their first rows, so that the input's order changes none."""
    parts = rows.lazy().group_by("part").agg(pl.col("row").min().alias("first")).sort("first").with_row_index("number")
    numbers = parts.select("part", pl.col("number").cast(pl.Int64))
    return rows.lazy().join(numbers, on="part", how="left").drop("part").sort("row").collect()


def _entries_named(rows: pl.DataFrame, authority: Authority) -> dict[str, str]:
    """{base: the id of the authority's actor of that name} for names of rows that are not linked to it already."""
    by_base = entries_by_base(authority, _ENTRY_KINDS)
    ours = rows.filter(pl.col("entry").is_null())["base"].drop_nulls().unique()
    return {base: by_base[base].id for base in sorted(set(ours) & set(by_base))}


def _entry_numbers(rows: pl.DataFrame, entries: Mapping[str, str]) -> dict[str, int]:
    """{entry: its part}; an entry that no row has gets a number below zero."""
    wanted = sorted(set(entries.values()))
    there = rows.filter(pl.col("entry").is_in(wanted)).group_by("entry").agg(pl.col("number").min())
    numbers = dict(there.iter_rows())
    return {entry: numbers.get(entry, -n) for n, entry in enumerate(wanted, 1)}


def _parts_by_base(rows: pl.DataFrame) -> pl.DataFrame:
    """base, number: the parts that a name may be; rows that say nothing of themselves are nobody's candidates."""
    is_told = pl.col("base").is_not_null() & pl.col("entry").is_null() & ~pl.col("is_bare")
    return rows.lazy().filter(is_told).select("base", "number").unique().collect()


def _pair_homonyms(rows: pl.DataFrame) -> pl.DataFrame:
    """Parts of one contested name, each with each."""
    parts = _parts_by_base(rows.filter("is_contested")).lazy()
    pairs = parts.join(parts.rename({"number": "other"}), on="base").filter(pl.col("number") < pl.col("other"))
    return _pairs(pairs, pl.lit("the same name"), pl.lit(_HOMONYM), is_one_name=True).collect()


def _pair_alike(rows: pl.DataFrame, acronyms: pl.DataFrame, entries: Mapping[str, str]) -> pl.DataFrame:
    """Parts under different names: spelled alike, both used by one article, an acronym's, an authority's actor's."""
    parts = _parts_by_base(rows).lazy()
    others = parts.rename({"base": "other_base", "number": "other"})
    is_person = pl.col("actor_kind") == "person"
    names = rows.lazy().filter(is_person & pl.col("base").is_not_null() & pl.col("entry").is_null())
    alike = pair_names(names.select("base", "words").unique().collect()).lazy()
    how = {likeness: words for likeness, (words, _) in HOW.items()}
    needs = {likeness: needed for likeness, (_, needed) in HOW.items()}
    spelled = _pairs(
        alike.join(parts, on="base").join(others, on="other_base"),
        pl.col("likeness").replace_strict(how, return_dtype=pl.String),
        pl.col("likeness").replace_strict(needs, return_dtype=pl.Float64),
        is_one_name=False,
    )
    folded = parts.with_columns(folded=pl.col("base").str.splitn(":", 2).struct.field("field_1"))
    kinds = folded.join(folded.rename({"number": "other", "base": "other_base"}), on="folded")
    people = rows.filter(is_person)
    called = pair_also_called(people).lazy().join(people.lazy().select("row", "number"), on="row")
    about = rows.lazy().filter(~pl.col("is_bare")).select("about", other="number").unique()
    short = acronyms.lazy().join(parts, on="base").join(about, on="about")
    numbers = _entry_numbers(rows, entries)
    of_entries = pl.LazyFrame(
        [(base, numbers[entry]) for base, entry in entries.items()],
        schema={"base": pl.String(), "other": pl.Int64()},
        orient="row",
    )
    every = [
        spelled,
        _pairs(
            kinds.filter(pl.col("base") < pl.col("other_base")),
            pl.lit("one name, told as two kinds of actor"),
            pl.lit(_TOLD_APART),
            is_one_name=True,
        ),
        _pairs(
            called.join(others, on="other_base"),
            pl.lit("an article uses both names for one"),
            pl.lit(0.0),
            is_one_name=False,
        ),
        _pairs(short, pl.col("how"), pl.col("needs"), is_one_name=True),
        _pairs(
            parts.join(of_entries, on="base"), pl.lit("a name of the authority's actor"), pl.lit(0.0), is_one_name=True
        ),
    ]
    return pl.concat(every).collect()


def _pairs(frame: pl.LazyFrame, how: pl.Expr, needs: pl.Expr, *, is_one_name: bool) -> pl.LazyFrame:
    columns = frame.select("number", "other", how=how, needs=needs.cast(pl.Float64), is_one_name=pl.lit(is_one_name))
    return columns.filter(pl.col("number") != pl.col("other")).unique().cast(_PAIRS)


def _candidates_of_bare(rows: pl.DataFrame, acronyms: pl.DataFrame) -> pl.DataFrame:
    """row, number, other: each row that says nothing of itself, its own part, and each part that it may belong to."""
    bare = rows.lazy().filter("is_bare").select("row", "number", "base")
    by_name = bare.join(_parts_by_base(rows).lazy().rename({"number": "other"}), on="base")
    about = rows.lazy().filter(~pl.col("is_bare")).select("about", other="number").unique()
    by_acronym = bare.join(acronyms.lazy().select("base", "about"), on="base").join(about, on="about")
    columns = ["row", "number", "other"]
    return pl.concat([by_name.select(columns), by_acronym.select(columns)]).unique().collect()


def _left(rows: pl.DataFrame) -> pl.DataFrame:
    """number, other: parts of an actor that a decision parted, and the part that keeps its id."""
    keepers = rows.lazy().filter(pl.col("pin") == pl.col("previous")).select(left_id="pin", other="number").unique()
    left = rows.lazy().filter("is_left").select("number", "left_id").unique()
    return left.join(keepers, on="left_id").drop("left_id").collect()


def _stay_with_keepers(rows: pl.DataFrame, merger: Merger) -> list[Pair]:
    """What a decision parted, and no evidence placed, stays with the actor that keeps the id."""
    left = _left(rows).filter(pl.col("number") != pl.col("other")).sort("number", "other")
    return [
        Pair(one, keeper, "one actor in ids.csv", 0.0)
        for one, keeper in left.iter_rows()
        if not merger.profiles[merger.root(one)].pins
    ]


def _profiles(
    rows: pl.DataFrame, in_play: pl.DataFrame, authority: Authority, entries: Mapping[str, str]
) -> dict[int, Profile]:
    """Profiles of the parts in play, and of the authority's actors whose names they have."""
    is_told = ~pl.col("is_bare") | pl.col("is_left")
    told = rows.filter(is_told).join(in_play, on="number", how="semi").sort("row")
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
        pl.col("offices").explode().drop_nulls().unique().sort(),
        pl.col("sides").drop_nulls().str.split(" ").explode().unique().sort().alias("apart"),
        pl.col("published_date").min().alias("first_date"),
        pl.col("published_date").max().alias("last_date"),
    )
    profiles = {row["number"]: make_profile(row["number"], row) for row in aggregated.iter_rows(named=True)}
    for entry_id, number in _entry_numbers(rows, entries).items():
        known = profile_entry(number, authority.by_id[entry_id], authority)
        if number in profiles:
            profiles[number].take(known)
        else:
            profiles[number] = known
    return profiles


def _article_of_name() -> pl.Expr:
    """The first article, in the alphabet, that uses the most frequent name."""
    return pl.col("article_id").filter(pl.col("name") == pl.col("name").mode().min()).min()


def _weighed(pairs: pl.DataFrame, of_parts: pl.DataFrame, features: Features) -> Iterator[Pair]:
    """The pairs with their support; those that need more than they could ever be worth a look with are left out."""
    supported = support_pairs(pairs, of_parts, features.labels)
    worth = supported.filter((pl.col("support") >= WORTH_A_LOOK) | (pl.col("needs") <= _HOMONYM))
    for row in worth.sort("number", "other", "needs", "how").iter_rows(named=True):
        yield Pair(
            one=row["number"],
            other=row["other"],
            how=row["how"],
            needs=row["needs"],
            support=row["support"],
            common=row["common"],
            is_one_name=row["is_one_name"],
        )


def _roots(merger: Merger) -> pl.DataFrame:
    pairs = [(number, merger.root(number)) for number in merger.profiles]
    return pl.DataFrame(pairs, schema={"number": pl.Int64(), "root": pl.Int64()}, orient="row")


def _renumbered(rows: pl.DataFrame, merger: Merger) -> pl.DataFrame:
    return (
        rows.lazy()
        .join(_roots(merger).lazy(), on="number", how="left")
        .with_columns(number=pl.coalesce("root", "number"))
        .drop("root")
        .sort("row")
        .collect()
    )


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
    found = placed.lazy().filter("is_placed").select("row", at="number")
    joined = rows.lazy().join(found, on="row", how="left").with_columns(number=pl.coalesce("at", "number"))
    return joined.drop("at").sort("row").collect()


def _with_entries(rows: pl.DataFrame, merger: Merger) -> pl.DataFrame:
    """The rows of what was joined with an authority's actor, with its id."""
    found = [(number, entry) for number in merger.profiles for entry in merger.profiles[number].entries]
    roots = pl.DataFrame(
        [(number, entry) for number, entry in found if merger.root(number) == number],
        schema={"number": pl.Int64(), "known": pl.String()},
        orient="row",
    )
    return (
        rows.join(roots, on="number", how="left")
        .with_columns(entry=pl.coalesce("entry", "known"))
        .drop("known")
        .sort("row")
    )


def _standing(merger: Merger) -> Iterator[Reason]:
    """The reasons that still hold, with the numbers that the actors have now."""
    for reason in merger.reasons:
        one, other = merger.root(reason.number), merger.root(reason.other)
        if (reason.verdict in (JOINED, LIKELY_DIFFERENT)) == (one == other):
            yield replace(reason, number=one, other=other)
