"""The table `quotes`. Imports `schemas.columns` and vocabularies."""

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
from schemas.vocabulary import ATTRIBUTION_TYPES, QUOTE_TYPES, SPEAKER_RESOLUTIONS


class Quotes(pa.DataFrameModel):
    """One row a quote: content that an article hands to a source, direct or not; quotes do not overlap."""

    quote_id: str = hashed_id(
        "quote",
        "Identifier of the quote, made from its article and the content's own words: it does not change when other "
        "articles or quotes are added",
        unique=True,
    )
    article_id: str = column("Article in which the quote stands")
    quote_type: str = one_of(QUOTE_TYPES, "How far the content stands inside quotation marks")
    attribution_type: str = one_of(ATTRIBUTION_TYPES, "In what manner the source holds the content")
    text: str = column(
        "The content, its pieces joined by a single space; null where the text may not be passed on", nullable=True
    )
    content_spans: Spans = column(
        "Where the content stands in the article's text: its pieces in code points, end exclusive"
    )
    cue_text: str = column(
        "The words that attribute the content to its source (said, according to), pieces joined by a single space; "
        "null where there are none or they may not be passed on",
        nullable=True,
    )
    cue_spans: Spans = column("Where the cue stands in the article's text; empty where there is none")
    source_text: str = column(
        "The words that name the source, pieces joined by a single space; null where there are none or they may not "
        "be passed on",
        nullable=True,
    )
    source_spans: Spans = column("Where the source stands in the article's text; empty where there is none")
    speaker_ids: Strings = column(
        "Actors whom the source stands for, in the text's order: several for a joint statement, empty where unknown"
    )
    speaker_resolution: str = one_of(SPEAKER_RESOLUTIONS, "How the speakers were told from the source")
    confidence: pl.Float32 = column(
        "How likely content and source are right, 0 to 1, 3 decimals; in an article whose `extraction_status` is "
        "direct-quotes set, not measured: 0.8 with a verb of saying beside the marks, 0.5 without",
        ge=0,
        le=1,
    )
    is_reviewed: bool = column("Whether a human being has confirmed or corrected the row")

    _spans = rule(
        "spans are not empty, in the text's order, and do not overlap",
        "content_spans",
        "cue_spans",
        "source_spans",
        holds=spans_in_order,
    )
    _content = rule("has a span", "content_spans", holds=lambda column: pl.col(column).list.len() > 0)
    _cue = rule(
        "null where there are no spans",
        "cue_text",
        holds=lambda column: pl.col(column).is_null() | (pl.col("cue_spans").list.len() > 0),
    )
    _source = rule(
        "null where there are no spans",
        "source_text",
        holds=lambda column: pl.col(column).is_null() | (pl.col("source_spans").list.len() > 0),
    )
    _speakers = rule("no item is missing or empty", "speaker_ids", holds=items_present)
    _different = rule("no item stands twice", "speaker_ids", holds=items_distinct)
    _known = rule(
        "empty exactly where the speaker is unresolved or there is none",
        "speaker_ids",
        holds=lambda column: (
            (pl.col(column).list.len() == 0) == pl.col("speaker_resolution").is_in(["unresolved", "none"])
        ),
    )
    _rounded = rule("has at most 3 decimals", "confidence", holds=is_rounded)

    class Config:
        """Exactly these columns, in this order."""

        strict = True
        ordered = True
