"""An article of several pages: the text of each, one after the other. May import `builder.normalize`'s leaves
and records.
"""

from array import array
from collections.abc import Sequence
from dataclasses import replace

from builder.normalize.draft import Draft
from builder.normalize.page import NoMainTextError, read_page
from builder.normalize.traced import NOWHERE, Traced, concatenate
from builder.read.record import PAGE_BREAK


def read_joined_pages(body: str, titles: Sequence[str] = ()) -> Draft:
    """The text of all pages and the first one's metadata; a form feed stands between two pages.

    A later page without text of its own (a gallery, an advertisement) adds nothing; raises NoMainTextError where the
    first has none.
    """
    first, texts, start = None, [], 0
    for page in body.split(PAGE_BREAK):
        known = [*titles, first.title] if first is not None and first.title else titles
        try:
            draft = read_page(page, known)
        except NoMainTextError:
            if first is None:
                raise
        else:
            first = first or draft
            origins = array("q", [origin if origin == NOWHERE else origin + start for origin in draft.text.origins])
            texts.append(Traced(draft.text.text, origins))
        start += len(page) + len(PAGE_BREAK)
    assert first is not None
    return replace(first, text=concatenate(texts, "\n\n"))
