"""How far two annotations of the same texts agree. Imports leaves of this folder and `builder.errors`.

Reads the disk. Attributions are paired as `attributions` pairs gold with what was found, so every F1 is the same both
ways; of the pairs that both label, Cohen's kappa of claim kind and attribution type, and the shares whose speakers and
whose targets are the same actors.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from builder.errors import SettingsError
from builder.extract.attribution import Attribution, Span
from builder.measure.attributions import MEASURES as ATTRIBUTION_MEASURES
from builder.measure.attributions import rate_article
from builder.measure.brat import Document, read_brat
from builder.measure.gold import GoldArticle, GoldAttribution, gold_of
from builder.measure.names import same_names
from builder.measure.rates import Rate
from builder.measure.words import are_alike, pair, words_in, words_of

# `cue`: paired contents whose cues agree, `whole`: whose sources do too; `own`: the article's own claims that overlap.
MEASURES = (*ATTRIBUTION_MEASURES, "cue", "whole", "own")

Pass = Mapping[str, GoldArticle]


@dataclass(frozen=True, slots=True)
class Agreement:
    """F1 by MEASURES; of the pairs that both passes label, their kinds, types, and how many have equal actors."""

    rates: Mapping[str, Rate] = field(default_factory=lambda: dict.fromkeys(MEASURES, Rate()))
    kinds: tuple[tuple[str, str], ...] = ()
    types: tuple[tuple[str, str], ...] = ()
    speakers: Rate = field(default_factory=Rate)
    targets: Rate = field(default_factory=Rate)

    def __add__(self, other: "Agreement") -> "Agreement":
        return Agreement(
            {measure: self.rates[measure] + other.rates[measure] for measure in MEASURES},
            self.kinds + other.kinds,
            self.types + other.types,
            self.speakers + other.speakers,
            self.targets + other.targets,
        )


def read_passes(one: Path, other: Path) -> tuple[list[tuple[GoldArticle, GoldArticle]], int]:
    """The texts that both folders annotate, each with its two annotations, and how many only one of them does.

    A text is the same where it has the same path in its folder; one that `other` lacks is taken from `one`.
    """
    for folder in (one, other):
        if not folder.is_dir():
            raise SettingsError(f"{folder}: no such folder; expected .ann files over the texts of the other")
    ours = _by_place(read_brat(one), one)
    theirs = _by_place(read_brat(other, texts=one), other, one)
    both = sorted(ours.keys() & theirs.keys())
    if not both:
        raise SettingsError(
            f"{other}: none of its {len(theirs)} annotated texts is in {one}; expected .ann files at the same places, "
            f"such as {min(ours)}"
        )
    for place in both:
        if ours[place].text != theirs[place].text:
            raise SettingsError(f"{other / place}: differs from {one / place}; expected two annotations of one text")
    return [(ours[place], theirs[place]) for place in both], len(ours.keys() ^ theirs.keys())


def compare(one: GoldArticle, other: GoldArticle) -> Agreement:
    """The agreement of two annotations of one text."""
    words = words_of(one.text)
    pairs = [
        (one.attributions[i], other.attributions[j])
        for i, j in pair(
            [words_in(attribution.content, words) for attribution in one.attributions],
            [words_in(attribution.content, words) for attribution in other.attributions],
        )
    ]
    cues = [_agree(ours.cue, theirs.cue, words) for ours, theirs in pairs]
    sources = [_agree(ours.source, theirs.source, words) for ours, theirs in pairs]
    hits = {"cue": sum(cues), "whole": sum(cue and source for cue, source in zip(cues, sources, strict=True))}
    sizes = (len(other.attributions), len(one.attributions))
    own, others = ([words_in(claim.spans, words) for claim in article.claims] for article in (one, other))
    rates = {
        **rate_article(one, [_as_found(attribution) for attribution in other.attributions]),
        **{measure: Rate(hit, *sizes) for measure, hit in hits.items()},
        "own": Rate(len(pair(own, others, least=0.0)), len(others), len(own)),
    }
    labelled = [(ours.labels, theirs.labels) for ours, theirs in pairs if ours.labels and theirs.labels]
    return Agreement(
        rates,
        _said((a.claim_kind, b.claim_kind) for a, b in labelled),
        _said((a.attribution_type, b.attribution_type) for a, b in labelled),
        _share(same_names(a.speakers, b.speakers) for a, b in labelled),
        _share(same_names(a.targets, b.targets) for a, b in labelled),
    )


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of two annotators' values of the same things: agreement beyond chance.

    1 where both gave all of them one value, 0 where there are none.

    >>> round(kappa([("yes", "yes"), ("yes", "no"), ("no", "no"), ("no", "no")]), 2), kappa([("yes", "yes")])
    (0.5, 1.0)
    """
    ours, theirs = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(ours[value] * theirs[value] for value in ours) / max(1, len(pairs)) ** 2
    agreed = sum(a == b for a, b in pairs) / max(1, len(pairs))
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


def add_agreements(agreements: Iterable[Agreement]) -> Agreement:
    """The sums of several texts' agreements."""
    return sum(agreements, start=Agreement())


def _by_place(documents: Iterable[Document], *roots: Path) -> dict[str, GoldArticle]:
    """Gold by where its text lies in the first of the folders that holds it."""
    placed = {}
    for document in documents:
        root = next(root for root in roots if document.text_path.is_relative_to(root))
        placed[document.text_path.relative_to(root).as_posix()] = gold_of(document)
    return placed


def _as_found(gold: GoldAttribution) -> Attribution:
    return Attribution(gold.content, gold.cue, gold.source, 1.0)


def _agree(ours: Iterable[Span], theirs: Iterable[Span], words: Sequence[Span]) -> bool:
    return are_alike(words_in(ours, words), words_in(theirs, words))


def _said(pairs: Iterable[tuple[str | None, str | None]]) -> tuple[tuple[str, str], ...]:
    return tuple((a, b) for a, b in pairs if a is not None and b is not None)


def _share(equal: Iterable[bool]) -> Rate:
    every = list(equal)
    return Rate(sum(every), len(every), len(every))
