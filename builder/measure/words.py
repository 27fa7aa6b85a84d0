"""Spans as sets of a text's words, and how alike two are. Imports the type of a span.

Words are runs of letters and digits, numbered in the text's order; a span holds those that it touches.
"""

import re
from collections.abc import Iterable, Sequence

from builder.extract.attribution import Span

# The least share of words (Jaccard) with which two spans are the same part of an attribution.
ALIKE = 0.5

Words = frozenset[int]

_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[Span]:
    """Where the words of a text stand."""
    return [match.span() for match in _WORD.finditer(text)]


def words_in(spans: Iterable[Span], words: Sequence[Span]) -> Words:
    """The numbers of the words that the spans touch.

    >>> sorted(words_in([(4, 10)], words_of("Ann Holt said so")))
    [1, 2]
    """
    spans = tuple(spans)
    return frozenset(at for at, (start, end) in enumerate(words) if any(s < end and start < e for s, e in spans))


def likeness(a: Words, b: Words) -> float:
    """Jaccard: the shared words among all of both; 1 where both are empty."""
    return len(a & b) / len(a | b) if a | b else 1.0


def are_alike(a: Words, b: Words) -> bool:
    """Whether they share enough of their words to be the same part; two empty ones are."""
    return likeness(a, b) >= ALIKE


def pair(truth: Sequence[Words], guess: Sequence[Words], least: float = ALIKE) -> list[tuple[int, int]]:
    """(number in truth, number in guess), one to one, most alike first, the earlier among equals.

    Both share at least one word, and at least that share of their words.
    """
    close = sorted((-likeness(g, p), i, j) for i, g in enumerate(truth) for j, p in enumerate(guess) if g & p)
    pairs: list[tuple[int, int]] = []
    for negative, i, j in close:
        if -negative >= least and all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs
