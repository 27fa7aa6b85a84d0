"""Where a page says when it was published. May import `builder.normalize`'s dates and traced.

Three places, in the order of trust: JSON-LD, meta tags, and what readers see: an element marked as the date (microdata,
RDFa, hAtom), one beside the headline that looks like a date line, the first `time` of the page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from builder.normalize.dates import find_full_date, parse_date
from builder.normalize.traced import clean_text

# As `meta_key` writes them: what was published before what was created, the most specific first.
_META_DATES = (
    *("articlepublishedtime", "articlepublished", "articlepublisheddate", "ogpublishedtime", "ogarticlepublishedtime"),
    *("datepublished", "parselypubdate", "sailthrudate", "cxenseparserecspublishtime", "dcdateissued", "dcissued"),
    *("dctermsissued", "citationpublicationdate", "citationdate", "bepresscitationdate", "pubdate", "publishdate"),
    *("publicationdate", "publishtime", "publisheddate", "datepublication", "originalpublicationdate", "dcdate"),
    *("dctermsdate", "dctermscreated", "dccreated", "dcdatecreated", "articledateoriginal", "articlecreated"),
    *("datecreated", "articledate", "displaydate", "isodatetime", "date"),
)
_PROPERTIES = frozenset({"datepublished", "dcdate", "dcissued", "dctermsissued", "schemadatepublished", "dcdateissued"})
_MARKS = frozenset({"published", "dt-published", "entry-date"})
_LOOKS_LIKE_DATE = re.compile(r"(?i)date|datum|fecha|publi[sc]|posted|timestamp|(?:^|[\s_-])time")
_OF_UPDATE = re.compile(r"(?i)updat|modif|aktualis|actuali[sz]|aggiorn|gewijzigd|stand:")
# How many elements behind the headline, and how long a paragraph ends the search.
_AHEAD = 60
_BODY = 120
_LONGEST = 80
_APART = frozenset({"a", "aside", "nav", "footer", "blockquote"})


def meta_key(name: str) -> str:
    """The name of a meta tag or property without the marks that sites write it with.

    >>> meta_key("article:published_time"), meta_key("DC.date.issued")
    ('articlepublishedtime', 'dcdateissued')
    """
    return re.sub(r"[^a-z0-9]", "", name.lower())


def page_dates(tree: Any, linked: Mapping[str, Any], meta: Mapping[str, list[str]], title: Any) -> dict[str, str]:
    """The first string of each place that is a date; `title` is the element of the headline, or None."""
    stated = [linked.get(key) for key in ("datePublished", "dateCreated", "uploadDate")]
    candidates: dict[str, Iterator[str | None]] = {
        "json-ld": (clean_text(text) if isinstance(text, str) else None for text in stated),
        "meta": (meta[name][0] for name in _META_DATES if name in meta),
        "byline": _visible(tree, title),
    }
    found = {
        place: next((text for text in texts if text and parse_date(text)), None) for place, texts in candidates.items()
    }
    return {place: text for place, text in found.items() if text}


def _visible(tree: Any, title: Any) -> Iterator[str | None]:
    elements = [element for element in tree.iter() if isinstance(element.tag, str) and element.tag != "meta"]
    for element in elements:
        if _is_marked(element):
            yield from _strings(element)
    if title is not None:
        for element in _beside(title, elements):
            yield from _strings(element)
    for element in elements:
        if element.tag == "time" and not _is_apart(element):
            yield from _strings(element)
            return


def _is_marked(element: Any) -> bool:
    properties = [meta_key(name) for name in (element.get("itemprop") or element.get("property") or "").split()]
    if not _PROPERTIES.isdisjoint(properties) or (element.tag == "time" and element.get("pubdate") is not None):
        return True
    return not _MARKS.isdisjoint((element.get("class") or "").split())


def _beside(title: Any, elements: Sequence[Any]) -> Iterator[Any]:
    """The elements about the headline that look like a date line: behind it first, then before it in its own block."""
    at = elements.index(title)
    ahead: list[Any] = []
    for element in elements[at + 1 : at + 1 + _AHEAD]:
        if element.tag == "p" and len(element.text_content()) >= _BODY:
            break
        if not _is_apart(element):
            ahead.append(element)
    block = title.getparent()
    block = block if block is not None and block.tag not in ("body", "html", "main") else title
    before = [element for element in elements[elements.index(block) : at] if not _is_apart(element)]
    for element in (*ahead, *before):
        if element.tag == "time" or _LOOKS_LIKE_DATE.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            yield element


def _is_apart(element: Any) -> bool:
    """Whether an element belongs to something else on the page: a teaser, an embedded post, a comment."""
    return any(
        outer.tag in _APART or "comment" in f"{outer.get('class') or ''} {outer.get('id') or ''}".lower()
        for outer in element.iterancestors()
        if outer.tag not in ("body", "html")
    )


def _strings(element: Any) -> Iterator[str]:
    """What an element says in attributes for machines, then what it shows, if that is a date and not an update's."""
    yield from (element.get(name) for name in ("content", "datetime", "title") if element.get(name))
    text = clean_text(element.text_content())
    if len(text) <= _LONGEST and not _OF_UPDATE.search(text):
        yield text
        yield find_full_date(text) or ""
