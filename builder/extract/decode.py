"""From the encoder's scores to attributions and names: Viterbi over whole words, then links. NumPy only.

Imports `labels`, `pieces`, `attribution`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.extract.attribution import Attribution, Name, Span
from builder.extract.labels import LINK, LINKS, NAME_TAGS, ROLE_TAGS, distance_bucket, legal_transitions
from builder.extract.pieces import Pieces

Floats = NDArray[np.float32]
WordSpan = tuple[int, int, str]  # first word, last word + 1, kind

# How far, in words, from a content's nearer edge its cue is looked for, before and after; and from a cue its source.
# PolNeAR train has one link in two hundred beyond each bound; a pointer without one joins what is pages apart.
CUE_REACH = (47, 15)
SOURCE_REACH = (32, 7)
# How many words may stand between a cue and the content right behind it.
BEHIND = 2
_ILLEGAL = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Scores:
    """The encoder's output over the m words of an article, each word from the window it stands most central in.

    `roles`: float32[m, 7]; `names`: float32[m, 9]; `links`: float32[m, 5, 128], the vectors of LINKS; `none`: the same
    of the window's [CLS], which stands for "there is none".
    """

    roles: Floats
    names: Floats
    links: Floats
    none: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """What decoding needs of the model beside its scores.

    `transitions`: float32[8, 7], the last row for a text's beginning; `near_source`, `near_cue`: float32[31], biases by
    the distance from a cue to a source and from a content piece to a cue (`labels.distance_bucket`).
    """

    transitions: Floats
    near_source: Floats
    near_cue: Floats


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a span looks for: its query vector, the key in LINKS, the bias by distance, the reach before and after."""

    query: Floats
    key: int
    near: Floats
    reach: tuple[int, int]


def viterbi(emissions: Floats, transitions: Floats) -> NDArray[np.int64]:
    """The best tag sequence; ties go to the tag listed first. emissions: [m, k]; transitions: [k + 1, k]."""
    length, _ = emissions.shape
    if not length:
        return np.zeros(0, dtype=np.int64)
    inner = transitions[:-1]
    best = transitions[-1] + emissions[0]
    back = np.zeros(emissions.shape, dtype=np.int64)
    for at in range(1, length):
        paths = best[:, None] + inner
        back[at] = paths.argmax(axis=0)
        best = paths.max(axis=0) + emissions[at]
    tags = np.zeros(length, dtype=np.int64)
    tags[-1] = int(best.argmax())
    for at in range(length - 1, 0, -1):
        tags[at - 1] = back[at, tags[at]]
    return tags


def marginals(emissions: Floats, transitions: Floats) -> Floats:
    """How probable every tag is at every word, given the whole text: forward-backward. float32[m, k]."""
    length, _ = emissions.shape
    if not length:
        return emissions
    inner = transitions[:-1]
    forward, backward = np.empty_like(emissions), np.zeros_like(emissions)
    forward[0] = transitions[-1] + emissions[0]
    for at in range(1, length):
        forward[at] = _log_sum(forward[at - 1][:, None] + inner, axis=0) + emissions[at]
        forward[at] -= forward[at].max()  # only the ratios within a word matter
    for at in range(length - 2, -1, -1):
        backward[at] = _log_sum(inner + (emissions[at + 1] + backward[at + 1])[None, :], axis=1)
        backward[at] -= backward[at].max()
    whole = forward + backward
    shares: Floats = np.exp(whole - whole.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def _log_sum(values: Floats, axis: int) -> Floats:
    highest = values.max(axis=axis)
    total: Floats = highest + np.log(np.exp(values - np.expand_dims(highest, axis)).sum(axis=axis))
    return total


def tag_spans(tags: NDArray[np.int64], names: tuple[str, ...]) -> list[WordSpan]:
    """Runs of B and I as (first word, last word + 1, kind)."""
    spans: list[WordSpan] = []
    for at, tag in enumerate(tags):
        name = names[tag]
        if name.startswith("B-"):
            spans.append((at, at + 1, name[2:]))
        elif name.startswith("I-"):
            first, _, kind = spans[-1]
            spans[-1] = (first, at + 1, kind)
    return spans


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
    return among[best] if points[best] > float(scores.none[first, pointer.key] @ pointer.query) / LINK**0.5 else None


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
