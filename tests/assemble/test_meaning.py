"""How near two claims are in meaning."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.assemble.meaning import lemma, read_meaning, similarity
from tests.assemble.world import vectors


def nearness(one: str, other: str) -> float:
    return similarity(read_meaning(one, vectors()), read_meaning(other, vectors()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The mill was not closed.", "The mill was closed."),
        ("Prices rose in the north.", "Prices fell in the north."),  # opposites
        ("The water is safe to drink.", "The water is unsafe to drink."),
        ("The yard lost eleven ships.", "The yard lost four ships."),  # numbers
        ("The talks will resume in June.", "The talks will resume in July."),
        ("The mill charged three times the price.", "The mill charged exactly the price."),
        ("The treaty with Caldria was broken.", "The treaty with Sarvenia was broken."),  # names
        ("satellites", "in five years the satellites will do all this"),  # a fragment
    ],
)
def test_what_clashes_has_nothing_in_common(one: str, other: str) -> None:
    assert nearness(one, other) == nearness(other, one) == 0


@pytest.mark.parametrize(
    ("near", "far"),
    [
        ("the ship was seized", "the ship was painted"),  # of: the ship was confiscated
        ("the ships were confiscated", "the ship was painted"),
        ("they confiscated the ship", "the crew was paid"),
    ],
)
def test_synonyms_and_forms_of_a_word_are_nearer_than_other_words(near: str, far: str) -> None:
    claim = "the ship was confiscated"
    assert nearness(claim, near) > 0.9 > nearness(claim, far)


WORDS = st.lists(
    st.sampled_from(
        ["the", "ship", "was", "not", "seized", "in", "Norrland", "by", "eleven", "soldiers", "who", "lied"]
    ),
    max_size=9,
)


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS)
def test_similarity_is_the_same_both_ways_and_between_0_and_1(one: list[str], other: list[str]) -> None:
    forth, back = nearness(" ".join(one), " ".join(other)), nearness(" ".join(other), " ".join(one))
    assert forth == pytest.approx(back, abs=1e-5)
    assert 0 <= forth <= 1


@settings(max_examples=30, deadline=None)
@given(WORDS.filter(bool))
def test_the_same_words_are_as_near_as_can_be(words: list[str]) -> None:
    assert nearness(" ".join(words), " ".join(words)) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(
    "forms",
    [
        ("confiscate", "confiscates", "confiscated", "confiscating"),
        ("drop", "drops", "dropped", "dropping"),
        ("deny", "denies", "denied", "denying"),
        ("agree", "agrees", "agreed", "agreeing"),
        ("take", "takes", "took", "taken", "taking"),
    ],
)
def test_the_forms_of_a_word_have_one_lemma(forms: tuple[str, ...]) -> None:
    assert len({lemma(form) for form in forms}) == 1
