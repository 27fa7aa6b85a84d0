"""What a reader of one media type makes of a record's body. May import `builder.normalize.traced`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.normalize.traced import Traced


@dataclass(frozen=True, slots=True)
class Draft:
    """A text and what its own markup and head say about it; `dates` are strings by where they were read."""

    text: Traced
    title: str | None = None
    authors: tuple[str, ...] = ()
    dates: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
