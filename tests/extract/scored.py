"""Scores made by hand: words of one letter, sure of their tags, with what they look for."""

import numpy as np
from numpy.typing import NDArray

from builder.extract.labels import (
    CLAIM_KINDS,
    DISTANCES,
    LINK,
    LINKS,
    MENTION,
    MENTIONS,
    NAME_TAGS,
    ROLE_TAGS,
    legal_transitions,
)
from builder.extract.pieces import Pieces
from builder.extract.scores import Scores, Weights

Floats = NDArray[np.float32]


def legal(tags: tuple[str, ...]) -> Floats:
    return np.where(legal_transitions(tags), 0, -1e4).astype(np.float32)


def world(tags: list[str], links: dict[tuple[int, str], Floats]) -> tuple[Scores, Weights, Pieces]:
    """One-letter words with those tags, sure of them, and those link vectors."""
    m = len(tags)
    roles = np.full((m, len(ROLE_TAGS)), -10, dtype=np.float32)
    for at, tag in enumerate(tags):
        roles[at, ROLE_TAGS.index(tag)] = 10
    vectors = np.zeros((m, len(LINKS), LINK), dtype=np.float32)
    for (word, name), vector in links.items():
        vectors[word, LINKS.index(name)] = vector
    blank = np.zeros(m, np.float32)
    scores = Scores(
        roles=roles,
        names=np.zeros((m, len(NAME_TAGS)), np.float32),
        links=vectors,
        none=np.zeros((1, len(LINKS), LINK), np.float32),
        window=np.zeros(m, np.int64),
        sentences=blank,
        mentions=np.zeros((m, len(MENTIONS), MENTION), np.float32),
        kinds=np.zeros((m, 2, len(CLAIM_KINDS)), np.float32),
        worth=blank,
    )
    nowhere = np.zeros(DISTANCES, np.float32)
    # Sure tags and links give 0.88, less sure ones of the content less.
    confidence = np.array([1, 0, 0, 0, 0, 0, 0, 0, 0, 2], np.float32)
    weights = Weights(legal(ROLE_TAGS), nowhere, nowhere, nowhere, confidence)
    places = np.arange(m, dtype=np.int32)
    return scores, weights, Pieces(places, places, places, places, 2 * places, 2 * places + 1, places)


def axis(number: int, size: float = 20.0) -> Floats:
    vector = np.zeros(LINK, dtype=np.float32)
    vector[number] = size
    return vector
