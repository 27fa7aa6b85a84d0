"""Where sentences begin and end."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.extract.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Orr met Sen. Ada Pell and Lt. Col. Finch.",  # titles
        "The U.S. Army left on Jan. 5 at 6 p.m. on a Friday.",  # abbreviations inside a sentence
        "J. R. Pell won.",  # initials
        "Item No. 5 was dropped.",  # an abbreviation before a number
        "“Who knows?” asked the mayor.",  # a question that goes on in lower case
        "“Never again!” Pell said.",  # and before a name with its verb of speech
        "Pell (D., Vt.) stayed.",  # brackets
        "It cost $3.5 million.",  # a decimal point
        "“We … hope so,” he said.",  # three dots before lower case
        "1. Wash the beans.",  # a list's number
    ],
)
def test_it_is_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("He left.", "She stayed."),
        ("“We won.", "We lost.”"),  # inside a quotation
        ("He called it “a mess.”", "She did not."),  # closing marks belong to the sentence
        ("She said so (twice.)", "Then she left."),
        ("She moved to the U.S.", "The family followed."),  # an abbreviation can end a sentence
        ("It ended at 6 p.m.", "“Thank you,” he said."),
        ("Will it rain?", "Nobody knows."),
        ("“Will it rain?”", "He did not answer."),
        ("No 5 is mine.", "12 are yours."),
    ],
)
def test_these_are_two_sentences(first: str, second: str) -> None:
    assert sentences(f"{first} {second}") == [first, second]


def test_a_line_without_a_stop_does_not_run_into_the_next() -> None:
    assert sentences("Mayor resigns\n\nThe mayor has resigned.") == ["Mayor resigns", "The mayor has resigned."]


def test_nothing_makes_no_sentence() -> None:
    assert sentences(" \n\n ") == []


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(alphabet="aB. ?!“”\"'\n…()1’"))
def test_sentences_hold_every_visible_character_once_and_in_order(text: str) -> None:
    spans = split_sentences(text)
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all("\n" not in text[a:b] for a, b in spans)
