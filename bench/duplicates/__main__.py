"""How well and how fast duplicates are found: `python -m bench.duplicates`.

First on pairs of an article and its edited copy (`made` is the recipe): a pair is found where both get one cluster; any
two texts of different pairs in one cluster are a false pair. Then the time for many articles, a fifth of them copies.
"""

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from rich.console import Console
from rich.table import Table

from bench.duplicates.made import KINDS, MOST_EDITED, Pair, Writer
from builder.bins import Bins
from builder.normalize.duplicates import find_leaders
from builder.normalize.sketches import Sketches, sign_texts

STEP = 0.1
_SOME = 32


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of pairs: found and true, found and not true, true and not found."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in percent."""
        return 200 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=4_000)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    pairs = make_pairs(arguments.pairs, arguments.seed)
    found, score = find_pairs(pairs)
    print_found(pairs, found, score)
    if arguments.articles:
        print(measure_time(arguments.articles, arguments.seed))


def make_pairs(n: int, seed: int) -> list[Pair]:
    """That many pairs, of every kind in turn."""
    writer = Writer(seed)
    return [writer.pair(KINDS[k % len(KINDS)]) for k in range(n)]


def lead(texts: Sequence[str]) -> list[int]:
    """The leader of each text."""
    sketches = Sketches(Bins())
    for at in range(0, len(texts), _SOME):
        sketches.add(sign_texts(texts[at : at + _SOME]))
    return find_leaders(pl.int_range(len(texts), dtype=pl.UInt32, eager=True), sketches, texts.__getitem__)


def find_pairs(pairs: Sequence[Pair]) -> tuple[list[bool], Score]:
    """Which pairs are in one cluster, and how that compares with the recipe."""
    leaders = lead([text for pair in pairs for text in (pair.original, pair.copy)])
    found = [leaders[2 * n] == leaders[2 * n + 1] for n in range(len(pairs))]
    sizes = Counter(leaders)
    across = sum(size * (size - 1) // 2 for size in sizes.values()) - sum(found)
    right = sum(is_found and pair.is_true for is_found, pair in zip(found, pairs, strict=True))
    return found, Score(
        right=right,
        wrong=sum(found) - right + across,
        missed=sum(pair.is_true for pair in pairs) - right,
    )


def print_found(pairs: Sequence[Pair], found: Sequence[bool], score: Score) -> None:
    """The share of pairs found by kind and share of edits, in percent, and F1."""
    table = Table("edited", *KINDS, title=f"pairs found, %, of {len(pairs):,}")
    for step in range(round(MOST_EDITED / STEP)):
        low, high = step * STEP, (step + 1) * STEP
        cells = []
        for kind in KINDS:
            of = [f for pair, f in zip(pairs, found, strict=True) if pair.kind == kind and low <= pair.edited < high]
            cells.append(f"{100 * sum(of) / len(of):.0f}" if of else "–")
        table.add_row(f"{low:.0%} to {high:.0%}", *cells)
    console = Console()
    console.print(table)
    console.print(f"right {score.right:,}, wrong {score.wrong:,}, missed {score.missed:,}: F1 {score.f1:.1f}")


def measure_time(n: int, seed: int) -> str:
    """A line with the time that `n` articles take, one thread."""
    writer = Writer(seed)
    n_pairs = n // 5
    texts = [text for pair in make_pairs(n_pairs, seed + 1) for text in (pair.original, pair.copy)]
    texts += [" ".join(word for sentence in writer.article() for word in sentence) for _ in range(n - 2 * n_pairs)]
    wall, processor = time.perf_counter(), time.process_time()
    clusters = len(set(lead(texts)))
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return f"{n:,} articles, {clusters:,} clusters: {wall:.0f} s, {processor:.0f} s of the processor's time"


if __name__ == "__main__":
    main()
