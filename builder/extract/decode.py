"""From the encoder's scores to attributions and names: Viterbi over whole words, then links. NumPy only.

Imports `labels`, `pieces`, `scores`, `attribution`.
"""

from dataclasses import dataclass

import numpy as np

from builder.extract.attribution import Attribution, Name, Span
from builder.extract.labels import LINK, LINKS, NAME_TAGS, ROLE_TAGS, distance_bucket, legal_transitions
from builder.extract.pieces import Pieces
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


def decode_attributions(scores: Scores, weights: Weights, pieces: Pieces) -> list[Attribution]:
    """Attributions in the order of their first content; a cue without content is none.

    Every cue chooses its source among the sources within reach or none; every content piece its cue.
    """
    tags = viterbi(scores.roles, weights.transitions)
    spans = tag_spans(tags, ROLE_TAGS)
    sources, cues, contents = ([s for s in spans if s[2] == role] for role in ("source", "cue", "content"))
    certainty = np.take_along_axis(marginals(scores.roles, weights.transitions), tags[:, None], axis=1)[:, 0]
    groups: dict[WordSpan | int, list[WordSpan]] = {}
    chosen = [_cue_of(content, cues, scores, weights) for content in contents]
    _give_each_cue_content(cues, contents, chosen)
    for number, (content, cue) in enumerate(zip(contents, chosen, strict=True)):
        groups.setdefault(number if cue is None else cue, []).append(content)
    found = []
    for key, parts in groups.items():
        cues_of = [key] if isinstance(key, tuple) else []
        sources_of = [source for one in cues_of if (source := _source_of(one, sources, scores, weights))]
        words = np.concatenate([certainty[first:last] for first, last, _ in [*parts, *cues_of, *sources_of]])
        found.append(
            Attribution(
                content=_offsets_of(parts, pieces),
                cue=_offsets_of(cues_of, pieces),
                source=_offsets_of(sources_of, pieces),
                confidence=float(words.mean()),
            )
        )
    return sorted(found, key=lambda attribution: attribution.content)


def _give_each_cue_content(cues: list[WordSpan], contents: list[WordSpan], chosen: list[WordSpan | None]) -> None:
    """A cue that no content chose takes the piece right behind it, where that leaves its chosen cue another one.

    Every cue of the gold has content; "warned of …, explaining that …" shows how a pointer alone can miss that.
    """
    for cue in cues:
        if cue in chosen:
            continue
        for number, content in enumerate(contents):
            if 0 <= content[0] - cue[1] <= BEHIND and (chosen[number] is None or chosen.count(chosen[number]) > 1):
                chosen[number] = cue
                break


def _source_of(cue: WordSpan, sources: list[WordSpan], scores: Scores, weights: Weights) -> WordSpan | None:
    query = scores.links[cue[0], LINKS.index("cue_to_source")]
    pointer = Pointer(query, LINKS.index("source"), weights.near_source, SOURCE_REACH)
    return _choose(cue, sources, pointer, scores)


def _cue_of(content: WordSpan, cues: list[WordSpan], scores: Scores, weights: Weights) -> WordSpan | None:
    first, last, _ = content
    query = scores.links[first, LINKS.index("content_first")] + scores.links[last - 1, LINKS.index("content_last")]
    pointer = Pointer(query, LINKS.index("cue"), weights.near_cue, CUE_REACH)
    return _choose(content, cues, pointer, scores)


def _choose(span: WordSpan, among: list[WordSpan], pointer: Pointer, scores: Scores) -> WordSpan | None:
    """The candidate that is pointed at best; None where "there is none" is, or where none is within reach."""
    first, last = span[0], span[1] - 1
    heads = np.array([candidate[0] for candidate in among], dtype=np.int64)
    distance = np.where(heads > last, heads - last, np.minimum(heads - first, 0))
    before, after = pointer.reach
    within = (-before <= distance) & (distance <= after)
    if not within.any():
        return None
    points = scores.links[heads, pointer.key] @ pointer.query / np.float32(LINK**0.5)
    points += pointer.near[distance_bucket(distance)]
    best = int(np.argmax(np.where(within, points, -np.inf)))
    return (
        among[best]
        if points[best] > float(scores.none[scores.window[first], pointer.key] @ pointer.query) / LINK**0.5
        else None
    )


def decode_names(scores: Scores, pieces: Pieces) -> list[Name]:
    """Names in the text's order, the best legal sequence of the name head."""
    legal = np.where(legal_transitions(NAME_TAGS), np.float32(0), _ILLEGAL).astype(np.float32)
    spans = tag_spans(viterbi(scores.names, legal), NAME_TAGS)
    return [Name(*_offsets(span, pieces), span[2]) for span in spans]


def _offsets_of(spans: list[WordSpan], pieces: Pieces) -> tuple[Span, ...]:
    return tuple(_offsets(span, pieces) for span in spans)


def _offsets(span: WordSpan, pieces: Pieces) -> Span:
    first, last, _ = span
    return int(pieces.starts[first]), int(pieces.ends[last - 1])
