"""Confidence fitted on what was right and what was not."""

import numpy as np
import pytest

from builder.extract.confidence import Evidence, confidence_of
from builder.training.calibrate import calibration_error, fit_confidence, reliability


def evidence(content: float) -> Evidence:
    return Evidence(content, content, 0.0, 0.0, 0.0, 0.0, 2.0, 1.0, 1.0)


def test_confidence_says_how_often_attributions_of_that_evidence_are_right() -> None:
    draw = np.random.default_rng(3)
    rows = [evidence(float(value)) for value in draw.uniform(-3, 0, 4000)]
    right = [bool(draw.random() < 1 / (1 + np.exp(-(2 + 1.5 * row.content)))) for row in rows]
    weights = fit_confidence(rows, right)
    for content in (-2.5, -1.0, -0.2):
        expected = 1 / (1 + np.exp(-(2 + 1.5 * content)))
        assert confidence_of(evidence(content), weights) == pytest.approx(expected, abs=0.05)


def test_without_examples_confidence_is_one_half() -> None:
    assert confidence_of(evidence(-1.0), fit_confidence([], [])) == 0.5


def test_examples_that_are_all_right_leave_a_confidence_below_one() -> None:
    weights = fit_confidence([evidence(-0.5)] * 50, [True] * 50)
    assert 0.9 < confidence_of(evidence(-0.5), weights) < 1


def test_reliability_counts_every_attribution_once_and_its_error_is_zero_where_confidence_is_true() -> None:
    bins = reliability([0.1, 0.75, 0.75, 0.75, 0.75, 1.0], [False, True, True, True, False, True])
    assert sum(one.number for one in bins) == 6
    assert [one.right for one in bins] == [0.0, 0.75, 1.0]
    assert calibration_error(bins) == pytest.approx(0.1 / 6)
