"""XML files that hold news: a feed, an NITF document or NewsML-G2, told by the root element. Leaf of `builder.read`.

May import its other leaves.
"""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from builder.read import feeds, newsml, nitf
from builder.read.limits import Limits
from builder.read.markup import Element, EntitiesError, iterate, local
from builder.read.record import Record
from builder.read.source import Source
from builder.tally import Dropped

_WANTED = frozenset({*feeds.ENTRIES, *newsml.ITEMS, nitf.ROOT})


def read_xml_news(source: Source, stream: BinaryIO, limits: Limits) -> Iterator[Record | Dropped]:
    """A record per entry or item, as soon as it is whole: those before a break in the file are kept."""
    place = ""
    try:
        found = iterate(stream, limits, _WANTED)
        root = next(found, None)
        if root is None or local(root) not in (*feeds.ROOTS, *newsml.ROOTS, nitf.ROOT):
            name = "nothing" if root is None else repr(local(root)[:40])
            detail = f"the root element is {name}; RSS, Atom, NITF and NewsML-G2 are read"
            yield source.dropped("unsupported-format", detail)
            return
        is_alone = local(root) in (*newsml.ITEMS, nitf.ROOT)
        for number, element in enumerate(found, 1):
            place = "" if is_alone else f"entry {number}"
            yield _read(source, place, element, root)
    except EntitiesError:
        yield source.dropped("unsafe-xml", "the file declares entities of its own; take its DOCTYPE out")
    except etree.XMLSyntaxError as error:
        is_empty = error.msg is not None and error.msg.startswith(("no element found", "Document is empty"))
        reason = "truncated-file" if place else "empty" if is_empty else "broken-record"
        yield source.dropped(reason, f"not well-formed XML: {error.msg}"[:300], f"after {place}" if place else "")


def _read(source: Source, place: str, element: Element, root: Element) -> Record | Dropped:
    if local(element) == nitf.ROOT:
        return nitf.read_nitf(source, place, element)
    if local(root) in feeds.ROOTS:
        return feeds.read_entry(source, place, element, root)
    return newsml.read_item(source, place, element)
