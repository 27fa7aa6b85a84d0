"""The claims of small articles."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.extract.attribution import Attribution, Span
from builder.extract.checkworthiness import checkworthiness
from builder.extract.claims import find_claims
from builder.extract.kind_evidence import Seen
from builder.extract.kind_features import features
from builder.extract.kind_model import judge_kind
from builder.extract.quotations import find_quotations
from builder.extract.quote_types import quote_type
from builder.extract.wording import read_wording
from builder.normalize.article import Article
from schemas.vocabulary import CLAIM_KINDS, DATE_PRECISIONS

TEXT = """Mill To Reopen Soon

Ada Pell denied that the mill had closed in 2012. “We should reopen it,” Pell said, “and at once.”

It is unlikely that the council will agree to the plan. The council met twice. “It is likely to rain,” read a sign.

It is hard to see who would pay. The mill stands beside the river."""


def article(text: str = TEXT) -> Article:
    return Article(
        collection_id="gazette", locator="1", revision=1, raw_path="1.txt", place="", raw_sha256="0" * 64, url=None,
        title="Mill To Reopen Soon", authors=(), publisher=None, published_at=datetime(2026, 4, 15, tzinfo=UTC),
        published_precision="day", published_from="column", language="en", text=text, runs=(),
        extraction_status="extracted",
    )  # fmt: skip


def span(words: str) -> Span:
    assert TEXT.count(words) == 1
    return TEXT.index(words), TEXT.index(words) + len(words)


DENIED = Attribution((span("that the mill had closed in 2012"),), (span("denied"),), (span("Ada Pell"),), 0.9)
SAID = Attribution((span("“We should reopen it,”"), span("“and at once.”")), (span("said"),), (), 0.8)


def test_an_attribution_of_one_clause_makes_one_claim_with_its_content_as_spans() -> None:
    claims = [claim for claim in find_claims(article(), [DENIED, SAID]) if claim.attribution is not None]
    assert [(c.attribution, c.spans, c.claim_kind) for c in claims] == [
        (0, DENIED.content, "denial"),
        (1, SAID.content, "demand"),
    ]


def test_a_claim_carries_the_time_it_is_about() -> None:
    denial = find_claims(article(), [DENIED])[0]
    assert (denial.about_start, denial.about_end, denial.about_precision) == (
        date(2012, 1, 1),
        date(2012, 12, 31),
        "year",
    )


def test_the_article_predicts_and_judges_in_its_own_voice() -> None:
    own = [claim for claim in find_claims(article(), [DENIED, SAID]) if claim.attribution is None]
    assert [(TEXT[slice(*claim.spans[0])], claim.claim_kind) for claim in own] == [
        ("It is unlikely that the council will agree to the plan.", "prediction"),
        ("It is hard to see who would pay.", "assessment"),
    ]


def test_a_sentence_that_is_attributed_is_not_the_articles_own() -> None:
    attributed = Attribution((span("It is hard to see who would pay."),), (), (), 0.5)
    own = [claim.spans for claim in find_claims(article(), [attributed]) if claim.attribution is None]
    assert attributed.content not in own


@pytest.mark.parametrize(
    "line",
    [
        "Council Is Likely To Reject Mill Plan.",  # a headline
        "“It is unlikely that the mill will reopen.”",  # a quotation
        "Is it likely that the mill will reopen?",  # a question
        "The council will be back on Tuesday.",  # a schedule
        "Should the mill close, it is clear who pays.",  # a condition
        "The mill is likely",  # no sentence
    ],
)
def test_these_are_not_claims_in_the_articles_own_voice(line: str) -> None:
    assert find_claims(article(line), []) == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("The closure could trigger a wave of strikes.", "warning"),
        ("The mayor repeatedly lied about the cost of the mill.", "accusation"),
        ("The mill will probably stand empty for years.", "prediction"),
        ("The plan is one of the most ambitious in the county.", "assessment"),
    ],
)
def test_these_are_claims_in_the_articles_own_voice(line: str, kind: str) -> None:
    assert [claim.claim_kind for claim in find_claims(article(line), [])] == [kind]


def test_an_article_in_a_language_that_is_not_read_has_no_claims_of_its_own() -> None:
    assert find_claims(replace(article(), extraction_status="unsupported-language"), []) == ()


def test_the_order_of_claims_is_the_texts_order() -> None:
    claims = find_claims(article(), [SAID, DENIED])
    assert [claim.spans for claim in claims] == sorted(claim.spans for claim in claims)
    assert [claim.attribution for claim in claims if claim.attribution is not None] == [1, 0]


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 60)), max_size=6))
def test_whatever_is_attributed_every_claim_keeps_to_the_vocabularies(pieces: list[tuple[int, int]]) -> None:
    spans = [(start, min(start + length, len(TEXT))) for start, length in pieces]
    attributions = [Attribution((span,), (spans[0],), (), 0.5) for span in spans]
    claims = find_claims(article(), attributions)
    assert {c.attribution for c in claims if c.attribution is not None} == set(range(len(attributions)))
    for number, attribution in enumerate(attributions):
        own = sorted(span for claim in claims if claim.attribution == number for span in claim.spans)
        assert all(one[1] <= other[0] for one, other in pairwise(own))
        assert all(any(s <= start < end <= e for s, e in attribution.content) for start, end in own)
    for claim in claims:
        assert claim.claim_kind in CLAIM_KINDS
        assert 0 <= claim.checkworthy <= 1
        assert 0 <= claim.confidence <= 1
        assert (claim.about_start is None) == (claim.about_end is None) == (claim.about_precision is None)
        assert claim.about_precision is None or claim.about_precision in DATE_PRECISIONS


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("The city spent $4 million on Elm Street in 2014.", "The city is a lovely place to live."),
        ("Ada Pell resigned in March.", "Ada Pell might resign some day."),
        ("Half of the voters rejected the plan.", "I love this town and its people."),
        ("The mill closed after 40 years.", "Did the mill close after 40 years?"),
    ],
)
def test_the_specific_and_settled_is_worth_checking_more(more: str, less: str) -> None:
    assert worth(more) > worth(less)


def worth(content: str, seen: float | None = None) -> float:
    wording = read_wording("", content)
    said = features(wording)
    return checkworthiness(wording, said, judge_kind(said), seen)


def test_what_the_encoder_sees_raises_or_lowers_the_worth_of_a_check() -> None:
    words = "The city spends $4 million on Elm Street."
    assert worth(words, 3.0) > worth(words, 0.0) > worth(words, -3.0)


def test_two_words_state_nothing_that_could_be_settled() -> None:
    assert worth("Not now.") < 0.1


def test_the_share_of_quoted_words_makes_the_quote_type() -> None:
    text = "Pell called it “a sorry mess” and left. “We won.”"
    quotations = find_quotations(text)
    start = text.index("“We")
    assert quote_type(text, [(start, len(text))], quotations) == "direct"
    assert quote_type(text, [(start + 1, len(text) - 2)], quotations) == "direct"
    assert quote_type(text, [(12, 29)], quotations) == "mixed"
    assert quote_type(text, [(0, 11)], quotations) == "indirect"
    assert quote_type(text, [], quotations) == "indirect"


def test_several_claims_of_an_attribution_have_kinds_flags_and_times_of_their_own() -> None:
    text = "Orr denied selling the mill in 2012, but promised that it would not close next year and that Pell may stay."
    content = text[len("Orr denied ") : -1]
    told = Attribution(((11, 11 + len(content)),), ((4, 10),), ((0, 3),), 0.9)
    claims = find_claims(article(text), [told])
    assert [(c.attribution, text[slice(*c.spans[0])], c.claim_kind) for c in claims] == [
        (0, "selling the mill in 2012", "denial"),
        (0, "promised that it would not close next year", "commitment"),
        (0, "that Pell may stay", "commitment"),
    ]
    assert [c.is_negated for c in claims] == [False, True, False]
    assert [c.is_hedged for c in claims] == [False, False, True]
    assert [c.about_start and c.about_start.year for c in claims] == [2012, 2027, None]


def test_the_encoder_is_asked_of_every_part_by_itself() -> None:
    text = "Orr denied the charge and accused the bank of lying."
    told = Attribution(((11, len(text) - 1),), ((4, 10),), ((0, 3),), 0.9)
    asked: list[tuple[str, str]] = []

    def see(part: Attribution) -> Seen:
        asked.append((text[slice(*part.cue[0])], text[slice(*part.content[0])]))
        return Seen(np.zeros(len(CLAIM_KINDS), dtype=np.float32), None)

    assert len(find_claims(article(text), [told], see)) == 2
    assert asked == [("denied", "the charge"), ("accused", "the bank of lying")]
