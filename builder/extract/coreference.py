"""Whom the encoder holds a pronoun to stand for: shares over the names and pronouns before it. NumPy only.

Mention ranking after Lee et al. 2017, with what stands before a pronoun as candidates; who it is in the end is for
`builder.resolve` to say. Imports `labels`, `pieces`, `scores`, `attribution`.
"""

import re
from collections.abc import Sequence

import numpy as np

from builder.extract.attribution import Antecedent, Name, Span
from builder.extract.labels import MENTION, MENTIONS, distance_bucket
from builder.extract.pieces import Pieces, words_of
from builder.extract.scores import Scores, Weights

PRONOUN = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|himself|herself|itself|themselves)\b", re.IGNORECASE
)
# Words between a pronoun and a candidate, at most; a window of training is shorter.
_REACH = 400
# Smaller shares are left out.
_LEAST = 0.05


def find_antecedents(
    text: str, names: Sequence[Name], scores: Scores, weights: Weights, pieces: Pieces
) -> tuple[Antecedent, ...]:
    """For every pronoun the mentions before it that it may stand for, in the text's order, with their shares."""
    spans = sorted({(name.start, name.end) for name in names} | {match.span() for match in PRONOUN.finditer(text)})
    located = [(span, words) for span in spans if (words := words_of(pieces, span))]
    if not located:
        return ()
    first = np.array([words[0] for _, words in located])
    last = np.array([words[1] for _, words in located])
    vectors = scores.mentions
    queries = vectors[first, MENTIONS.index("mention_first")] + vectors[last, MENTIONS.index("mention_last")]
    keys = vectors[first, MENTIONS.index("antecedent_first")] + vectors[last, MENTIONS.index("antecedent_last")]
    found = []
    for number, (span, _) in enumerate(located):
        if number == 0 or not PRONOUN.fullmatch(text, *span):
            continue
        begin = int(np.searchsorted(first, first[number] - _REACH))
        distance = first[begin:number] - first[number]
        points = keys[begin:number] @ queries[number] / np.float32(MENTION**0.5)
        points += weights.near_mention[distance_bucket(distance)]
        shares = np.exp(np.append(points, 0.0) - max(points.max(initial=0.0), 0.0))
        shares = (shares / shares.sum()).round(3)
        found.append(_antecedent(span, [span for span, _ in located[begin:number]], shares[:-1].tolist()))
    return tuple(found)


def _antecedent(span: Span, before: Sequence[Span], shares: Sequence[float]) -> Antecedent:
    kept = tuple((*other, share) for other, share in zip(before, shares, strict=True) if share >= _LEAST)
    return Antecedent(*span, kept)
