"""What was found in a collection's files as its articles: live blogs split, pages joined. Leaf of `builder.read`.

May import its other leaves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.read.live_blogs import split_live_blog
from builder.read.pages import PageOf, is_article, join_pages, page_of
from builder.read.record import Record
from builder.tally import Dropped


@dataclass(frozen=True, slots=True)
class Arranged:
    """An item, and of how many raw records it was made: 0 for one split off another, n for n pages joined."""

    item: Record | Dropped
    of: int = 1


def arrange(items: Iterable[Record | Dropped]) -> Iterator[Arranged]:
    """The items of one collection with live blogs split into entries and the pages of one article joined.

    Pages of several are kept in memory until the collection ends, or until a page comes a second time (the site was
    crawled again), for their order in the files is not theirs; all else comes in the given order.
    """
    held: dict[str, dict[int, tuple[PageOf, Record]]] = {}
    for item in items:
        page = page_of(item) if isinstance(item, Record) else None
        if page is None or not isinstance(item, Record):
            parts: Sequence[Record | Dropped] = split_live_blog(item) if isinstance(item, Record) else [item]
            yield from (Arranged(part, of=0 if number else 1) for number, part in enumerate(parts))
            continue
        if page.number in held.get(page.base, {}):
            yield from _joined(held.pop(page.base))
        held.setdefault(page.base, {})[page.number] = (page, item)
    for pages in held.values():
        yield from _joined(pages)


def _joined(pages: Mapping[int, tuple[PageOf, Record]]) -> Iterator[Arranged]:
    """The pages of one base as one record, or each by itself where they are no article's."""
    records = {number: record for number, (_, record) in pages.items()}
    if is_article(page for page, _ in pages.values()):
        yield Arranged(join_pages(records), of=len(records))
    else:
        yield from (Arranged(record) for record in records.values())
