"""Phrases in their inflections, and the words they are looked for among."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import builder.extract
from builder.extract.phrases import PhraseTable, inflections, read_lexicon, words_of

LEXICON = Path(builder.extract.__file__).parent / "lexicon"


def found(phrase: str, text: str, gap: int = 0) -> bool:
    return bool(PhraseTable({"x": [phrase]}, gap).find(words_of(text)))


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("deny", {"denies", "denied", "denying"}),
        ("commit", {"commits", "committed", "committing"}),
        ("dismiss", {"dismisses", "dismissed", "dismissing"}),
        ("lie", {"lies", "lied", "lying"}),
        ("withdraw", {"withdraws", "withdrew", "withdrawn", "withdrawing"}),
    ],
)
def test_a_word_takes_these_forms(word: str, forms: set[str]) -> None:
    assert set(inflections(word)) == forms | {word}


def test_the_first_word_is_found_in_every_inflection() -> None:
    assert found("take aim at", "She took aim at him.")


def test_words_may_stand_in_between_only_where_the_table_allows_it() -> None:
    assert found("call on", "He called the mayor on it.", gap=2)
    assert not found("call on", "He called the mayor on it.")


def test_an_adverb_may_always_stand_in_between() -> None:
    assert found("be likely to", "It is very likely to rain.")


def test_after_not_the_next_word_is_inflected() -> None:
    assert found("not comment", "They haven’t commented.")
    assert not found("not comment", "They commented.")


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(alphabet="aBcß’' n't.-1é "))
def test_words_are_where_they_say(text: str) -> None:
    tokens = words_of(text)
    assert all(0 <= t.start < t.end <= len(text) for t in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))


@pytest.mark.parametrize("name", ["attributions", "content", "feelings", "grammar", "hedges", "own_voice", "sentences"])
def test_every_list_is_sorted_and_without_repetition(name: str) -> None:
    for label, words in read_lexicon(name).items():
        assert words == sorted(set(words)), label


def test_every_lexicon_is_in_the_package() -> None:
    assert {path.stem for path in LEXICON.glob("*.toml")} >= {"cues", "content", "sentences", "irregular"}
