"""The claims of an article: of each attribution, and in its own voice. Imports leaves of `builder.extract`.

What a claim is and which kind it is, says CODEBOOK. The kinds are told by a regression over words and what the encoder
sees in them (`kind_model`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from builder.extract.attribution import Attribution, Claim, Span
from builder.extract.checkworthiness import checkworthiness
from builder.extract.coordination import Part, split_claims
from builder.extract.kind_evidence import Seen
from builder.extract.kind_features import HEDGED, NEGATED, features
from builder.extract.kind_model import judge_kind
from builder.extract.labels import CLAIM_KINDS
from builder.extract.own_voice import OwnClaim, find_own_claims
from builder.extract.speech import find_speech_sentences, is_turn, split_turn
from builder.extract.times import about
from builder.extract.wording import read_wording
from builder.normalize.article import Article


def find_claims(
    article: Article, attributions: Sequence[Attribution], see: Callable[[Attribution], Seen] | None = None
) -> tuple[Claim, ...]:
    """Every attribution's claims, with the attribution's number, and the article's own, in the text's order.

    A claim's spans are the attribution's content as it stands, the part of it that stands alone (`coordination`), or
    the whole sentence: of a transcript's turn, in the article's own voice, and of a speech whose speaker the collection
    names, where that voice is the speaker's. Attributions without content make none. An article whose language is not
    read has no claims of its own. `see` tells what the encoder sees in an attribution, or in a part of one that has its
    cue and content; without it the words alone decide.
    """
    claims = [
        _attributed(article, number, replace(attribution, cue=part.cue, content=part.content), part.spans, see)
        for number, attribution in enumerate(attributions)
        if attribution.content
        for part in _parts(article.text, attribution)
    ]
    if article.extraction_status == "extracted" and article.speaker:
        claims += [_spoken(article, span) for span in find_speech_sentences(article.text, attributions)]
    elif article.extraction_status == "extracted":
        claims += [_own(article, own) for own in find_own_claims(article.text, article.title, attributions)]
    return tuple(sorted(claims, key=lambda claim: (claim.spans, claim.attribution is None, claim.attribution or 0)))


def _parts(text: str, attribution: Attribution) -> list[Part]:
    """The claims of an attribution: a turn's sentences, else its coordinated clauses."""
    if is_turn(text, attribution):
        return [Part(attribution.cue, spans, spans) for spans in split_turn(text, attribution)]
    return split_claims(text, attribution)


def _attributed(
    article: Article,
    number: int,
    attribution: Attribution,
    spans: tuple[Span, ...],
    see: Callable[[Attribution], Seen] | None,
) -> Claim:
    """The claim that an attribution with this cue and content makes; `spans` are its words."""
    seen = see(attribution) if see else None
    cue, content, source = (
        " ".join(article.text[start:end] for start, end in spans)
        for spans in (attribution.cue, attribution.content, attribution.source)
    )
    wording = read_wording(cue, content, source)
    said = features(wording)
    shares = judge_kind(said, seen.kinds if seen else None)
    kind = CLAIM_KINDS[int(shares.argmax())]
    period = about(content, article.published_at, article.published_precision)
    return Claim(
        spans=spans,
        attribution=number,
        claim_kind=kind,
        is_negated=NEGATED in said,
        is_hedged=HEDGED in said,
        checkworthy=checkworthiness(wording, said, shares, seen.worth if seen else None),
        confidence=round(attribution.confidence * float(shares.max()), 3),
        about_start=period[0] if period else None,
        about_end=period[1] if period else None,
        about_precision=period[2] if period else None,
    )


def _spoken(article: Article, sentence: Span) -> Claim:
    """The claim that a sentence of a speech makes, as if its speaker were quoted with it."""
    quoted = Attribution((sentence,), (), (), 1.0)
    return replace(_attributed(article, 0, quoted, quoted.content, None), attribution=None, is_speakers=True)


def _own(article: Article, own: OwnClaim) -> Claim:
    """The claim that a sentence in the article's own voice makes."""
    period = about(own.wording.content, article.published_at, article.published_precision)
    return Claim(
        spans=((own.start, own.end),),
        attribution=None,
        claim_kind=own.claim_kind,
        is_negated=NEGATED in own.said,
        is_hedged=HEDGED in own.said,
        checkworthy=checkworthiness(own.wording, own.said, own.kinds),
        confidence=own.confidence,
        about_start=period[0] if period else None,
        about_end=period[1] if period else None,
        about_precision=period[2] if period else None,
    )
