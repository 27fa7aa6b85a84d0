"""Acronyms that an article does not spell out: which organizations of other articles they may be.

Imports nothing of the project.
"""

import polars as pl

SPELLED_OUT, INITIALS = "an acronym that an article spells out", "an acronym of the name's initials"
# Not one article says that the initials are used.
_GUESSED = 1.0
# What the folded names of organizations begin with.
_BODY = "organization:"


def pair_acronyms(rows: pl.DataFrame, called: pl.DataFrame) -> pl.DataFrame:
    """base, about, how, needs: a bare acronym's base and each organization that it may be, with the support needed.

    An organization whom an article gives the acronym (`called`: row, other_base); where there is none, those of whose
    names it is the initials.
    """
    is_body = pl.col("actor_kind") == "organization"
    bodies = rows.select("row", "actor_kind", "is_acronym", "base", "entry", "about").filter(is_body)
    strings = rows.schema["base"]
    bare = bodies.filter(pl.col("is_acronym") & pl.col("entry").is_null()).select("base").unique()
    given = (
        called.join(bare, left_on="other_base", right_on="base", how="semi")
        .join(bodies.filter(~pl.col("is_acronym")).select("row", "about"), on="row")
        .select(base="other_base", about="about", how=pl.lit(SPELLED_OUT), needs=pl.lit(0.0))
    )
    initials = (
        bodies.filter(~pl.col("is_acronym") & pl.col("about").is_not_null())
        .select("about", "base")
        .unique()
        .with_columns(words=pl.col("base").cast(pl.String).str.strip_prefix(_BODY).str.split(" "))
        .filter(pl.col("words").list.len() > 1)
        .select("about", base=(pl.lit(_BODY) + _initials("words")).cast(strings))
        .join(bare, on="base", how="semi")
        .join(given, on="base", how="anti")
        .select("base", "about", how=pl.lit(INITIALS), needs=pl.lit(_GUESSED))
    )
    return pl.concat([given, initials]).unique().sort("base", "about")


def _initials(words: str) -> pl.Expr:
    return pl.col(words).list.eval(pl.element().str.head(1)).list.join("")


def unclear_acronyms(pairs: pl.DataFrame) -> pl.DataFrame:
    """The bases (base) that may be several organizations: each article's is told by what it has about it."""
    return (
        pairs.group_by("base").agg(pl.col("about").n_unique()).filter(pl.col("about") > 1).select("base").sort("base")
    )
