"""Stretches of a sorted column of ids, so that what is longer than memory is worked on stretch by stretch, in order.

Imports `builder.bins`. Where a stretch ends bounds the memory and changes no byte of what comes out.
"""

from dataclasses import dataclass

import polars as pl

from builder.bins import Bins


@dataclass(frozen=True, slots=True)
class Ranges:
    """`firsts`: the first id of every stretch but the first one, sorted strings."""

    firsts: pl.Series

    def __len__(self) -> int:
        return len(self.firsts) + 1

    def numbers_of(self, ids: pl.Series) -> pl.Series:
        """The number of each id's stretch.

        >>> Ranges(pl.Series(["b", "d"])).numbers_of(pl.Series(["a", "b", "c", "e"])).to_list()
        [0, 1, 1, 2]
        """
        return self.firsts.search_sorted(ids, side="right")

    def file(self, bins: Bins, table: str, rows: pl.DataFrame, by: str) -> None:
        """Put each row into the table's bin of the stretch that its id in the column `by` lies in."""
        bins.add_split(table, rows.with_columns(bin=self.numbers_of(rows[by])), "bin")


def ranges_of_hashes(prefix: str, n: int) -> Ranges:
    """`n` stretches of ids that are a prefix and a hash in hexadecimal digits: all about equally long.

    >>> ranges_of_hashes("art-", 4).firsts.to_list()
    ['art-4000', 'art-8000', 'art-c000']
    """
    firsts = [f"{prefix}{number * 0x10000 // n:04x}" for number in range(1, n)]
    return Ranges(pl.Series(firsts, dtype=pl.String))


def ranges_of_sample(ids: pl.Series, n: int) -> Ranges:
    """At most `n` stretches that hold about as many of the sampled ids each.

    >>> ranges_of_sample(pl.Series(["d", "a", "b", "c"]), 2).firsts.to_list()
    ['c']
    """
    sampled = ids.unique().sort()
    places = sorted({len(sampled) * number // n for number in range(1, n)} - {0})
    return Ranges(sampled.gather(places) if len(sampled) else pl.Series(dtype=pl.String))
