"""In which constructions gold attributions stand, and how well those of each are found and told.

Imports `claims`, `attributions`, `found`, `gold`, `rates`, `builder.extract`'s marks and `builder.resolve`'s pronouns.
A construction is derived from the gold's spans and labels, never marked by hand; an attribution may stand in several.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from builder.extract.quotations import find_quotations
from builder.extract.quote_types import quote_type
from builder.measure.attributions import found_attributions
from builder.measure.claims import is_speaker, pair_claims
from builder.measure.found import Found
from builder.measure.gold import GoldArticle, GoldAttribution
from builder.measure.rates import Rate
from builder.resolve.lexicon import FIRST_PLURAL, FIRST_SINGULAR, RELATIVE, SECOND
from builder.resolve.pronouns import pronoun_class

CONSTRUCTIONS = {
    "direct": "all of the content's words stand in quotation marks",
    "partial": "some of the content's words stand in quotation marks",
    "indirect": "none of the content's words stands in quotation marks",
    "inverted": "the source stands right behind its cue",
    "pronoun": "the source is a pronoun",
    "multi-paragraph": "the content lies in more than one paragraph",
    "joint": "there are several speakers",
    "unnamed": "the article does not name the speaker",
    "document": "the speaker is a text or data",
}
_MANNERS = {"direct": "direct", "mixed": "partial", "indirect": "indirect"}
_PRONOUNS = FIRST_SINGULAR | FIRST_PLURAL | SECOND | RELATIVE


@dataclass(frozen=True, slots=True)
class ConstructionRates:
    """Attributions found with their source, of all; the right speaker and claim kind, of those whose content was."""

    attribution: Rate = field(default_factory=Rate)
    speaker: Rate = field(default_factory=Rate)
    kind: Rate = field(default_factory=Rate)

    def __add__(self, other: "ConstructionRates") -> "ConstructionRates":
        return ConstructionRates(
            self.attribution + other.attribution, self.speaker + other.speaker, self.kind + other.kind
        )


def constructions_of(text: str, gold: GoldAttribution) -> list[str]:
    """The constructions in which an attribution of a text stands, in the order of CONSTRUCTIONS."""
    labels = gold.labels
    holds = {
        _MANNERS[quote_type(text, gold.content, find_quotations(text))]: True,
        "inverted": _is_inverted(text, gold),
        "pronoun": _is_pronoun(text, gold),
        "multi-paragraph": len({text.count("\n", 0, at) for s, e in gold.content for at in (s, e - 1)}) > 1,
        "joint": labels is not None and len(labels.speakers) > 1,
        "unnamed": labels is not None and labels.speaker_kind == "unnamed",
        "document": labels is not None and labels.speaker_kind == "document",
    }
    return [construction for construction in CONSTRUCTIONS if holds.get(construction)]


def rate_constructions(gold: GoldArticle, found: Found) -> dict[str, ConstructionRates]:
    """The rates of one article's attributions by the construction in which they stand."""
    right = found_attributions(gold, found.attributions)
    claims = pair_claims(gold, found.claims)
    rates = dict.fromkeys(CONSTRUCTIONS, ConstructionRates())
    for i, attribution in enumerate(gold.attributions):
        labels, claim = attribution.labels, claims.get(i)
        one = ConstructionRates(Rate(i in right, 0, 1))
        if labels and claim:
            one += ConstructionRates(
                speaker=Rate(is_speaker(labels, claim), 1, 1),
                kind=Rate(labels.claim_kind == claim.claim_kind, 1, 1) if labels.claim_kind else Rate(),
            )
        for construction in constructions_of(gold.text, attribution):
            rates[construction] += one
    return rates


def add_construction_rates(rates: Iterable[Mapping[str, ConstructionRates]]) -> dict[str, ConstructionRates]:
    """The sums of several articles' rates."""
    total = dict.fromkeys(CONSTRUCTIONS, ConstructionRates())
    for one in rates:
        total = {construction: total[construction] + one[construction] for construction in CONSTRUCTIONS}
    return total


def _is_inverted(text: str, gold: GoldAttribution) -> bool:
    return any(end <= start and not text[end:start].strip() for _, end in gold.cue for start, _ in gold.source)


def _is_pronoun(text: str, gold: GoldAttribution) -> bool:
    source = " ".join(text[start:end] for start, end in gold.source).casefold().replace("’", "'")
    word = source.strip(" ,:").split("'")[0]
    return pronoun_class(word) is not None or word in _PRONOUNS
