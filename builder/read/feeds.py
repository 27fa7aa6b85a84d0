"""Entries of RSS (0.9x, 1.0, 2.0) and Atom (RFC 4287) feeds. Leaf of `builder.read`; may import its other leaves."""

import html
import re

from builder.read.markup import Element, child, local, namespace, said, to_html
from builder.read.record import FRAGMENT, Metadata, Record
from builder.read.source import Source
from builder.tally import Dropped

ROOTS = ("rss", "RDF", "feed")
ENTRIES = ("item", "entry")
# Other namespaces (media, podcasts, maps) have a title, a description, an author of their own things.
_NAMESPACES = frozenset(
    [
        "",
        "http://www.w3.org/2005/Atom",
        "http://purl.org/rss/1.0/",
        "http://purl.org/rss/1.0/modules/content/",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/dc/terms/",
        "http://rssnamespace.org/feedburner/ext/1.0",
    ]
)
_TAG = re.compile(r"<[^<>]{1,500}>")


def read_entry(source: Source, place: str, entry: Element, root: Element) -> Record | Dropped:
    """The article of an entry: its whole content where it has that, else its summary.

    Metadata are the entry's own, and the feed's title and language where that stands before the entry.
    """
    for other in [part for part in entry if local(part) and namespace(part) not in _NAMESPACES]:
        entry.remove(other)
    url = _link(entry)
    body = next((text for text in map(_markup, _contents(entry)) if text.strip()), "")
    if not body:
        return source.dropped("empty", "the entry has neither content nor summary", place)
    channel = root if local(root) == "feed" else child(root, "channel")
    metadata = Metadata(
        title=_plain(child(entry, "title")) or None,
        authors=tuple(_authors(entry)),
        publisher=_plain(child(channel, "title")) or None,
        url=url or None,
        published_at=said(child(entry, "published", "pubDate", "issued", "date", "updated")) or None,
        language=_language(entry, channel),
        published_from="header",
    )
    locator = said(child(entry, "id", "guid")) or url
    return source.record(body, FRAGMENT, metadata, place=place, locator=locator or None, may_come_again=True)


def _contents(entry: Element) -> list[Element]:
    """The elements that may hold the text, the fullest first."""
    found = (child(entry, name) for name in ("encoded", "content", "description", "summary"))
    return [element for element in found if element is not None]


def _markup(element: Element) -> str:
    """What an element says as HTML: escaped markup, elements of XHTML, or text."""
    kind = element.get("type") or ""
    if len(element) or kind == "xhtml":
        return to_html(element)
    text = element.text or ""
    return html.escape(text, quote=False) if kind in ("text", "text/plain") else text


def _plain(element: Element | None) -> str:
    """A title: text in which feeds escape markup once more than they say."""
    return " ".join(html.unescape(_TAG.sub("", said(element))).split())


def _link(entry: Element) -> str:
    """The address of the article: Atom's alternate link, RSS's link, or a guid that is one."""
    for link in entry:
        if local(link) == "link" and link.get("href") and (link.get("rel") or "alternate") == "alternate":
            return str(link.get("href")).strip()
    guid = child(entry, "guid")
    stated = said(child(entry, "origLink")) or said(child(entry, "link"))
    if not stated and guid is not None and guid.get("isPermaLink") != "false":
        stated = said(guid)
    return stated if re.fullmatch(r"https?://\S+", stated) else ""


def _authors(entry: Element) -> list[str]:
    """Names: Atom's and Dublin Core's; of RSS's “mail (name)” the name."""
    names = []
    for element in entry:
        if local(element) in ("author", "creator"):
            stated = said(child(element, "name")) if len(element) else said(element)
            match = re.fullmatch(r"\S+@\S+\s*\((.+)\)", stated)
            names.append(match[1] if match else "" if re.fullmatch(r"\S+@\S+", stated) else stated)
    return list(dict.fromkeys(name for name in names if name))


def _language(entry: Element, channel: Element | None) -> str | None:
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    stated = [entry.get(lang), said(child(entry, "language")), said(child(channel, "language"))]
    stated.append(channel.get(lang) if channel is not None else None)
    return next((value for value in stated if value), None)
