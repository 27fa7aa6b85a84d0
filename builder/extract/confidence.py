"""How likely an attribution is right: content found and source right, as the scorers count it.

A logistic regression over what the decoder knows (Platt 1999), fitted by `builder.training` on articles that the
encoder was not fitted to. NumPy only. Imports `scores`, `viterbi`.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from builder.extract.scores import Floats
from builder.extract.viterbi import WordSpan

# A tag's probability is taken for no less than this, so that its logarithm stays finite.
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an attribution; logarithms of probabilities are 0 where all is sure, and below otherwise.

    `content`: mean over the words' chosen tags; `edges`: the least of the first and last words' of all pieces; `cue`,
    `source`: mean over their words, 0 without any; `cue_link`, `source_link`: of the choice of cue (the least of all
    pieces) and of source or none; `length`: logarithm of the number of words; `has_cue`, `has_source`: 0 or 1.
    """

    content: float
    edges: float
    cue: float
    source: float
    cue_link: float
    source_link: float
    length: float
    has_cue: float
    has_source: float

    @classmethod
    def of(
        cls,
        content: Sequence[WordSpan],
        cue: WordSpan | None,
        source: WordSpan | None,
        shares: tuple[float, float],
        certainty: Floats,
    ) -> "Evidence":
        """Of an attribution in words; `certainty`: float32[m], of each word's tag; `shares`: of the two links."""
        logs = np.log(np.maximum(certainty, _LEAST))
        words = np.concatenate([logs[first:last] for first, last, _ in content])
        cue_link, source_link = np.log(np.maximum(shares, _LEAST))
        return cls(
            content=float(words.mean()),
            edges=float(min(min(logs[first], logs[last - 1]) for first, last, _ in content)),
            cue=float(logs[cue[0] : cue[1]].mean()) if cue else 0.0,
            source=float(logs[source[0] : source[1]].mean()) if source else 0.0,
            cue_link=float(cue_link),
            source_link=float(source_link),
            length=float(np.log(len(words))),
            has_cue=float(cue is not None),
            has_source=float(source is not None),
        )


def confidence_of(evidence: Evidence, weights: Floats) -> float:
    """A probability, 0 to 1; `weights`: float32[10], one for each field of Evidence and the constant."""
    return float(1 / (1 + np.exp(-(np.dot(astuple(evidence), weights[:-1]) + weights[-1]))))
