"""What the package finds in a gold text, whose offsets are kept. Imports the stages extract and resolve, and `gold`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.extract.attribution import Attribution, Extraction, Span
from builder.extract.encoder import Encoder
from builder.extract.stage import extract
from builder.extract.times import Period
from builder.measure.gold import GoldArticle
from builder.normalize.article import Article
from builder.resolve.actor import Mention, Resolution
from builder.resolve.authority import Authority
from builder.resolve.stage import resolve_article


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim with the canonical names of who makes it, in the text's order, and of whom it is aimed at.

    `is_own` where it is in the article's own voice; `speaker_kind` is the first speaker's.
    """

    spans: tuple[Span, ...]
    claim_kind: str
    is_negated: bool = False
    is_hedged: bool = False
    speakers: tuple[str, ...] = ()
    speaker_kind: str | None = None
    targets: tuple[str, ...] = ()
    about: Period | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The attributions of a text and its claims; its mentions, where gold has any to compare them with."""

    attributions: tuple[Attribution, ...]
    mentions: tuple[Mention, ...] = ()
    claims: tuple[FoundClaim, ...] = ()


def find(gold: GoldArticle, encoder: Encoder, authority: Authority, origin: Article | None = None) -> Found:
    """What a build would find in the text, were it an article; `origin` is the one that it is the text of, if any."""
    article = replace(origin, text=gold.text, runs=()) if origin else as_article(gold)
    extraction = extract(article, encoder)
    resolution = resolve_article(article, extraction, authority)
    claims = tuple(_named(extraction, resolution))
    return Found(extraction.attributions, resolution.mentions if gold.mentions else (), claims)


def _named(extraction: Extraction, resolution: Resolution) -> Iterator[FoundClaim]:
    """The claims that gold can be compared with: the first of each attribution stands for it, as its first main clause
    does in gold (CODEBOOK, Claim); what a speech's speaker says himself, no gold marks.
    """
    actors = resolution.actors
    told: set[int] = set()
    for claim, of in zip(extraction.claims, resolution.claims, strict=True):
        if claim.is_speakers or claim.attribution in told:
            continue
        spans = claim.spans
        if claim.attribution is not None:
            told.add(claim.attribution)
            spans = extraction.attributions[claim.attribution].content
        first, last, precision = claim.about_start, claim.about_end, claim.about_precision
        yield FoundClaim(
            spans,
            claim.claim_kind,
            claim.is_negated,
            claim.is_hedged,
            speakers=tuple(actors[number].name for number in of.claimants),
            speaker_kind=actors[of.claimants[0]].kind if of.claimants else None,
            targets=tuple(actors[number].name for number in of.targets),
            about=(first, last, precision) if first and last and precision else None,
            is_own=claim.attribution is None,
        )


def as_article(gold: GoldArticle) -> Article:
    """The gold text as it stands: its offsets are the gold's."""
    return Article(
        collection_id=gold.group,
        locator=gold.doc,
        revision=1,
        raw_path=gold.doc,
        place="",
        raw_sha256="",
        url=None,
        title=None,
        authors=(),
        publisher=None,
        published_at=None,
        published_precision=None,
        published_from=None,
        language="en",
        text=gold.text,
        runs=(),
        extraction_status="extracted",
    )
