"""Pages as common content systems write them, in markup of our own: the text is the article's, none is lost."""

import json

import pytest
from trafilatura import extract

from tests.normalize.test_pages import FOOT, MENU, PARAGRAPHS, TITLE, article, page, paragraphs


def each(template: str) -> str:
    """Every paragraph in the markup of one."""
    return "".join(template.format(text) for text in PARAGRAPHS)


STATED = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n\n".join(PARAGRAPHS)})
MARKED = json.dumps({"@graph": [{"@type": "NewsArticle", "articleBody": paragraphs()}]}).replace("</", "<\\/")

SYSTEMS = {
    "a blog with sidebar and comments": f"""<div class="site"><header class="site-header">{MENU}</header>
        <main><article class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1>
        <div class="entry-meta">Posted on <time datetime="2026-04-21">April 21, 2026</time></div></header>
        <div class="entry-content">{paragraphs()}<div class="sharedaddy"><h3 class="sd-title">Share this:</h3>
        <ul><li>Mail</li></ul></div><div class="jp-relatedposts"><h3>Related</h3></div></div>
        <footer class="entry-footer">Posted in <a href="/c">City</a></footer></article>
        <nav class="post-navigation"><a href="/p">Previous: Pier to cost more than thought</a></nav>
        <div id="comments"><ol class="comment-list"><li class="comment"><p>Great news, I have said so for many years
        now.</p></li></ol></div></main><aside class="widget-area"><h2>Recent Posts</h2><ul><li><a href="/x">The ferry
        will not run on Sunday, says the mayor of the town.</a></li></ul></aside></div>{FOOT}""",
    "nodes and fields": f"""<div class="region-header"><ul class="menu"><li><a>Home</a></li></ul></div>
        <main><article class="node node--type-article"><h1 class="page-title"><span>{TITLE}</span></h1>
        <footer class="node__meta">Submitted by Mira Fenn on Tue, 04/21/2026 - 09:00</footer>
        <div class="node__content"><div class="field field--name-body">{paragraphs()}</div><ul class="links">
        <li><a href="/l">Log in to post comments</a></li></ul></div></article></main>{FOOT}""",
    "a newsletter's site": f"""<main class="gh-main"><article class="gh-article post"><header><h1>{TITLE}</h1>
        <h4><a>Mira Fenn</a></h4></header><section class="gh-content">{paragraphs()}<div class="kg-card kg-cta-card">
        <p>Subscribe to get the Post in your mail every day.</p></div></section></article></main>{FOOT}""",
    "advertisements between": f"""<section id="main"><article class="b-article-body"><h1>{TITLE}</h1>
        {each('<p class="c-paragraph">{}</p><div class="c-ad"><span>Advertisement</span></div>')}</article></section>
        <section class="right-rail"><h2>Most read</h2><a>Ferry stays in port</a></section>""",
    "blocks with a bold opening": f"""<main id="main-content"><article><h1 id="main-heading">{TITLE}</h1>
        <div data-component="text-block"><div><p><b>{PARAGRAPHS[0]}</b></p></div></div>
        {"".join(f'<div data-component="text-block"><div><p>{p}</p></div></div>' for p in PARAGRAPHS[1:])}
        <section data-component="links-block"><p>More on this story</p><ul><li><a href="/x">Pier to cost more</a></li>
        </ul></section></article></main>{FOOT}""",
    "a section a paragraph": f"""<main><div class="article"><h1>{TITLE}</h1>
        {each("<section><p>{}</p></section>")}</div></main>""",
    "spans in divs": f"""<div class="content-body"><h1>{TITLE}</h1>{each('<div class="par"><span>{}</span></div>')}
        </div>{FOOT}""",
    "for small screens": f"""<main><article class="amp-wp-article"><header><h1>{TITLE}</h1></header>
        <figure class="amp-wp-article-featured-image"><amp-img src="x.jpg"></amp-img><p class="wp-caption-text">The
        pier in March. Photo: C. Hale</p></figure><div class="amp-wp-article-content">{paragraphs()}</div></article>
        </main>""",
    "line breaks and clearing": f"""<div class="post hentry"><h3 class="post-title">{TITLE}</h3><div class="post-body">
        <div class="separator"><a href="x"><img src="x"></a></div>{"<br /><br />".join(PARAGRAPHS)}
        <div style="clear: both;"></div></div><div class="post-footer">Posted by Mira Fenn at 09:00</div></div>""",
    "filled by a script": f'<div id="root"></div><script type="application/ld+json">{STATED}</script>',
    "filled by a script, with tags": f'<div id="root"></div><script type="application/ld+json">{MARKED}</script>',
    "shown in part": f"""<article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p></article>
        <script type="application/ld+json">{STATED}</script>""",
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_text_of_a_systems_page_is_its_articles(system: str) -> None:
    assert article(page(SYSTEMS[system], f"<title>{TITLE} - The Tarn Post</title>")).text.split("\n\n") == PARAGRAPHS


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_sentence_that_trafilaturas_default_finds_goes_missing(system: str) -> None:
    body = page(SYSTEMS[system])
    found = article(body).text
    default = extract(body, include_comments=False, include_tables=False) or ""
    assert all(text in found for text in PARAGRAPHS if text in default)


def test_a_short_article_is_one_too() -> None:
    body = page(f"<article><h1>{TITLE}</h1><p>The board will meet again on Friday.</p></article>{FOOT}")
    assert article(body).text == "The board will meet again on Friday."


def test_short_paragraphs_stay_between_long_ones() -> None:
    texts = ["She left.", "Nobody knew why.", PARAGRAPHS[0], "“No.”", "He stayed.", PARAGRAPHS[2]]
    assert (
        article(page(f"<main><article><h1>{TITLE}</h1>{paragraphs(texts)}</article></main>")).text.split("\n\n")
        == texts
    )


def test_font_tags_of_a_layout_table_hide_no_sentence() -> None:
    body = f"""<table><tr><td><font size="1"><a href="/a">City</a><br><a href="/b">World</a></font></td><td>
        <font size="5"><b>{TITLE}</b></font><br>{"<p><font size=2>".join(["", *PARAGRAPHS])}</font></td></tr></table>"""
    found = article(page(body)).text
    assert all(text in found for text in PARAGRAPHS)


@pytest.mark.parametrize(
    ("piece", "texts"),
    [
        (paragraphs(), PARAGRAPHS),
        (f"<p>{PARAGRAPHS[0]}</p>", PARAGRAPHS[:1]),
        (PARAGRAPHS[0], PARAGRAPHS[:1]),
        ("<br/><br/>".join(PARAGRAPHS), PARAGRAPHS),
        (f"<p>{PARAGRAPHS[0]}</p><figure><figcaption>The pier</figcaption></figure>", PARAGRAPHS[:1]),
    ],
)
def test_a_piece_of_a_page_is_all_text(piece: str, texts: list[str]) -> None:
    assert article(piece).text.split("\n\n") == texts
