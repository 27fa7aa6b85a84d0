"""The encoder's label sets and which label may follow which. Imports nothing of the project."""

import numpy as np
from numpy.typing import NDArray

ROLES = ("source", "cue", "content")
NAME_KINDS = ("person", "organization", "place", "other")


def bio(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """O, then B- and I- of each kind.

    >>> bio(("cue",))
    ('O', 'B-cue', 'I-cue')
    """
    return ("O", *(f"{prefix}-{kind}" for kind in kinds for prefix in "BI"))


ROLE_TAGS = bio(ROLES)
NAME_TAGS = bio(NAME_KINDS)


def legal_transitions(tags: tuple[str, ...]) -> NDArray[np.bool_]:
    """bool[len(tags) + 1, len(tags)]: may column's tag follow row's; the last row is the beginning of a text."""
    legal = np.ones((len(tags) + 1, len(tags)), dtype=np.bool_)
    for column, tag in enumerate(tags):
        if tag.startswith("I-"):
            kind = tag[2:]
            legal[:, column] = [before in (f"B-{kind}", f"I-{kind}") for before in tags] + [False]
    return legal
