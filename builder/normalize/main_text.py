"""The paragraphs of a page's main text, found by trafilatura. May import `builder.normalize`'s fragment,
breaks, dates, head, stated_text and traced.

trafilatura's precise mode found all paragraphs and nothing else on all but one of the layouts in `tests/normalize`, but
on pages of real sites it loses paragraphs that its default mode finds; that one in turn hands out menus and author
boxes. So both are asked: what both find is the text, and so is what the default alone finds, if it reads like prose, or
like a sentence between two paragraphs that both find (an interviewer's question).
Dates are not asked for (the limit is today), nor deduplication (it remembers earlier pages).
"""

import logging
import re
from collections.abc import Sequence
from typing import Any

from trafilatura import bare_extraction

from builder.normalize.breaks import MARK, end_paragraphs, mark_paragraphs
from builder.normalize.dates import find_full_date
from builder.normalize.fragment import fragment_paragraphs
from builder.normalize.head import is_same_title
from builder.normalize.stated_text import stated_body
from builder.normalize.traced import clean_text

# What it finds or not is said by our own rows; its log repeats that on the terminal for every page.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)

# The default mode hands out a menu where there is no article; no menu has a sentence of this many characters.
_SENTENCE = 60
# The precise mode hands out a lone link where a page holds nothing else; a text has at least one sentence that ends.
# Poems, and languages and desks that set no stop at the end, have none: so much of it is a text all the same.
_ENDS = re.compile(r"[.!?…。！？।؟۔][\s\"'”’»“)\]」』]*$")
# A sentence that ends within a line; a question mark is no proof, headlines in a menu have it too.
_ENDS_WITHIN = re.compile(r".{40}\w{2}[.!…。！।۔](?:\s|[^\x00-\xff]|$)")
_LONG = 300
# From here on (East Asian scripts) a character says as much as two letters.
_WIDE = "\u2e80"
_BLOCKS = frozenset({"p", "head", "item", "quote", "cell", "code", "ab", "fw"})
# By how much more text the page has to have without paragraph tags for its breaks to be read that way.
_MORE = 1.05

Paragraphs = list[list[str]]

# What a whole page has and a piece of one, such as a feed's item, has not.
_LANDMARK = re.compile(r"<(?:html|head|body|main|article|nav|header|footer|aside|form|script|table)\b", re.IGNORECASE)


def find_main_text(body: str, titles: Sequence[str] = (), summary: str | None = None) -> Paragraphs:
    """Paragraphs as lists of cleaned lines, subheadings and list items among them; none where there is no article.

    A piece of a page (a feed's item) is all text. Where the page's own metadata hold twice as much text as it shows,
    as on pages that a script fills, or in paragraphs what it shows as one, theirs is the text. Where neither has any,
    it is whatever trafilatura's default finds that holds a sentence, or the article's `summary` out of the
    metadata. `titles` are what the page's headline may be.
    """
    if not _LANDMARK.search(body) and _has_sentence(piece := fragment_paragraphs(end_paragraphs(body))):
        return piece
    precise, default = _extract_both(body)
    shown = _shown(precise, default, titles)
    stated = stated_body(body)
    times = _size(stated) / max(_size(shown), 1)
    is_better = times > 2 or (times > 0.8 and len(shown) == 1 < len(stated))
    if is_better and _is_text(stated):
        return stated
    return shown or _last_resort(body, summary)


def _extract_both(body: str) -> tuple[Paragraphs, Paragraphs]:
    """What the precise and the default mode find, double breaks being tags or, where that loses text, marks."""
    source = end_paragraphs(body)
    found = _extract(source, precision=True), _extract(source, precision=False)
    if source == body:
        return found
    source = mark_paragraphs(body)
    marked = _extract(source, precision=True), _extract(source, precision=False)
    is_more = _size(marked[0]) >= _size(found[0]) and _size(marked[1]) > _MORE * _size(found[1])
    return marked if is_more and _is_text(marked[0]) else found


