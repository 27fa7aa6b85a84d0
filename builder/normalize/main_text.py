"""The paragraphs of a page's main text, found by trafilatura. May import `builder.normalize`'s fragment and traced.

trafilatura's precise mode found all paragraphs and nothing else on all but one of the layouts in `tests/normalize`, but
on pages of real sites it loses paragraphs that its default mode finds; that one in turn hands out menus and author
boxes. So both are asked: what both find is the text, and so is what the default alone finds, if it reads like prose, or
like a sentence between two paragraphs that both find (an interviewer's question).
Dates are not asked for (the limit is today), nor deduplication (it remembers earlier pages).
"""

import logging
import re
from html import unescape

from trafilatura import bare_extraction

from builder.linked_data import load_linked_data
from builder.normalize.fragment import fragment_paragraphs
from builder.normalize.traced import clean_text

# What it finds or not is said by our own rows; its log repeats that on the terminal for every page.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)

# Two line breaks in a row end a paragraph on pages that have no paragraph tags; trafilatura makes one of them.
_DOUBLE_BREAK = re.compile(r"(?:<br\s*/?>\s*){2,}", re.IGNORECASE)
# The default mode hands out a menu where there is no article; no menu has a sentence of this many characters.
_SENTENCE = 60
# The precise mode hands out a lone link where a page holds nothing else; a text has at least one sentence that ends.
# Poems, and languages and desks that set no stop at the end, have none: so much of it is a text all the same.
_ENDS = re.compile(r"[.!?…。！？।؟۔][\s\"'”’»“)\]」』]*$")
_LONG = 300
# From here on (East Asian scripts) a character says as much as two letters.
_WIDE = "\u2e80"
_BLOCKS = frozenset({"p", "head", "item", "quote", "cell", "code", "ab", "fw"})

Paragraphs = list[list[str]]

# What a whole page has and a piece of one, such as a feed's item, has not.
_LANDMARK = re.compile(r"<(?:html|head|body|main|article|nav|header|footer|aside|form|script|table)\b", re.IGNORECASE)
_LINKED_DATA = re.compile(r"<script\b[^<>]{0,500}ld\+json[^<>]{0,500}>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script\b", re.IGNORECASE)
_TAG = re.compile(r"</?(?:p|br|div|b|i|em|strong|a|span|h\d)\b[^<>]{0,500}>", re.IGNORECASE)


def find_main_text(body: str) -> Paragraphs:
    """Paragraphs as lists of cleaned lines, subheadings and list items among them; none where there is no article.

    A piece of a page (a feed's item) is all text. Where the page's own metadata hold twice as much text as it shows,
    as on pages that a script fills, or in paragraphs what it shows as one, theirs is the text.
    """
    source = _DOUBLE_BREAK.sub("</p><p>", body)
    if not _LANDMARK.search(body) and _has_sentence(piece := fragment_paragraphs(source)):
        return piece
    shown = _shown(source)
    stated = _stated(body)
    times = _size(stated) / max(_size(shown), 1)
    is_better = times > 2 or (times > 0.8 and len(shown) == 1 < len(stated))
    return stated if is_better and _is_text(stated) else shown


def _shown(source: str) -> Paragraphs:
    """What trafilatura's two modes find together, in the page's order."""
    precise, default = _extract(source, precision=True), _extract(source, precision=False)
    if not _is_text(precise):
        return default if any(_is_prose(lines) for lines in default) else []
    sure = {_joined(lines) for lines in precise}
    spots = [n for n, lines in enumerate(default) if _joined(lines) in sure]
    inside = range(spots[0], spots[-1]) if spots else range(0)
    # For a short text the default mode may hand out the whole page as one paragraph: it holds, and adds, nothing.
    longest = 2 * _size(precise)
    found = [
        lines
        for n, lines in enumerate(default)
        if (text := _joined(lines)) in sure
        or (n in inside and _ENDS.search(text))
        or (_is_prose(lines) and not (len(text) > longest and any(one in text for one in sure)))
    ]
    return found if _size(found) > _size(precise) else precise


def _stated(body: str) -> Paragraphs:
    """The longest `articleBody` of the page's JSON-LD, in paragraphs."""
    bodies: list[str] = []
    for script in _LINKED_DATA.finditer(body):
        if (end := _SCRIPT_END.search(body, script.end())) is None:
            break
        _collect_bodies(load_linked_data(body[script.end() : end.start()]), bodies)
    longest = max(bodies, key=len, default="")
    if _TAG.search(longest):
        return fragment_paragraphs(_DOUBLE_BREAK.sub("</p><p>", longest))
    return [[line] for part in unescape(longest).splitlines() if (line := clean_text(part))]


def _collect_bodies(value: object, bodies: list[str]) -> None:
    """Every `articleBody` below a JSON value."""
    entries = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for entry in entries:
        _collect_bodies(entry, bodies)
    if isinstance(value, dict) and isinstance(stated := value.get("articleBody"), str):
        bodies.append(stated)


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
    blocks: Paragraphs = [[]]
    if document is not None and document.body is not None:
        _collect(document.body, blocks)
    cleaned = [[line for raw in block if (line := clean_text(raw))] for block in blocks]
    return [lines for lines in cleaned if lines]


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
