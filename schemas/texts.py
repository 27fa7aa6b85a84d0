"""What the tables mean by a text's pieces, words and hash. Imports nothing of the project."""

import hashlib
from collections.abc import Iterable

import polars as pl

# What stands between the pieces of a quote's or a claim's text, where it is in several.
BETWEEN_PIECES = " "


def text_at(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text at the spans (code points, end exclusive): the pieces in their order, joined by a single space.

    >>> text_at("“We sail,” she said, “at dawn.”", [(1, 9), (22, 30)])
    'We sail, at dawn.'
    """
    return BETWEEN_PIECES.join(text[start:end] for start, end in spans)


def sha256_of(text: str) -> str:
    """The SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def n_chars_of(column: str) -> pl.Expr:
    """How many code points the column's text has."""
    return pl.col(column).str.len_chars().cast(pl.Int64)


def n_words_of(column: str) -> pl.Expr:
    r"""How many stretches between white space (`\S+`) the column's text has."""
    return pl.col(column).str.count_matches(r"\S+").cast(pl.Int64)


# Columns that hold words of articles: what may not be passed on where an article's text may not.
WORDS = {
    "articles": ("title", "text", "authors"),
    "quotes": ("text", "cue_text", "source_text"),
    "claims": ("text",),
    "mentions": ("text",),
    "actors": ("name", "aliases", "roles"),
    "dropped": ("detail",),
}
