"""One raw article as it was found, before any cleaning. Imports nothing of the project."""

from dataclasses import dataclass

# Markup that is all text of the article: no page to find it in.
FRAGMENT = "text/x-html-fragment"
# Stands between the pages of one article; in HTML a form feed is white space.
PAGE_BREAK = "\f"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the record's own columns or fields say about it, as strings, unparsed; None or () where they say nothing.

    `published_from` is where `published_at` was read: a value of the vocabulary DATE_SOURCES.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    published_at: str | None = None
    language: str | None = None
    published_from: str = "column"


@dataclass(frozen=True, slots=True)
class Record:
    """One article of a raw file.

    `locator` is the record's own id, its URL, or its path in the collection, never its position; `raw_path` is
    relative to the raw folder (POSIX), `place` says where in the file (“line 12”, “member a.html”, “” for all of it);
    `raw_sha256` is of the file as it lies on disk; `body` is decoded text, not normalized at all, of `media_type`
    text/plain, text/markdown, text/html (a page) or FRAGMENT. `file_name` is the name of the file, archive member or
    attachment that holds this article and no other, else "". `n_pages` pages of one article stand in the body one after
    the other, a form feed between them. `may_come_again` is set where another record of the same locator is another
    version of the article (a page crawled twice, a feed fetched twice), not a mistake.
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
    file_name: str = ""
    n_pages: int = 1
    may_come_again: bool = False
