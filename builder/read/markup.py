"""XML, streaming and without entities. Leaf of `builder.read`; may import its limits and compressed.

No DTD is loaded, nothing is fetched, and a file that declares entities is refused before any is met.
"""

from collections.abc import Container, Iterator
from html import escape
from typing import Any, BinaryIO

from lxml import etree

from builder.read.compressed import OverLimitError
from builder.read.limits import Limits

# lxml ships no types; an element is whatever it hands out.
Element = Any

# Subtrees that are no text of an article.
_NO_TEXT = frozenset({"media", "figure", "script", "style", "remoteContent", "icon"})
_BLOCKS = frozenset(
    [
        *(
            "p",
            "div",
            "section",
            "article",
            "blockquote",
            "bq",
            "block",
            "ul",
            "ol",
            "dl",
            "li",
            "dt",
            "dd",
            "table",
            "tr",
        ),
        *("td", "th", "pre", "note", "fn", "hl1", "hl2", *(f"h{n}" for n in range(1, 7))),
    ]
)


class EntitiesError(Exception):
    """The file declares entities of its own."""


def iterate(stream: BinaryIO, limits: Limits, wanted: Container[str]) -> Iterator[Element]:
    """The root element, with nothing in it yet, then each element of a wanted local name when it is whole.

    What a caller is done with is dropped from memory when it asks for the next; between two of them, or in all where
    there are none, no more than `limits.record` bytes may lie. Raises EntitiesError, OverLimitError, and lxml's
    XMLSyntaxError where the file is broken.
    """
    metered = _Metered(stream, limits.record)
    events = etree.iterparse(
        metered,
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        yield from _wanted_of(events, metered, wanted)
    except etree.XMLSyntaxError:
        # A prefix that is not declared is told at the end, and nothing was lost by it. (The error's own log also holds
        # what earlier files had.)
        if any(not entry.type_name.startswith("NS_ERR") for entry in events.error_log):
            raise


def _wanted_of(events: Any, metered: "_Metered", wanted: Container[str]) -> Iterator[Element]:
    is_first = True
    inside = 0
    done: Element | None = None
    for event, element in events:
        if is_first:
            _refuse_entities(element)
            is_first = False
            yield element
        if local(element) not in wanted:
            continue
        inside += 1 if event == "start" else -1
        if event == "end" and not inside:
            if done is not None:
                done.getparent().remove(done)
            yield element
            metered.spent = 0
            element.clear(keep_tail=False)
            done = element if element.getparent() is not None else None


def local(element: Element) -> str:
    """An element's name without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def namespace(element: Element) -> str:
    """An element's namespace; "" where it has none."""
    return element.tag.partition("}")[0].lstrip("{") if isinstance(element.tag, str) and "}" in element.tag else ""


def child(element: Element | None, *names: str) -> Element | None:
    """The first child with the first of these local names that any child has."""
    for name in names:
        for found in element if element is not None else ():
            if local(found) == name:
                return found
    return None


def find_all(element: Element | None, name: str) -> Iterator[Element]:
    """All descendants of a local name, in document order."""
    for found in element.iter() if element is not None else ():
        if local(found) == name:
            yield found


def find(element: Element | None, *names: str) -> Element | None:
    """The first descendant with the first of these local names that any has."""
    return next((found for name in names for found in find_all(element, name)), None)


def said(element: Element | None) -> str:
    """The text of an element and what is in it, with single spaces; "" for None."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def to_html(element: Element) -> str:
    """What is inside an element as plain HTML: blocks as paragraphs, breaks, text; no attributes, media or scripts."""
    parts: list[str] = [escape(element.text or "", quote=False)]
    for found in element:
        name = local(found)
        if name and name not in _NO_TEXT:
            inner = "<br>" if name == "br" else to_html(found)
            parts.append(f"\n<{_tag(name)}>{inner}</{_tag(name)}>\n" if name in _BLOCKS else inner)
        parts.append(escape(found.tail or "", quote=False))
    return "".join(parts)


def _tag(name: str) -> str:
    return name if name in ("p", "li", "h2") else "h2" if name.startswith("h") else "div"


def _refuse_entities(root: Element) -> None:
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and next(subset.iterentities(), None) is not None:
        raise EntitiesError


class _Metered:
    """A stream that counts what was read since its count was last set back."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self.spent = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.spent += len(data)
        if self.spent > self._limit:
            raise OverLimitError(f"more than {self._limit} bytes of XML for one article")
        return data
