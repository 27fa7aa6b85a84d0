"""The order of rows, in this one place: by collection, date, article and offset. Imports nothing of the project.

Never by a hashed id, except between rows that nothing else tells apart: rows sorted by a hash are all new bytes for
the Hub's content-defined chunks as soon as one row is added (FACTS). Rows without a date come last.
"""

import polars as pl

_ARTICLES = ("collection_id", "published_at", "locator", "revision")
_BY_COLUMNS = {
    "collections": ("collection_id",),
    "articles": _ARTICLES,
    "actors": ("actor_id",),
    "dropped": ("collection_id", "raw_path", "place", "stage", "reason", "detail"),
}


def _start(spans: str) -> pl.Expr:
    return pl.col(spans).list.first().struct.field("start")


def _end(spans: str) -> pl.Expr:
    return pl.col(spans).list.last().struct.field("end")


# Within an article.
_BY_OFFSET = {
    "quotes": (_start("content_spans"), _end("content_spans"), pl.col("quote_id")),
    "claims": (_start("spans"), _end("spans"), pl.col("claim_id")),
    "mentions": (pl.col("start"), pl.col("end"), pl.col("mention_id")),
}


def sort_table(table: str, frame: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """The table's rows in their order; `articles` (in any order) says in which one the articles stand."""
    if table in _BY_COLUMNS:
        return frame.sort(_BY_COLUMNS[table], nulls_last=True, maintain_order=True)
    places = (
        articles.unique("article_id", keep="first", maintain_order=True)
        .sort(_ARTICLES, nulls_last=True, maintain_order=True)
        .select("article_id")
        .with_row_index("_place")
    )
    return (
        frame.join(places, on="article_id", how="left", maintain_order="left")
        .sort("_place", *_BY_OFFSET[table], nulls_last=True, maintain_order=True)
        .drop("_place")
    )
