"""The pages of articles, and the list of them. Imports leaves of report and the schemas."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from builder.report.entries import Entry
from builder.report.marked import mark_text
from builder.report.render import render_csv, render_page
from builder.report.rows import draw_notes, draw_text
from builder.report.site import ROWS, Site, article_page, paged, pages_of
from schemas.derive import polars_schema
from schemas.vocabulary import EXTRACTION_STATUSES

LIST = "articles/list.html"


def render_articles(
    articles: Iterable[Mapping[str, Any]], entries: Mapping[str, Sequence[Entry]], site: Site
) -> Iterator[tuple[str, str]]:
    """Every article's page as (address, HTML); where the tables withhold the text, the page shows what they have."""
    for row in articles:
        of_article = entries.get(row["article_id"], [])
        yield (
            article_page(row["article_id"]),
            render_page(
                "article.html.j2",
                site=site,
                up="../",
                row=row,
                text=None if row["text"] is None else draw_text(mark_text(row["text"], of_article), of_article, site),
                notes=draw_notes(of_article, site),
                status=EXTRACTION_STATUSES[row["extraction_status"]],
            ),
        )


def list_articles(entries: Mapping[str, Sequence[Entry]], site: Site) -> Iterator[tuple[str, str]]:
    """The list of all articles in pages, the latest first, and as CSV."""
    days = {article: site.day(article) for article in site.articles}
    order = sorted(sorted(days), key=lambda article: days[article], reverse=True)
    for page in range(1, pages_of(len(order)) + 1):
        shown = order[(page - 1) * ROWS : page * ROWS]
        rows = [
            (site.headline(one), article_page(one), days[one], site.articles[one], len(entries.get(one, [])))
            for one in shown
        ]
        yield (
            paged(LIST, page),
            render_page(
                "articles.html.j2", site=site, up="../", rows=rows, page=page, pages=pages_of(len(order)), address=LIST
            ),
        )
    columns = ("article_id", "collection_id", "title", "published_at", "language", "url", "n_words", "license")
    schema = {name: polars_schema("articles")[name] for name in columns}
    frame = pl.DataFrame([{name: site.articles[one][name] for name in columns} for one in order], schema=schema)
    found = pl.Series("n_quotes_and_claims", [len(entries.get(one, [])) for one in order], dtype=pl.Int64)
    yield "tables/articles.csv", render_csv(frame.with_columns(found))
