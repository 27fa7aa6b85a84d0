"""Texts in coloured pieces."""

import re

from hypothesis import given
from hypothesis import strategies as st

from builder.report.entries import Entry, Span
from builder.report.marked import mark_text


def entry(number: int, content: list[Span], cue: list[Span], source: list[Span], quote_type: str = "direct") -> Entry:
    spans = (tuple(content), tuple(cue), tuple(source))
    return Entry(number, "art", "", "", "", *spans, (), quote_type, "named", (), (), "", 0.5)


@st.composite
def spans_in(draw: st.DrawFn, length: int) -> list[Span]:
    borders = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
    return list(zip(borders[::2], borders[1::2], strict=False))


@given(st.data())
def test_the_pieces_joined_are_the_text_and_every_number_stands_once(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab \n“é", min_size=1, max_size=60))
    whole = [(0, len(text))]
    entries = [
        entry(
            number,
            data.draw(spans_in(len(text))) or whole,
            data.draw(spans_in(len(text))),
            data.draw(spans_in(len(text))),
            data.draw(st.sampled_from(["direct", ""])),
        )
        for number in range(1, data.draw(st.integers(1, 4)))
    ]
    paragraphs = mark_text(text, entries)
    shown = "".join(piece.text for pieces in paragraphs for piece in pieces)
    assert shown == re.sub(r"\n\s*\n", "", text)
    numbers = [one.number for pieces in paragraphs for piece in pieces for one in piece.ends]
    assert len(numbers) == len(set(numbers))


def test_a_source_inside_another_quotes_content_keeps_its_colour() -> None:
    text = "He said Lena said no."
    outer = entry(1, [(8, 20)], [(3, 7)], [(0, 2)], "indirect")
    inner = entry(2, [(18, 20)], [(13, 17)], [(8, 12)], "indirect")
    pieces = [
        (piece.text, piece.part, piece.entry and piece.entry.number) for piece in mark_text(text, [outer, inner])[0]
    ]
    assert ("Lena", "source", 2) in pieces
    assert ("He", "source", 1) in pieces
