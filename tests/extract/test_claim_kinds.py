"""Kinds, types and flags of claims, by their words."""

import pytest

from builder.extract.claim_kinds import claim_kind
from builder.extract.cues import attribution_type
from builder.extract.hedges import is_hedged, is_negated
from builder.extract.wording import read_wording
from schemas.vocabulary import ATTRIBUTION_TYPES, CLAIM_KINDS


@pytest.mark.parametrize(
    ("cue", "content", "kind"),
    [
        ("denied", "that he had met the broker", "denial"),
        ("insisted", "that he was not there", "denial"),
        ("accused", "the mayor of hiding the report", "accusation"),
        ("criticized", "Orr for selling the park", "accusation"),
        ("declined", "to comment", "refusal"),
        ("did not endorse", "him", "refusal"),
        ("threatened", "to sue", "threat"),
        ("warned", "that the bridge could fall", "warning"),
        ("called on", "the council to act", "demand"),
        ("asked", "the council to act", "demand"),
        ("has promised", "to build a school", "commitment"),
        ("agreed", "to leave", "commitment"),
        ("expects", "a mild winter", "prediction"),
        ("asked", "whether the bridge was safe", "question"),
        ("praised", "the nurses", "support"),
        ("agreed", "that the nurses did well", "support"),
        ("criticized", "the plan", "criticism"),
        ("believes", "she is a brilliant teacher", "support"),
        ("considers", "the matter closed", "assessment"),
        ("reported", "that 40 houses burned", "assertion"),
    ],
)
def test_the_cue_fixes_the_kind(cue: str, content: str, kind: str) -> None:
    assert claim_kind(read_wording(cue, content)) == kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("“Where is the money?”", "question"),
        ("the charge was false", "denial"),
        ("“I never took a cent.”", "denial"),
        ("the mayor had lied about the bridge", "accusation"),
        ("“We will not support this budget.”", "refusal"),
        ("the dam is a threat to three villages", "warning"),
        ("the council should close the bridge", "demand"),
        ("“Look, I think we should close the bridge.”", "demand"),
        ("“I will build a school.”", "commitment"),
        ("the river will rise by noon", "prediction"),
        ("“She is a brilliant teacher.”", "support"),
        ("“It is not a convincing plan.”", "criticism"),
        ("“The plan is a disgrace.”", "criticism"),
        ("“It seems odd to me.”", "assessment"),
        ("the bridge was built in 1931", "assertion"),
    ],
)
def test_a_bare_said_leaves_the_kind_to_the_content(content: str, kind: str) -> None:
    assert claim_kind(read_wording("said", content)) == kind


def test_in_tried_to_attack_the_attack_decides() -> None:
    assert claim_kind(read_wording("tried to attack", "Orr")) == "criticism"
    assert claim_kind(read_wording("tried", "to leave")) == "commitment"


def test_a_cue_that_vouches_for_a_fact_is_believed_over_words_of_judgement() -> None:
    assert claim_kind(read_wording("found", "that more people dislike terrible roads")) == "assertion"
    assert claim_kind(read_wording("said", "“These are terrible roads.”")) == "criticism"


def test_no_words_at_all_are_an_assertion() -> None:
    assert claim_kind(read_wording("", "")) == "assertion"


def test_every_kind_that_comes_out_is_in_the_vocabulary() -> None:
    cues = ["said", "denied", "asked", "", "did not deny", "vowed", "is considering"]
    contents = ["", "…", "no", "“Why?”", "to go", "that it may be so", "Orr for lying"]
    assert {claim_kind(read_wording(cue, content)) for cue in cues for content in contents} <= set(CLAIM_KINDS)


@pytest.mark.parametrize(
    ("cue", "content", "kind"),
    [
        ("said", "that it rained", "communication"),
        ("has agreed", "to leave", "intention"),
        ("agreed", "that it was late", "communication"),
        ("wants", "a new bridge", "intention"),
        ("is planning", "to leave", "intention"),
        ("believes", "that it rained", "belief"),
        ("feared", "a flood", "belief"),
        ("found", "that it rained", "knowledge"),
        ("has learned", "that it rained", "knowledge"),
        ("", "", "communication"),
    ],
)
def test_the_cue_tells_the_type_of_attribution(cue: str, content: str, kind: str) -> None:
    assert attribution_type(cue, content) == kind
    assert kind in ATTRIBUTION_TYPES


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("said", "that he was not there", True),
        ("said", "“I’ve never met him.”", True),
        ("said", "nobody came", True),
        ("did not recommend", "a new bridge", True),
        ("denied", "that he was there", False),
        ("refused", "to go", False),
        ("said", "he left because she did not come", False),
        ("said", "it was not only wet but cold", False),
    ],
)
def test_the_main_predicate_is_negated_or_not(cue: str, content: str, expected: bool) -> None:
    assert is_negated(read_wording(cue, content)) is expected


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("said", "it may rain", True),
        ("said", "it is likely to rain", True),
        ("seems", "to rain", True),
        ("said", "it rained in May", False),
        ("said", "she could not come", False),
        ("said", "they left because it might rain", False),
    ],
)
def test_a_hedge_in_the_main_clause_counts(cue: str, content: str, expected: bool) -> None:
    assert is_hedged(read_wording(cue, content)) is expected
