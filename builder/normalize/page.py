"""A page to its text and what it says of itself. May import `builder.normalize`'s leaves."""

from collections.abc import Sequence

from builder.normalize.align import align, keep_true, visible_html
from builder.normalize.draft import Draft
from builder.normalize.head import read_head
from builder.normalize.main_text import find_main_text
from builder.normalize.page_metadata import read_page_metadata
from builder.normalize.plain import head_dates


class NoMainTextError(Exception):
    """A page without an article."""


def read_page(body: str, titles: Sequence[str] = ()) -> Draft:
    """The text of a page and what its metadata say; raises NoMainTextError."""
    found = read_page_metadata(body)
    known = [*titles, *found.titles]
    paragraphs = find_main_text(body, known, found.summary)
    if not paragraphs:
        raise NoMainTextError
    head = read_head(paragraphs, known)
    kept = [
        " ".join(line for n, line in enumerate(lines) if (number, n) not in head.removed)
        for number, lines in enumerate(paragraphs)
    ]
    text = align([paragraph for paragraph in kept if paragraph], visible_html(body))
    return Draft(
        text=keep_true(text, body),
        title=head.title,
        authors=found.authors or head.authors,
        dates={**found.dates, **{k: v for k, v in head_dates(head).items() if k not in found.dates}},
        url=found.url,
        publisher=found.publisher,
        language=found.language,
    )
