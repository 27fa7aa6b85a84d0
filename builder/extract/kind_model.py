"""The kind of a claim: a multinomial logistic regression over its words and what the encoder sees in them.

Weights: `weights/kinds.tsv`, fitted by `builder.training.kinds`. Imports `labels`, `regression`.
"""

from collections.abc import Mapping

import numpy as np

from builder.extract.labels import CLAIM_KINDS
from builder.extract.regression import read_regression, shares
from builder.extract.scores import Floats

_MODEL = read_regression("kinds")
# The rows of the encoder's own scores, one a kind.
ENCODER = "encoder="
# What a cue that decides by itself adds to its kind's log odds: the codebook has it decide, and with less it was
# overruled wrongly more often than rightly (labels_train, cross-validated: 82.7 of 100 right instead of 81.2).
DECIDED, _DECIDES = 1.5, "rule="
# A kind's log probability by the encoder counts for no less than this, and is taken from about their mean.
_LEAST = -6.0


def judge_kind(said: Mapping[str, float], seen: Floats | None = None) -> Floats:
    """float32[13]: the probability of each kind, in the order of CLAIM_KINDS.

    `said`: what `kind_features` finds in the words; `seen`: float32[13], the encoder's scores of the kinds, None where
    there are none and the words alone decide.
    """
    scores = _MODEL.scores(said if seen is None else {**said, **encoder_features(seen)})
    decided = next((name for name in said if name.startswith(_DECIDES) and name.endswith("!")), None)
    if decided is not None:
        scores[CLAIM_KINDS.index(decided.removeprefix(_DECIDES).rstrip("!"))] += DECIDED
    return shares(scores)


def encoder_features(seen: Floats) -> dict[str, float]:
    """Log probabilities of the kinds by the encoder, bounded and about their mean, by the names of features."""
    shifted = seen - seen.max()
    logs = np.maximum(shifted - np.log(np.exp(shifted).sum()), _LEAST)
    return {ENCODER + kind: float(log) for kind, log in zip(CLAIM_KINDS, logs - logs.mean(), strict=True)}
