"""The claims of an article: of each attribution, and in its own voice. Imports leaves of `builder.extract`.

What a claim is and which kind it is, says CODEBOOK; the kinds are told by words (`claim_kinds`), not learned.
"""

from collections.abc import Sequence
from dataclasses import replace

from builder.extract.attribution import Attribution, Claim, Span
from builder.extract.checkworthiness import checkworthiness
from builder.extract.claim_kinds import claim_kind
from builder.extract.cues import read_cue
from builder.extract.hedges import is_hedged, is_negated
from builder.extract.own_voice import OwnClaim, find_own_claims
from builder.extract.speech import find_speech_sentences, split_turn
from builder.extract.times import about
from builder.normalize.article import Article

# How often the kind was right on labelled articles that the rules were not written on: told by the cue, by the content.
_TOLD_BY_CUE = 0.82
_TOLD_BY_CONTENT = 0.48


def find_claims(article: Article, attributions: Sequence[Attribution]) -> tuple[Claim, ...]:
    """Every attribution's claim, with the attribution's number, and the article's own, in the text's order.

    A claim's spans are the attribution's content as it stands, or the whole sentence: of a transcript's turn, in the
    article's own voice, and of a speech whose speaker the collection names, where that voice is the speaker's.
    Attributions without content make none. An article whose language is not read has no claims of its own.
    """
    claims = [
        _attributed(article, number, replace(attribution, content=spans))
        for number, attribution in enumerate(attributions)
        if attribution.content
        for spans in split_turn(article.text, attribution)
    ]
    if article.extraction_status == "extracted" and article.speaker:
        claims += [_spoken(article, span) for span in find_speech_sentences(article.text, attributions)]
    elif article.extraction_status == "extracted":
        claims += [_own(article, own) for own in find_own_claims(article.text, article.title, attributions)]
    return tuple(sorted(claims, key=lambda claim: (claim.spans, claim.attribution is None, claim.attribution or 0)))


def _attributed(article: Article, number: int, attribution: Attribution) -> Claim:
    """The claim that one attribution makes."""
    cue = " ".join(article.text[start:end] for start, end in attribution.cue)
    content = " ".join(article.text[start:end] for start, end in attribution.content)
    reading = read_cue(cue, content)
    kind = claim_kind(cue, content)
    period = about(content, article.published_at, article.published_precision)
    return Claim(
        spans=attribution.content,
        attribution=number,
        claim_kind=kind,
        is_negated=is_negated(content, reading),
        is_hedged=is_hedged(cue, content),
        checkworthy=checkworthiness(content, kind),
        confidence=round(attribution.confidence * (_TOLD_BY_CUE if reading.decides else _TOLD_BY_CONTENT), 3),
        about_start=period[0] if period else None,
        about_end=period[1] if period else None,
        about_precision=period[2] if period else None,
    )


def _spoken(article: Article, sentence: Span) -> Claim:
    """The claim that a sentence of a speech makes, as if its speaker were quoted with it."""
    quoted = Attribution((sentence,), (), (), 1.0)
    return replace(_attributed(article, 0, quoted), attribution=None, is_speakers=True)


def _own(article: Article, own: OwnClaim) -> Claim:
    """The claim that a sentence in the article's own voice makes."""
    sentence = article.text[own.start : own.end]
    period = about(sentence, article.published_at, article.published_precision)
    return Claim(
        spans=((own.start, own.end),),
        attribution=None,
        claim_kind=own.claim_kind,
        is_negated=is_negated(sentence, read_cue("", "")),
        is_hedged=is_hedged("", sentence),
        checkworthy=checkworthiness(sentence, own.claim_kind),
        confidence=own.confidence,
        about_start=period[0] if period else None,
        about_end=period[1] if period else None,
        about_precision=period[2] if period else None,
    )
