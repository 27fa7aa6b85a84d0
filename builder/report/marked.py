"""An article's text in pieces that are each one colour. Imports `builder.report.entries`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from builder.report.entries import Entry, Span

_BETWEEN = re.compile(r"\n\s*\n")
# Painted in this order, the last on top: the source of one quote may stand in the content of another.
PARTS = ("claim", "content", "cue", "source")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one colour: `part` is one of PARTS or empty, `entry` whose part it is.

    `ends` are the entries whose last piece of content ends with this one.
    """

    text: str
    part: str = ""
    entry: Entry | None = None
    ends: tuple[Entry, ...] = ()


def mark_text(text: str, entries: Sequence[Entry]) -> list[list[Piece]]:
    """The text's paragraphs, each a list of pieces; joined they are the text without its blank lines.

    >>> spoken = Entry(1, "art", "it floats", "said", "Lena", ((12, 21),), ((5, 9),), ((0, 4),), ("assertion",),
    ...                "indirect", "named", ("person/lena",), (), "", 0.9)
    >>> [(piece.text, piece.part) for piece in mark_text("Lena said — it floats.", [spoken])[0]]
    [('Lena', 'source'), (' ', ''), ('said', 'cue'), (' — ', ''), ('it floats', 'content'), ('.', '')]
    """
    marks = [mark for part in PARTS for entry in entries for mark in _marks(part, entry)]
    owner = [-1] * len(text)
    for at, (_, _, (start, end)) in enumerate(marks):
        owner[start:end] = [at] * (min(end, len(text)) - start)
    ends: dict[int, list[Entry]] = {}
    for entry in entries:
        ends.setdefault(max(end for _, end in entry.content_spans), []).append(entry)
    borders = sorted({*ends, *(at for _, _, span in marks for at in span)})
    return [
        _pieces(text, start, end, [at for at in borders if start < at < end], owner, marks, ends)
        for start, end in _paragraphs(text)
    ]


def _marks(part: str, entry: Entry) -> list[tuple[str, Entry, Span]]:
    if part in ("claim", "content"):
        spans = entry.content_spans if (part == "content") == bool(entry.quote_type) else ()
    else:
        spans = entry.cue_spans if part == "cue" else entry.source_spans
    return [(part, entry, span) for span in spans]


def _paragraphs(text: str) -> list[Span]:
    """First and last code point of every paragraph."""
    starts, ends = [0], []
    for gap in _BETWEEN.finditer(text):
        ends.append(gap.start())
        starts.append(gap.end())
    return [(start, end) for start, end in zip(starts, [*ends, len(text)], strict=True) if end > start]


def _pieces(
    text: str,
    start: int,
    end: int,
    borders: list[int],
    owner: list[int],
    marks: Sequence[tuple[str, Entry, Span]],
    ends: dict[int, list[Entry]],
) -> list[Piece]:
    pieces = []
    for one, after in zip([start, *borders], [*borders, end], strict=True):
        ended = tuple(ends.get(after, ()))
        if owner[one] < 0:
            pieces.append(Piece(text[one:after], ends=ended))
        else:
            part, entry, _ = marks[owner[one]]
            pieces.append(Piece(text[one:after], part, entry, ended))
    return pieces
