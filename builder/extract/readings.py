"""What the encoder's claim heads say of a stretch of words: its kind, and whether it is worth a check. NumPy only.

Imports `pieces`, `scores`, `viterbi`, `attribution`.
"""

from collections.abc import Sequence

import numpy as np

from builder.extract.attribution import Span
from builder.extract.pieces import Pieces, words_of
from builder.extract.scores import Floats, Scores
from builder.extract.viterbi import WordSpan

_CUE, _CONTENT = 0, 1  # the two columns of `Scores.kinds`


def kind_shares(scores: Scores, cue: WordSpan | None, content: Sequence[WordSpan]) -> tuple[float, ...]:
    """How probable each claim kind is, in the order of CLAIM_KINDS; rounded, as a cache keeps it."""
    total = np.concatenate([scores.kinds[first:last, _CONTENT] for first, last, _ in content]).mean(axis=0)
    if cue:
        total = total + scores.kinds[cue[0] : cue[1], _CUE].mean(axis=0)
    shares = np.exp(total - total.max())
    return tuple(round(float(share), 3) for share in shares / shares.sum())


def worth_of(scores: Scores, content: Sequence[WordSpan]) -> float:
    """The probability that these words state a fact that is worth a check."""
    return _share(np.concatenate([scores.worth[first:last] for first, last, _ in content]))


def worth_of_span(scores: Scores, pieces: Pieces, span: Span) -> float:
    """The same of text[start:end]; 0 where no word stands there."""
    words = words_of(pieces, span)
    return _share(scores.worth[words[0] : words[1] + 1]) if words else 0.0


def _share(odds: Floats) -> float:
    return round(float(1 / (1 + np.exp(-odds.mean()))), 3)
