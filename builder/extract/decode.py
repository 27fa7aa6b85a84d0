"""From the encoder's scores to attributions and names: Viterbi over whole words, then links. NumPy only.

Imports `labels`, `pieces`, `scores`, `viterbi`, `confidence`, `attribution`.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from builder.extract.attribution import Attribution, Name, Span
from builder.extract.confidence import Evidence, confidence_of
from builder.extract.labels import LINK, LINKS, NAME_TAGS, ROLE_TAGS, distance_bucket, legal_transitions
from builder.extract.pieces import Pieces, begins_line
from builder.extract.scores import Floats, Scores, Weights
from builder.extract.viterbi import WordSpan, marginals, tag_spans, viterbi

# How far, in words, from a content's nearer edge its cue is looked for, before and after; and from a cue its source.
# PolNeAR train has one link in two hundred beyond each bound; a pointer without one joins what is pages apart.
CUE_REACH = (47, 15)
SOURCE_REACH = (32, 7)
# How many words may stand between a cue and the content right behind it.
BEHIND = 2
_ILLEGAL = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a span looks for: its query vector, the key in LINKS, the bias by distance, the reach before and after."""

    query: Floats
    key: int
    near: Floats
    reach: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a span points at, and how probable that is among the candidates within reach and none."""

    span: WordSpan | None
    share: float = 1.0


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
    """Every cue chooses its source among the sources within reach or none; every content piece its cue."""
    tags = viterbi(scores.roles, weights.transitions)
    spans = tag_spans(tags, ROLE_TAGS)
    sources, cues, contents = ([s for s in spans if s[2] == role] for role in ("source", "cue", "content"))
    certainty = np.take_along_axis(marginals(scores.roles, weights.transitions), tags[:, None], axis=1)[:, 0]
    chosen = [_cue_of(content, cues, scores, weights) for content in contents]
    _give_each_cue_content(cues, contents, chosen)
    groups: dict[WordSpan | int, list[int]] = {}
    for number, choice in enumerate(chosen):
        groups.setdefault(number if choice.span is None else choice.span, []).append(number)
    found = []
    for key, numbers in groups.items():
        cue = key if isinstance(key, tuple) else None
        source = _source_of(cue, sources, scores, weights) if cue else Choice(None)
        parts = tuple(contents[number] for number in numbers)
        shares = (min(chosen[number].share for number in numbers), source.share)
        found.append(Found(parts, cue, source.span, Evidence.of(parts, cue, source.span, shares, certainty)))
    return sorted(found, key=lambda one: one.content)


def _give_each_cue_content(cues: list[WordSpan], contents: list[WordSpan], chosen: list[Choice]) -> None:
    """A cue that no content chose takes the piece right behind it, where that leaves its chosen cue another one.

    Every cue of the gold has content; "warned of …, explaining that …" shows how a pointer alone can miss that.
    """
    taken = [choice.span for choice in chosen]
    for cue in cues:
        if cue in taken:
            continue
        for number, content in enumerate(contents):
            if 0 <= content[0] - cue[1] <= BEHIND and (taken[number] is None or taken.count(taken[number]) > 1):
                taken[number] = cue
                chosen[number] = Choice(cue, 1 - chosen[number].share)
                break


def _source_of(cue: WordSpan, sources: list[WordSpan], scores: Scores, weights: Weights) -> Choice:
    query = scores.links[cue[0], LINKS.index("cue_to_source")]
    pointer = Pointer(query, LINKS.index("source"), weights.near_source, SOURCE_REACH)
    return _choose(cue, sources, pointer, scores)


def _cue_of(content: WordSpan, cues: list[WordSpan], scores: Scores, weights: Weights) -> Choice:
    first, last, _ = content
    query = scores.links[first, LINKS.index("content_first")] + scores.links[last - 1, LINKS.index("content_last")]
    pointer = Pointer(query, LINKS.index("cue"), weights.near_cue, CUE_REACH)
    return _choose(content, cues, pointer, scores)


def _choose(span: WordSpan, among: list[WordSpan], pointer: Pointer, scores: Scores) -> Choice:
    """The candidate that is pointed at best; None where "there is none" is, or where none is within reach."""
    first, last = span[0], span[1] - 1
    heads = np.array([candidate[0] for candidate in among], dtype=np.int64)
    distance = np.where(heads > last, heads - last, np.minimum(heads - first, 0))
    before, after = pointer.reach
    within = (-before <= distance) & (distance <= after)
    if not within.any():
        return Choice(None)
    points = scores.links[heads, pointer.key] @ pointer.query / np.float32(LINK**0.5)
    points = np.where(within, points + pointer.near[distance_bucket(distance)], -np.inf)
    none = float(scores.none[scores.window[first], pointer.key] @ pointer.query) / LINK**0.5
    shares = np.exp(np.append(points, none) - max(points.max(), none))
    best = int(np.argmax(shares))
    share = float(shares[best] / shares.sum())
    return Choice(among[best], share) if best < len(among) else Choice(None, share)


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
