"""Markup that is all text, and an article of several pages: paragraphs, metadata, the map back into the body."""

import pytest

from builder.normalize.article import Article
from builder.normalize.stage import normalize
from builder.read.record import FRAGMENT, PAGE_BREAK
from builder.tally import Dropped
from tests.normalize.articles import BODY, MORE, article, collection, record
from tests.normalize.test_pages import PARAGRAPHS, TITLE, page, paragraphs


def mapped(found: Article, body: str) -> Article:
    for run in found.runs:
        assert found.text[run.start : run.start + run.length] == body[run.origin : run.origin + run.length]
    covered = {n for run in found.runs for n in range(run.start, run.start + run.length)}
    assert [c for n, c in enumerate(found.text) if n not in covered and not c.isspace()] == []
    return found


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{BODY}</p><p>{MORE}</p>",
        f"<div>{BODY}<br/><br>{MORE}</div>",
        f"{BODY}\n\n{MORE}",
        f"<p>{BODY}</p><figure><img><figcaption>A pier.</figcaption></figure><p>{MORE}</p><script>x()</script>",
        f"<table><tr><td><p>{BODY}</p></td></tr><tr><td>{MORE}</td></tr></table>",
        f"<!-- note --><p><b>{BODY[:20]}</b>{BODY[20:]}</p>\n<ul><li>{MORE}</li></ul>",
    ],
)
def test_every_block_of_a_fragment_is_a_paragraph(body: str) -> None:
    assert mapped(article(body, FRAGMENT), body).text.split("\n\n") == [BODY, MORE]


def test_a_short_fragment_is_kept_whole_and_its_headline_and_byline_are_told() -> None:
    found = article("<h1>Gate shut</h1><p>By Mira Fenn</p><p>The gate is shut.</p>", FRAGMENT, title="Gate shut")
    assert (found.text, found.title, found.authors) == ("The gate is shut.", "Gate shut", ("Mira Fenn",))


@pytest.mark.parametrize("body", ["<script>x()</script>", "<!-- -->", "<img src='x'>", "&nbsp;", "<"])
def test_a_fragment_without_text_is_dropped(body: str) -> None:
    found = normalize(record(body, FRAGMENT), collection())
    assert isinstance(found, Dropped) or found.text == "<"


def test_a_date_of_a_header_is_told_as_such_and_trusted_before_the_text() -> None:
    body = f"TARN, April 21, 2026 (Post) — {BODY}"
    found = article(body, published_at="2026-04-22T08:00:00Z", published_from="header")
    assert (found.published_from, found.published_precision) == ("header", "minute")
    assert article(body, published_at="someday", published_from="header").published_from == "dateline"


def joined(*pages: str) -> Article | Dropped:
    from dataclasses import replace

    one = record(PAGE_BREAK.join(pages), "text/html")
    return normalize(replace(one, n_pages=len(pages)), collection())


def test_the_pages_of_an_article_follow_each_other_under_the_first_ones_title() -> None:
    pages = [
        page(f"<article><h1>{TITLE}</h1>{paragraphs(part)}</article>") for part in (PARAGRAPHS[:2], PARAGRAPHS[2:])
    ]
    found = joined(*pages)
    assert isinstance(found, Article)
    assert mapped(found, PAGE_BREAK.join(pages)).text.split("\n\n") == PARAGRAPHS
    assert found.title == TITLE


def test_a_later_page_without_text_adds_nothing_and_a_first_one_without_is_no_article() -> None:
    whole, empty = page(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>"), page("<nav>Menu</nav>")
    found = joined(whole, empty)
    assert isinstance(found, Article)
    assert found.text.split("\n\n") == PARAGRAPHS
    assert isinstance(joined(empty, whole), Dropped)
