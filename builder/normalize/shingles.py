"""Words and shingles (runs of words) of a text as numbers. Imports nothing of the project.

A MinHash sketch of a fixed share of the shingles (FracMinHash; Irber and others 2022) instead of a fixed number:
it tells containment as well as likeness, and is one vectorised step a text.
"""

import re
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

SHINGLE = 5
# One shingle in four is looked up; of a text of fewer than 64 all are.
SAMPLE = 4
FEW = 64

_WORD = re.compile(r"\w+")
_MOST_KNOWN = 200_000
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


class WordHashes(dict[str, int]):
    """A word's number, 64 bit, the same in every process; remembered up to a limit."""

    def __missing__(self, word: str) -> int:
        """Compute it."""
        if len(self) >= _MOST_KNOWN:
            self.clear()
        number = int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
        self[word] = number
        return number


def words_of(text: str) -> list[str]:
    """The words without case and punctuation.

    >>> words_of("“No,” SHE said.")
    ['no', 'she', 'said']
    """
    return _WORD.findall(text.casefold())


def number_words(words: list[str], known: WordHashes) -> Hashes:
    """uint64[n], one number a word."""
    return np.fromiter(map(known.__getitem__, words), np.uint64, len(words))


def shingles_of(words: Hashes) -> Hashes:
    """uint64[m], sorted: the different runs of five words; none of fewer."""
    n = len(words) - SHINGLE + 1
    if n < 1:
        return np.empty(0, np.uint64)
    runs = words[:n].copy()
    for step in range(1, SHINGLE):
        runs *= _FACTOR
        runs += words[step : step + n]
    runs ^= runs >> np.uint64(31)
    runs *= _FACTOR
    runs ^= runs >> np.uint64(29)
    return np.unique(runs)


def sketch_of(shingles: Hashes) -> Hashes:
    """The part of a text's shingles that is looked up: the same ones in every text that has them."""
    return shingles if len(shingles) < FEW else shingles[shingles % np.uint64(SAMPLE) == 0]
