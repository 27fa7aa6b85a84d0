"""One article as everything later reads it. Imports nothing of the project."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Run:
    """`length` characters that stand unchanged at `start` in the text and at `origin` in the decoded input."""

    start: int
    origin: int
    length: int


@dataclass(frozen=True, slots=True)
class Article:
    """A normalized article: metadata, and the text that every later offset points into (code points, NFC).

    `published_at` is in UTC; its precision and `published_from` are None exactly where it is. `runs` is the map back
    to the decoded input, in the text's order: characters in no run (a joined paragraph break) stand nowhere in it.
    `speaker` is set where the collection says that each text is one actor's own speech.
    """

    collection_id: str
    locator: str
    revision: int
    raw_path: str
    place: str
    raw_sha256: str
    url: str | None
    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    published_at: datetime | None
    published_precision: str | None
    published_from: str | None
    language: str
    text: str
    runs: tuple[Run, ...]
    extraction_status: str
    speaker: str | None = None
