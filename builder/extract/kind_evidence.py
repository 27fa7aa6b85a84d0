"""What the encoder's heads see in a claim: its kinds and its worth, over the words of cue and content.

Imports `attribution`, `labels`, `pieces`, `scores`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.extract.attribution import Attribution, Span
from builder.extract.labels import CLAIM_KINDS
from builder.extract.pieces import Pieces
from builder.extract.scores import Floats, Scores


@dataclass(frozen=True, slots=True)
class Seen:
    """`kinds`: float32[13], scores of the kinds; `worth`: log odds of being worth a check, None without a word."""

    kinds: Floats
    worth: float | None


def see(scores: Scores, pieces: Pieces, attribution: Attribution) -> Seen:
    """What the encoder sees in one attribution, or in a part of one."""
    return Seen(
        kinds_seen(scores, pieces, attribution.cue, attribution.content),
        worth_seen(scores, pieces, attribution.content),
    )


def kinds_seen(scores: Scores, pieces: Pieces, cue: Sequence[Span], content: Sequence[Span]) -> Floats:
    """float32[13]: the mean score of each kind over the cue's words and over the content's, added, as it is fitted."""
    seen = np.zeros(len(CLAIM_KINDS), dtype=np.float32)
    for column, spans in enumerate((cue, content)):
        words = words_at(pieces, spans)
        if len(words):
            seen += scores.kinds[words, column].mean(axis=0)
    return seen


def worth_seen(scores: Scores, pieces: Pieces, content: Sequence[Span]) -> float | None:
    """The mean log odds of the content's words that they are worth a check; None where there is no word."""
    words = words_at(pieces, content)
    return float(scores.worth[words].mean()) if len(words) else None


def words_at(pieces: Pieces, spans: Sequence[Span]) -> NDArray[np.int64]:
    """The numbers of the words that lie in the spans, in part at least."""
    found = [
        np.arange(np.searchsorted(pieces.ends, start, side="right"), np.searchsorted(pieces.starts, end))
        for start, end in spans
    ]
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
