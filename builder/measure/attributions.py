"""How well attributions are found: token, content, exact and attribution F1. Imports `gold`.

The measures are those of the literature on attribution (Pareti 2015; Newell et al. 2018), over word tokens: contents
are paired one to one, most alike first, where at least half of their words are shared (Jaccard).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from builder.extract.attribution import Attribution, Span
from builder.measure.gold import GoldArticle, GoldAttribution

_WORD = re.compile(r"\w+")
ALIKE = 0.5
MEASURES = ("token", "content", "exact", "attribution")


@dataclass(frozen=True, slots=True)
class Rate:
    """Hits among what was predicted and among what gold has."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.hits + other.hits, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """In percent; 0 where nothing was predicted."""
        return 100 * self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """In percent; 0 where gold has nothing."""
        return 100 * self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in percent."""
        both = self.predicted + self.gold
        return 200 * self.hits / both if both else 0.0


def rate_article(gold: GoldArticle, predicted: Sequence[Attribution]) -> dict[str, Rate]:
    """The rates of one article, by measure."""
    words = [match.span() for match in _WORD.finditer(gold.text)]
    truth = [_words_in(attribution.content, words) for attribution in gold.attributions]
    guess = [_words_in(attribution.content, words) for attribution in predicted]
    pairs = _pair(truth, guess)
    in_truth, in_guess = frozenset().union(*truth), frozenset().union(*guess)
    exact = sum(truth[i] == guess[j] for i, j in pairs)
    right = sum(_same_source(gold.attributions[i], predicted[j], words) for i, j in pairs)
    whole = {"content": len(pairs), "exact": exact, "attribution": right}
    return {
        "token": Rate(len(in_truth & in_guess), len(in_guess), len(in_truth)),
        **{measure: Rate(hits, len(guess), len(truth)) for measure, hits in whole.items()},
    }


def right_predictions(gold: GoldArticle, predicted: Sequence[Attribution]) -> list[bool]:
    """Of every prediction, whether it is a hit of the measure `attribution`: its content paired, its source the same."""
    words = [match.span() for match in _WORD.finditer(gold.text)]
    truth = [_words_in(attribution.content, words) for attribution in gold.attributions]
    guess = [_words_in(attribution.content, words) for attribution in predicted]
    hits = {j for i, j in _pair(truth, guess) if _same_source(gold.attributions[i], predicted[j], words)}
    return [number in hits for number in range(len(predicted))]


def add_rates(rates: Iterable[Mapping[str, Rate]]) -> dict[str, Rate]:
    """Micro-averages: the sums of several articles' rates."""
    total = dict.fromkeys(MEASURES, Rate())
    for one in rates:
        total = {measure: total[measure] + one[measure] for measure in MEASURES}
    return total


def _words_in(spans: Iterable[Span], words: Sequence[Span]) -> frozenset[int]:
    spans = tuple(spans)
    return frozenset(at for at, (start, end) in enumerate(words) if any(s < end and start < e for s, e in spans))


def _jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a | b else 1.0


def _pair(truth: Sequence[frozenset[int]], guess: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    likeness = sorted((-_jaccard(g, p), i, j) for i, g in enumerate(truth) for j, p in enumerate(guess) if g & p)
    pairs: list[tuple[int, int]] = []
    for negative, i, j in likeness:
        if -negative >= ALIKE and all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def _same_source(gold: GoldAttribution, predicted: Attribution, words: Sequence[Span]) -> bool:
    return _jaccard(_words_in(gold.source, words), _words_in(predicted.source, words)) >= ALIKE
