"""extract: what an article attributes to whom, the names in it, and its claims.

Imports its own leaves and `builder.normalize.article`. Pure: the encoder is loaded by the pipeline and passed in.
"""

from dataclasses import replace
from functools import partial

from builder.extract.attribution import Attribution, Extraction, Span
from builder.extract.claims import find_claims
from builder.extract.cues import attribution_type
from builder.extract.decode import decode_attributions, decode_names
from builder.extract.direct_quotes import find_direct_quotes
from builder.extract.encoder import Encoder
from builder.extract.judged import without_judged
from builder.extract.kind_evidence import see
from builder.extract.marks import fit_to_marks
from builder.extract.pieces import split_pieces
from builder.extract.quotations import Quotation, find_quotations
from builder.extract.quote_types import quote_type
from builder.extract.windows import score_words
from builder.normalize.article import Article

# Kept in the manifest and in every cache key: raise it when the same article would give other rows.
VERSION = "extract.v4"


def extract(article: Article, encoder: Encoder) -> Extraction:
    """Attributions, names and claims of one article, in the text's order; nothing where its status says so.

    Languages that the encoder does not read give direct quotations and their sources' names, found by typography.
    """
    if article.extraction_status == "direct-quotes":
        return find_direct_quotes(article.text, article.language.split("-")[0])
    if article.extraction_status != "extracted":
        return Extraction()
    pieces = split_pieces(article.text, encoder.tokenizer)
    if not len(pieces.first):
        return Extraction()
    scores = score_words(pieces, encoder.run)
    quotations = find_quotations(article.text)
    decoded = without_judged(article.text, decode_attributions(scores, encoder.weights, pieces))
    finished = [_finish(article.text, found, quotations) for found in decoded]
    attributions = _without_overlap([found for found in finished if _is_told(found)])
    claims = find_claims(article, attributions, partial(see, scores, pieces))
    return Extraction(attributions, tuple(decode_names(scores, pieces)), claims)


def _finish(text: str, found: Attribution, quotations: list[Quotation]) -> Attribution:
    content = fit_to_marks(text, found.content, [one for one in quotations if not _holds(one, found.cue)])
    cue = " ".join(text[start:end] for start, end in found.cue)
    words = " ".join(text[start:end] for start, end in content)
    return replace(
        found,
        content=content,
        quote_type=quote_type(text, content, quotations),
        attribution_type=attribution_type(cue, words),
    )


def _holds(quotation: Quotation, cue: tuple[Span, ...]) -> bool:
    """Whether an attribution's own cue stands inside the marks: then they are not the marks of its content."""
    return any(quotation.start <= start and end <= quotation.end for start, end in cue)


def _is_told(found: Attribution) -> bool:
    """Without a cue only what stands in quotation marks is an attribution: a line of dialogue may have no tag."""
    return bool(found.cue) or found.quote_type != "indirect"


def _without_overlap(attributions: list[Attribution]) -> tuple[Attribution, ...]:
    """Contents that fitting to the marks made overlap: the longer attribution is the row (CODEBOOK: the outer one)."""
    kept: list[Attribution] = []
    by_length = sorted(attributions, key=lambda a: (-sum(end - start for start, end in a.content), a.content))
    for attribution in by_length:
        taken = [span for other in kept for span in other.content]
        if not any(start < e and s < end for start, end in attribution.content for s, e in taken):
            kept.append(attribution)
    return tuple(sorted(kept, key=lambda attribution: attribution.content))
