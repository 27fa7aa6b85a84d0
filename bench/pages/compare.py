"""How alike two texts are, by their words. Imports nothing of the project."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

# A script that sets no spaces is compared by its characters.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


@dataclass(frozen=True, slots=True)
class Score:
    """Shares from 0 to 1: precision, recall and F1 of the words in any order (`bag`) and in their order (`order`)."""

    precision: float
    recall: float
    bag: float
    order: float


def words(text: str) -> list[str]:
    """The words of a text, in lower case, without punctuation.

    >>> words("“No,” she said.")
    ['no', 'she', 'said']
    """
    return _WORD.findall(text.casefold())


def score(found: Sequence[str], expected: Sequence[str]) -> Score:
    """A found text's words against the expected ones."""
    common = (Counter(found) & Counter(expected)).total()
    in_order = LCSseq.similarity(found, expected)
    return Score(
        precision=common / len(found) if found else 0.0,
        recall=common / len(expected) if expected else 0.0,
        bag=_f1(common, found, expected),
        order=_f1(in_order, found, expected),
    )


def _f1(common: int, found: Sequence[str], expected: Sequence[str]) -> float:
    total = len(found) + len(expected)
    return 2 * common / total if total else 1.0


def missing(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words of one text the other has not.

    >>> missing(["a", "a", "b"], ["a"])
    2
    """
    return (Counter(one) - Counter(other)).total()
