"""Quotation marks as evidence: a direct quotation's content ends where its marks end.

Imports `attribution` and `quotations`.
"""

import re
from collections.abc import Sequence

from builder.extract.attribution import Span
from builder.extract.quotations import Quotation

_WORD = re.compile(r"\w+")


def fit_to_marks(text: str, content: Sequence[Span], quotations: Sequence[Quotation]) -> tuple[Span, ...]:
    """The pieces of a content with each edge that falls inside a quotation moved to one of its ends.

    A quotation of which a piece holds at least half of the words is taken in whole, marks included; of one that it
    touches less, it lets go. A piece that lies wholly inside one quotation and leaves out some of its words stays as
    it is (within it the article attributes further). Pieces that meet are joined.
    """
    fitted: list[Span] = []
    for piece in content:
        start, end = piece
        for quotation in quotations:
            if (
                quotation.end <= start
                or end <= quotation.start
                or (quotation.start < start and end < quotation.end - 1)
            ):
                continue
            if not (quotation.start < start < quotation.end or quotation.start < end < quotation.end):
                continue
            start, end = _fit(text, (start, end), quotation)
        start, end = _trim(text, start, end)
        if start < end:
            fitted.append((start, end))
    return _join(fitted) or tuple(content)


def _fit(text: str, piece: Span, quotation: Quotation) -> Span:
    start, end = piece
    held = _words(text, max(start, quotation.start), min(end, quotation.end))
    if 2 * held >= _words(text, quotation.start, quotation.end):
        return min(start, quotation.start), max(end, quotation.end)
    return (start, quotation.start) if start < quotation.start else (max(start, quotation.end), max(end, quotation.end))


def _words(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _WORD.finditer(text, start, end))


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _join(pieces: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(pieces):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
