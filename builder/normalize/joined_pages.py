"""An article of several pages: the text of each, one after the other. May import `builder.normalize`'s leaves."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from builder.normalize.draft import Draft
from builder.normalize.page import NoMainTextError, read_page
from builder.normalize.traced import NOWHERE, Traced, concatenate


def read_joined_pages(body: str, starts: Sequence[int], titles: Sequence[str] = ()) -> Draft:
    """The text of all pages and the first one's metadata; `starts` are where the later ones begin in the body.

    A later page without text of its own (a gallery, an advertisement) adds nothing; raises NoMainTextError where the
    first has none.
    """
    bounds = [0, *starts, len(body)]
    first = read_page(body[: bounds[1]], titles)
    texts = [first.text]
    known = [*titles, first.title] if first.title else titles
    for start, end in pairwise(bounds[1:]):
        try:
            text = read_page(body[start:end], known).text
        except NoMainTextError:
            continue
        origins = array("q", [origin if origin == NOWHERE else origin + start for origin in text.origins])
        texts.append(Traced(text.text, origins))
    return replace(first, text=concatenate(texts, "\n\n"))
