"""Records that come twice, and records that come again. May import `builder.read`'s arrange and record, and
`builder.tally`.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from builder.read.arrange import Arranged
from builder.read.record import Record
from builder.tally import Dropped


@dataclass(slots=True)
class _Seen:
    """Where the first record of a locator and revision stands, and the contents of all that came again under it."""

    path: str
    place: str
    contents: list[bytes]


def drop_repeated(items: Iterable[Arranged]) -> Iterator[Arranged]:
    """The same items, but a record of a locator and revision seen before is Dropped, naming the first.

    Of records that may come again (`Record.may_come_again`), one with another content is the locator's next revision;
    only one with the content of an earlier revision is Dropped. The first in the given order stays and the revisions
    count in that order, so the order must be fixed. Of a record passed on, 16 bytes and its place are kept: 0.3 kB,
    3 GB for ten million.
    """
    seen: dict[bytes, _Seen] = {}
    for arranged in items:
        item = arranged.item
        if isinstance(item, Dropped):
            yield arranged
            continue
        key = _hash(item.collection_id, item.locator, str(item.revision))
        contents = [_content(item)] if item.may_come_again else []
        first = seen.get(key)
        if first is None:
            seen[key] = _Seen(item.raw_path, item.place, contents)
            yield arranged
        elif contents and first.contents and contents[0] not in first.contents:
            first.contents += contents
            yield replace(arranged, item=replace(item, revision=item.revision + len(first.contents) - 1))
        else:
            yield replace(arranged, item=_repeated(item, first))


def _repeated(item: Record, first: _Seen) -> Dropped:
    where = f"{first.path}, {first.place}" if first.place else first.path
    detail = f"locator {item.locator!r}, revision {item.revision}: the first is in {where}"
    return Dropped("read", item.collection_id, item.raw_path, item.place, "repeated-record", detail)


def _content(record: Record) -> bytes:
    """What makes a version: the text and its headline, not where it was found or when it was fetched."""
    return _hash(record.media_type, record.body, record.metadata.title or "")


def _hash(*parts: str) -> bytes:
    return hashlib.blake2b("\0".join(parts).encode("utf-8"), digest_size=16).digest()
