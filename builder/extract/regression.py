"""Logistic regressions over named features, as tables of weights that a reader can follow. NumPy only.

A table is a file of the package: a line a feature, its weight for each class in hundredths, tabs between them;
`builder.training.regression` fits and writes it. Imports `scores` for a type.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from builder.extract.scores import Floats

# Weights are kept as whole numbers of this size: finer steps change nothing that was measured.
STEP = 0.01
# The feature that everything has.
CONSTANT = "constant"


@dataclass(frozen=True, slots=True)
class Regression:
    """`rows` has the row of a feature in `weights`, float32[features, classes]; `classes` their names."""

    rows: dict[str, int]
    weights: Floats
    classes: tuple[str, ...]

    def scores(self, features: Mapping[str, float]) -> Floats:
        """float32[classes]: log odds of the classes, up to a constant; features that the table lacks say nothing."""
        rows = self.rows
        known = [name for name in features if name in rows]
        at = [rows[CONSTANT], *(rows[name] for name in known)]
        values = np.array([1.0, *(features[name] for name in known)], dtype=np.float32)
        scores: Floats = values @ self.weights.take(at, axis=0)
        return scores


def read_regression(name: str) -> Regression:
    """The package's table `name`."""
    head, *lines = (files("builder.extract") / "weights" / f"{name}.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    weights = np.array([[float(number) for number in numbers] for _, *numbers in rows], dtype=np.float32)
    return Regression(
        {feature: number for number, (feature, *_) in enumerate(rows)},
        weights * np.float32(STEP),
        tuple(head.split("\t")[1:]),
    )


def shares(scores: Floats) -> Floats:
    """float32[classes]: scores as probabilities."""
    odds = np.exp(scores - scores.max())
    found: Floats = (odds / odds.sum()).astype(np.float32)
    return found
