"""The table `mentions`. Imports `schemas.columns` and vocabularies."""

import pandera.polars as pa
import polars as pl

from schemas.columns import column, hashed_id, one_of, rule
from schemas.vocabulary import MENTION_TYPES


class Mentions(pa.DataFrameModel):
    """One row a mention: where an article names an actor or refers to it. Supporting table."""

    mention_id: str = hashed_id(
        "mention", "Identifier of the mention, made from its article and its place there", unique=True
    )
    article_id: str = column("Article in which the mention stands")
    actor_id: str = column("Actor who is mentioned; null where that could not be told", nullable=True)
    start: pl.Int32 = column("First code point of the mention in the article's text", ge=0)
    end: pl.Int32 = column("Code point after the mention's last")
    text: str = column("The mention's words; null where the text may not be passed on", nullable=True)
    mention_type: str = one_of(MENTION_TYPES, "What kind of words mention the actor")

    _not_empty = rule("after `start`", "end", holds=lambda column: pl.col(column) > pl.col("start"))

    class Config:
        """Exactly these columns, in this order."""

        strict = True
        ordered = True
