"""One raw article as it was found, before any cleaning. Imports nothing of the project."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the record's own columns say about it, as strings, unparsed; None or () where they say nothing."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    published_at: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One article of a raw file.

    `locator` is the record's own id, its URL, or its path in the collection, never its position; `raw_path` is
    relative to the raw folder (POSIX), `place` says where in the file (“line 12”, “row 3”, “” for all of it);
    `raw_sha256` is of the file as it lies on disk; `body` is decoded text, not normalized at all, of `media_type`
    text/plain, text/markdown or text/html.
    """

    collection_id: str
    locator: str
    revision: int
    raw_path: str
    place: str
    raw_sha256: str
    media_type: str
    body: str
    metadata: Metadata
