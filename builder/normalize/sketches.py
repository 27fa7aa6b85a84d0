"""What texts are found by among all others, and which of them share much of it. Imports `builder.bins`, `shingles`.

A text is signed once (`sign_texts`); signatures come in with their articles, in any order, and lie in bins, so that no
more than a part of them is in memory. The texts' own order is told when they are compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
import polars as pl

from builder.bins import Bins
from builder.normalize.shingles import Hashes, WordHashes, number_words, shingles_of, sketch_of, words_of

# Two texts are compared where they share a tenth of the smaller sketch, and two shingles at least.
SHARED = 0.1
LEAST_SHARED = 2
# Every text is paired with the first and with the last three before it that have a shingle, so that a phrase that all
# have costs no more than a rare one.
LAGS = 3

# Shingles that wait in memory before they go to bins by their first bits, and texts whose pairs share a bin.
_WAITING = 1_000_000
_FIRST_BITS, _TEXTS_A_BIN = 5, 20_000
_OWNED = pl.Schema({"hash": pl.UInt64(), "owner": pl.UInt64()})
_COUNTED = pl.Schema({"pair": pl.UInt64(), "shared": pl.Int64()})
# `words` is a hash of all words in their order, null of a text without a word.
SIGNATURES = pl.Schema({"words": pl.Binary(), "sketch": pl.List(pl.UInt64)})


def sign_texts(texts: Sequence[str]) -> pl.DataFrame:
    """A row of `SIGNATURES` for each text: the same texts, wherever they stand, have the same."""
    known = WordHashes()
    numbered = [number_words(words_of(text), known) for text in texts]
    return pl.DataFrame(
        {
            "words": [blake2b(words.tobytes(), digest_size=16).digest() if len(words) else None for words in numbered],
            "sketch": pl.Series([sketch_of(shingles_of(words)) for words in numbered], dtype=SIGNATURES["sketch"]),
        },
        schema=SIGNATURES,
    )


@dataclass(slots=True)
class Sketches:
    """The signatures of texts 0, 1, 2, … in the order in which they came."""

    bins: Bins
    _words: list[pl.Series] = field(default_factory=list)
    _sizes: list[pl.Series] = field(default_factory=list)
    _waiting: list[pl.DataFrame] = field(default_factory=list)
    _n_waiting: int = 0
    _n_texts: int = 0

    def add(self, signatures: pl.DataFrame) -> None:
        """Take the next texts' signatures in."""
        owned = signatures.select(
            hash="sketch", owner=pl.int_range(self._n_texts, self._n_texts + pl.len(), dtype=pl.UInt64)
        )
        self._words.append(signatures["words"])
        self._sizes.append(signatures["sketch"].list.len().cast(pl.Int64))
        self._waiting.append(owned.explode("hash").drop_nulls("hash"))
        self._n_texts += signatures.height
        self._n_waiting += self._waiting[-1].height
        if self._n_waiting >= _WAITING:
            self._put_away()

    def first_equals(self, rows: pl.Series) -> pl.Series:
        """For each text in the order of `rows`, the place of the first one in the same words; its own without words."""
        words = pl.concat([pl.Series(dtype=pl.Binary()), *self._words]).rechunk().gather(rows)
        places = pl.DataFrame({"words": words}).with_row_index("place")
        first = pl.col("place").first().over("words")
        return places.select(pl.when(pl.col("words").is_null()).then("place").otherwise(first))["place"]

    def pairs_to_compare(self, rows: pl.Series, firsts: pl.Series) -> Iterator[tuple[int, int]]:
        """Places of texts in the order of `rows`, smaller first and in order, that share enough for a closer look.

        Only of texts that are their own `firsts`. The sketches are used up.
        """
        self._put_away()
        is_first = (firsts == pl.int_range(len(firsts), dtype=pl.UInt32, eager=True)).to_numpy()
        place_of = np.empty(len(rows), np.int64)
        place_of[rows.to_numpy()] = np.where(is_first, np.arange(len(rows)), -1)
        for number in self.bins.numbers("sketches"):
            owned = self.bins.get("sketches", number, _OWNED)
            places = pl.Series("owner", place_of[owned["owner"].to_numpy()])
            looked_up = owned.with_columns(places).filter(pl.col("owner") >= 0).cast(_OWNED).sort("hash", "owner")
            pairs, shared = _count_shared(looked_up["hash"].to_numpy(), looked_up["owner"].to_numpy())
            counted = pl.DataFrame({"pair": pairs, "shared": shared}, schema=_COUNTED)
            first = (pl.col("pair") // 2**32 // _TEXTS_A_BIN).alias("first")
            self.bins.add_split("pairs", counted.with_columns(first), "first")
        self.bins.drop("sketches")
        sizes = pl.concat([pl.Series(dtype=pl.Int64()), *self._sizes]).rechunk().gather(rows).to_numpy()
        for number in self.bins.numbers("pairs"):
            counted = self.bins.get("pairs", number, _COUNTED).group_by("pair").agg(pl.col("shared").sum())
            counted = counted.filter(pl.col("shared") >= LEAST_SHARED).sort("pair")
            pairs, shared = counted["pair"].to_numpy(), counted["shared"].to_numpy()
            one, other = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
            is_enough = shared >= SHARED * np.minimum(sizes[one], sizes[other])
            yield from zip(one[is_enough].tolist(), other[is_enough].tolist(), strict=True)
        self.bins.drop("pairs")

    def _put_away(self) -> None:
        owned = pl.concat([_OWNED.to_frame(), *self._waiting])
        first = (pl.col("hash") // 2 ** (64 - _FIRST_BITS)).alias("first")
        self.bins.add_split("sketches", owned.with_columns(first), "first")
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
