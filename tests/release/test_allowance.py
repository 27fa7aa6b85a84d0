"""Properties of what is shown and what is withheld: never too much, and always to be had again."""

from hypothesis import given
from hypothesis import strategies as st

from builder.release.allowance import Allowance, show
from builder.release.recipes import follow_recipe, write_recipe

WORDS = st.lists(
    st.sampled_from(["the", "Port", "port", "of", "Ørn", "said", "saİd", "—", "."]), min_size=1, max_size=30
)


@given(WORDS, st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)), max_size=12), st.integers(0, 60))
def test_whatever_is_asked_for_no_more_is_shown_than_may_be(
    words: list[str], asked: list[tuple[int, int]], quotable: int
) -> None:
    text = " ".join(words)
    allowances = {"a": Allowance(text, quotable), "copy": Allowance(text.upper(), quotable)}
    shown: set[int] = set()
    for start, length in asked:
        span = (min(start, len(text) - 1), min(start + length, len(text)))
        if span[0] < span[1] and show(allowances, ["a", "copy"], [text[slice(*span)]], own=("a", [span])):
            shown.update(range(*span))
    assert len(shown) <= sum(allowances["a"].covered) <= quotable
    assert sum(allowances["copy"].covered) <= quotable


def test_overlapping_spans_count_once_for_each_character() -> None:
    allowances = {"a": Allowance("0123456789", 6)}
    assert show(allowances, ["a"], ["0123"], own=("a", [(0, 4)]))
    assert show(allowances, ["a"], ["2345"], own=("a", [(2, 6)]))
    assert not show(allowances, ["a"], ["6"], own=("a", [(6, 7)]))
    assert show(allowances, ["a"], ["1234"], own=("a", [(1, 5)]))


@given(st.text(max_size=40), st.text(min_size=1, max_size=80))
def test_a_recipe_gives_the_words_back_and_shows_only_what_the_text_does_not_hold(words: str, text: str) -> None:
    recipe = write_recipe(words, {"a": text})
    assert follow_recipe(recipe, {"a": text}) == words
    parts = recipe["parts"]
    assert isinstance(parts, list)
    assert all(part not in text for part in parts if isinstance(part, str))
