"""How well speakers, claim kinds, flags, targets and times are told. Imports leaves of this folder.

Over attributions whose content was found (half of the words shared), as the scorer beside the labelled articles has it:
`speaker` is right where the first found is one of gold's; `speaker_indirect` is the same where the source's words do
not name the speaker; `speaker_all` wants all of them and no other. Times are right as the same first and last day.
Claims in the article's own voice meet where they share a word, one to one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from builder.measure.found import FoundClaim
from builder.measure.gold import GoldArticle, GoldAttribution
from builder.measure.labels import Labels
from builder.measure.names import count_same, name_words, same_name, same_names
from builder.measure.rates import Rate
from builder.measure.words import pair, words_in, words_of

# Shares of the paired attributions, of those with an indirect source, of those that gold gives a time.
ACCURACIES = ("speaker", "speaker_indirect", "speaker_all", "kind", "about")
F1S = ("negated", "hedged", "targets", "own")
MEASURES = ("paired", *ACCURACIES, *F1S)
# Kinds with fewer gold claims leave the macro-average to chance.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class ClaimRates:
    """Rates by MEASURES, and by claim kind."""

    by_measure: Mapping[str, Rate] = field(default_factory=lambda: dict.fromkeys(MEASURES, Rate()))
    by_kind: Mapping[str, Rate] = field(default_factory=dict)

    def __add__(self, other: "ClaimRates") -> "ClaimRates":
        return ClaimRates(_sums(self.by_measure, other.by_measure), _sums(self.by_kind, other.by_kind))

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the kinds that gold has at least FEWEST of, in percent; 0 where it has none."""
        f1s = [rate.f1 for rate in self.by_kind.values() if rate.gold >= FEWEST]
        return sum(f1s) / len(f1s) if f1s else 0.0


def rate_claims(gold: GoldArticle, found: Sequence[FoundClaim]) -> ClaimRates:
    """The rates of one article; attributions without labels count as paired alone."""
    pairs = pair_claims(gold, found)
    n_said = sum(not claim.is_own for claim in found)
    rates = ClaimRates(
        _whole({"paired": Rate(len(pairs), n_said, len(gold.attributions)), "own": _rate_own(gold, found)})
    )
    return sum((_judge(gold.text, gold.attributions[i], claim) for i, claim in pairs.items()), start=rates)


def pair_claims(gold: GoldArticle, found: Sequence[FoundClaim]) -> dict[int, FoundClaim]:
    """The found claim whose content is that of a gold attribution, by the attribution's number."""
    words = words_of(gold.text)
    said = [claim for claim in found if not claim.is_own]
    truth = [words_in(attribution.content, words) for attribution in gold.attributions]
    return {i: said[j] for i, j in sorted(pair(truth, [words_in(claim.spans, words) for claim in said]))}


def is_speaker(labels: Labels, claim: FoundClaim) -> bool:
    """Whether the first speaker found is one of gold's; nobody is right where gold has nobody."""
    first = claim.speakers[0] if claim.speakers else ""
    return any(same_name(name, first) for name in labels.speakers or ("",))


def add_claim_rates(rates: Iterable[ClaimRates]) -> ClaimRates:
    """The sums of several articles' rates."""
    return sum(rates, start=ClaimRates())


def _judge(text: str, gold: GoldAttribution, claim: FoundClaim) -> ClaimRates:
    """The rates of one paired attribution."""
    labels = gold.labels
    if labels is None:
        return ClaimRates()
    is_right = is_speaker(labels, claim)
    rates = {
        "speaker": Rate(is_right, 1, 1),
        "speaker_indirect": Rate(is_right, 1, 1) if _is_indirect(text, gold, labels) else Rate(),
        "speaker_all": Rate(same_names(labels.speakers, claim.speakers), 1, 1),
        "negated": _flag(labels.is_negated, claim.is_negated),
        "hedged": _flag(labels.is_hedged, claim.is_hedged),
        "targets": Rate(count_same(labels.targets, claim.targets), len(claim.targets), len(labels.targets)),
        "about": Rate(_same_time(labels, claim), claim.about is not None, labels.about is not None),
    }
    by_kind: dict[str, Rate] = {}
    if labels.claim_kind is not None:
        is_same = labels.claim_kind == claim.claim_kind
        rates["kind"] = Rate(is_same, 1, 1)
        by_kind = _sums({labels.claim_kind: Rate(is_same, 0, 1)}, {claim.claim_kind: Rate(0, 1, 0)})
    return ClaimRates(_whole(rates), by_kind)


def _is_indirect(text: str, gold: GoldAttribution, labels: Labels) -> bool:
    """Whether the speaker's last word is none of the source's."""
    name = name_words("; ".join(labels.speakers))
    return bool(name) and name[-1] not in name_words(" ".join(text[start:end] for start, end in gold.source))


def _same_time(labels: Labels, claim: FoundClaim) -> bool:
    return labels.about is not None and claim.about is not None and labels.about[:2] == claim.about[:2]


def _flag(truth: bool, guess: bool) -> Rate:
    return Rate(truth and guess, guess, truth)


def _rate_own(gold: GoldArticle, found: Sequence[FoundClaim]) -> Rate:
    words = words_of(gold.text)
    truth = [words_in(claim.spans, words) for claim in gold.claims]
    guess = [words_in(claim.spans, words) for claim in found if claim.is_own]
    return Rate(len(pair(truth, guess, least=0.0)), len(guess), len(truth))


def _whole(rates: Mapping[str, Rate]) -> dict[str, Rate]:
    return {measure: rates.get(measure, Rate()) for measure in MEASURES}


def _sums(ours: Mapping[str, Rate], theirs: Mapping[str, Rate]) -> dict[str, Rate]:
    """Sums by name, a missing one being nothing."""
    return {name: ours.get(name, Rate()) + theirs.get(name, Rate()) for name in dict.fromkeys((*ours, *theirs))}
