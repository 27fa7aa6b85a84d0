"""Everything that a gold allows to be measured, as plain numbers for tables and JSON. Imports the measures.

What gold lacks everywhere is left out; an article without attributions, say, counts where others have some.
"""

from collections.abc import Mapping, Sequence

from builder.measure.actors import add_actor_rates, rate_actors
from builder.measure.attributions import MEASURES, RECALLS, add_rates, rate_article, rate_recalls
from builder.measure.claims import ACCURACIES, F1S, add_claim_rates, rate_claims
from builder.measure.constructions import add_construction_rates, rate_constructions
from builder.measure.found import Found
from builder.measure.gold import GoldArticle
from builder.measure.rates import BCubed, Rate

Pair = tuple[GoldArticle, Found]
Figures = Mapping[str, float | int]

ATTRIBUTION_MEASURES = (*MEASURES, *RECALLS)
ACTOR_MEASURES = ("names", "b3")
ASPECTS = ("attributions", "claims", "own", "actors")


def aspects_of(articles: Sequence[GoldArticle]) -> frozenset[str]:
    """Those of ASPECTS that this gold allows to be measured."""
    has = {
        "attributions": any(article.attributions for article in articles),
        "claims": any(attribution.labels for article in articles for attribution in article.attributions),
        "own": any(article.claims for article in articles),
        "actors": any(article.mentions for article in articles),
    }
    return frozenset(aspect for aspect in ASPECTS if has[aspect])


def measure(pairs: Sequence[Pair], aspects: frozenset[str]) -> dict[str, Figures]:
    """{measure: its figures, in percent} over some articles."""
    figures: dict[str, Figures] = {}
    if "attributions" in aspects:
        rates = add_rates(rate_article(article, found.attributions) for article, found in pairs)
        recalls = add_rates((rate_recalls(article, found.attributions) for article, found in pairs), RECALLS)
        figures |= {name: _figures(rate) for name, rate in rates.items()}
        figures |= {name: {"recall": round(rate.recall, 1), "gold": rate.gold} for name, rate in recalls.items()}
    if "claims" in aspects:
        figures |= _claim_figures(pairs, aspects)
    if "actors" in aspects:
        actors = add_actor_rates(rate_actors(article, found.mentions) for article, found in pairs)
        figures |= {"names": _figures(actors.names), "b3": _figures(actors.b3)}
    return figures


def measure_constructions(pairs: Sequence[Pair], aspects: frozenset[str]) -> dict[str, Figures]:
    """{construction: its figures} of those that gold has; speakers and kinds where gold has labels."""
    rates = add_construction_rates(rate_constructions(article, found) for article, found in pairs)
    figures: dict[str, Figures] = {}
    for construction, each in rates.items():
        if not each.attribution.gold:
            continue
        found = {"gold": each.attribution.gold, "recall": round(each.attribution.recall, 1)}
        if "claims" in aspects:
            found |= {"paired": each.speaker.gold, "speaker": _percent(each.speaker), "kind": _percent(each.kind)}
        figures[construction] = found
    return figures


def _claim_figures(pairs: Sequence[Pair], aspects: frozenset[str]) -> dict[str, Figures]:
    rates = add_claim_rates(rate_claims(article, found.claims) for article, found in pairs)
    figures: dict[str, Figures] = {"paired": _figures(rates.by_measure["paired"])}
    for name in ACCURACIES:
        figures[name] = {"accuracy": _percent(rates.by_measure[name]), "gold": rates.by_measure[name].gold}
    figures["kind"] = {**figures["kind"], "macro_f1": round(rates.macro_f1, 1)}
    figures["about"] = {**figures["about"], "predicted": rates.by_measure["about"].predicted}
    figures |= {name: _figures(rates.by_measure[name]) for name in F1S if name != "own" or "own" in aspects}
    return figures


def _percent(rate: Rate) -> float:
    """The share of gold that was hit: an accuracy."""
    return round(rate.recall, 1)


def _figures(rate: Rate | BCubed) -> Figures:
    return {
        "precision": round(rate.precision, 1),
        "recall": round(rate.recall, 1),
        "f1": round(rate.f1, 1),
        "gold": rate.gold,
        "predicted": rate.predicted,
    }
