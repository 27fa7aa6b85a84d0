"""Live blogs become entries, pages of one article become one record, and the counts still add up."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from builder.pipeline import Plan, build
from builder.read.arrange import arrange
from builder.read.pages import page_of
from builder.read.record import FRAGMENT, Metadata, Record
from tests.read.files import read_files

PAGE = "https://post.example/live"


def page(body: str, url: str | None = None, locator: str = "a.html") -> Record:
    return Record("post", locator, 0, f"post/{locator}", "", "0" * 64, "text/html", body, Metadata(url=url))


def records(*pages: Record) -> list[tuple[Record, int]]:
    return [(found.item, found.of) for found in arrange(pages) if isinstance(found.item, Record)]


# Live blogs


def live(*updates: Mapping[str, object], content: str = "") -> str:
    data = {"@type": "LiveBlogPosting", "publisher": {"name": "The Tarn Post"}, "liveBlogUpdate": updates}
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return f"<html><head>{script}</head><body>{content}</body></html>"


UPDATES: tuple[dict[str, object], ...] = (
    {
        "@type": "BlogPosting",
        "headline": "Gate opens",
        "datePublished": "2026-05-04T09:00:00Z",
        "url": f"{PAGE}#u2",
        "author": [{"name": "Mira Fenn"}],
        "articleBody": "The gate is open, Edda Quill said.",
    },
    {"headline": "Gate shut", "datePublished": "2026-05-04T08:00:00Z", "articleBody": "<p>The gate is shut.</p>"},
)


def test_every_entry_of_a_live_blog_is_a_record_with_its_own_time_and_author() -> None:
    found = records(page(live(*UPDATES), PAGE))
    assert [of for _, of in found] == [1, 0]
    (first, _), (second, _) = found
    assert (first.locator, first.metadata.title, first.media_type) == (f"{PAGE}#u2", "Gate opens", "text/plain")
    assert (first.metadata.authors, first.metadata.publisher) == (("Mira Fenn",), "The Tarn Post")
    assert (first.metadata.published_at, first.metadata.published_from) == ("2026-05-04T09:00:00Z", "json-ld")
    assert (second.locator, second.media_type) == ("a.html#2026-05-04T08:00:00Z", FRAGMENT)
    assert (first.place, second.place) == ("entry 1", "entry 2")


def test_an_entry_keeps_its_locator_when_another_comes_before_it() -> None:
    new = {"datePublished": "2026-05-04T10:00:00Z", "articleBody": "It rains."}
    before = {record.locator for record, _ in records(page(live(*UPDATES), PAGE))}
    assert before < {record.locator for record, _ in records(page(live(new, *UPDATES), PAGE))}


def test_text_that_the_linked_data_lack_is_read_from_the_element_they_point_to() -> None:
    updates = [{"datePublished": f"2026-05-04T0{n}:00:00Z", "url": f"{PAGE}#u{n}"} for n in (1, 2)]
    content = "".join(f'<div id="u{n}"><p>Entry {n}.</p></div>' for n in (1, 2))
    assert [record.body.strip() for record, _ in records(page(live(*updates, content=content), PAGE))] == [
        "<p>Entry 1.</p>",
        "<p>Entry 2.</p>",
    ]


def test_microdata_mark_entries_too() -> None:
    entries = "".join(
        f'<div itemprop="liveBlogUpdate" itemscope id="u{n}"><h2 itemprop="headline">Head {n}</h2>'
        f'<time itemprop="datePublished" datetime="2026-05-04T0{n}:00:00Z">today</time>'
        f'<div itemprop="articleBody"><p>Entry {n}.</p></div></div>'
        for n in (1, 2, 3)
    )
    found = [record for record, _ in records(page(f"<html><body>{entries}</body></html>", PAGE))]
    assert [(record.locator, record.metadata.title, record.body.strip()) for record in found] == [
        (f"{PAGE}#u{n}", f"Head {n}", f"<p>Entry {n}.</p>") for n in (1, 2, 3)
    ]
    assert found[0].metadata.published_from == "meta"


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>LiveBlogPosting</body></html>",
        live(UPDATES[0]),
        live(*[{"headline": "no text"}] * 3),
        '<script type="application/ld+json">{"@type": "LiveBlogPosting", broken</script>',
        '<script type="application/ld+json">{"@type": "LiveBlogPosting", "liveBlogUpdate": [1, null, "x"]}</script>',
        "LiveBlogPosting" + "<div>" * 3000,
        "",
    ],
)
def test_a_page_without_two_entries_stays_one_record(body: str) -> None:
    whole = page(body)
    assert records(whole) == [(whole, 1)]


# Pages


def linked(text: str, **links: str) -> str:
    tags = "".join(f'<link rel="{relation}" href="{address}">' for relation, address in links.items())
    return f"<html><head>{tags}</head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    "addresses",
    [
        ("https://t.example/story", "https://t.example/story?page=2", "https://t.example/story?page=3"),
        ("https://t.example/story.html", "https://t.example/story-2.html", "https://t.example/story-3.html"),
        ("https://t.example/story/", "https://t.example/story/2/", "https://t.example/story/3/"),
        ("https://t.example/story", "https://t.example/story/page/2", "https://t.example/story/page/3"),
    ],
)
def test_pages_that_link_to_each_other_are_one_record_in_their_own_order(addresses: tuple[str, str, str]) -> None:
    one, two, three = addresses
    pages = [
        page(linked("Three.", prev=two), three, "c.html"),
        page(linked("One.", next=two), one, "a.html"),
        page(linked("Two.", prev=one, next=three), two, "b.html"),
    ]
    ((record, of),) = records(*pages)
    assert of == 3
    assert record.locator == "a.html"
    assert record.n_pages == 3
    assert [word in part for word, part in zip(("One", "Two", "Three"), record.body.split("\f"), strict=True)] == [
        True
    ] * 3


@pytest.mark.parametrize(
    ("links", "url"),
    [
        ({"next": "https://t.example/another-story", "prev": "https://t.example/a-third"}, "https://t.example/story"),
        ({"next": "/2026/05/05", "prev": "/2026/05/03"}, "https://t.example/2026/06/04"),
        ({"canonical": "https://t.example/story"}, None),
        ({"next": "https://t.example/story?page=9"}, "https://t.example/story?page=3"),
    ],
)
def test_a_page_that_links_to_another_article_is_whole(links: dict[str, str], url: str | None) -> None:
    assert page_of(page(linked("One.", **links), url)) is None


def test_articles_that_are_numbered_are_no_pages_of_one() -> None:
    numbers = [
        page(linked(f"{n}.", next=f"/blog/{n + 1}", prev=f"/blog/{n - 1}"), f"https://t.example/blog/{n}", f"{n}.html")
        for n in (5, 6, 7)
    ]
    assert [of for _, of in records(*numbers)] == [1, 1, 1]


def test_pages_saved_side_by_side_are_joined_by_their_names() -> None:
    pages = [
        page(linked("One.", next="story-2.html"), locator="may/story.html"),
        page(linked("Two.", prev="story.html"), locator="may/story-2.html"),
    ]
    assert [of for _, of in records(*pages)] == [2]


def test_a_site_crawled_twice_gives_two_articles_of_all_pages() -> None:
    one, two = "https://t.example/story", "https://t.example/story?page=2"
    crawls = [
        page(linked(f"{text}.", **links), url, url)
        for text, links, url in (
            ("One", {"next": two}, one),
            ("Two", {"prev": one}, two),
            ("One again", {"next": two}, one),
            ("Two again", {"prev": one}, two),
        )
    ]
    assert [of for _, of in records(*crawls)] == [2, 2]


def test_a_lone_page_of_several_is_an_article_by_itself() -> None:
    lone = page(linked("One.", next="https://t.example/story?page=2"), "https://t.example/story")
    assert records(lone) == [(lone, 1)]


def test_the_build_counts_what_was_split_and_joined(tmp_path: Path) -> None:
    text = "The harbour board of Tarn will keep the old crane, its chair, Edda Quill, said on Monday morning."
    files: dict[str, bytes | str] = {
        "live.html": live(*UPDATES),
        "story.html": linked(text, next="story-2.html"),
        "story-2.html": linked(text.replace("crane", "quay"), prev="story.html"),
    }
    read_files(tmp_path / "raw", files)
    tables = build(Plan(tmp_path / "raw", tmp_path / "out"))
    assert "| read | 3 | 1 | 1 | 3 | 0 |" in (tmp_path / "out" / "README.md").read_text("utf-8")
    texts = dict(tables["articles"].select("locator", "text").iter_rows())
    assert sorted(texts) == [f"{PAGE}#u2", "live.html#2026-05-04T08:00:00Z", "story.html"]
    assert texts["story.html"].split("\n\n") == [text, text.replace("crane", "quay")]


def test_a_limit_that_ends_the_reading_in_the_middle_of_an_article_still_adds_up(tmp_path: Path) -> None:
    read_files(
        tmp_path / "raw",
        {
            "a.html": linked("One, somebody said.", next="a-2.html"),
            "live.html": live(*UPDATES),
            "z.txt": "The gate is shut, Edda Quill said.",
        },
    )
    for limit in (1, 2, 3):
        tables = build(Plan(tmp_path / "raw", tmp_path / "out", limit=limit))
        assert tables["articles"].height == limit
