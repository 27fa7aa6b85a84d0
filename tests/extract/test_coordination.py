"""Which claims one attribution carries. The sentences lie in `coordination`: half were written before the rules."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.extract.attribution import Attribution, Span
from builder.extract.coordination import split_claims

_SEPARATOR = re.compile(r"\[(.*?)\]")


def read_lines(name: str) -> list[str]:
    text = (Path(__file__).parent / "coordination" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


WORDS = ("and", "but", "that", "he", "the", "dam", "is", "said", "accused", "if", "it", "we")
LINES = [*read_lines("before.txt"), *read_lines("after.txt")]


@pytest.mark.parametrize("line", LINES)
def test_a_content_is_split_where_its_brackets_stand_and_nowhere_else(line: str) -> None:
    cue, marked = line.split(" | ")
    content = _SEPARATOR.sub(r"\1", marked)
    text = f"Orr {cue} {content}"
    start = len(text) - len(content)
    parts = split_claims(text, Attribution(((start, len(text)),), ((4, 4 + len(cue)),), ((0, 3),), 0.9))
    expected = [words.strip() for words in _SEPARATOR.sub("[]", marked).split("[]") if words.strip()]
    assert [" ".join(text[s:e] for s, e in part.spans) for part in parts] == expected


def attribution(text: str, cue: str, *content: str) -> Attribution:
    def spans(*words: str) -> tuple[Span, ...]:
        return tuple((text.index(some), text.index(some) + len(some)) for some in words)

    return Attribution(spans(*content), spans(cue), (), 0.9)


def parts_of(text: str, cue: str, *content: str) -> list[tuple[str, ...]]:
    """Cue, content and words of every part."""

    def words(spans: tuple[Span, ...]) -> str:
        return " … ".join(text[start:end] for start, end in spans)

    split = split_claims(text, attribution(text, cue, *content))
    return [(words(part.cue), words(part.content), words(part.spans)) for part in split]


def test_a_part_behind_a_second_verb_of_saying_has_that_for_its_cue() -> None:
    text = "Orr denied the charge but never accused the bank of lying."
    assert parts_of(text, "denied", "the charge but never accused the bank of lying") == [
        ("denied", "the charge", "the charge"),
        ("never accused", "the bank of lying", "never accused the bank of lying"),
    ]


def test_clauses_of_one_cue_share_it() -> None:
    text = "Orr warned that the dam leaks and that the town may drown."
    parts = parts_of(text, "warned", "that the dam leaks and that the town may drown")
    assert [(cue, words) for cue, _, words in parts] == [
        ("warned", "that the dam leaks"),
        ("warned", "that the town may drown"),
    ]


def test_a_cue_that_fixes_the_kind_does_so_for_its_own_sentence_alone() -> None:
    text = "Orr denied it: “I was never there. The bank is lying.”"
    assert [cue for cue, _, _ in parts_of(text, "denied it", "“I was never there. The bank is lying.”")] == [
        "denied it",
        "",
    ]
    text = text.replace("denied it", "said")
    assert [cue for cue, _, _ in parts_of(text, "said", "“I was never there. The bank is lying.”")] == ["said", "said"]


def test_a_sentence_goes_on_behind_its_tag_and_ends_where_the_tag_does() -> None:
    text = "“The dam,” said Orr, “is safe. The town is dry.” “The road is open,” said Orr. “The school is shut.”"
    goes_on = parts_of(text, "said", "“The dam,”", "“is safe. The town is dry.”")
    assert [words for *_, words in goes_on] == ["“The dam,” … “is safe.", "The town is dry."]
    ends = parts_of(text, "said", "“The road is open,”", "“The school is shut.”")
    assert [words for *_, words in ends] == ["“The road is open,”", "“The school is shut.”"]


def test_a_clause_may_stand_on_both_sides_of_the_tag() -> None:
    text = "“The dam is safe,” said Orr, “and we will open the gates.”"
    parts = parts_of(text, "said", "“The dam is safe,”", "“and we will open the gates.”")
    assert [words for *_, words in parts] == ["“The dam is safe,”", "we will open the gates."]


def test_a_verb_of_saying_before_the_cue_is_no_second_one() -> None:
    text = "The bank lied and accused the town of theft, said Orr."
    content = "The bank lied and accused the town of theft"
    assert [words for *_, words in parts_of(text, "said", content)] == [content]


def test_a_long_content_without_joints_is_whole() -> None:
    content = "that " + "the very " * 300 + "end"
    assert parts_of(f"Orr said {content}", "said", content) == [("said", content, content)]


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.sampled_from([*WORDS, *";,.“”‘’()\n"]), max_size=30))
def test_parts_never_overlap_nor_leave_the_content(words: list[str]) -> None:
    text = "Orr said " + " ".join(words) + " end"
    whole = Attribution(((9, len(text)),), ((4, 8),), ((0, 3),), 0.9)
    spans = [span for part in split_claims(text, whole) for span in part.spans]
    assert spans == sorted(spans)
    assert all(9 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(part.content and text[slice(*part.spans[0])].strip() for part in split_claims(text, whole))
