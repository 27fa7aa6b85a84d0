"""Kinds by the regression over words and the encoder's scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.extract.kind_features import features
from builder.extract.kind_model import judge_kind
from builder.extract.labels import CLAIM_KINDS
from builder.extract.regression import read_regression
from builder.extract.wording import read_wording


def kind(cue: str, content: str, seen: np.ndarray | None = None) -> str:
    return CLAIM_KINDS[int(judge_kind(features(read_wording(cue, content, "she")), seen).argmax())]


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("denied", "that he plans to sell the mill", "denial"),
        ("accused", "the mayor of hiding the report", "accusation"),
        ("declined", "to comment", "refusal"),
        ("warned", "that the bridge could fall", "warning"),
        ("urged", "the council to act", "demand"),
        ("asked", "whether the bridge was safe", "question"),
        ("said", "“They should leave at once.”", "demand"),
        ("said", "“It is a disgrace.”", "criticism"),
        ("said", "“She is a brilliant teacher.”", "support"),
        ("reported", "that 40 houses burned", "assertion"),
    ],
)
def test_cue_and_content_tell_the_kind(cue: str, content: str, expected: str) -> None:
    assert kind(cue, content) == expected


def test_what_the_encoder_sees_makes_its_kind_more_probable() -> None:
    said = features(read_wording("said", "the mill reopens", "she"))
    prediction = CLAIM_KINDS.index("prediction")
    seen = np.zeros(len(CLAIM_KINDS), dtype=np.float32)
    seen[prediction] = 4.0
    assert judge_kind(said, seen)[prediction] > judge_kind(said)[prediction]


def test_who_is_named_makes_no_difference_to_the_kind() -> None:
    one, other = (
        judge_kind(features(read_wording("said", f"that {name} should resign", name)))
        for name in ("Orla Brandt", "Pell")
    )
    assert one.argmax() == other.argmax() == CLAIM_KINDS.index("demand")


@given(st.text(max_size=60), st.text(max_size=120), st.text(max_size=30))
def test_whatever_the_words_the_kinds_shares_are_a_distribution(cue: str, content: str, source: str) -> None:
    shares = judge_kind(features(read_wording(cue, content, source)))
    assert shares.shape == (len(CLAIM_KINDS),)
    assert (shares >= 0).all()
    assert shares.sum() == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("name", ["kinds", "worth", "own_voice"])
def test_a_table_of_weights_names_each_feature_once_and_has_a_constant(name: str) -> None:
    table = read_regression(name)
    assert "constant" in table.rows
    assert len(table.rows) == len(table.weights)
    assert table.scores({"no such feature": 1.0}).tolist() == table.weights[table.rows["constant"]].tolist()
