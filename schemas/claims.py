"""The table `claims`. Imports `schemas.columns` and vocabularies."""

import pandera.polars as pa
import polars as pl

from schemas.columns import (
    Spans,
    Strings,
    column,
    hashed_id,
    is_rounded,
    items_distinct,
    items_present,
    one_of,
    rule,
    spans_in_order,
)
from schemas.vocabulary import CLAIM_KINDS, DATE_PRECISIONS


class Claims(pa.DataFrameModel):
    """One row a claim: a proposition that an article presents, by an actor or in its own voice."""

    claim_id: str = hashed_id(
        "claim",
        "Identifier of the claim, made from its article and its own words: it does not change when other articles or "
        "claims are added",
        unique=True,
    )
    article_id: str = column("Article that presents the claim")
    quote_id: str = column(
        "Quote that makes the claim, perhaps among others; null where the article does, in its own voice or, a speech, "
        "in its speaker's",
        nullable=True,
    )
    claimant_ids: Strings = column(
        "Actors who make the claim, in the text's order; empty where unknown or where the article speaks for itself"
    )
    text: str = column(
        "The claim's words, pieces joined by a single space; null where the text may not be passed on", nullable=True
    )
    spans: Spans = column("Where the claim stands in the article's text: its pieces in code points, end exclusive")
    claim_kind: str = one_of(CLAIM_KINDS, "What the claim does; where two kinds fit, the one listed first")
    is_negated: bool = column("Whether the content's main predicate is negated (a cue such as deny does not count)")
    is_hedged: bool = column("Whether the claimant marks the claim as uncertain (may, could, likely, apparently)")
    checkworthy: pl.Float32 = column(
        "How far the claim states something specific that a record could settle and a public would want settled: "
        "0 to 1, 3 decimals",
        ge=0,
        le=1,
    )
    target_ids: Strings = column(
        "At most three actors at whom the claim is aimed or whom it is about, in the text's order; never a claimant"
    )
    about_start: pl.Date = column(
        "First day of the time that the claim is about, where the text and the article's date tell it", nullable=True
    )
    about_end: pl.Date = column("Last day of the time that the claim is about", nullable=True)
    about_precision: str = one_of(
        DATE_PRECISIONS,
        "How exactly the time that the claim is about is known; null where that is not known at all",
        nullable=True,
    )
    claim_group_id: str = hashed_id(
        "claim_group", "Identifier shared by claims of several articles that are one claim told again"
    )
    confidence: pl.Float32 = column("The encoder's probability of the claim's kind, 0 to 1, 3 decimals", ge=0, le=1)
    is_reviewed: bool = column("Whether a human being has confirmed or corrected the row")

    _spans = rule("spans are not empty, in the text's order, and do not overlap", "spans", holds=spans_in_order)
    _content = rule("has a span", "spans", holds=lambda column: pl.col(column).list.len() > 0)
    _items = rule("no item is missing or empty", "claimant_ids", "target_ids", holds=items_present)
    _different = rule("no item stands twice", "claimant_ids", "target_ids", holds=items_distinct)
    _three = rule("at most three", "target_ids", holds=lambda column: pl.col(column).list.len() <= 3)
    _not_oneself = rule(
        "no claimant is a target",
        "target_ids",
        holds=lambda column: pl.col(column).list.set_intersection(pl.col("claimant_ids")).list.len() == 0,
    )
    _precision = rule(
        "null exactly where `about_start` and `about_end` are",
        "about_precision",
        holds=lambda column: (
            pl.col(column).is_null() == (pl.col("about_start").is_null() & pl.col("about_end").is_null())
        ),
    )
    _time_in_order = rule(
        "not before `about_start`",
        "about_end",
        holds=lambda column: pl.any_horizontal(
            pl.col(column).is_null(), pl.col("about_start").is_null(), pl.col(column) >= pl.col("about_start")
        ),
    )
    _rounded = rule("has at most 3 decimals", "checkworthy", "confidence", holds=is_rounded)

    class Config:
        """Exactly these columns, in this order."""

        strict = True
        ordered = True
