"""A content's edges and the quotation marks near them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.extract.marks import fit_to_marks
from builder.extract.quotations import find_quotations


def fitted(text: str, *contents: str) -> list[str]:
    spans = [(text.index(content), text.index(content) + len(content)) for content in contents]
    return [text[start:end] for start, end in fit_to_marks(text, spans, find_quotations(text))]


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        # The encoder stopped at the first sentence: the quotation ends where its mark closes.
        ("“We wait. We always wait,” said Orla.", "“We wait. We always", ["“We wait. We always wait,”"]),
        # It left the marks out at one edge.
        ("“We always wait here,” said Orla.", "We always wait here,”", ["“We always wait here,”"]),
        # It ran on into the next quotation by a word: that one it lets go.
        ("“We wait here,” “and nobody else does”", "“We wait here,” “and", ["“We wait here,”"]),
        # A partial quotation stays in the content that holds it.
        ("Orla said the wait was “a shame” for all.", "the wait was “a shame”", ["the wait was “a shame”"]),
        # Within one quotation something is attributed further: nobody moves that.
        ("“My brother said he would wait, and so do I.”", "he would wait", ["he would wait"]),
        # No marks, nothing to fit to.
        ("Orla said they would wait.", "they would wait", ["they would wait"]),
    ],
)
def test_an_edge_inside_a_quotation_moves_to_one_of_its_ends(text: str, content: str, expected: list[str]) -> None:
    assert fitted(text, content) == expected


def test_pieces_that_meet_after_fitting_are_one_piece() -> None:
    assert fitted("“We wait. We always wait here,” said Orla.", "“We wait. We always", "wait here,”") == [
        "“We wait. We always wait here,”"
    ]


@given(st.text(alphabet='ab ,.\n“”"', min_size=2, max_size=50), st.data())
def test_fitted_pieces_lie_in_the_text_in_order_and_apart(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text)))
    before = 0
    for piece_start, piece_end in fit_to_marks(text, [(start, end)], find_quotations(text)):
        assert before <= piece_start < piece_end <= len(text)
        before = piece_end
