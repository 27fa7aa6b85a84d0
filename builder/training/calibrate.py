"""Confidence that means something: fitted on articles that the encoder was not fitted to. NumPy only.

Logistic regression by Newton's method (Platt 1999 for the use, Hosmer and Lemeshow 2013 for the fit). Imports
`builder.extract`, `builder.measure`.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np

from builder.extract.confidence import Evidence
from builder.extract.scores import Floats

# Strength of the ridge, in units of one example of variance one: a thousand attributions outweigh it.
_RIDGE = 1.0
_ROUNDS = 30
_BINS = ((0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.0))


@dataclass(frozen=True, slots=True)
class Bin:
    """Attributions whose confidence lies in [low, high): how many, their mean confidence, the share that is right."""

    low: float
    high: float
    number: int
    confidence: float
    right: float


def fit_confidence(evidence: Sequence[Evidence], right: Sequence[bool]) -> Floats:
    """Weights for `confidence_of`: float32[10]. Without examples, a constant that says one half."""
    weights = np.zeros(len(fields(Evidence)) + 1)
    if not evidence:
        return weights.astype(np.float32)
    rows = np.column_stack([np.array([astuple(one) for one in evidence], dtype=np.float64), np.ones(len(evidence))])
    hits = np.array(right, dtype=np.float64)
    scale = np.append(rows[:, :-1].std(axis=0) + 1e-6, 1.0)
    rows /= scale
    ridge = _RIDGE * np.diag([*np.ones(len(weights) - 1), 1e-6])
    for _ in range(_ROUNDS):
        shares = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (hits - shares) - ridge @ weights
        curve = (rows * (shares * (1 - shares))[:, None]).T @ rows + ridge
        weights += np.linalg.solve(curve, slope)
    found: Floats = (weights / scale).astype(np.float32)
    return found


def reliability(confidence: Sequence[float], right: Sequence[bool]) -> list[Bin]:
    """How often attributions of a confidence are right, by bins of it; empty bins are left out."""
    values, hits = np.array(confidence), np.array(right, dtype=np.float64)
    bins = []
    for low, high in _BINS:
        inside = (low <= values) & ((values < high) | (high == 1.0))
        if inside.any():
            bins.append(Bin(low, high, int(inside.sum()), float(values[inside].mean()), float(hits[inside].mean())))
    return bins


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error (Naeini et al. 2015): mean distance of confidence and share right, by size of bin."""
    total = sum(one.number for one in bins)
    return sum(one.number * abs(one.confidence - one.right) for one in bins) / total if total else 0.0
