"""Examples as labels of words and links between them. Needs no torch.

Imports `builder.extract`, `examples`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from builder.extract.attribution import Span
from builder.extract.labels import NAME_TAGS, ROLE_TAGS, ROLES
from builder.extract.pieces import Pieces, split_pieces, words_of
from builder.training.examples import Attributed, Example

Ints = NDArray[np.int64]
# First and last word of the span that points, first word of the one pointed at (-1: there is none).
Link = tuple[int, int, int]
WordSpan = tuple[int, int]  # first and last word
# The label of a word that its corpus says nothing about.
UNKNOWN = -100


@dataclass(frozen=True, slots=True)
class KindLabel:
    """The words of an attribution's cue and content pieces, and its claim kind."""

    cue: WordSpan
    content: tuple[WordSpan, ...]
    kind: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text ready to be cut: labels a word (int64[m], UNKNOWN where nothing is marked), links between words.

    `cue_to_source`: (cue's first word, its last, source's first or -1); `content_to_cue`: (content piece's first word,
    its last, cue's first); `mentions`: (first word, last, entity); `worth`: (first word, last, 0 or 1).
    """

    pieces: Pieces
    roles: Ints
    names: Ints
    sentences: Ints
    cue_to_source: tuple[Link, ...] = ()
    content_to_cue: tuple[Link, ...] = ()
    mentions: tuple[tuple[int, int, str], ...] = ()
    kinds: tuple[KindLabel, ...] = ()
    worth: tuple[tuple[int, int, int], ...] = ()


def label(example: Example, text: str, tokenizer: Tokenizer) -> Labelled:
    """Word labels and links; `text` is the example's, perhaps with other marks. The first label of a word stays."""
    pieces = split_pieces(text, tokenizer)
    roles, cue_to_source, content_to_cue, kinds = _label_attributions(example.attributions, pieces)
    names = _blank(pieces, example.names)
    for start, end, kind in example.names or ():
        _mark_words(names, pieces, (start, end), NAME_TAGS.index(f"B-{kind}"))
    sentences = _blank(pieces, example.sentences)
    for start in example.sentences or ():
        if words := words_of(pieces, (start, start + 1)):
            sentences[words[0]] = 1
    mentions = [(*words, e) for s, end, e in example.mentions or () if (words := words_of(pieces, (s, end)))]
    worth = [(*words, value) for s, end, value in example.worth or () if (words := words_of(pieces, (s, end)))]
    return Labelled(
        pieces, roles, names, sentences, cue_to_source, content_to_cue, tuple(mentions), kinds, tuple(worth)
    )


def _label_attributions(
    attributions: tuple[Attributed, ...] | None, pieces: Pieces
) -> tuple[Ints, tuple[Link, ...], tuple[Link, ...], tuple[KindLabel, ...]]:
    roles = _blank(pieces, attributions)
    cue_to_source: list[Link] = []
    content_to_cue: list[Link] = []
    kinds: list[KindLabel] = []
    for attribution in attributions or ():
        marked = {
            role: [
                _mark_words(roles, pieces, span, ROLE_TAGS.index(f"B-{role}")) for span in getattr(attribution, role)
            ]
            for role in ROLES
        }
        sources, cues, contents = ([span for span in marked[role] if span] for role in ROLES)
        if not cues:
            continue
        cue_to_source.append((*cues[0], sources[0][0] if sources else -1))
        content_to_cue.extend((*content, cues[0][0]) for content in contents)
        if attribution.claim_kind is not None and contents:
            kinds.append(KindLabel(cues[0], tuple(contents), attribution.claim_kind))
    return roles, tuple(cue_to_source), tuple(content_to_cue), tuple(kinds)


def _blank(pieces: Pieces, marked: object | None) -> Ints:
    return np.full(len(pieces.first), UNKNOWN if marked is None else 0, dtype=np.int64)


def _mark_words(tags: Ints, pieces: Pieces, span: Span, begin: int) -> WordSpan | None:
    """Tag the words of a span B then I; a span that is tagged already (a source of several cues) keeps its tags."""
    words = words_of(pieces, span)
    if words and not tags[words[0] : words[1] + 1].any():
        tags[words[0]] = begin
        tags[words[0] + 1 : words[1] + 1] = begin + 1
    return words
