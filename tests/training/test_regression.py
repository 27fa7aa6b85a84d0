"""Regressions over named features: fitted, written and read again."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

from builder.training.regression import (
    Example,
    cross_validate,
    fit,
    kept_features,
    temperature,
    write_table,
)

WET, DRY = (1.0, 0.0), (0.0, 1.0)
EXAMPLES = [
    Example(f"day {number}", {"cloud": 1.0} if target == WET else {"sun": 1.0, f"only {number}": 1.0}, target)
    for number, target in enumerate([WET, DRY] * 10)
]


def test_features_of_one_article_alone_are_left_out() -> None:
    assert kept_features(EXAMPLES, 2) == ["constant", "cloud", "sun"]


def test_fitted_weights_tell_the_classes_apart() -> None:
    weights = fit(EXAMPLES, ["constant", "cloud", "sun"], 1.0)
    cloud, sun = weights[1], weights[2]
    assert cloud[0] > cloud[1]
    assert sun[1] > sun[0]


def test_fitting_twice_gives_the_same_weights() -> None:
    names = kept_features(EXAMPLES, 2)
    assert (fit(EXAMPLES, names, 1.0) == fit(EXAMPLES, names, 1.0)).all()


def test_cross_validation_scores_every_example() -> None:
    scores = cross_validate(EXAMPLES, 2, 1.0, folds=4)
    assert [bool(one > other) for one, other in scores] == [example.target == WET for example in EXAMPLES]


def test_scores_that_are_too_sure_are_cooled() -> None:
    scores = np.array([[9.0, 0.0]] * 4, dtype=np.float32)
    assert temperature(scores, [0, 0, 0, 1]) > 1.5


def test_a_table_holds_hundredths_and_leaves_out_what_rounds_to_nothing(tmp_path: Path) -> None:
    write_table(
        ["constant", "a", "b"], np.array([[0.0], [0.251], [0.001]], dtype=np.float32), ["yes"], tmp_path / "t.tsv"
    )
    assert (tmp_path / "t.tsv").read_text("utf-8") == "feature\tyes\nconstant\t0\na\t25\n"
