"""Which different names may be one actor's: blocking, so that nobody is compared with everybody. Imports `folding`.

Names that share a key (their sounds, a last name and an initial, a first name and the beginning of a last one) are
compared; within a key with very many of them only neighbours in the alphabet are (the sorted neighbourhood of
Hernández and Stolfo, SIGMOD 1995). So the number of comparisons grows with that of names, not with its square.
"""

import numpy as np
import polars as pl
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist

from builder.resolve.folding import fold_name, is_double_name, is_short_for, sound
from builder.resolve.names import SHORT_FOR

# Names compared with each other in one block; of larger blocks, neighbours only.
_WINDOW = 24
_ALIKE = 0.9
# What each likeness is called in reasons, and the support that it needs.
HOW = {
    "sound": ("spelled differently, one sound", 0.8),
    "double": ("one last name or two", 0.8),
    "short": ("a short first name", 1.0),
    "near": ("spelled nearly alike", 2.0),
}


def pair_names(bases: pl.DataFrame) -> pl.DataFrame:
    """Pairs of persons' names that may be one person's: (base, other_base, likeness), base < other_base.

    `bases` has a row for each different name: base, full (the folded name where it has more than two words). The
    pairs' bases are of its type.
    """
    strings = bases.select(pl.col("base", "full").cast(pl.String))
    told = pl.coalesce("full", pl.col("base").str.splitn(":", 2).struct.field("field_1"))
    names = _with_keys(strings.select("base", words=told.str.split(" ")))
    pairs = pl.concat([_pairs_of(names, key) for key in ("by_sound", "by_initial", "by_first", "by_double")])
    pairs = (
        pairs.filter(pl.col("base") < pl.col("other_base")).unique(["base", "other_base"]).sort("base", "other_base")
    )
    words = dict(zip(names["base"], names["words"], strict=True))
    one = [words[base] for base in pairs["base"]]
    other = [words[base] for base in pairs["other_base"]]
    first = _alike([w[0] for w in one], [w[0] for w in other])
    last = _alike([w[-1] for w in one], [w[-1] for w in other])
    likeness = [_likeness(a, b, float(f), float(s)) for a, b, f, s in zip(one, other, first, last, strict=True)]
    found = pairs.with_columns(pl.Series("likeness", likeness, dtype=pl.String)).drop_nulls("likeness")
    return found.cast(dict.fromkeys(("base", "other_base"), bases.schema["base"]))


def _with_keys(bases: pl.DataFrame) -> pl.DataFrame:
    """One row a base, with its fullest words and the keys of its blocks."""
    names = (
        bases.sort("base", pl.col("words").list.len(), pl.col("words").list.join(" "), descending=[False, True, False])
        .unique("base", keep="first", maintain_order=True)
        .sort("base")
    )
    words = names["words"].to_list()
    return names.with_columns(
        pl.Series(
            "by_sound", [[" ".join(sorted((sound(w[0]), sound(w[-1]))))] for w in words], dtype=pl.List(pl.String)
        ),
        pl.Series(
            "by_initial", [[f"{w[-1]} {SHORT_FOR.get(w[0], w[0])[:1]}"] for w in words], dtype=pl.List(pl.String)
        ),
        pl.Series("by_first", [[f"{w[0]} {sound(w[-1])[:2]}"] for w in words], dtype=pl.List(pl.String)),
        pl.Series("by_double", [sorted({f"{w[0]} {x}" for x in w[1:]}) for w in words], dtype=pl.List(pl.String)),
    )


def _pairs_of(names: pl.DataFrame, key: str) -> pl.DataFrame:
    """Pairs of the names that share a key and stand within a window of each other in the alphabet."""
    blocks = (
        names.lazy()
        .select("base", key=key)
        .explode("key")
        .drop_nulls()
        .sort("key", "base")
        .with_columns(at=pl.int_range(pl.len()).over("key"), size=pl.len().over("key"))
        .filter(pl.col("size") > 1)
        .collect()
    )
    steps = min(_WINDOW, int(blocks["size"].max() or 1)) - 1  # type: ignore[arg-type]
    found = [
        blocks.filter(pl.col("key") == pl.col("key").shift(-step))
        .select("base")
        .with_columns(other_base=blocks.filter(pl.col("key") == pl.col("key").shift(step))["base"])
        for step in range(1, steps + 1)
    ]
    return pl.concat([pl.DataFrame(schema={"base": pl.String(), "other_base": pl.String()}), *found])


def _alike(some: list[str], others: list[str]) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    """How alike each word is to the other list's of the same place, 0 to 1."""
    if not some:
        return np.zeros(0, dtype=np.float32)
    return np.asarray(cpdist(some, others, scorer=JaroWinkler.normalized_similarity, dtype=np.float32))


def _likeness(one: list[str], other: list[str], first: float, last: float) -> str | None:
    """How two names are alike, as a key of `HOW`; None where they are not."""
    sounds = [(sound(w[0]), sound(w[-1])) for w in (one, other)]
    if sounds[0] == sounds[1] and first >= 0.7 and last >= 0.7:
        return "sound"
    if sounds[0] == sounds[1][::-1] and one[0] == other[-1] and one[-1] == other[0]:
        return "sound"
    if is_double_name(one, other):
        return "double"
    if one[-1] == other[-1] and is_short_for(one[0], other[0]):
        return "short"
    return "near" if first >= _ALIKE and last >= _ALIKE else None


def pair_also_called(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows whose article calls them by another full name too: (row, other_base), for changed names and acronyms."""
    aliases = (
        rows.lazy()
        .filter(pl.col("base").is_not_null() & pl.col("actor_kind").is_in(["person", "organization"]))
        .select("row", "actor_kind", "base", alias="aliases")
        .explode("alias")
        .drop_nulls("alias")
        .collect()
    )
    different = aliases.select("actor_kind", "alias").unique().sort("actor_kind", "alias")
    bases = [fold_name(kind, alias).base for kind, alias in different.iter_rows()]
    folded = different.with_columns(pl.Series("other_base", bases, dtype=pl.String).cast(rows.schema["base"]))
    return (
        aliases.lazy()
        .join(folded.lazy(), on=["actor_kind", "alias"], how="left")
        .drop_nulls("other_base")
        .filter(pl.col("base") != pl.col("other_base"))
        .select("row", "other_base")
        .unique()
        .sort("row", "other_base")
        .collect()
    )
