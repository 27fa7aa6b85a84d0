"""Quotations of a language by its own marks. Imports `languages`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.extract.languages import Language

_PARAGRAPH = re.compile(r"[^\n]+")
_SINGLE = frozenset("'‘‚")
# Farther off than this a mark closes nothing: the mark that opened was a stray one.
_LONGEST = 3_000
# Nor behind so many marks that open again: a text of nothing but marks is read in time.
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Marked:
    """A quotation in a paragraph, text[start:end] with its marks; `is_open` where it goes on in the next paragraph."""

    start: int
    end: int
    paragraph: tuple[int, int]
    is_open: bool = False


def find_marked(text: str, language: Language) -> list[Marked]:
    """The outermost quotations in the text's order; none crosses a line break.

    >>> from builder.extract.languages import read_language
    >>> text = "« Non », a-t-elle dit."
    >>> [text[q.start : q.end] for q in find_marked(text, read_language("fr"))]
    ['« Non »']
    """
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(text)]
    found: list[Marked] = []
    for number, (start, end) in enumerate(paragraphs):
        following = text[paragraphs[number + 1][0]] if number + 1 < len(paragraphs) else ""
        found.extend(_in_paragraph(text, (start, end), following, language))
    return found


def _in_paragraph(text: str, paragraph: tuple[int, int], following: str, language: Language) -> Iterator[Marked]:
    at, end = paragraph
    while at < end:
        mark = text[at]
        if mark not in language.marks or not _opens(text, at, paragraph, language):
            at += 1
            continue
        close = _close_of(text, at, min(end, at + _LONGEST), language)
        if close is not None:
            yield Marked(at, close + 1, paragraph)
            at = close + 1
        elif following == mark and mark not in _SINGLE:
            yield Marked(at, end, paragraph, is_open=True)
            return
        else:
            at += 1


def _opens(text: str, at: int, paragraph: tuple[int, int], language: Language) -> bool:
    """Whether a mark can open: no word right before it, and something right behind (in French, after a space)."""
    start, end = paragraph
    before = text[at - 1] if at > start else " "
    if before.isalnum() or before in ".,!?…":
        return False
    if text[at] == "«":
        return at + 2 < end
    if at + 1 >= end or text[at + 1].isspace():
        return False
    word = re.compile(r"\w+").match(text, at + 1, end)
    return not (text[at] in _SINGLE and word and word[0].casefold() in language.elisions)


def _close_of(text: str, opening: int, end: int, language: Language) -> int | None:
    """Where the quotation closes: the first closer that no quotation of the same marks opened inside."""
    mark = text[opening]
    closers = language.marks[mark]
    depth = reopened = 0
    for at in range(opening + 1, end):
        character = text[at]
        reopened += character == mark and text[at - 1].isspace()
        if depth > _DEEPEST or reopened > _DEEPEST:
            return None
        if character in closers:
            if character in "'’‘" and (text[at - 1].isspace() or text[at + 1 : at + 2].isalnum()):
                continue
            if depth == 0:
                return at
            depth -= 1
        elif character == mark and mark not in closers:
            depth += 1
    return None
