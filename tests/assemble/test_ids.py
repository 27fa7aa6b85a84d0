import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builder.assemble.groups import claim_group_id
from builder.assemble.ids import article_id, claim_id, count_occurrences, mention_id, own_words, quote_id
from schemas.columns import ID_PREFIXES

WORDS = st.text("ab \n\u00a0“", max_size=8)


@settings(deadline=None)
@given(st.text(), st.text(), st.integers(0, 9))
def test_an_id_is_its_prefix_and_sixteen_hexadecimal_digits(first: str, second: str, number: int) -> None:
    made = {
        "article": article_id(first, second, number),
        "quote": quote_id(first, second, number),
        "claim": claim_id(first, second, number),
        "mention": mention_id(first, number, number + 1),
        "claim_group": claim_group_id([first], second, False, second),
    }
    for kind, one in made.items():
        assert re.fullmatch(ID_PREFIXES[kind] + "-[0-9a-f]{16}", one)


@settings(deadline=None)
@given(st.tuples(st.text(), st.text(), st.integers(0, 9)), st.tuples(st.text(), st.text(), st.integers(0, 9)))
def test_two_articles_share_an_id_only_where_all_that_makes_it_is_equal(
    one: tuple[str, str, int], other: tuple[str, str, int]
) -> None:
    assert (article_id(*one) == article_id(*other)) == (one == other)


@settings(deadline=None)
@given(st.text(min_size=1), st.text())
def test_moving_a_letter_from_collection_to_locator_makes_another_article(collection: str, locator: str) -> None:
    assert article_id(collection, locator, 0) != article_id(collection[:-1], collection[-1] + locator, 0)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_white_space_makes_no_other_quote_and_other_words_do(one: str, other: str) -> None:
    assert (quote_id("art-1", one, 1) == quote_id("art-1", other, 1)) == (one.split() == other.split())


@settings(deadline=None)
@given(WORDS)
def test_quote_claim_and_occurrence_are_told_apart(words: str) -> None:
    digits = {
        one.partition("-")[2]
        for one in (quote_id("art-1", words, 1), quote_id("art-1", words, 2), claim_id("art-1", words, 1))
    }
    assert len(digits) == 3


@settings(deadline=None)
@given(st.lists(st.sampled_from(["Yes.", "No.", "No. ", "Never."])), st.sampled_from(["Maybe.", "Why?"]), st.data())
def test_an_unrelated_quote_changes_no_other_id(quotes: list[str], another: str, data: st.DataObject) -> None:
    assume(another not in quotes)
    place = data.draw(st.integers(0, len(quotes)))
    with_another = [*quotes[:place], another, *quotes[place:]]

    def ids(texts: list[str]) -> list[str]:
        return [quote_id("art-1", *of) for of in zip(texts, count_occurrences(texts), strict=True)]

    after = ids(with_another)
    assert [*after[:place], *after[place + 1 :]] == ids(quotes)


@settings(deadline=None)
@given(st.lists(WORDS))
def test_equal_words_are_numbered_from_one_without_gaps(texts: list[str]) -> None:
    numbered = list(zip(map(own_words, texts), count_occurrences(texts), strict=True))
    assert len(set(numbered)) == len(numbered)
    assert all(number == 1 or (words, number - 1) in numbered for words, number in numbered)


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ((["b/2", "a/1"], "denial", False, "We did not."), True),  # the claimants' order
        ((["a/1", "b/2"], "denial", False, "“we DID not”"), True),  # case and punctuation
        ((["a/1"], "denial", False, "We did not."), False),
        ((["a/1", "b/2"], "refusal", False, "We did not."), False),
        ((["a/1", "b/2"], "denial", True, "We did not."), False),
        ((["a/1", "b/2"], "denial", False, "We did not do it."), False),
    ],
)
def test_claims_are_one_claim_when_claimants_kind_negation_and_words_are_equal(
    other: tuple[list[str], str, bool, str], is_same: bool
) -> None:
    assert (claim_group_id(["a/1", "b/2"], "denial", False, "We did not.") == claim_group_id(*other)) == is_same


def test_ids_are_the_same_in_every_version() -> None:
    assert article_id("gazette", "harbour.html", 0) == "art-25b910fdbc1d65a0"
    assert quote_id("art-0", "No.", 1) == "quo-3de456500a660b5f"
    assert claim_id("art-0", "No.", 1) == "cla-ef299184cd3c1e94"
    assert mention_id("art-0", 0, 3) == "men-8b54e8a4aac6d1d4"
    assert claim_group_id(["state/XAA"], "denial", False, "No.") == "grp-fe122b5e18fb9b22"
