"""Gold attributions (PolNeAR's JSON lines) as word labels and links. Needs no torch.

Imports `builder.extract`, `builder.measure.gold`.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from builder.extract.labels import NAME_TAGS, ROLE_TAGS, ROLES
from builder.extract.pieces import Pieces, split_pieces
from builder.measure.gold import read_rows

# CoreNLP's classes; its dates are nobody's name.
_SILVER_KINDS = {"PERSON": "person", "ORGANIZATION": "organization", "LOCATION": "place", "MISC": "other"}
# First and last word of the span that points, first word of the one pointed at (-1: there is none).
Link = tuple[int, int, int]
# British, straight and angled marks are rare in the gold: of every epoch, these shares of its articles are read
# with their marks changed, one character for one, so that every offset stays.
MARKS = ((0.12, "“”", "‘’"), (0.12, "“”", '""'), (0.04, "“”", "«»"))


@dataclass(frozen=True, slots=True)
class Example:
    """An article's text with its attributions ({role: spans}) and silver names (start, end, kind)."""

    doc: str
    text: str
    attributions: list[dict[str, list[list[int]]]]
    names: list[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article ready to be cut: tags a word (int64[m]), links between words.

    `cue_to_source`: (cue's first word, its last, source's first or -1); `content_to_cue`: (content piece's first word,
    its last, cue's first).
    """

    pieces: Pieces
    roles: NDArray[np.int64]
    names: NDArray[np.int64]
    cue_to_source: list[Link]
    content_to_cue: list[Link]


def read_examples(gold: Path, silver: Path | None = None) -> list[Example]:
    """Examples of a gold file, with the names of a silver file of the same articles where one is given."""
    names: dict[str, list[tuple[int, int, str]]] = {}
    if silver:
        for row in read_rows(silver):
            names[row["doc"]] = [(s, e, _SILVER_KINDS[kind]) for s, e, kind in row["names"] if kind in _SILVER_KINDS]
    return [Example(row["doc"], row["text"], row["attributions"], names.get(row["doc"], [])) for row in read_rows(gold)]


def change_marks(text: str, draw: float, scale: float) -> str:
    """`text` with other quotation marks where `draw`, in [0, 1), falls into one of the shares of MARKS times `scale`."""
    for share, old, new in MARKS:
        if draw < scale * share:
            return text.translate(str.maketrans(old, new))
        draw -= scale * share
    return text


def label(example: Example, text: str, tokenizer: Tokenizer) -> Labelled:
    """Word labels and links; `text` is the example's, perhaps with other marks. The first label of a word stays."""
    pieces = split_pieces(text, tokenizer)
    roles = np.zeros(len(pieces.first), dtype=np.int64)
    names = np.zeros(len(pieces.first), dtype=np.int64)
    cue_to_source: list[Link] = []
    content_to_cue: list[Link] = []
    for attribution in example.attributions:
        marked = {role: [_mark(roles, pieces, s, e, role) for s, e in attribution[role]] for role in ROLES}
        sources, cues, contents = ([span for span in marked[role] if span] for role in ROLES)
        if not cues:
            continue
        cue_to_source.append((*cues[0], sources[0][0] if sources else -1))
        content_to_cue.extend((*content, cues[0][0]) for content in contents)
    for start, end, kind in example.names:
        _mark_words(names, pieces, start, end, NAME_TAGS.index(f"B-{kind}"))
    return Labelled(pieces, roles, names, cue_to_source, content_to_cue)


def _mark(tags: NDArray[np.int64], pieces: Pieces, start: int, end: int, role: str) -> tuple[int, int] | None:
    return _mark_words(tags, pieces, start, end, ROLE_TAGS.index(f"B-{role}"))


def _mark_words(tags: NDArray[np.int64], pieces: Pieces, start: int, end: int, begin: int) -> tuple[int, int] | None:
    """Tag the words of text[start:end] B then I; the first and the last word's number, None where there is none.

    A span that is tagged already (a source that several cues share) keeps its tags.
    """
    first = int(np.searchsorted(pieces.ends, start, side="right"))
    last = int(np.searchsorted(pieces.starts, end, side="left"))
    if first >= last:
        return None
    if not tags[first:last].any():
        tags[first] = begin
        tags[first + 1 : last] = begin + 1
    return first, last - 1
