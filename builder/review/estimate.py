"""Precision and recall of a whole build from a sample of its articles, with intervals. Imports `choices`, `sample`.

Ratios of sums weighted by inverse inclusion probability. Their variance is that of a bootstrap of articles within
collections (Rao and Wu, JASA 83, 1988: one article fewer than drawn, rescaled, with the finite population's share), so
that an article's rows stand and fall together. The interval is Wilson's with the effective number of rows that this
variance amounts to (as Korn and Graubard, Survey Methodology 24, 1998, do with the exact interval), at the quantile of
Student's t with as many degrees of freedom as articles less collections: it does not shrink to a point where no error
was seen.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from builder.review.choices import LEVEL
from builder.review.sample import Drawn

REPLICATES = 1000
Group = TypeVar("Group", bound=Hashable)
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one article and group: rows that are right, rows that the build has, rows that there are."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share, 0 to 1, with its interval; None where the sample has none of the `rows` that would tell it."""

    value: float | None
    low: float | None
    high: float | None
    rows: int


@dataclass(frozen=True, slots=True)
class Estimates:
    """Of one group."""

    precision: Estimate
    recall: Estimate
    articles: int


def estimate(
    sample: Sequence[Drawn], counts: Mapping[Group, Sequence[Counts]], seed: int, level: float = LEVEL
) -> dict[Group, Estimates]:
    """By group, from the counts of each article of the sample, in its order. `seed` is the bootstrap's."""
    weights = np.array([1 / one.probability for one in sample])
    replicates = replicate_weights(sample, np.random.default_rng(seed))
    return {group: _of_group(sample, of_articles, weights, replicates, level) for group, of_articles in counts.items()}


def replicate_weights(sample: Sequence[Drawn], random: np.random.Generator) -> Floats:
    """float64[REPLICATES, articles]: the weights of each bootstrap sample (Rao and Wu's, m = n − 1)."""
    weights = np.array([1 / one.probability for one in sample])
    found = np.tile(weights, (REPLICATES, 1))
    for name in sorted({one.collection_id for one in sample}):
        of = np.array([at for at, one in enumerate(sample) if one.collection_id == name])
        size = len(of)
        if size < 2:  # the only article of its collection, else `sample.allot` had drawn another
            continue
        times = random.multinomial(size - 1, np.full(size, 1 / size), REPLICATES)
        scale = math.sqrt(1 - sample[of[0]].probability)
        found[:, of] *= 1 - scale + scale * size / (size - 1) * times
    return found


def _of_group(
    sample: Sequence[Drawn], counts: Sequence[Counts], weights: Floats, replicates: Floats, level: float
) -> Estimates:
    hits, predicted, gold = (
        np.array([getattr(one, of) for one in counts], dtype=np.float64) for of in ("hits", "predicted", "gold")
    )
    return Estimates(
        _share(sample, hits, predicted, weights, replicates, level),
        _share(sample, hits, gold, weights, replicates, level),
        articles=int(((predicted + gold) > 0).sum()),
    )


def _share(
    sample: Sequence[Drawn], hits: Floats, rows: Floats, weights: Floats, replicates: Floats, level: float
) -> Estimate:
    """Weighted hits among weighted rows."""
    if not rows.any():
        return Estimate(None, None, None, 0)
    value = float(weights @ hits / (weights @ rows))
    within = [one for one, count in zip(sample, rows, strict=True) if count]
    if all(one.n_drawn == one.n_articles for one in within):
        return Estimate(value, value, value, int(rows.sum()))  # every article was read: nothing is left to chance
    variance = float(np.mean(((replicates @ hits - value * (replicates @ rows)) / (weights @ rows)) ** 2))
    spread = value * (1 - value)
    collections = len({one.collection_id for one in within})
    is_told = spread > 1e-12 and variance > 1e-12 and len(within) > collections
    effective = spread / variance if is_told else float(len(within))
    quantile = student(1 - (1 - level) / 2, max(1, len(within) - collections))
    low, high = wilson(value, effective, quantile)
    return Estimate(value, low, high, int(rows.sum()))


def wilson(share: float, size: float, quantile: float) -> tuple[float, float]:
    """Wilson's interval of a share among `size` rows (JASA 22, 1927).

    >>> [round(end, 3) for end in wilson(0.5, 10, 1.96)]
    [0.237, 0.763]
    """
    square = quantile**2 / size
    middle = (share + square / 2) / (1 + square)
    reach = quantile / (1 + square) * math.sqrt(share * (1 - share) / size + square / (4 * size))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def student(probability: float, freedom: int) -> float:
    """The quantile of Student's t by its expansion (Abramowitz and Stegun 26.7.5), to 0.01 from 5 degrees of freedom.

    >>> round(student(0.975, 20), 3), round(student(0.975, 1000), 3)
    (2.086, 1.962)
    """
    z = NormalDist().inv_cdf(probability)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + terms[0] / freedom + terms[1] / freedom**2 + terms[2] / freedom**3
