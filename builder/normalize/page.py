"""A page's main text, found by trafilatura. May import `builder.normalize`'s leaves.

Measured on the corpus's five pages and the fifteen layouts in `tests/normalize`: `favor_precision` found all paragraphs
and nothing else but the headline (which is taken out here) on every page but one laid out in a table, where it found
nothing; the balanced mode, which found that one, is asked where the first finds nothing. An author's line below the
text stayed in every mode. Dates are not asked for (the limit is today), nor deduplication (it remembers earlier pages).
"""

import logging
import re
from collections.abc import Sequence

from trafilatura import bare_extraction

from builder.normalize.align import align, keep_true, visible_html
from builder.normalize.draft import Draft
from builder.normalize.head import read_head
from builder.normalize.page_metadata import read_page_metadata
from builder.normalize.plain import head_dates
from builder.normalize.traced import clean_text

# What it finds or not is said by our own rows; its log repeats that on the terminal for every page.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)

# Two line breaks in a row end a paragraph on pages that have no paragraph tags; trafilatura makes one of them.
_DOUBLE_BREAK = re.compile(r"(?:<br\s*/?>\s*){2,}", re.IGNORECASE)
# The balanced mode hands out a menu where there is no article; no menu has a paragraph of this many characters.
_SENTENCES = 80
# The precise mode hands out a lone link where a page holds nothing else; a text has at least one sentence that ends.
_ENDS = re.compile(r"[.!?…。][\s\"'”’»)\]]*$")
_BLOCKS = frozenset({"p", "head", "item", "quote", "cell", "code", "ab", "fw"})


class NoMainTextError(Exception):
    """A page without an article."""


def read_page(body: str, titles: Sequence[str] = ()) -> Draft:
    """The text of a page and what its metadata say; raises NoMainTextError."""
    found = read_page_metadata(body)
    known = [*titles, *found.titles]
    paragraphs = _main_paragraphs(body)
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


def _main_paragraphs(body: str) -> list[list[str]]:
    """Paragraphs as lists of cleaned lines, subheadings and list items among them; none where no mode finds any."""
    source = _DOUBLE_BREAK.sub("</p><p>", body)
    for precision in (True, False):
        document = bare_extraction(
            source,
            include_comments=False,
            include_tables=False,
            include_images=False,
            include_links=False,
            deduplicate=False,
            with_metadata=False,
            favor_precision=precision,
        )
        blocks: list[list[str]] = [[]]
        if document is not None and document.body is not None:
            _collect(document.body, blocks)
        cleaned = [[line for raw in block if (line := clean_text(raw))] for block in blocks]
        paragraphs = [lines for lines in cleaned if lines]
        if _is_text(paragraphs, at_least=0 if precision else _SENTENCES):
            return paragraphs
    return []


def _is_text(paragraphs: list[list[str]], at_least: int) -> bool:
    """Whether some paragraph ends as a sentence does, and some one has `at_least` so many characters."""
    joined = [" ".join(lines) for lines in paragraphs]
    return any(_ENDS.search(text) for text in joined) and max(map(len, joined)) >= at_least


def _collect(element: object, paragraphs: list[list[str]]) -> None:
    """The text below an element: every block opens a paragraph, a line break opens a line."""
    tag, text, tail = element.tag, element.text, element.tail  # type: ignore[attr-defined]  # lxml ships no types
    if tag in _BLOCKS:
        paragraphs.append([])
    elif tag == "lb":
        paragraphs[-1].append("")
    _write(paragraphs, text)
    for child in element:  # type: ignore[attr-defined]
        _collect(child, paragraphs)
    if tag in _BLOCKS:
        paragraphs.append([])
    _write(paragraphs, tail)


def _write(paragraphs: list[list[str]], text: str | None) -> None:
    if text:
        lines = paragraphs[-1] or [""]
        paragraphs[-1] = [*lines[:-1], lines[-1] + text]
