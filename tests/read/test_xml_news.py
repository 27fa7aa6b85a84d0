"""Feeds, NITF and NewsML-G2: what is read from where, and what broken and hostile files get."""

from pathlib import Path

import pytest

from builder.read.limits import Limits
from builder.read.record import FRAGMENT, Record
from tests.read.files import bodies, drops, only_drop, read_files

NAMESPACES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"'
ITEM = "<item><title>Gate shut</title><link>https://t.example/1</link><description>Short.</description></item>"


def rss(*items: str, declared: str = "") -> str:
    channel = f"<channel><title>Tarn</title><language>en</language>{''.join(items)}</channel>"
    return f'<?xml version="1.0"?>{declared}<rss version="2.0" {NAMESPACES}>{channel}</rss>'


def one(folder: Path, name: str, text: str) -> Record:
    (record,) = read_files(folder, {name: text})
    assert isinstance(record, Record)
    return record


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a.rdf", "a.atom"])
def test_the_root_element_tells_a_feed_whatever_its_suffix(tmp_path: Path, name: str) -> None:
    record = one(tmp_path, name, rss(ITEM))
    assert (record.locator, record.media_type, record.place) == ("https://t.example/1", FRAGMENT, "entry 1")
    said = record.metadata
    assert (said.title, said.publisher, said.language, said.url) == ("Gate shut", "Tarn", "en", "https://t.example/1")


def test_the_whole_content_is_read_before_the_summary_and_pictures_titles_are_not(tmp_path: Path) -> None:
    item = """<item><media:title>A photo</media:title><media:content url="x"/><title>Gate &amp;amp; quay</title>
        <guid isPermaLink="false">g-1</guid><pubDate>Mon, 04 May 2026 10:00:00 +0200</pubDate>
        <author>x@t.example (Mira Fenn)</author><description>Short.</description>
        <content:encoded><![CDATA[<p>One.</p>]]></content:encoded></item>"""
    record = one(tmp_path, "a.rss", rss(item))
    assert (record.locator, record.body, record.metadata.title) == ("g-1", "<p>One.</p>", "Gate & quay")
    assert record.metadata.authors == ("Mira Fenn",)
    assert (record.metadata.published_at, record.metadata.published_from) == (
        "Mon, 04 May 2026 10:00:00 +0200",
        "header",
    )


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ('<content type="html">&lt;p&gt;One&lt;/p&gt;</content>', "<p>One</p>"),
        ('<content type="text">1 &lt; 2</content>', "1 &lt; 2"),
        ('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>O<b>n</b>e</p></div></content>', "One"),
        ("<summary>One</summary>", "One"),
    ],
)
def test_every_kind_of_content_of_an_atom_entry_is_read(tmp_path: Path, content: str, body: str) -> None:
    entry = f'<entry><id>e-1</id><link rel="alternate" href="https://t.example/1"/>{content}</entry>'
    record = one(tmp_path, "a.atom", f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">{entry}</feed>')
    assert body in record.body
    assert (record.locator, record.metadata.url, record.metadata.language) == ("e-1", "https://t.example/1", "de")


def test_a_prefix_that_is_not_declared_costs_its_element_alone(tmp_path: Path) -> None:
    feed = rss("<item><title>Gate</title><description>Short.</description></item>").replace(
        "xmlns:media", "xmlns:other"
    )
    record = one(tmp_path, "a.rss", feed.replace("<title>Gate", "<media:title>A photo</media:title><title>Gate"))
    assert (record.metadata.title, record.body) == ("Gate", "Short.")


def test_an_entry_of_nothing_but_a_headline_is_empty_and_the_next_one_read(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"a.rss": rss("<item><title>Gate</title></item>", ITEM)})
    assert bodies(items) == ["Short."]
    assert drops(items) == [("post/a.rss", "entry 1", "empty")]


def test_entries_before_a_break_are_kept(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"a.rss": rss(ITEM, "<item><title>Fish & chips</title></item>")})
    assert bodies(items) == ["Short."]
    assert drops(items) == [("post/a.rss", "after entry 1", "truncated-file")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("no XML", "broken-record"),
        ("<rss>", "broken-record"),
        ("<html><body/></html>", "unsupported-format"),
        (rss(ITEM, declared='<!DOCTYPE rss [<!ENTITY a "b">]>'), "unsafe-xml"),
        (rss(ITEM, declared='<!DOCTYPE rss [<!ENTITY % a SYSTEM "file:///etc/passwd">%a;]>'), "unsafe-xml"),
        (rss(f"<item><description>{'x' * 9000}</description></item>"), "over-limit"),
        (rss("<a>" * 400 + "</a>" * 400), "broken-record"),
    ],
)
def test_a_file_that_is_none_of_them_or_hostile_is_dropped(tmp_path: Path, text: str, reason: str) -> None:
    assert only_drop(read_files(tmp_path, {"a.xml": text}, Limits(record=4000))).reason == reason


