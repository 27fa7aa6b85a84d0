"""News items of NewsML-G2 (IPTC). Leaf of `builder.read`; may import its other leaves."""

import html
import re

from builder.read.markup import Element, child, find, find_all, local, said, to_html
from builder.read.record import FRAGMENT, Metadata, Record
from builder.read.source import Source
from builder.tally import Dropped

ROOTS = ("newsItem", "newsMessage", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
ITEMS = ROOTS[:1] + ROOTS[2:]
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_item(source: Source, place: str, item: Element) -> Record | Dropped:
    """The article of a news item, known by its guid and version; packages, concepts and pictures hold none."""
    if local(item) != "newsItem":
        return source.dropped("no-article", f"a NewsML-G2 item of the kind {local(item)}", place)
    about, content = child(item, "itemMeta"), child(item, "contentMeta")
    status = child(about, "pubStatus")
    stated = (status.get("qcode") or status.get("uri") or "") if status is not None else ""
    if re.search(r"[:/](?:canceled|cancelled|withheld)$", stated):
        return source.dropped("withdrawn", f"the item's publishing status is {stated[:80]!r}", place)
    markup = _text(child(item, "contentSet"))
    if markup is None:
        return source.dropped("no-article", "the item holds no text (a picture, a video, a link)", place)
    if not markup.strip():
        return source.dropped("empty", "the item's text is empty", place)
    links = [link.get("href") or "" for link in find_all(about, "link") if "alternate" in (link.get("rel") or "")]
    metadata = Metadata(
        title=_headline(content) or said(child(about, "title")) or None,
        authors=tuple(_authors(content)),
        publisher=_name(child(about, "provider")) or _name(child(content, "infoSource")) or None,
        url=next((link for link in links if re.fullmatch(r"https?://\S+", link)), None),
        published_at=_date(about, content),
        language=_language(item, content),
        published_from="header",
    )
    version = item.get("version") or "0"
    is_number = version.isascii() and version.isdigit() and int(version[:11]) < 2**31
    return source.record(
        markup,
        FRAGMENT,
        metadata,
        place=place,
        locator=(item.get("guid") or "").strip() or None,
        revision=int(version) if is_number else 0,
        is_whole=not place,
    )


def _text(content: Element | None) -> str | None:
    """The text as HTML: XHTML or NITF inside, else text or escaped HTML; None where there is neither."""
    inline = child(content, "inlineXML")
    if inline is not None:
        body = find(inline, "body.content", "body")
        return to_html(inline if body is None else body)
    data = child(content, "inlineData")
    if data is None:
        return None
    text = "".join(data.itertext())
    if "html" in (data.get("contenttype") or ""):
        return text
    return "".join(f"<p>{html.escape(part, quote=False)}</p>\n" for part in re.split(r"\n\s*\n", text) if part.strip())


def _headline(content: Element | None) -> str:
    """The main headline: of several, the one that says so, else the first."""
    found = [element for element in content if local(element) == "headline"] if content is not None else []
    main = [element for element in found if (element.get("role") or "").endswith("main")]
    return said(next(iter(main or found), None))


def _authors(content: Element | None) -> list[str]:
    """The byline as it is written, else the names of creators and contributors."""
    if byline := said(child(content, "by")):
        return [byline]
    people = [part for part in content if local(part) == "creator"] if content is not None else []
    return [name for person in people if (name := _name(person))]


def _name(element: Element | None) -> str:
    """What an element that stands for somebody is called: its name, or its literal."""
    if element is None:
        return ""
    return said(child(element, "name")) or (element.get("literal") or "").strip()


def _date(about: Element | None, content: Element | None) -> str | None:
    """When the text was made or first sent; the version's own date where nothing else is said."""
    dates = [child(content, "contentCreated"), child(about, "firstCreated"), child(about, "versionCreated")]
    return next((text for date in dates if (text := said(date))), None)


def _language(item: Element, content: Element | None) -> str | None:
    tagged = child(content, "language")
    inline = child(child(item, "contentSet"), "inlineXML", "inlineData")
    stated = [tagged.get("tag") if tagged is not None else None, inline.get(_LANG) if inline is not None else None]
    return next((value for value in [*stated, item.get(_LANG)] if value), None)
