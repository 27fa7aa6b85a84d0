"""Acronyms that an article does not spell out: which organizations of other articles they may be.

Imports `candidates`.
"""

import polars as pl

from builder.resolve.candidates import pair_also_called

SPELLED_OUT, INITIALS = "an acronym that an article spells out", "an acronym of the name's initials"
# Not one article says that the initials are used.
_GUESSED = 1.0


def pair_acronyms(rows: pl.DataFrame) -> pl.DataFrame:
    """base, about, how, needs: a bare acronym's base and each organization that it may be, with the support needed.

    An organization whom an article gives the acronym; where there is none, those of whose names it is the initials.
    """
    is_body = pl.col("actor_kind") == "organization"
    looked_at = ("row", "actor_kind", "is_acronym", "base", "entry", "aliases", "words", "about")
    bodies = rows.select(looked_at).filter(is_body)
    strings = rows.schema["base"]
    bare = bodies.filter(pl.col("is_acronym") & pl.col("entry").is_null()).select("base").unique()
    given = (
        pair_also_called(bodies.filter(~pl.col("is_acronym")))
        .join(bare, left_on="other_base", right_on="base", how="semi")
        .join(rows.select("row", "about"), on="row", how="left")
        .select(base="other_base", about="about", how=pl.lit(SPELLED_OUT), needs=pl.lit(0.0))
    )
    initials = (
        bodies.filter(~pl.col("is_acronym") & (pl.col("words").list.len() > 1) & pl.col("about").is_not_null())
        .select("about", base=pl.lit("organization:") + _initials("words"))
        .cast({"base": strings})
        .join(bare, on="base", how="semi")
        .join(given, on="base", how="anti")
        .select("base", "about", how=pl.lit(INITIALS), needs=pl.lit(_GUESSED))
    )
    return pl.concat([given, initials]).unique().sort("base", "about")


def _initials(words: str) -> pl.Expr:
    return pl.col(words).cast(pl.List(pl.String)).list.eval(pl.element().str.head(1)).list.join("")


def unclear_acronyms(pairs: pl.DataFrame) -> pl.DataFrame:
    """The bases (base) that may be several organizations: each article's is told by what it has about it."""
    return (
        pairs.group_by("base").agg(pl.col("about").n_unique()).filter(pl.col("about") > 1).select("base").sort("base")
    )
