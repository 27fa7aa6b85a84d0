"""From the encoder's scores to attributions and names: Viterbi over whole words, then links. NumPy only.

Imports `labels`, `pieces`, `attribution`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.extract.attribution import Attribution, Name
from builder.extract.labels import NAME_TAGS, ROLE_TAGS, legal_transitions
from builder.extract.pieces import Pieces

Floats = NDArray[np.float32]

# Farther apart than this, in words, a source or a content is not looked for (PolNeAR train: 99.8 % are nearer).
REACH = 200
_ILLEGAL = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Scores:
    """The encoder's output over the m words of an article, each word from the window it stands most central in.

    `roles`: float32[m, 7]; `names`: float32[m, 9]; the link vectors `cue_to_source`, `source`, `content_to_cue`,
    `cue`: float32[m, 128]; `none_source`, `none_cue`: float32[m, 128], the window's vectors for "there is none".
    """

    roles: Floats
    names: Floats
    cue_to_source: Floats
    source: Floats
    content_to_cue: Floats
    cue: Floats
    none_source: Floats
    none_cue: Floats


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


def tag_spans(tags: NDArray[np.int64], names: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Runs of B and I as (first word, last word + 1, kind)."""
    spans: list[tuple[int, int, str]] = []
    for at, tag in enumerate(tags):
        name = names[tag]
        if name.startswith("B-"):
            spans.append((at, at + 1, name[2:]))
        elif name.startswith("I-"):
            first, _, kind = spans[-1]
            spans[-1] = (first, at + 1, kind)
    return spans


def decode_attributions(scores: Scores, transitions: Floats, pieces: Pieces) -> list[Attribution]:
    """Attributions in the order of their first content; a cue without content is none.

    Every cue chooses its source among the sources within REACH or none; every content piece its cue.
    """
    spans = tag_spans(viterbi(scores.roles, transitions), ROLE_TAGS)
    sources, cues, contents = ([s for s in spans if s[2] == role] for role in ("source", "cue", "content"))
    certainty = _softmax(scores.roles).max(axis=1)
    groups: dict[tuple[int, int, str] | int, list[tuple[int, int, str]]] = {}
    for number, content in enumerate(contents):
        cue = _choose(content, cues, scores.content_to_cue, scores.cue, scores.none_cue)
        groups.setdefault(number if cue is None else cue, []).append(content)
    found = []
    for cue, pieces_of_content in groups.items():
        has_cue = isinstance(cue, tuple)
        source = _choose(cue, sources, scores.cue_to_source, scores.source, scores.none_source) if has_cue else None
        parts = [*pieces_of_content, *([cue] if has_cue else []), *([source] if source else [])]
        words = np.concatenate([certainty[first:last] for first, last, _ in parts])
        found.append(
            Attribution(
                content=tuple(_offsets(piece, pieces) for piece in pieces_of_content),
                cue=(_offsets(cue, pieces),) if has_cue else (),
                source=(_offsets(source, pieces),) if source else (),
                confidence=float(words.mean()),
            )
        )
    return sorted(found, key=lambda attribution: attribution.content)


def _choose(
    span: tuple[int, int, str], among: list[tuple[int, int, str]], query: Floats, key: Floats, none: Floats
) -> tuple[int, int, str] | None:
    near = [candidate for candidate in among if abs(candidate[0] - span[0]) <= REACH]
    if not near:
        return None
    vector = query[span[0]]
    points = key[[candidate[0] for candidate in near]] @ vector
    best = int(points.argmax())
    return near[best] if points[best] > float(none[span[0]] @ vector) else None


def decode_names(scores: Scores, pieces: Pieces) -> list[Name]:
    """Names in the text's order, the best legal sequence of the name head."""
    legal = np.where(legal_transitions(NAME_TAGS), np.float32(0), _ILLEGAL).astype(np.float32)
    spans = tag_spans(viterbi(scores.names, legal), NAME_TAGS)
    return [Name(*_offsets(span, pieces), span[2]) for span in spans]


def _offsets(span: tuple[int, int, str], pieces: Pieces) -> tuple[int, int]:
    first, last, _ = span
    return int(pieces.starts[first]), int(pieces.ends[last - 1])


def _softmax(values: Floats) -> Floats:
    shifted = np.exp(values - values.max(axis=1, keepdims=True))
    out: Floats = shifted / shifted.sum(axis=1, keepdims=True)
    return out
