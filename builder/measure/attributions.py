"""How well attributions are found: token, content, exact and attribution F1. Imports `gold`, `rates` and `words`.

The measures are those of the literature on attribution (Pareti 2015; Newell et al. 2018), over word tokens: contents
are paired one to one, most alike first, where at least half of their words are shared (Jaccard).
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from builder.extract.attribution import Attribution, Span
from builder.measure.gold import GoldArticle
from builder.measure.rates import Rate
from builder.measure.words import are_alike, pair, words_in, words_of

MEASURES = ("token", "content", "exact", "attribution")
# Recall of `attribution` on gold contents that are at least half in quotation marks, and on the others.
RECALLS = ("direct", "indirect")

_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")


def rate_article(gold: GoldArticle, predicted: Sequence[Attribution]) -> dict[str, Rate]:
    """The rates of one article, by measure."""
    words = words_of(gold.text)
    truth = [words_in(attribution.content, words) for attribution in gold.attributions]
    guess = [words_in(attribution.content, words) for attribution in predicted]
    pairs = pair(truth, guess)
    in_truth, in_guess = frozenset().union(*truth), frozenset().union(*guess)
    exact = sum(truth[i] == guess[j] for i, j in pairs)
    whole = {"content": len(pairs), "exact": exact, "attribution": len(_right(gold, predicted, pairs, words))}
    return {
        "token": Rate(len(in_truth & in_guess), len(in_guess), len(in_truth)),
        **{measure: Rate(hits, len(guess), len(truth)) for measure, hits in whole.items()},
    }


def rate_recalls(gold: GoldArticle, predicted: Sequence[Attribution]) -> dict[str, Rate]:
    """The rates of one article by RECALLS: the recall alone, since a prediction that meets nothing is of neither."""
    words = words_of(gold.text)
    quoted = words_in((match.span() for match in _QUOTED.finditer(gold.text)), words)
    right = found_attributions(gold, predicted)
    rates = dict.fromkeys(RECALLS, Rate())
    for i, attribution in enumerate(gold.attributions):
        content = words_in(attribution.content, words)
        manner = "direct" if 2 * len(content & quoted) >= len(content) else "indirect"
        rates[manner] += Rate(hits=i in right, gold=1)
    return rates


def found_attributions(gold: GoldArticle, predicted: Sequence[Attribution]) -> frozenset[int]:
    """The numbers of the gold attributions that were found with their source."""
    return frozenset(i for i, _ in found_pairs(gold, predicted))


def found_pairs(gold: GoldArticle, predicted: Sequence[Attribution]) -> list[tuple[int, int]]:
    """The gold attributions that were found with their source, each with the prediction that found it, by number."""
    words = words_of(gold.text)
    truth = [words_in(attribution.content, words) for attribution in gold.attributions]
    pairs = pair(truth, [words_in(attribution.content, words) for attribution in predicted])
    return _right(gold, predicted, pairs, words)


def add_rates(rates: Iterable[Mapping[str, Rate]], measures: Sequence[str] = MEASURES) -> dict[str, Rate]:
    """Micro-averages: the sums of several articles' rates."""
    total = dict.fromkeys(measures, Rate())
    for one in rates:
        total = {measure: total[measure] + one[measure] for measure in measures}
    return total


def _right(
    gold: GoldArticle, predicted: Sequence[Attribution], pairs: Sequence[tuple[int, int]], words: Sequence[Span]
) -> list[tuple[int, int]]:
    """The pairs whose source agrees too."""

    def agrees(i: int, j: int) -> bool:
        sources = gold.attributions[i].source, predicted[j].source
        return are_alike(*(words_in(source, words) for source in sources))

    return [(i, j) for i, j in pairs if agrees(i, j)]
