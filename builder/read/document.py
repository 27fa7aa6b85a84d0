"""A file that is one article. Leaf of `builder.read`; may import its other leaves."""

from collections.abc import Iterator
from typing import BinaryIO

from builder.read.decoding import BinaryDataError, UndecodableError, decode
from builder.read.limits import Limits
from builder.read.record import Metadata, Record
from builder.read.source import Source
from builder.tally import Dropped


def read_document(source: Source, stream: BinaryIO, limits: Limits, media_type: str) -> Iterator[Record | Dropped]:
    """The one record of a text file; its locator is its path in the collection."""
    data = read_whole(source, stream, limits)
    if isinstance(data, Dropped):
        yield data
        return
    body = decoded(source, data, is_markup=media_type == "text/html")
    yield body if isinstance(body, Dropped) else source.record(body, media_type, Metadata(), is_whole=True)


def read_whole(source: Source, stream: BinaryIO, limits: Limits) -> bytes | Dropped:
    """All bytes of a file that is one article, if they are neither none nor too many."""
    data = stream.read(limits.record + 1)
    if len(data) > limits.record:
        return source.dropped("over-limit", f"more than {limits.record} bytes")
    return data if data.strip() else source.dropped("empty", "the file holds no text")


def decoded(source: Source, data: bytes, *, is_markup: bool, place: str = "", declared: str = "") -> str | Dropped:
    """The characters of a text, or why they cannot be told."""
    try:
        return decode(data, is_markup=is_markup, declared=declared)
    except BinaryDataError as error:
        return source.dropped("binary", str(error), place)
    except UndecodableError as error:
        return source.dropped("undecodable", str(error), place)
