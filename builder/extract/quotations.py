"""Quotations by their typography: which stretches of a text stand inside quotation marks.

Knows curly, straight, low-high and angled double marks and British single marks; a quotation over several paragraphs
opens each and closes only the last; a mark that never closes quotes nothing, so it never swallows the rest of an
article. Where no marks are, dashes may open speech. Imports `dash_speech`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.extract.dash_speech import find_dash_speech

CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "‘": "’", "'": "'", "‚": "‘’", "‹": "›"}
_OPENER = re.compile(f"[{''.join(CLOSERS)}]")
SINGLE = "‘'‚"
# Curly and straight double marks are shapes of one: pasted texts open with one and close with the other.
_OTHER_SHAPE = {"“": '"', '"': "”"}
# Behind so many single marks that open again none closes the first: else a text of nothing but marks takes hours.
_MOST_REOPENED = 50
_PARAGRAPH = re.compile(r"[^\n]+")
# Words that begin with an apostrophe of their own: ’em, ’til, ’tis, ’90s.
_ELISION = re.compile(r"[‘’'](?:em|til|tis|twas|cause|cos|n|bout|round|\d0s)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation inside one paragraph, marks included: text[start] opens it, text[end - 1] closes it.

    `is_open` marks a paragraph of a longer quotation that goes on in the next one, without a closing mark; speech that
    a dash opens `is_unmarked`: no mark closes it, and behind a tag none opens it.
    """

    start: int
    end: int
    is_open: bool = False
    is_unmarked: bool = False

    @property
    def inner(self) -> tuple[int, int]:
        """The words between the marks."""
        if self.is_unmarked:
            return self.start, self.end
        return self.start + 1, self.end if self.is_open else self.end - 1


def find_quotations(text: str) -> list[Quotation]:
    """All outermost quotations of `text` in their order; none overlap, none crosses a line break.

    >>> [text[q.start:q.end] for text in ["‘No,’ she said. “Never."] for q in find_quotations(text)]
    ['‘No,’']
    """
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(text)]
    found: list[Quotation] = []
    for number, ((start, end), spoken) in enumerate(zip(paragraphs, find_dash_speech(text, paragraphs), strict=True)):
        following = text[paragraphs[number + 1][0]] if number + 1 < len(paragraphs) else ""
        marked = list(_in_paragraph(text, start, end, following))
        found.extend(marked or (Quotation(*span, is_unmarked=True) for span in spoken))
    return found


def _in_paragraph(text: str, start: int, end: int, following: str) -> Iterator[Quotation]:
    """The quotations of text[start:end]; `following` is the character with which the next paragraph begins."""
    at = start
    while mark := _OPENER.search(text, at, end):
        at = mark.start()
        if not _opens(text, at, start, end):
            at += 1
            continue
        close = _close_of(text, at, end)
        if close is not None:
            yield Quotation(at, close + 1)
            at = close + 1
        elif _goes_on(text, at, end, following):
            yield Quotation(at, end, is_open=True)
            return
        else:
            at += 1


def _goes_on(text: str, opening: int, end: int, following: str) -> bool:
    """Whether the next paragraph opens with that mark, and nothing in this one does behind it."""
    mark = text[opening]
    return following == mark and not any(
        text[at] == mark and _opens(text, at, opening, end) for at in range(opening + 1, end)
    )


def _opens(text: str, at: int, start: int, end: int) -> bool:
    """Whether the mark at `at` can open a quotation: something stands right after it, no word right before."""
    if at + 1 >= end or text[at + 1].isspace():
        return False
    before = text[at - 1] if at > start else " "
    if before.isalnum() or (text[at] in "\"'»" and not (before.isspace() or before in "([{—–-/‘“")):
        return False
    return not (text[at] in SINGLE and _ELISION.match(text, at))


def _close_of(text: str, opening: int, end: int) -> int | None:
    """Where the quotation that opens at `opening` closes, before `end`; None where its mark opens again before that."""
    mark = text[opening]
    if mark in SINGLE:
        return _close_of_single(text, opening, end, CLOSERS[mark])
    closers = f"{CLOSERS[mark]}{_OTHER_SHAPE.get(mark, '')}"
    is_nested = False
    for at in range(opening + 1, end):
        char = text[at]
        is_opening = char in CLOSERS and (char != '"' or _opens(text, at, opening, end))
        if is_opening and char == mark:
            return None
        if is_opening and char in _OTHER_SHAPE and mark in _OTHER_SHAPE:
            is_nested = True
        elif char in CLOSERS[mark]:
            return at
        elif char in closers and is_nested:
            is_nested = False
        elif char in closers and not _means_inches(text, at):
            return at
    return None


def _means_inches(text: str, at: int) -> bool:
    return text[at] == '"' and text[at - 1].isdecimal()


def _close_of_single(text: str, opening: int, end: int, closers: str) -> int | None:
    """Single marks double as apostrophes: a plural's (players’ union) is passed over where a surer close follows."""
    plural: int | None = None
    reopened = 0
    for at in range(opening + 1, end):
        char = text[at]
        reopened += char == text[opening] and text[at - 1].isspace()
        if reopened > _MOST_REOPENED:
            break
        if char == text[opening] and char != "'" and _opens(text, at, opening, end) and text[at - 1].isspace():
            break
        after = text[at + 1] if at + 1 < end else " "
        if char not in closers or after.isalnum():
            continue
        if text[at - 1] == "s" and after == " ":
            plural = at if plural is None else plural
        elif not text[at - 1].isspace():
            return at
    return plural


def quoted_mask(text: str) -> bytearray:
    """One byte a character of `text`: 0 outside quotations, 1 between marks, 2 on the marks themselves."""
    mask = bytearray(len(text))
    for quotation in find_quotations(text):
        for at in range(quotation.start, quotation.end):
            mask[at] = 1
        if quotation.is_unmarked:
            continue
        mask[quotation.start] = 2
        if not quotation.is_open:
            mask[quotation.end - 1] = 2
    return mask
