"""Two thresholds of decoding, chosen on articles that the encoder was not fitted to. NumPy only.

The roles' scores are summed over long spans, so a small bias on a span's first tag moves many decisions at once: how
readily a content begins, and how readily a cue does without a source. Imports `builder.extract`, `builder.measure`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.extract.decode import decode_attributions
from builder.extract.labels import ROLE_TAGS
from builder.extract.pieces import Pieces
from builder.extract.scores import Scores, Weights
from builder.measure.attributions import add_rates, rate_article
from builder.measure.gold import GoldArticle

CONTENT_BEGINS = (0.0, -0.3, -0.6, -0.9, -1.2)
SOURCE_IS_THERE = (0.0, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Scored:
    """A gold article with what the encoder gives for it."""

    gold: GoldArticle
    pieces: Pieces
    scores: Scores


def tune(held_out: Sequence[Scored], weights: Weights) -> Weights:
    """The weights with the two biases that give the best attribution F1, the smaller change among equals."""
    candidates = [_biased(weights, content, source) for content in CONTENT_BEGINS for source in SOURCE_IS_THERE]
    return max(candidates, key=lambda candidate: _f1(held_out, candidate)) if held_out else weights


def _biased(weights: Weights, content: float, source: float) -> Weights:
    transitions = weights.transitions.copy()
    transitions[:, ROLE_TAGS.index("B-content")] += content
    return replace(weights, transitions=transitions, near_source=weights.near_source + source)


def _f1(held_out: Sequence[Scored], weights: Weights) -> float:
    rates = [rate_article(one.gold, decode_attributions(one.scores, weights, one.pieces)) for one in held_out]
    return add_rates(rates)["attribution"].f1
