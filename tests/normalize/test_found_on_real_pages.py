"""What pages of real sites taught, in pages of our own."""

import json
from datetime import UTC, datetime

import pytest

from builder.tally import Dropped
from tests.normalize.test_pages import FOOT, MENU, PARAGRAPHS, TITLE, article, page, paragraphs, result


def test_an_interviewers_short_question_stays_between_two_answers() -> None:
    body = f"""<article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><h4>Why does the gate stay shut?</h4>
        <p>{PARAGRAPHS[1]}</p></article>{FOOT}"""
    assert "Why does the gate stay shut?" in article(page(body)).text


@pytest.mark.parametrize(
    "text",
    [
        "港口委员会星期一宣布大门继续关闭，渡轮停航，居民改走旧桥，市长拒绝说明原因，委员们准备在星期五再次开会讨论此事，"
        * 4,
        "the gate is shut and the ferry waits and nobody on the pier can say for whom " * 6,
    ],
    ids=["a language without spaces", "a poem"],
)
def test_a_long_text_without_a_final_stop_is_an_article(text: str) -> None:
    body = page(f"<main><article><h1>{TITLE}</h1><p>{text}</p></article></main>{FOOT}")
    assert article(body).text == text.strip()


def test_a_page_that_states_a_text_without_a_final_stop_gives_it() -> None:
    stated = json.dumps({"@type": "NewsArticle", "articleBody": "\n\n".join(PARAGRAPHS) + " (End) mf/"})
    body = page(f'{MENU}<p>The pier. Photo: C. Hale</p><script type="application/ld+json">{stated}</script>')
    assert article(body).text.startswith(PARAGRAPHS[0])


def body_with(head: str = "", byline: str = "", *, before: str = "") -> str:
    return page(f"{before}<main><article><h1>{TITLE}</h1>{byline}{paragraphs()}</article></main>{FOOT}", head)


DAY = datetime(2026, 4, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (body_with('<meta name="pub_date" content="20260421">'), "meta"),
        (body_with('<meta name="DC:date" content="2026-04-21">'), "meta"),
        (body_with(byline='<abbr class="published" title="2026-04-21">yesterday</abbr>'), "byline"),
        (body_with(byline='<span itemprop="datePublished" content="2026-04-21">Tuesday</span>'), "byline"),
        (body_with(byline='<div class="article-date">21.04.2026 (mf)</div>'), "byline"),
        (body_with(byline='<p class="date">Posted on April 21, 2026 in City</p>'), "byline"),
        (
            body_with(
                before='<aside><time datetime="2026-05-05">5 May</time></aside><a><time>6 May 2026</time></a>',
                byline='<p><time datetime="2026-04-21">21 April</time></p>',
            ),
            "byline",
        ),
    ],
)
def test_a_pages_date_is_found_however_the_site_marks_it(body: str, place: str) -> None:
    found = article(body)
    assert (found.published_at, found.published_from) == (DAY, place)


def test_the_date_of_an_update_or_of_an_embedded_post_is_not_the_articles() -> None:
    byline = '<p class="date">Updated: 22 April 2026</p>'
    post = '<blockquote><time datetime="2026-01-02">2 January</time></blockquote>'
    found = article(page(f"<main><article><h1>{TITLE}</h1>{byline}{post}{paragraphs()}</article></main>{FOOT}"))
    assert found.published_at in (None, datetime(2026, 4, 22, tzinfo=UTC))  # an update's day stands in for none


@pytest.mark.parametrize(
    "stated",
    [f"{TITLE} | The Tarn Post", f"The Tarn Post | {TITLE}", f"{TITLE} - City - The Tarn Post", f"{TITLE} | Harbour"],
)
def test_a_title_is_without_the_sites_name(stated: str) -> None:
    head = f'<meta property="og:title" content="{stated}"><meta property="og:site_name" content="The Tarn Post">'
    assert article(body_with(head)).title == TITLE


def test_a_title_that_was_escaped_twice_is_read_once_more() -> None:
    head = '<meta property="og:title" content="Quill&amp;#58; gate stays shut">'
    assert article(page(f"<main>{paragraphs()}</main>", head)).title == "Quill: gate stays shut"


