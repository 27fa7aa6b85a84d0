"""Pages to articles: main text of many layouts, metadata in the order of trust, the map back into the page."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.normalize.article import Article
from builder.normalize.page_metadata import read_page_metadata
from builder.normalize.stage import normalize
from builder.read.manifest import Collection
from builder.read.record import Metadata, Record
from builder.tally import Dropped

POST = Collection(
    id="post", path=Path("post"), prefix="post", title="Post", license="CC0-1.0", text_may_be_published=True
)
TITLE = "Board of Port Elm loses its chair"
PARAGRAPHS = [
    "Edda Quill left the harbour board on Monday, three days before it was to vote on the new pier.",
    "“I was shown one map,” she said in a letter to the mayor, “and I am asked to sign another. I will not do so.”",
    "The mayor, Noa Fenn, told reporters that the maps differed in one line, and that the line was a mistake.",
    "Fishermen who watched the meeting said nobody had asked them. They plan to block the quay on Thursday morning.",
]
MENU = (
    '<nav><ul><li><a href="/a">City</a></li><li><a href="/b">World</a></li><li><a href="/c">Sport</a></li></ul></nav>'
)
FOOT = '<footer><p>Copyright 2026 The Tarn Post. All rights reserved.</p><a href="/imprint">Imprint</a></footer>'


def page(content: str, head: str = "") -> str:
    return f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">{head}</head>\n<body>{content}</body></html>'


def paragraphs(texts: list[str] = PARAGRAPHS) -> str:
    return "\n".join(f"<p>{text}</p>" for text in texts)


def result(body: str, **metadata: object) -> Article | Dropped:
    return normalize(
        Record("post", "a.html", 0, "post/a.html", "", "0" * 64, "text/html", body, Metadata(**metadata)),  # type: ignore[arg-type]
        POST,
    )


def article(body: str, **metadata: object) -> Article:
    found = result(body, **metadata)
    assert isinstance(found, Article)
    for run in found.runs:
        assert found.text[run.start : run.start + run.length] == body[run.origin : run.origin + run.length]
    return found


LAYOUTS = {
    "article element": f"{MENU}<main><article><h1>{TITLE}</h1>{paragraphs()}</article></main>{FOOT}",
    "header with byline": f"""{MENU}<article><header><h1>{TITLE}</h1><p class="byline">By Mira Fenn</p>
        <time datetime="2026-04-21">April 21, 2026</time></header>{paragraphs()}</article>{FOOT}""",
    "divs only": f"""<div id="menu"><a href="/a">City</a> <a href="/b">World</a></div><div class="content">
        <div class="headline">{TITLE}</div><div class="story-text">{paragraphs()}</div></div>{FOOT}""",
    "byline in the body": f"<article><h1>{TITLE}</h1><p>By Mira Fenn</p><p>April 21, 2026</p>{paragraphs()}</article>",
    "line breaks": f"<article><h1>{TITLE}</h1><p>{'<br><br>'.join(PARAGRAPHS)}</p></article>{FOOT}",
    "layout table": f"""<table><tr><td><a href="/a">City</a></td>
        <td><h1>{TITLE}</h1>{paragraphs()}</td></tr></table>""",
    "newsletter inside": f"""<article><h1>{TITLE}</h1>{paragraphs(PARAGRAPHS[:2])}<div class="newsletter-signup">
        <p>Sign up for our newsletter</p></div>{paragraphs(PARAGRAPHS[2:])}</article>""",
    "data table below": f"""<article><h1>{TITLE}</h1>{paragraphs()}<table><tr><th>Year</th><th>Boats</th></tr>
        <tr><td>2025</td><td>19</td></tr></table></article>""",
    "wrapped source": f"<article><h1>{TITLE}</h1>{paragraphs()}</article>".replace(" the ", "\n        the "),
    "line breaks in a div": f"<div class='article-body'><h1>{TITLE}</h1>{'<BR /> <br>'.join(PARAGRAPHS)}</div>{FOOT}",
    "related story inside": f"""<article><h1>{TITLE}</h1>{paragraphs(PARAGRAPHS[:2])}<aside class="related">
        <a href="/x">Pier to cost more than thought</a></aside>{paragraphs(PARAGRAPHS[2:])}</article>{FOOT}""",
    "figure inside": f"""<article><h1>{TITLE}</h1>{paragraphs(PARAGRAPHS[:1])}<figure><img src="x.jpg" alt="The pier">
        <figcaption>The pier in March. Photo: C. Hale</figcaption></figure>{paragraphs(PARAGRAPHS[1:])}</article>""",
    "comments below": f"""<article><h1>{TITLE}</h1>{paragraphs()}</article><section id="comments" class="comments">
        <div class="comment"><p>I have always said that this pier is too long.</p></div></div>""",
    "inline markup": f"""<article><h1>{TITLE}</h1>{paragraphs()}</article>""".replace(
        "Noa Fenn", '<a href="/fenn"><em>Noa</em> Fenn</a>'
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_main_text_of_a_layout_is_its_paragraphs_and_nothing_else(layout: str) -> None:
    found = article(page(LAYOUTS[layout], f"<title>{TITLE} - The Tarn Post</title>"))
    assert found.text.split("\n\n") == PARAGRAPHS
    assert found.title == TITLE


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_map_covers_every_letter_of_a_page(layout: str) -> None:
    found = article(page(LAYOUTS[layout], f"<title>{TITLE}</title>"))
    covered = {n for run in found.runs for n in range(run.start, run.start + run.length)}
    assert [c for n, c in enumerate(found.text) if n not in covered and not c.isspace()] == []


def test_subheadings_and_list_items_are_paragraphs_of_their_own() -> None:
    content = f"""<article><h1>{TITLE}</h1>{paragraphs(PARAGRAPHS[:2])}<h2>What the maps show</h2>
        {paragraphs(PARAGRAPHS[2:])}<p>The mayor promised three things:</p>
        <ul><li>a new map of the harbour,</li><li>a second vote in May.</li></ul></article>"""
    assert article(page(content)).text.split("\n\n") == [
        *PARAGRAPHS[:2],
        "What the maps show",
        *PARAGRAPHS[2:],
        "The mayor promised three things:",
        "a new map of the harbour,",
        "a second vote in May.",
    ]


def test_a_quotation_block_is_kept_in_its_place() -> None:
    quoted = f"{paragraphs(PARAGRAPHS[:1])}<blockquote><p>{PARAGRAPHS[1]}</p></blockquote>{paragraphs(PARAGRAPHS[2:])}"
    assert article(page(f"<article><h1>{TITLE}</h1>{quoted}</article>")).text.split("\n\n") == PARAGRAPHS


def test_entities_are_decoded_and_stand_in_no_run() -> None:
    body = page(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>").replace("“", "&ldquo;").replace("”", "&#8221;")
    found = article(body)
    assert found.text.split("\n\n") == PARAGRAPHS
    covered = {n for run in found.runs for n in range(run.start, run.start + run.length)}
    assert {c for n, c in enumerate(found.text) if n not in covered and not c.isspace()} == {"“", "”"}


def test_a_dateline_stays_in_the_first_paragraph() -> None:
    first = f"PORT ELM, April 21, 2026 (Post) — {PARAGRAPHS[0]}"
    found = article(page(f"<article><h1>{TITLE}</h1>{paragraphs([first, *PARAGRAPHS[1:]])}</article>"))
    assert found.text.startswith(first)
    assert (found.published_at, found.published_from) == (datetime(2026, 4, 21, tzinfo=UTC), "dateline")


@pytest.mark.parametrize(
    "body",
    [
        page(MENU + FOOT),
        page('<div id="app"></div><script>start()</script>'),
        "<html></html>",
        "<!-- nothing -->",
        page("<div>" * 3000 + "deep" + "</div>" * 3000),
    ],
)
def test_a_page_without_an_article_is_dropped(body: str) -> None:
    found = result(body)
    assert isinstance(found, Dropped)
    assert found.reason == "no-main-text"


def test_a_page_normalizes_the_same_whatever_pages_came_before() -> None:
    body = page(LAYOUTS["article element"])
    assert result(body) == result(body)
    for layout in LAYOUTS.values():
        result(page(layout))
    assert result(body).text.split("\n\n") == PARAGRAPHS  # type: ignore[union-attr]


def test_entities_that_a_page_declares_are_not_unfolded() -> None:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    content = f"<html><body><article>{paragraphs()}<p>&l9;</p></article></body></html>"
    body = f'<!DOCTYPE html [<!ENTITY l0 "ha">{laughs}]>{content}'
    assert len(article(body).text) < 2 * sum(map(len, PARAGRAPHS))


def test_a_page_with_a_text_beyond_the_limit_is_dropped() -> None:
    long = [f"Day {n}. " + " ".join(PARAGRAPHS * 270) for n in range(9)]
    found = result(page(f"<article><h1>{TITLE}</h1>{paragraphs(long)}</article>"))
    assert isinstance(found, Dropped)
    assert found.reason == "too-long"


# Metadata


def linked(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


def meta(**values: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in values.items())


ARTICLE = f"<article><h1>Third title</h1>{paragraphs()}</article>"
JSON_LD = linked(
    headline="First title",
    datePublished="2026-04-01T09:00:00Z",
    author=[{"@type": "Person", "name": "Mira Fenn"}, {"name": "Corin Hale"}],
    publisher={"name": "The Tarn Post"},
    inLanguage="en-GB",
    url="https://tarn.example/first",
)
META = meta(
    og__title="Second title",
    article__published_time="2026-04-02T09:00:00+02:00",
    author="Edda Quill",
    og__site_name="Tarn Online",
    og__url="https://tarn.example/second",
)


def test_json_ld_is_trusted_before_meta_tags() -> None:
    found = article(page(ARTICLE, META + JSON_LD))
    assert (found.title, found.authors) == ("First title", ("Mira Fenn", "Corin Hale"))
    assert (found.published_at, found.published_from) == (datetime(2026, 4, 1, 9, tzinfo=UTC), "json-ld")
    assert (found.publisher, found.language) == ("The Tarn Post", "en-GB")


def test_meta_tags_are_trusted_before_what_the_page_shows() -> None:
    found = article(page(ARTICLE.replace("</h1>", "</h1><p>By Noa Fenn</p><time datetime='2026-04-03'></time>"), META))
    assert (found.title, found.authors, found.url) == ("Second title", ("Edda Quill",), "https://tarn.example/second")
    assert (found.published_at, found.published_from) == (datetime(2026, 4, 2, 7, tzinfo=UTC), "meta")
    assert found.text.split("\n\n") == PARAGRAPHS


def test_what_the_page_shows_is_read_where_it_has_no_metadata() -> None:
    found = article(page(ARTICLE.replace("</h1>", "</h1><p>By Noa Fenn</p><time>3 April 2026</time>")))
    assert (found.title, found.authors) == ("Third title", ("Noa Fenn",))
    assert (found.published_at, found.published_from) == (datetime(2026, 4, 3, tzinfo=UTC), "byline")


def test_the_records_own_columns_are_trusted_before_the_page() -> None:
    found = article(page(ARTICLE, JSON_LD), title="Own title", authors=("Ada Moor",), published_at="2026-05-01")
    assert (found.title, found.authors, found.published_from) == ("Own title", ("Ada Moor",), "column")
    assert found.text.split("\n\n") == PARAGRAPHS


def test_a_page_without_any_date_has_none() -> None:
    assert article(page(ARTICLE)).published_at is None


@pytest.mark.parametrize(
    "script",
    [
        f'<script type="application/ld+json">{{"@graph": [{{"@type": "WebSite", "name": "x"}}, '
        f'{{"@type": ["Article", "Thing"], "headline": "{TITLE}"}}]}}</script>',
        f'<script type="application/ld+json">[{{"@type": "BreadcrumbList"}}]</script>{linked(headline=TITLE)}',
        f'<script type="application/ld+json">{{broken</script>{linked(headline=TITLE)}',
        f'<script type="application/ld+json">{{"@type": "ReportageNewsArticle", "headline": "{TITLE}\n"}}</script>',
    ],
)
def test_the_article_is_found_among_other_linked_data(script: str) -> None:
    assert read_page_metadata(page(ARTICLE, script)).titles[0] == TITLE


def test_the_sites_name_is_cut_off_the_page_title() -> None:
    assert read_page_metadata(page("", "<title>Quill quits | Tarn</title>")).titles == ("Quill quits",)
    named = meta(og__site_name="Tarn Online") + "<title>Quill - or Fenn - Tarn Online</title>"
    assert read_page_metadata(page("", named)).titles == ("Quill - or Fenn",)


def test_a_profile_address_is_no_author() -> None:
    assert read_page_metadata(page("", meta(article__author="https://tarn.example/fenn"))).authors == ()


@settings(deadline=None)
@given(st.text(alphabet="abc <>/p&;=\"'!-\n“é\u00ad", max_size=300))
def test_no_markup_whatever_stops_a_page_or_breaks_its_map(noise: str) -> None:
    found = result(page(f"<article>{paragraphs()}<p>{noise}</p></article>"))
    assert isinstance(found, (Article, Dropped))
    if isinstance(found, Article):
        article(page(f"<article>{paragraphs()}<p>{noise}</p></article>"))
