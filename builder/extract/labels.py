"""The encoder's label sets and which label may follow which. Imports `schemas.vocabulary`."""

import numpy as np
from numpy.typing import NDArray

import schemas.vocabulary

CLAIM_KINDS = tuple(schemas.vocabulary.CLAIM_KINDS)
ROLES = ("source", "cue", "content")
NAME_KINDS = ("person", "organization", "place", "other")


def bio(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """O, then B- and I- of each kind.

    >>> bio(("cue",))
    ('O', 'B-cue', 'I-cue')
    """
    return ("O", *(f"{prefix}-{kind}" for kind in kinds for prefix in "BI"))


# The link vectors of a word: a cue looks for its source, a content piece (by its first and last word) for its cue.
LINKS = ("cue_to_source", "source", "content_first", "content_last", "cue")
LINK = 128  # the width of each
# The coreference vectors of a word: a mention, by its first and last word, looks for its antecedent, by its own.
MENTIONS = ("mention_first", "mention_last", "antecedent_first", "antecedent_last")
MENTION = 64  # the width of each
# Distances in words, signed, are told apart up to 8 and by powers of two beyond: 15 steps each way.
DISTANCES = 31

ROLE_TAGS = bio(ROLES)
NAME_TAGS = bio(NAME_KINDS)
# The encoder's outputs in their order, with the width of each at a piece; kinds has two columns a kind, for a word of a
# cue and for one of a content.
HEADS = {
    "roles": len(ROLE_TAGS),
    "names": len(NAME_TAGS),
    "links": LINK * len(LINKS),
    "sentences": 1,
    "mentions": MENTION * len(MENTIONS),
    "kinds": 2 * len(CLAIM_KINDS),
    "worth": 1,
}


def legal_transitions(tags: tuple[str, ...]) -> NDArray[np.bool_]:
    """bool[len(tags) + 1, len(tags)]: may column's tag follow row's; the last row is the beginning of a text."""
    legal = np.ones((len(tags) + 1, len(tags)), dtype=np.bool_)
    for column, tag in enumerate(tags):
        if tag.startswith("I-"):
            kind = tag[2:]
            legal[:, column] = [before in (f"B-{kind}", f"I-{kind}") for before in tags] + [False]
    return legal


def distance_bucket(distance: NDArray[np.int64]) -> NDArray[np.int64]:
    """The bucket, 0 to DISTANCES - 1, of a signed distance in words.

    >>> [int(b) for b in distance_bucket(np.array([-300, -9, -1, 0, 1, 8, 16, 900]))]
    [2, 7, 14, 15, 16, 23, 24, 29]
    """
    far = np.abs(distance)
    beyond = 8 + np.floor(np.log2(np.maximum(far, 8) / 8)).astype(np.int64)
    steps = np.minimum(np.where(far <= 8, far, beyond), DISTANCES // 2)
    return np.where(distance < 0, -steps, steps) + DISTANCES // 2
