"""A live blog is many articles on one page: its entries, each with its own time and author. Leaf of `builder.read`.

May import its records and markup, and `builder.linked_data`. Entries are told by schema.org's `LiveBlogPosting`, as
JSON-LD or as microdata; a page that marks up fewer than two of them is read as the one article that it seems to be.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html

from builder.linked_data import linked_values
from builder.read.markup import to_html
from builder.read.record import FRAGMENT, Metadata, Record

_MARKS = re.compile(r"LiveBlogPosting|liveBlogUpdate")
_MARKUP = re.compile(r"</\w+\s*>|<(?:br|p)\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry as its markup says; `place` is where the date stands: a value of DATE_SOURCES."""

    body: str
    title: str | None
    authors: tuple[str, ...]
    published_at: str | None
    address: str
    place: str


def split_live_blog(record: Record) -> list[Record]:
    """The entries of a live blog's page as records, or the record alone where it is no live blog.

    An entry is known by its own address, else by the page and the entry's time, else by its words: never by its
    place among the others, which changes with every update.
    """
    if record.media_type != "text/html" or not _MARKS.search(record.body):
        return [record]
    try:
        tree = html.document_fromstring(record.body.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return [record]
    blogs = list(_linked_blogs(tree))
    linked = [entry for blog in blogs for entry in _linked_entries(blog, tree)]
    marked = list(_marked_entries(tree))
    entries = linked if len(linked) >= len(marked) else marked
    if len(entries) < 2:
        return [record]
    publisher = next((_name(blog.get("publisher")) for blog in blogs), None)
    return [_record(record, entry, number, publisher) for number, entry in enumerate(entries, 1)]


def _record(page: Record, entry: _Entry, number: int, publisher: str | None) -> Record:
    base = page.metadata.url or (page.locator if "://" in page.locator else "")
    address = urljoin(base, entry.address) if entry.address else ""
    words = hashlib.sha256(entry.body.encode("utf-8")).hexdigest()[:16]
    own = entry.published_at or f"sha256:{words}"
    is_web = address.startswith(("http://", "https://"))
    metadata = Metadata(
        title=entry.title,
        authors=entry.authors or page.metadata.authors,
        publisher=page.metadata.publisher or publisher,
        url=address if is_web else page.metadata.url,
        published_at=entry.published_at,
        language=page.metadata.language,
        published_from=entry.place,
    )
    return replace(
        page,
        locator=address if is_web and address != base else f"{page.locator}#{own}",
        place=", ".join(part for part in (page.place, f"entry {number}") if part),
        media_type=FRAGMENT if _MARKUP.search(entry.body) else "text/plain",
        body=entry.body,
        metadata=metadata,
        file_name="",
        may_come_again=True,
    )


def _linked_blogs(tree: Any) -> Iterator[dict[str, Any]]:
    """The live blogs in the page's JSON-LD."""
    for value in linked_values(tree):
        yield from _blogs(value)


def _blogs(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for part in value:
            yield from _blogs(part)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if "LiveBlogPosting" in (kinds if isinstance(kinds, list) else [kinds]):
            yield value
        yield from _blogs([value.get("@graph"), value.get("mainEntity")])


def _linked_entries(blog: dict[str, Any], tree: Any) -> Iterator[_Entry]:
    """The updates of a blog; one that gives no text has it in the page's element of its address."""
    updates = blog.get("liveBlogUpdate")
    for update in updates if isinstance(updates, list) else [updates]:
        if not isinstance(update, dict):
            continue
        address = next((text for key in ("url", "@id") if (text := _string(update.get(key)))), "")
        body = _string(update.get("articleBody")) or _element_of(address, tree)
        if body:
            authors = update.get("author")
            names = [_name(author) for author in (authors if isinstance(authors, list) else [authors])]
            yield _Entry(
                body=body,
                title=_string(update.get("headline")) or None,
                authors=tuple(name for name in names if name),
                published_at=_string(update.get("datePublished")) or None,
                address=address,
                place="json-ld",
            )


def _element_of(address: str, tree: Any) -> str:
    """The page's element that an address with a fragment points to, as HTML; "" for none."""
    fragment = address.partition("#")[2]
    found = tree.xpath("//*[@id=$fragment]", fragment=fragment) if fragment else []
    return to_html(found[0]) if found and found[0].tag not in ("body", "html") else ""


def _marked_entries(tree: Any) -> Iterator[_Entry]:
    """The entries that the page marks with microdata."""
    for element in tree.xpath("//*[contains(concat(' ', @itemprop, ' '), ' liveBlogUpdate ')]"):
        texts = element.xpath(".//*[contains(concat(' ', @itemprop, ' '), ' articleBody ')]")
        body = "\n".join(to_html(text) for text in texts) or to_html(element)
        stated = {name: _property(element, name) for name in ("headline", "datePublished", "url", "author")}
        if not re.sub(r"<[^<>]*>", "", body).strip():
            continue
        anchor = f"#{element.get('id')}" if element.get("id") else ""
        yield _Entry(
            body=body,
            title=stated["headline"] or None,
            authors=(stated["author"],) if stated["author"] else (),
            published_at=stated["datePublished"] or None,
            address=stated["url"] or element.get("itemid") or anchor,
            place="meta",
        )


def _property(element: Any, name: str) -> str:
    """The value of a microdata property: an attribute where the element has one for it, else its text."""
    for found in element.xpath(".//*[contains(concat(' ', @itemprop, ' '), $name)]", name=f" {name} "):
        value = next((found.get(key) for key in ("content", "datetime", "href") if found.get(key)), None)
        return " ".join((value or found.text_content()).split())
    return ""


def _name(value: Any) -> str | None:
    return _string(value.get("name") if isinstance(value, dict) else value) or None


def _string(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
