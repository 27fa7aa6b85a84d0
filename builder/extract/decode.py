"""From the encoder's scores to attributions and names: Viterbi over whole words, then links. NumPy only.

Imports `labels`, `linking`, `pieces`, `scores`, `viterbi`, `confidence`, `attribution`.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from builder.extract.attribution import Attribution, Name, Span
from builder.extract.confidence import Evidence, confidence_of
from builder.extract.labels import NAME_TAGS, ROLE_TAGS, legal_transitions
from builder.extract.linking import Choice, choose_cues, choose_sources
from builder.extract.pieces import Pieces, begins_line
from builder.extract.scores import Scores, Weights
from builder.extract.viterbi import WordSpan, marginals, tag_spans, viterbi

_ILLEGAL = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in words: the pieces of its content, its cue and source where there are any, and the evidence."""

    content: tuple[WordSpan, ...]
    cue: WordSpan | None
    source: WordSpan | None
    evidence: Evidence


def decode_attributions(scores: Scores, weights: Weights, pieces: Pieces) -> list[Attribution]:
    """Attributions in the order of their first content; a cue without content is none."""
    return [
        Attribution(
            content=tuple(_offsets(span, pieces) for span in found.content),
            cue=(_offsets(found.cue, pieces),) if found.cue else (),
            source=(_offsets(found.source, pieces),) if found.source else (),
            confidence=confidence_of(found.evidence, weights.confidence),
        )
        for found in find_attributions(scores, weights)
    ]


def find_attributions(scores: Scores, weights: Weights) -> list[Found]:
    """Every content piece chooses its cue and every cue its source, or none; a cue's pieces are one attribution."""
    tags = viterbi(scores.roles, weights.transitions)
    spans = tag_spans(tags, ROLE_TAGS)
    sources, cues, contents = ([s for s in spans if s[2] == role] for role in ("source", "cue", "content"))
    certainty = np.take_along_axis(marginals(scores.roles, weights.transitions), tags[:, None], axis=1)[:, 0]
    chosen = choose_cues(contents, cues, scores, weights)
    told = sorted({choice.span for choice in chosen if choice.span})
    source_of = dict(zip(told, choose_sources(told, sources, scores, weights), strict=True))
    groups: dict[WordSpan | int, list[int]] = {}
    for number, choice in enumerate(chosen):
        groups.setdefault(number if choice.span is None else choice.span, []).append(number)
    found = []
    for key, numbers in groups.items():
        cue = key if isinstance(key, tuple) else None
        source = source_of[cue] if cue else Choice(None)
        parts = tuple(contents[number] for number in numbers)
        shares = (min(chosen[number].share for number in numbers), source.share)
        found.append(Found(parts, cue, source.span, Evidence.of(parts, cue, source.span, shares, certainty)))
    return sorted(found, key=lambda one: one.content)


def decode_names(scores: Scores, pieces: Pieces) -> list[Name]:
    """Names in the text's order, the best legal sequence of the name head; none goes on in another line."""
    legal = np.where(legal_transitions(NAME_TAGS), np.float32(0), _ILLEGAL).astype(np.float32)
    spans = tag_spans(viterbi(scores.names, legal), NAME_TAGS)
    begins = begins_line(pieces)
    lines = [part for span in spans for part in _cut(span, begins)]
    return [Name(*_offsets(span, pieces), span[2]) for span in lines]


def _cut(span: WordSpan, begins: NDArray[np.bool_]) -> list[WordSpan]:
    first, last, kind = span
    borders = [first, *(at for at in range(first + 1, last) if begins[at]), last]
    return [(start, end, kind) for start, end in pairwise(borders)]


def _offsets(span: WordSpan, pieces: Pieces) -> Span:
    first, last, _ = span
    return int(pieces.starts[first]), int(pieces.ends[last - 1])
