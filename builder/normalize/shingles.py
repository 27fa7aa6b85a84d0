"""Words and shingles (runs of words) of a text as numbers, and which texts share many. Imports `builder.bins`.

A MinHash sketch of a fixed share of the shingles (FracMinHash; Irber and others 2022) instead of a fixed number:
it tells containment as well as likeness, and is one vectorised step a text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
import polars as pl

from builder.bins import Bins

Hashes = npt.NDArray[np.uint64]

SHINGLE = 5
# One shingle in four is looked up; of a text of fewer than 64 all are.
SAMPLE = 4
FEW = 64
# Two texts are compared where they share a tenth of the smaller sketch, and two shingles at least.
SHARED = 0.1
LEAST_SHARED = 2
# Every text is paired with the first and with the last three before it that have a shingle, so that a phrase that all
# have costs no more than a rare one.
LAGS = 3

_WORD = re.compile(r"\w+")
_MOST_KNOWN = 200_000
# Shingles that wait in memory before they go to bins by their first bits, and texts whose pairs share a bin.
_WAITING = 1_000_000
_FIRST_BITS, _TEXTS_A_BIN = 5, 20_000
_LOOKED_UP = pl.Schema({"hash": pl.UInt64(), "owner": pl.UInt64()})
_COUNTED = pl.Schema({"pair": pl.UInt64(), "shared": pl.Int64()})
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


@dataclass(slots=True)
class Sketches:
    """The sketches of texts 0, 1, 2, …; `bins` holds those of many texts, so that no more than a part is in memory."""

    bins: Bins
    _sizes: list[int] = field(default_factory=list)
    _waiting: list[tuple[int, Hashes]] = field(default_factory=list)
    _n_waiting: int = 0

    def add(self, sketch: Hashes) -> None:
        """Take the next text's sketch in."""
        self._waiting.append((len(self._sizes), sketch))
        self._sizes.append(len(sketch))
        self._n_waiting += len(sketch)
        if self._n_waiting >= _WAITING:
            self._put_away()

    def pairs_to_compare(self) -> Iterator[tuple[int, int]]:
        """The numbers of texts, smaller first and in order, that share enough for a closer look; then none is left."""
        self._put_away()
        for number in self.bins.numbers("sketches"):
            looked_up = self.bins.get("sketches", number, _LOOKED_UP).sort("hash", "owner")
            pairs, shared = _count_shared(looked_up["hash"].to_numpy(), looked_up["owner"].to_numpy())
            counted = pl.DataFrame({"pair": pairs, "shared": shared}, schema=_COUNTED)
            first = (pl.col("pair") // 2**32 // _TEXTS_A_BIN).alias("first")
            self.bins.add_split("pairs", counted.with_columns(first), "first")
        self.bins.drop("sketches")
        sizes = np.array(self._sizes, np.int64)
        for number in self.bins.numbers("pairs"):
            counted = self.bins.get("pairs", number, _COUNTED).group_by("pair").agg(pl.col("shared").sum())
            counted = counted.filter(pl.col("shared") >= LEAST_SHARED).sort("pair")
            pairs, shared = counted["pair"].to_numpy(), counted["shared"].to_numpy()
            one, other = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
            is_enough = shared >= SHARED * np.minimum(sizes[one], sizes[other])
            yield from zip(one[is_enough].tolist(), other[is_enough].tolist(), strict=True)
        self.bins.drop("pairs")

    def _put_away(self) -> None:
        sketches = [sketch for _, sketch in self._waiting]
        numbers = np.array([number for number, _ in self._waiting], np.uint64)
        owners = np.repeat(numbers, [len(sketch) for sketch in sketches])
        hashes = np.concatenate([np.empty(0, np.uint64), *sketches])
        frame = pl.DataFrame({"hash": hashes, "owner": owners}, schema=_LOOKED_UP)
        first = (pl.col("hash") // 2 ** (64 - _FIRST_BITS)).alias("first")
        self.bins.add_split("sketches", frame.with_columns(first), "first")
        self._waiting, self._n_waiting = [], 0


def _count_shared(hashes: Hashes, owners: Hashes) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """The pairs of texts that have a shingle in common, packed, and how many; sorted by shingle and text come in."""
    is_first = np.concatenate([[True], hashes[1:] != hashes[:-1]])
    found = []
    for lag in range(1, LAGS + 1):
        same = hashes[lag:] == hashes[:-lag]
        found.append(_packed(owners[:-lag][same], owners[lag:][same]))
    firsts = np.maximum.accumulate(np.where(is_first, np.arange(len(hashes)), 0))
    is_far = np.arange(len(hashes)) - firsts > LAGS
    found.append(_packed(owners[firsts[is_far]], owners[is_far]))
    pairs, shared = np.unique(np.concatenate(found), return_counts=True)
    return pairs, shared.astype(np.int64)


def _packed(one: Hashes, other: Hashes) -> Hashes:
    return (one << np.uint64(32)) | other
