"""The table `articles`. Imports `schemas.columns`, `schemas.texts` and vocabularies."""

import pandera.polars as pa
import polars as pl

from schemas.columns import (
    LANGUAGE,
    NOT_EMPTY,
    SHA256,
    Strings,
    Timestamp,
    column,
    hashed_id,
    items_present,
    null_exactly_where,
    one_of,
    rule,
)
from schemas.texts import n_chars_of, n_words_of, sha256_of
from schemas.vocabulary import DATE_PRECISIONS, DATE_SOURCES, EXTRACTION_STATUSES


class Articles(pa.DataFrameModel):
    """One row an article, normalized: everything else in the dataset points into its text."""

    article_id: str = hashed_id(
        "article",
        "Identifier of the article, made from its collection, locator and revision: the same in every release",
        unique=True,
    )
    collection_id: str = column("Collection that the article comes from")
    locator: str = column(
        "What the collection knows the article by: the record's own id, its URL, or its path; never its position",
        str_length=NOT_EMPTY,
    )
    revision: pl.Int32 = column("Which version of the article under this locator, where there are several", ge=0)
    url: str = column("Web address of the article", nullable=True)
    title: str = column("Headline of the article; null where there is none or it may not be passed on", nullable=True)
    authors: Strings = column(
        "Names in the byline, in its order; empty where there is none or they may not be passed on"
    )
    publisher: str = column("Who published the article", nullable=True)
    published_at: Timestamp = column(
        "When the article was published, in UTC; the first instant of the day, month or year where no more is known",
        nullable=True,
    )
    published_precision: str = one_of(
        DATE_PRECISIONS, "How exactly `published_at` is known; null exactly where that is", nullable=True
    )
    published_from: str = one_of(
        DATE_SOURCES, "Where `published_at` was read; null exactly where that is", nullable=True
    )
    language: str = column("Language of the text: BCP 47, `und` where it could not be told", str_matches=LANGUAGE)
    text: str = column(
        "The normalized text (Unicode NFC, boilerplate removed) into which all spans point; null where the "
        "collection's text may not be passed on",
        nullable=True,
    )
    text_sha256: str = column(
        "SHA-256 of the text in UTF-8, by which a holder of the same article proves and restores it", str_matches=SHA256
    )
    n_chars: int = column("Length of the text in Unicode code points, the unit of all spans", ge=1)
    n_words: int = column("Length of the text in words: stretches between white space", ge=0)
    duplicate_cluster_id: str = column(
        "Identifier shared by articles whose texts are equal, nearly equal (at most a fifth of the words edited), or "
        "one within the other; an article without duplicates is a cluster of its own",
        str_length=NOT_EMPTY,
    )
    is_cluster_head: bool = column(
        "Whether the article stands for its cluster of duplicates: exactly one does, the earliest; keep these rows "
        "to count every story once"
    )
    license: str = column("Licence of the text: an SPDX identifier or a LicenseRef", str_length=NOT_EMPTY)
    raw_path: str = column(
        "Path of the raw file that holds the article, relative to the raw folder", str_matches=r"^[^/]"
    )
    raw_sha256: str = column("SHA-256 of that raw file, as it lay on disk", str_matches=SHA256)
    extraction_status: str = one_of(
        EXTRACTION_STATUSES, "Whether quotes and claims were looked for, and why not where they were not"
    )

    _one_row_a_revision = rule(
        "a collection holds one row a locator and revision",
        "locator",
        holds=lambda _: pl.struct("collection_id", "locator", "revision").is_unique(),
    )
    _authors = rule("no item is missing or empty", "authors", holds=items_present)
    _date = rule(
        "null exactly where `published_at` is",
        "published_precision",
        "published_from",
        holds=null_exactly_where("published_at"),
    )
    _hash = rule(
        "is the hash of the text",
        "text_sha256",
        holds=lambda column: (
            pl.col("text").is_null()
            | (pl.col("text").map_elements(sha256_of, return_dtype=pl.String) == pl.col(column))
        ),
    )
    _characters = rule(
        "is the length of the text",
        "n_chars",
        holds=lambda column: pl.col("text").is_null() | (n_chars_of("text") == pl.col(column)),
    )
    _words = rule(
        "is the number of the text's words",
        "n_words",
        holds=lambda column: pl.col("text").is_null() | (n_words_of("text") == pl.col(column)),
    )

    class Config:
        """Exactly these columns, in this order."""

        strict = True
        ordered = True
