"""Articles in NITF (IPTC News Industry Text Format 3.x). Leaf of `builder.read`; may import its other leaves."""

import re

from builder.read.markup import Element, child, find, find_all, local, said, to_html
from builder.read.record import FRAGMENT, Metadata, Record
from builder.read.source import Source
from builder.tally import Dropped

ROOT = "nitf"
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?")


def read_nitf(source: Source, place: str, root: Element) -> Record | Dropped:
    """The article of an NITF document; its locator is the document's id where it has one."""
    head, body = child(root, "head"), child(root, "body")
    content = child(body, "body.content")
    markup = to_html(content) if content is not None else ""
    if not markup.strip():
        return source.dropped("empty", "the document has no body.content, or nothing in it", place)
    top = child(body, "body.head")
    identity = find(head, "doc-id")
    return source.record(
        markup,
        FRAGMENT,
        Metadata(
            title=said(find(top, "hl1")) or said(child(head, "title")) or None,
            authors=tuple(_authors(top)),
            publisher=_publisher(top, identity),
            url=next((ref for name in ("doc.copyright", "pubdata") if (ref := _address(find(head, name)))), None),
            published_at=_date(head, top),
            language=root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("lang"),
            published_from="header",
        ),
        place=place,
        locator=(identity.get("id-string") or "").strip() or None if identity is not None else None,
        revision=_version(head),
        is_whole=not place,
    )


def iso(text: str | None) -> str | None:
    """A date of ISO 8601's basic form in its extended one, which everything later reads; others as they are.

    >>> iso("20260504T083000Z"), iso("20260504"), iso("4 May 2026")
    ('2026-05-04T08:30:00Z', '2026-05-04', '4 May 2026')
    """
    match = _COMPACT.fullmatch(text.strip()) if text else None
    if not match:
        return text or None
    year, month, day, hour, minute, second, zone = match.groups()
    clock = f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour else ""
    return f"{year}-{month}-{day}{clock}"


def _authors(top: Element | None) -> list[str]:
    """The names in the bylines: marked ones, or the line without the office below the name."""
    names: list[str] = []
    for byline in find_all(top, "byline"):
        marked = [said(person) for person in find_all(byline, "person")]
        parts = [byline.text or ""]
        for part in byline:
            parts += ["" if local(part) == "byttl" else said(part), part.tail or ""]
        names += marked or [" ".join(" ".join(parts).split())]
    return [name for name in names if name]


def _publisher(top: Element | None, identity: Element | None) -> str | None:
    stated = said(find(top, "distributor")) or (identity.get("regsrc") if identity is not None else "")
    return (stated or "").strip() or None


def _address(element: Element | None) -> str | None:
    stated = (element.get("ex-ref") or "").strip() if element is not None else ""
    return stated if re.fullmatch(r"https?://\S+", stated) else None


def _date(head: Element | None, top: Element | None) -> str | None:
    dates = [find(head, "date.issue"), find(head, "date.release"), find(top, "story.date")]
    return next((found for date in dates if date is not None and (found := iso(date.get("norm") or said(date)))), None)


def _version(head: Element | None) -> int:
    """The version in the key that joins a story's updates (`du-key`); 0 where there is none."""
    key = find(head, "du-key")
    stated = (key.get("version") or key.get("generation") or "0") if key is not None else "0"
    return int(stated) if stated.isascii() and stated.isdigit() and int(stated[:11]) < 2**31 else 0