def test_an_external_entity_is_never_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    declared = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    (tmp_path / "post").mkdir()
    items = read_files(
        tmp_path / "post", {"a.xml": rss("<item><description>&x;</description></item>", declared=declared)}
    )
    assert bodies(items) == []


def test_a_feed_of_many_entries_may_be_larger_than_one_record(tmp_path: Path) -> None:
    items = read_files(
        tmp_path,
        {"a.rss": rss(*[f"<item><description>{n} {'x' * 300}</description></item>" for n in range(500)])},
        Limits(record=70_000),
    )
    assert len(bodies(items)) == 500


# NITF

NITF = """<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf xml:lang="en"><head><docdata>
<doc-id regsrc="Tarn Wire" id-string="tw-1"/><date.issue norm="20260504T083000Z"/><du-key version="2"/></docdata></head>
<body><body.head><hedline><hl1>Gate shut</hl1></hedline>
<byline>By Mira Fenn <byttl>Reporter</byttl></byline></body.head>
<body.content><p>One <person>Quill</person>.</p><media><media-caption>Photo</media-caption></media><p>Two.</p>
</body.content></body></nitf>"""


def test_a_nitf_document_is_one_record_with_its_version(tmp_path: Path) -> None:
    record = one(tmp_path, "a.nitf", NITF)
    assert (record.locator, record.revision, record.place) == ("tw-1", 2, "")
    assert record.body.split() == ["<p>One", "Quill.</p>", "<p>Two.</p>"]
    said = record.metadata
    assert (said.title, said.authors, said.publisher) == ("Gate shut", ("By Mira Fenn",), "Tarn Wire")
    assert (said.published_at, said.language) == ("2026-05-04T08:30:00Z", "en")


def test_a_nitf_document_without_id_is_known_by_its_path_and_without_text_is_empty(tmp_path: Path) -> None:
    bare = "<nitf><body><body.content><p>One.</p></body.content></body></nitf>"
    assert one(tmp_path, "sub/a.xml", bare).locator == "sub/a.xml"
    assert only_drop(read_files(tmp_path / "b", {"a.xml": "<nitf><body/></nitf>"})).reason == "empty"


# NewsML-G2


def item(content: str, status: str = "usable", about: str = "") -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="3"><itemMeta>
        <provider literal="Tarn Wire"/><versionCreated>2026-05-05T08:00:00Z</versionCreated>
        <pubStatus qcode="stat:{status}"/></itemMeta><contentMeta>{about}<headline>Gate shut</headline></contentMeta>
        <contentSet>{content}</contentSet></newsItem>"""


INLINE = '<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>One.</p></body></html></inlineXML>'


@pytest.mark.parametrize(
    "content",
    [
        INLINE,
        "<inlineXML><nitf><body><body.content><p>One.</p></body.content></body></nitf></inlineXML>",
        '<inlineData contenttype="text/html">&lt;p&gt;One.&lt;/p&gt;</inlineData>',
        '<inlineData contenttype="text/plain">One.</inlineData>',
    ],
)
def test_every_kind_of_content_of_a_news_item_is_read(tmp_path: Path, content: str) -> None:
    record = one(tmp_path, "a.xml", item(content))
    assert record.body.strip() == "<p>One.</p>"
    assert (record.locator, record.revision, record.metadata.publisher) == ("urn:x:1", 3, "Tarn Wire")
    assert (record.metadata.title, record.metadata.published_at) == ("Gate shut", "2026-05-05T08:00:00Z")


def test_the_date_is_that_of_the_content_and_the_byline_is_read_before_the_creators(tmp_path: Path) -> None:
    about = "<contentCreated>2026-05-04T08:00:00Z</contentCreated><creator literal='x'/><by>By Mira Fenn</by>"
    record = one(tmp_path, "a.xml", item(INLINE, about=about))
    assert (record.metadata.published_at, record.metadata.authors) == ("2026-05-04T08:00:00Z", ("By Mira Fenn",))


def test_items_of_a_message_without_an_article_are_accounted_for(tmp_path: Path) -> None:
    message = f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{item(INLINE)}
        {item(INLINE, "canceled")}{item('<remoteContent href="x.jpg"/>')}{item("<inlineXML/>")}<packageItem/>
        </itemSet></newsMessage>"""
    items = read_files(tmp_path, {"a.xml": message})
    assert len(bodies(items)) == 1
    assert [reason for _, _, reason in drops(items)] == ["withdrawn", "no-article", "empty", "no-article"]
