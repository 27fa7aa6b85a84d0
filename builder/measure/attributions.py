"""How well attributions are found: token, content, exact and attribution F1. Imports `gold` and `rates`.

The measures are those of the literature on attribution (Pareti 2015; Newell et al. 2018), over word tokens: contents
are paired one to one, most alike first, where at least half of their words are shared (Jaccard).
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from builder.extract.attribution import Attribution, Span
from builder.measure.gold import GoldArticle, GoldAttribution
from builder.measure.rates import Rate

ALIKE = 0.5
MEASURES = ("token", "content", "exact", "attribution")
# Recall of `attribution` on gold contents that are at least half in quotation marks, and on the others.
RECALLS = ("direct", "indirect")

_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")


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


def rate_recalls(gold: GoldArticle, predicted: Sequence[Attribution]) -> dict[str, Rate]:
    """The rates of one article by RECALLS: the recall alone, since a prediction that meets nothing is of neither."""
    words = [match.span() for match in _WORD.finditer(gold.text)]
    quoted = _words_in((match.span() for match in _QUOTED.finditer(gold.text)), words)
    truth = [_words_in(attribution.content, words) for attribution in gold.attributions]
    right = {i for i, _ in pair_right(gold, predicted)}
    rates = dict.fromkeys(RECALLS, Rate())
    for i, content in enumerate(truth):
        manner = "direct" if 2 * len(content & quoted) >= len(content) else "indirect"
        rates[manner] += Rate(hits=i in right, gold=1)
    return rates


def pair_right(gold: GoldArticle, predicted: Sequence[Attribution]) -> list[tuple[int, int]]:
    """The hits of the measure `attribution`, contents paired and sources the same: numbers in gold and in predicted."""
    words = [match.span() for match in _WORD.finditer(gold.text)]
    truth = [_words_in(attribution.content, words) for attribution in gold.attributions]
    pairs = _pair(truth, [_words_in(attribution.content, words) for attribution in predicted])
    return [(i, j) for i, j in pairs if _same_source(gold.attributions[i], predicted[j], words)]


def add_rates(rates: Iterable[Mapping[str, Rate]], measures: Sequence[str] = MEASURES) -> dict[str, Rate]:
    """Micro-averages: the sums of several articles' rates."""
    total = dict.fromkeys(measures, Rate())
    for one in rates:
        total = {measure: total[measure] + one[measure] for measure in measures}
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
