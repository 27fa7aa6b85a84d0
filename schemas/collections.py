"""The table `collections`. Imports `schemas.columns`."""

import pandera.polars as pa
import polars as pl

from schemas.columns import COUNTRY, LANGUAGE, NOT_EMPTY, column


class Collections(pa.DataFrameModel):
    """One row a collection: where articles come from, under which licence, and how they were selected."""

    collection_id: str = column(
        "Identifier of the collection: the name of its folder among the raw files",
        unique=True,
        str_length=NOT_EMPTY,
    )
    title: str = column("Title of the collection", str_length=NOT_EMPTY)
    publisher: str = column("Publisher, where one stands behind the whole collection", nullable=True)
    country_code: str = column(
        "Country where the collection was published: ISO 3166-1 alpha-3, XAA to XZZ for invented countries",
        nullable=True,
        str_matches=COUNTRY,
    )
    language: str = column(
        "Language of the whole collection, where it is stated: BCP 47", nullable=True, str_matches=LANGUAGE
    )
    selection: str = column(
        "How the articles were chosen: sampling frame, period and known gaps, in the words of who made the collection",
        nullable=True,
    )
    license: str = column("Licence of the articles' text: an SPDX identifier or a LicenseRef", str_length=NOT_EMPTY)
    text_may_be_published: bool = column("Whether the articles' text may be passed on in a release")
    quotable: pl.Int32 = column(
        "How many characters of one article a release may show where the text may not be passed on; null where no "
        "such limit is stated",
        nullable=True,
        ge=0,
    )
    retrieved_on: pl.Date = column("Day on which the raw files were retrieved", nullable=True)
    citation: str = column("How the collection itself asks to be cited", nullable=True)
    n_articles: int = column("Number of rows in `articles` from this collection", ge=0)

    class Config:
        """Exactly these columns, in this order."""

        strict = True
        ordered = True