BREAKS = "<br /><br />"
BOX = '<aside class="post"><blockquote><p>Seen from the pier</p></blockquote></aside>'


@pytest.mark.parametrize(
    "body",
    [
        f"{PARAGRAPHS[0]}{BREAKS}{BOX}{PARAGRAPHS[1]}{BREAKS}{BOX}{PARAGRAPHS[2]}{BREAKS}{PARAGRAPHS[3]}",
        f'<b>{PARAGRAPHS[0]}{BREAKS}{PARAGRAPHS[1]}</b>{BREAKS}<a href="/x"><b>{PARAGRAPHS[2]}</b></a>{BREAKS}'
        f"{PARAGRAPHS[3]}",
    ],
    ids=["beside a box", "within bold print and a link"],
)
def test_double_breaks_lose_no_text_and_no_paragraph(body: str) -> None:
    assert article(page(f"{MENU}<div><div>{body}</div></div>{FOOT}")).text.split("\n\n") == PARAGRAPHS


def with_line_below_the_headline(line: str) -> str:
    body = f"{MENU}<article><h1>{TITLE}</h1><div>{line}</div>{paragraphs()}</article>{FOOT}"
    return page(body, f"<title>{TITLE}</title>")


def test_a_standfirst_without_a_final_stop_is_text() -> None:
    standfirst = "Edda Quill, chair since the pier was planned, is said to have learned of the second map by mail"
    assert article(with_line_below_the_headline(standfirst)).text.startswith(standfirst)


def test_a_long_date_line_below_the_headline_is_no_standfirst() -> None:
    line = "Written at the desk of the harbour on April 21, 2026 at 08:45 in the section City, with six pictures"
    assert article(with_line_below_the_headline(line)).text.startswith(PARAGRAPHS[0])


TEASERS = "".join(f'<li><a href="/{n}">Ferry {n} waits at the pier</a></li>' for n in range(9))


def test_a_sentence_amid_a_menu_makes_an_article() -> None:
    body = f"<div><ul>{TEASERS}</ul><span>{PARAGRAPHS[0]} More later :-)</span><ul>{TEASERS}</ul></div>"
    assert PARAGRAPHS[0] in article(page(body)).text


def test_a_menu_alone_makes_none() -> None:
    question = "Who steers the old ferry when the captain has gone home to his five dogs? See here"
    body = f"<div><ul>{TEASERS}</ul><a href='/o'>{question}</a><ul>{TEASERS}</ul></div>"
    found = result(page(body))
    assert isinstance(found, Dropped)
    assert found.reason == "no-main-text"


def stating(kind: str) -> str:
    stated = json.dumps({"@type": kind, "headline": TITLE, "description": PARAGRAPHS[0]})
    return f'<script type="application/ld+json">{stated}</script>'


@pytest.mark.parametrize(
    "head",
    [
        stating("NewsArticle"),
        f'<meta property="og:type" content="article"><meta property="og:description" content="{PARAGRAPHS[0]}">',
    ],
    ids=["JSON-LD", "meta tags"],
)
def test_a_page_that_a_script_fills_has_the_summary_of_its_article(head: str) -> None:
    found = article(page(f'<div id="app"></div><ul>{TEASERS}</ul>', f"<title>{TITLE}</title>{head}"))
    assert (found.title, found.text) == (TITLE, PARAGRAPHS[0])


@pytest.mark.parametrize(
    "head", [stating("WebPage"), f'<meta property="og:description" content="{PARAGRAPHS[0]}">'], ids=["JSON-LD", "meta"]
)
def test_the_summary_of_a_site_is_no_article(head: str) -> None:
    assert isinstance(result(page(f'<div id="app"></div><ul>{TEASERS}</ul>', head)), Dropped)


def test_the_summary_does_not_stand_in_for_a_text_that_is_shown() -> None:
    shown = f"{MENU}<main><article><h1>{TITLE}</h1>{paragraphs(PARAGRAPHS[1:])}</article></main>{FOOT}"
    assert PARAGRAPHS[0] not in article(page(shown, stating("NewsArticle"))).text