def _shown(precise: Paragraphs, default: Paragraphs, titles: Sequence[str]) -> Paragraphs:
    """What trafilatura's two modes find together, in the page's order."""
    if not _is_text(precise):
        return default if any(_is_prose(lines) for lines in default) else []
    sure = {_joined(lines) for lines in precise}
    spots = [n for n, lines in enumerate(default) if _joined(lines) in sure]
    inside = range(spots[0], spots[-1]) if spots else range(0)
    standfirst = _standfirst(default[: spots[-1]], titles) if spots else None
    # For a short text the default mode may hand out the whole page as one paragraph: it holds, and adds, nothing.
    longest = 2 * _size(precise)
    found = [
        lines
        for n, lines in enumerate(default)
        if (text := _joined(lines)) in sure
        or (n in inside and _ENDS.search(text))
        or n == standfirst
        or (_is_prose(lines) and not (len(text) > longest and any(one in text for one in sure)))
    ]
    return found if _size(found) > _size(precise) else precise


def _standfirst(paragraphs: Paragraphs, titles: Sequence[str]) -> int | None:
    """Which paragraph is the one long line below the headline, on many sites without a final stop; None for none."""
    for n, lines in enumerate(paragraphs[1:], start=1):
        text = _joined(lines)
        if any(is_same_title(_joined(paragraphs[n - 1]), title) for title in titles):
            return n if _width(text) >= _SENTENCE and not find_full_date(text) else None
    return None


def _last_resort(body: str, summary: str | None) -> Paragraphs:
    """What the default mode finds if a sentence ends in it, else the page's own summary of its article; or none."""
    document = _document(mark_paragraphs(body), precision=False)
    if document is not None and any(_holds_sentence(text) for text in document.itertext()):
        return _paragraphs(document)
    return [[summary]] if summary and _is_prose([summary]) else []


def _holds_sentence(text: str) -> bool:
    """Whether a line of what may be a whole page in one, a menu's entry a line, holds a sentence."""
    return any(_width(line) >= _SENTENCE and _ENDS_WITHIN.search(line) for line in text.splitlines())


def _is_text(paragraphs: Paragraphs) -> bool:
    """Whether what was found is a text at all: with a sentence that ends, or long."""
    return _has_sentence(paragraphs) or sum(_width(_joined(lines)) for lines in paragraphs) >= _LONG


def _has_sentence(paragraphs: Paragraphs) -> bool:
    return any(_ENDS.search(_joined(lines)) for lines in paragraphs)


def _is_prose(lines: list[str]) -> bool:
    text = _joined(lines)
    return _width(text) >= _SENTENCE and _ENDS.search(text) is not None


def _width(text: str) -> int:
    return len(text) + sum(character >= _WIDE for character in text)


def _joined(lines: list[str]) -> str:
    return " ".join(lines)


def _size(paragraphs: Paragraphs) -> int:
    return sum(len(line) for lines in paragraphs for line in lines)


def _extract(source: str, *, precision: bool) -> Paragraphs:
    return _paragraphs(_document(source, precision=precision))


def _document(source: str, *, precision: bool) -> Any | None:
    """The text as trafilatura's tree of its own tags; None where it finds none."""
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
    return None if document is None else document.body


def _paragraphs(document: Any | None) -> Paragraphs:
    blocks: Paragraphs = [[]]
    if document is not None:
        _collect(document, blocks)
    parted = [part for block in blocks for part in _parted(block)]
    cleaned = [[line for raw in block if (line := clean_text(raw))] for block in parted]
    return [lines for lines in cleaned if lines]


def _parted(block: list[str]) -> Paragraphs:
    """A block as it is, or its parts between the marks of double breaks."""
    text = "\0".join(block)
    return [part.split("\0") for part in text.split(MARK)]


def _collect(element: object, paragraphs: Paragraphs) -> None:
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


def _write(paragraphs: Paragraphs, text: str | None) -> None:
    if text:
        lines = paragraphs[-1] or [""]
        paragraphs[-1] = [*lines[:-1], lines[-1] + text]
