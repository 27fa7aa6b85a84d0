"""What the measurement computes, apart from measuring: which texts a turn holds, words per second, ratios. Pure."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Round:
    """What one system took for all of the texts once."""

    words: int
    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Several rounds' figure."""

    median: float
    low: float
    high: float


def repeated(texts: Sequence[str], words: int) -> list[str]:
    """Texts in their order, from the first again after the last, until they hold at least so many words.

    >>> repeated(["one two three", "four five"], 7)
    ['one two three', 'four five', 'one two three']
    """
    if not any(text.split() for text in texts):
        return []
    chosen: list[str] = []
    total = 0
    while total < words:
        chosen.append(texts[len(chosen) % len(texts)])
        total += len(chosen[-1].split())
    return chosen


def turns(texts: Sequence[str], words: int) -> list[list[str]]:
    """Neighbouring texts together until they hold at least so many words; the last turn may hold fewer.

    >>> turns(["one two", "three", "four five six", "seven"], 3)
    [['one two', 'three'], ['four five six'], ['seven']]
    """
    taken: list[list[str]] = []
    room = 0
    for text in texts:
        if room <= 0:
            taken.append([])
            room = words
        taken[-1].append(text)
        room -= len(text.split())
    return taken


def spread(values: Sequence[float]) -> Spread:
    """Median, least and greatest."""
    return Spread(statistics.median(values), min(values), max(values))


def words_per_second(rounds: Sequence[Round], clock: str = "cpu") -> Spread:
    """By the processor's time, or with clock "wall" by the clock on the wall."""
    return spread([one.words / (one.cpu if clock == "cpu" else one.wall) for one in rounds])


def ratio(ours: Sequence[Round], theirs: Sequence[Round], clock: str = "cpu") -> Spread:
    """How many times theirs ours is: of the medians, and the least and greatest of a round's own.

    A round's own ratio is the steadier one: both systems had the same machine within seconds.
    """
    pairs = zip(ours, theirs, strict=True)
    own = [words_per_second([a], clock).median / words_per_second([b], clock).median for a, b in pairs]
    medians = words_per_second(ours, clock).median / words_per_second(theirs, clock).median
    return Spread(medians, min(own), max(own))
