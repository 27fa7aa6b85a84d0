"""What the encoder gives for an article, word by word, and what reading it needs. Imports nothing of the project."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """The heads' output over the m words of an article, each word from the window it stands most central in.

    `roles`: float32[m, 7]; `names`: float32[m, 9]; `links`: float32[m, 5, 128], the vectors of LINKS; `none`:
    float32[windows, 5, 128], the same of every window's [CLS], which stands for "there is none"; `window`: int64[m],
    the window that a word's scores come from; `sentences`: float32[m], log odds of starting a sentence; `mentions`:
    float32[m, 4, 64], the vectors of MENTIONS; `kinds`: float32[m, 2, 13], claim kinds by a cue's and a content's word;
    `worth`: float32[m], log odds of a claim's word that it is worth a check.
    """

    roles: Floats
    names: Floats
    links: Floats
    none: Floats
    window: NDArray[np.int64]
    sentences: Floats
    mentions: Floats
    kinds: Floats
    worth: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """What decoding needs of the model beside its scores.

    `transitions`: float32[8, 7], the last row for a text's beginning; `near_source`, `near_cue`, `near_mention`:
    float32[31], biases by the distance from a cue to a source, from a content piece to a cue, from a mention to its
    antecedent (`labels.distance_bucket`); `confidence`: float32[10], of `confidence.Evidence` and the constant.
    """

    transitions: Floats
    near_source: Floats
    near_cue: Floats
    near_mention: Floats
    confidence: Floats
