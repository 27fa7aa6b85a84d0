"""Pairs of parts that may be one actor, as frames of numbers: one name that several bear, names that are alike.

Imports `authority`, `candidates`, `gathering`. Each pair says how its names are alike and what
support it needs.
"""

from collections.abc import Mapping

import polars as pl

from builder.resolve.authority import Authority
from builder.resolve.candidates import HOW, pair_names
from builder.resolve.gathering import entries_by_base

# One name that several bear: what two share must be more than the name.
NEEDED_BY_HOMONYMS = 1.0
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
_ENTRY_KINDS = frozenset({"person", "organization", "place"})


def entries_named(rows: pl.DataFrame, authority: Authority) -> dict[str, str]:
    """{base: the id of the authority's actor of that name} for names of rows that are not linked to it already."""
    by_base = entries_by_base(authority, _ENTRY_KINDS)
    ours = rows.filter(pl.col("entry").is_null())["base"].drop_nulls().unique().cast(pl.String)
    return {base: by_base[base].id for base in sorted(set(ours) & set(by_base))}


def entry_numbers(rows: pl.DataFrame, entries: Mapping[str, str]) -> dict[str, int]:
    """{entry: its part}; an entry that no row has gets a number below zero."""
    wanted = sorted(set(entries.values()))
    there = rows.filter(pl.col("entry").is_in(wanted)).group_by("entry").agg(pl.col("number").min())
    numbers = dict(there.iter_rows())
    return {entry: numbers.get(entry, -n) for n, entry in enumerate(wanted, 1)}


def _parts_by_base(rows: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """base, number: the parts that a name may be; rows that say nothing of themselves are nobody's candidates."""
    is_told = pl.col("base").is_not_null() & pl.col("entry").is_null() & ~pl.col("is_bare")
    return rows.lazy().filter(is_told).select("base", "number").unique().collect()


def pair_homonyms(rows: pl.DataFrame) -> pl.DataFrame:
    """Parts of one contested name, each with each."""
    parts = _parts_by_base(rows.lazy().filter("is_contested")).lazy()
    pairs = parts.join(parts.rename({"number": "other"}), on="base").filter(pl.col("number") < pl.col("other"))
    return _pairs(pairs, pl.lit("the same name"), pl.lit(NEEDED_BY_HOMONYMS), is_one_name=True).collect()


def pair_alike(
    rows: pl.DataFrame, called: pl.DataFrame, acronyms: pl.DataFrame, entries: Mapping[str, str]
) -> pl.DataFrame:
    """Parts under different names: spelled alike, both used by one article, an acronym's, an authority's actor's."""
    parts = _parts_by_base(rows).lazy()
    others = parts.rename({"base": "other_base", "number": "other"})
    is_person = pl.col("actor_kind") == "person"
    names = rows.lazy().filter(is_person & pl.col("base").is_not_null() & pl.col("entry").is_null())
    alike = pair_names(names.select("base", "full").unique().collect()).lazy()
    how = {likeness: words for likeness, (words, _) in HOW.items()}
    needs = {likeness: needed for likeness, (_, needed) in HOW.items()}
    spelled = _pairs(
        alike.join(parts, on="base").join(others, on="other_base"),
        pl.col("likeness").replace_strict(how, return_dtype=pl.String),
        pl.col("likeness").replace_strict(needs, return_dtype=pl.Float64),
        is_one_name=False,
    )
    folded = parts.with_columns(folded=pl.col("base").cast(pl.String).str.splitn(":", 2).struct.field("field_1"))
    kinds = folded.join(folded.rename({"number": "other", "base": "other_base"}), on="folded")
    people = rows.lazy().filter(is_person & pl.col("base").is_not_null()).select("row", "number")
    about = rows.lazy().filter(~pl.col("is_bare")).select("about", other="number").unique()
    short = acronyms.lazy().join(parts, on="base").join(about, on="about")
    numbers = entry_numbers(rows, entries)
    of_entries = pl.LazyFrame(
        [(base, numbers[entry]) for base, entry in entries.items()],
        schema={"base": rows.schema["base"], "other": pl.Int64()},
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
            called.lazy().join(people, on="row").join(others, on="other_base"),
            pl.lit("an article uses both names for one"),
            pl.lit(0.0),
            is_one_name=False,
        ),
        _pairs(short, pl.col("how"), pl.col("needs"), is_one_name=True),
        _pairs(
            parts.join(of_entries, on="base"), pl.lit("a name of the authority's actor"), pl.lit(0.0), is_one_name=True
        ),
    ]
    return pl.concat([frame.collect() for frame in every])  # one after another: each looks at all rows


def _pairs(frame: pl.LazyFrame, how: pl.Expr, needs: pl.Expr, *, is_one_name: bool) -> pl.LazyFrame:
    columns = frame.select("number", "other", how=how, needs=needs.cast(pl.Float64), is_one_name=pl.lit(is_one_name))
    return columns.filter(pl.col("number") != pl.col("other")).unique().cast(_PAIRS)


def parts_for_bare(rows: pl.DataFrame, acronyms: pl.DataFrame) -> pl.DataFrame:
    """base, number: each name under which rows say nothing of themselves, and each part that such a row may be of."""
    bare = rows.lazy().filter("is_bare").select("base").unique()
    by_name = bare.join(_parts_by_base(rows).lazy(), on="base")
    about = rows.lazy().filter(~pl.col("is_bare")).select("about", "number").unique()
    by_acronym = bare.join(acronyms.lazy().select("base", "about"), on="base").join(about, on="about")
    return pl.concat([by_name.select("base", "number"), by_acronym.select("base", "number")]).unique().collect()
