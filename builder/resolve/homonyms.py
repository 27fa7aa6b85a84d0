"""Which names more than one actor may bear, and the parts of what they bear that are surely one. Imports `evidence`.

A name of which everything that articles say fits one actor is one actor's: it costs a group-by, whatever number of
articles has it. The others are contested: their actors are put together from atoms (what says the same of itself),
and mentions that say nothing of themselves go to the part with which they share most, or stay with their article.
"""

from collections.abc import Collection
from itertools import pairwise

import polars as pl

from builder.resolve.evidence import are_far
from builder.resolve.names import is_same_person

_LIFETIME = pl.duration(days=70 * 365)
SIGNATURE = ("base", "full", "suffix", "country", "fields", "gender", "office", "pin", "sides")


def find_contested(rows: pl.DataFrame) -> pl.DataFrame:
    """The bases (base) whose actors contradict each other, out of rows with evidence and pins."""
    counted = (
        rows.filter(pl.col("base").is_not_null() & pl.col("entry").is_null())
        .group_by("base")
        .agg(
            pl.len().alias("n_rows"),
            _different("country"),
            _different("gender"),
            pl.col("suffix").filter(pl.col("suffix") != "").n_unique().alias("suffix"),
            _different("pin"),
            pl.col("sides").is_not_null().any(),
            (pl.col("published_date").max() - pl.col("published_date").min() > _LIFETIME)
            .fill_null(value=False)
            .alias("long"),
            pl.col("fields").filter(pl.col("fields") > 0).unique().sort(),
            pl.col("full").drop_nulls().unique().sort(),
            each_office().alias("offices"),
            pl.col("is_left").any(),
        )
    )
    plain = (
        (pl.col("country") > 1) | (pl.col("gender") > 1) | (pl.col("suffix") > 1) | (pl.col("pin") > 1)
        | pl.col("sides") | pl.col("long") | pl.col("is_left")
    )  # fmt: skip
    sure = counted.filter(plain).select("base")
    several = counted.filter(
        ~plain
        & ((pl.col("fields").list.len() > 1) | (pl.col("full").list.len() > 1) | (pl.col("offices").list.len() > 1))
    )
    others = [
        base
        for base, fields, full, offices in several.select("base", "fields", "full", "offices").iter_rows()
        if _fields_differ(fields) or _names_differ(full) or _offices_differ(offices)
    ]
    found = pl.DataFrame({"base": others}, schema={"base": rows.schema["base"]})
    return pl.concat([sure, found]).sort("base")


def each_office() -> pl.Expr:
    """The offices of a group of rows, each once, sorted."""
    return pl.col("office").cast(pl.String).filter(pl.col("office") != "").str.split(",").explode().unique().sort()


def _different(column: str) -> pl.Expr:
    return pl.col(column).drop_nulls().n_unique()


def _fields_differ(fields: list[int]) -> bool:
    return any(are_far(one, other) for n, one in enumerate(fields) for other in fields[n + 1 :])


def _names_differ(names: list[str]) -> bool:
    words = [tuple(name.split()) for name in names]
    return any(not is_same_person(one, other) for n, one in enumerate(words) for other in words[n + 1 :])


def _offices_differ(offices: list[str]) -> bool:
    """Whether one office is held at two places: ["mayor|brask", "mayor|ostby"]."""
    pairs = sorted(office.partition("|")[::2] for office in offices)
    return any(a == b and not set(one.split()) & set(other.split()) for (a, one), (b, other) in pairwise(pairs))


def number_parts(
    rows: pl.DataFrame, contested: pl.DataFrame, unclear: pl.DataFrame, known_ids: Collection[str]
) -> pl.DataFrame:
    """`rows` with `number`, equal where rows are surely one: the first of them; `is_contested` and `is_bare`.

    Decided ids come first, then the authority's entry, then the name where it is not contested; of a contested name
    what says the same of itself; a row that says nothing of itself is a part alone, and `is_bare`. So is one under a
    name of `unclear` (base), acronyms that several bodies have. A former id of `known_ids` is that entry.
    """
    is_known = pl.col("pin").is_in(sorted(known_ids))
    narrow = (
        rows.select("row", *SIGNATURE)
        .with_columns(rows["entry"])
        .with_columns(entry=pl.coalesce("entry", pl.when(is_known).then("pin")), pin=pl.when(~is_known).then("pin"))
        .join(unclear.with_columns(is_unclear=True), on="base", how="left")
    )
    single = (
        narrow.lazy()
        .filter(pl.col("entry").is_null())
        .group_by("base")
        .agg(only_pin=pl.col("pin").drop_nulls().first())
    )
    says_nothing = (
        pl.col("country").is_null() & (pl.col("fields") == 0) & pl.col("gender").is_null() & pl.col("full").is_null()
        & (pl.col("suffix") == "") & (pl.col("office") == "") & pl.col("sides").is_null()
    )  # fmt: skip
    told = (
        narrow.lazy()
        .join(contested.with_columns(is_contested=True).lazy(), on="base", how="left")
        .join(single, on="base", how="left")
        .with_columns(
            is_unclear=pl.col("is_unclear").fill_null(value=False) & pl.coalesce("entry", "pin").is_null(),
            is_contested=pl.col("is_contested").fill_null(value=False) & pl.col("entry").is_null(),
            only_pin=pl.when(pl.col("entry").is_null()).then("only_pin"),
        )
        .with_columns(is_bare=(pl.col("is_contested") & says_nothing & pl.col("pin").is_null()) | pl.col("is_unclear"))
        .sort("row")
        .collect()
    )
    numbers = _first_of_part(told)
    return rows.with_columns(told.select("entry", "pin", "is_contested", "is_bare")).with_columns(numbers)


def _first_of_part(told: pl.DataFrame) -> pl.Series:
    """The first row of every row's part."""
    is_alone = pl.col("base").is_null() | pl.col("is_bare")
    by_name = pl.col("entry").is_null() & ~is_alone & ~pl.col("is_contested")
    kinds = (
        pl.when(pl.col("by_pin").is_not_null()).then(pl.lit("pin"))
        .when(pl.col("entry").is_not_null()).then(pl.lit("entry"))
        .when(is_alone).then(pl.lit("alone"))
        .when(pl.col("is_contested")).then(pl.lit("atom"))
        .otherwise(pl.lit("name"))
    )  # fmt: skip
    keys = {"pin": ["by_pin"], "entry": ["entry"], "alone": ["row"], "atom": [*SIGNATURE], "name": ["base"]}
    sorted_out = (
        told.lazy()
        .with_columns(by_pin=pl.coalesce("pin", pl.when(by_name).then("only_pin")))
        .with_columns(kind=kinds.cast(pl.Enum(list(keys))))
    )
    first = pl.col("row").cast(pl.Int64).min()
    parts = [
        sorted_out.filter(pl.col("kind") == kind).select("row", number=first.over(key)) for kind, key in keys.items()
    ]
    return pl.concat(parts).sort("row").collect()["number"]
