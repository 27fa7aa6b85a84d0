"""Where a cleaned text stands in the marked-up input it came from. May import `builder.normalize.traced`.

HTML and Markdown parsers do not say from where in the input a word comes. The words come out in the input's order,
so they are looked for in that order among the input's visible characters; what is not found stays without a place.
Whole paragraphs come first; one that is not found whole is looked for word by word between its neighbours, so that it
cannot carry those behind it off.
"""

import re
from array import array
from collections.abc import Sequence
from html.parser import HTMLParser

from builder.normalize.traced import NOWHERE, Traced, clean, concatenate, substitute, trace, without_spaces

# How far, in visible characters, the next paragraph and the next word may lie ahead. A page's menus can be long; a
# word that is further off than a long link is another word.
_PARAGRAPH_AHEAD = 200_000
_WORD_AHEAD = 300
_SHORT = 30
_SHORT_AHEAD = 5_000

_TOKEN = re.compile(r"\w+|[^\w\s]")
_HIDDEN = frozenset({"script", "style", "template", "noscript"})
_MARKDOWN_MARKS = re.compile(
    r"\[(?=[^\]\n]*\]\()|\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"  # a link's bracket and target
    r"|^[ \t]*(?:\#{1,6}[ \t]|(?:>[ \t]?)+)"  # headings and quotations; a list's marks stand before its paragraphs
    r"|[*_`\\]",
    re.MULTILINE,
)


def align(paragraphs: Sequence[str], visible: Traced) -> Traced:
    """The paragraphs joined by blank lines, each character with its place in the input where that was found."""
    haystack = without_spaces(clean(visible))
    spots = _find_whole(paragraphs, haystack.text)
    placed: list[Traced] = []
    cursor = 0
    following = _next_starts(spots, len(haystack.text))
    for paragraph, spot, end in zip(paragraphs, spots, following, strict=True):
        if spot is None:
            origins, cursor = _place_words(paragraph, haystack, cursor, end)
        else:
            origins, cursor = _place_whole(paragraph, haystack, spot)
        placed.append(Traced(paragraph, _bridged(paragraph, origins)))
    return concatenate(placed, "\n\n")


def _find_whole(paragraphs: Sequence[str], haystack: str) -> list[int | None]:
    """Where each paragraph begins that stands in the haystack without a gap, in their order; None for the others."""
    spots: list[int | None] = []
    cursor = 0
    for paragraph in paragraphs:
        squeezed = "".join(paragraph.split())
        ahead = _SHORT_AHEAD if len(squeezed) < _SHORT else _PARAGRAPH_AHEAD
        found = haystack.find(squeezed, cursor, cursor + ahead + len(squeezed)) if squeezed else -1
        spots.append(found if found >= 0 else None)
        cursor = found + len(squeezed) if found >= 0 else cursor
    return spots


def _next_starts(spots: Sequence[int | None], end: int) -> list[int]:
    """For each paragraph where the next one that was found begins, `end` behind the last."""
    following = [end] * len(spots)
    for n in range(len(spots) - 2, -1, -1):
        after = spots[n + 1]
        following[n] = following[n + 1] if after is None else after
    return following


def _place_whole(paragraph: str, haystack: Traced, at: int) -> tuple["array[int]", int]:
    """The origins of a paragraph that stands at `at`, and where it ends."""
    origins = array("q", [NOWHERE]) * len(paragraph)
    for n, character in enumerate(paragraph):
        if not character.isspace():
            origins[n] = haystack.origins[at]
            at += 1
    return origins, at


def _place_words(paragraph: str, haystack: Traced, cursor: int, end: int) -> tuple["array[int]", int]:
    """The origins of the words that are found one after the other before `end`, and where the last one ends."""
    origins = array("q", [NOWHERE]) * len(paragraph)
    for token in _TOKEN.finditer(paragraph):
        at = haystack.text.find(token[0], cursor, min(end, cursor + _WORD_AHEAD + len(token[0])))
        if at >= 0:
            origins[token.start() : token.end()] = array("q", haystack.origins[at : at + len(token[0])])
            cursor = at + len(token[0])
    return origins, cursor


def _bridged(paragraph: str, origins: "array[int]") -> "array[int]":
    """A single space between two neighbours of the input stands between them there too."""
    for n in range(1, len(origins) - 1):
        if paragraph[n] == " " and origins[n - 1] != NOWHERE and origins[n + 1] == origins[n - 1] + 2:
            origins[n] = origins[n - 1] + 1
    return origins


def keep_true(traced: Traced, body: str) -> Traced:
    """The same, without places at which the input has another character (a line break where the text has a space)."""
    origins = array("q", traced.origins)
    for n, origin in enumerate(origins):
        if origin != NOWHERE and body[origin] != traced.text[n]:
            origins[n] = NOWHERE
    return Traced(traced.text, origins)


def visible_markdown(body: str, start: int) -> Traced:
    """The characters of Markdown, from `start`, that are not marks."""
    return substitute(_MARKDOWN_MARKS, "", trace(body)[start:])


def visible_html(body: str) -> Traced:
    """The characters of a page outside tags, comments and scripts; an entity's character stands nowhere."""
    parser = _Visible(body)
    parser.feed(body)
    parser.close()
    return concatenate(parser.parts, "")


class _Visible(HTMLParser):
    """Collects a page's visible characters with their places."""

    def __init__(self, body: str) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[Traced] = []
        self._whole = trace(body)
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", body))]
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden += tag in _HIDDEN

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))

    def handle_data(self, data: str) -> None:
        line, column = self.getpos()
        start = self._line_starts[line - 1] + column
        found = self._whole[start : start + len(data)]
        if not self._hidden and found.text == data:
            self.parts.append(found)

    def handle_entityref(self, name: str) -> None:
        self._put(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._put(f"&#{name};")

    def _put(self, reference: str) -> None:
        text = self.unescape_reference(reference)
        if not self._hidden:
            self.parts.append(Traced(text, [NOWHERE] * len(text)))

    @staticmethod
    def unescape_reference(reference: str) -> str:
        """The character that an entity stands for."""
        from html import unescape

        return unescape(reference)
