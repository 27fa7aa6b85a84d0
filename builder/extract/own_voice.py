"""Sentences in which the article itself judges, predicts, accuses or warns. Imports leaves of `builder.extract` alone.

Precise rather than greedy: a sentence counts only with one of the listed frames (`lexicon/own_voice.toml`) in its first
main clause; the plain facts of the report are not extracted (CODEBOOK, Claim).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from builder.extract.attribution import Attribution, Span
from builder.extract.clauses import Clause, first_clause
from builder.extract.phrases import Hit, PhraseTable, read_lexicon, read_words
from builder.extract.quotations import Quotation, find_quotations
from builder.extract.sentences import split_sentences

_FRAMES = PhraseTable(read_lexicon("own_voice"))
# Judged from the top, as the codebook's table is.
_ORDER = ("accusation", "warning", "prediction", "assessment")
_SCHEDULED = re.compile(
    r"\b(?:on|at|in|this|next|by|until|from|later|beginning|starting)\s+(?:the\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|\b(?:tonight|tomorrow|today|next (?:week|month)|this (?:week|month|weekend|afternoon|evening|morning))\b"
    r"|\b\d{1,2}(?::\d\d)?\s*[ap]\.?m\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)\s+\d",
    re.IGNORECASE,
)
_CONFIDENCE = {"accusation": 0.4, "warning": 0.5, "prediction": 0.7, "assessment": 0.6}
_REACH = 14
_SHORTEST = 5
_WORDS = read_words("grammar")


@dataclass(frozen=True, slots=True)
class OwnClaim:
    """A sentence in the article's own voice, its kind, and how sure that is."""

    start: int
    end: int
    claim_kind: str
    confidence: float


def find_own_claims(text: str, title: str | None, attributions: Sequence[Attribution]) -> list[OwnClaim]:
    """The claims in the article's own voice: outside quotations, headlines and everything that is attributed.

    >>> [claim.claim_kind for claim in find_own_claims("It is unlikely to reopen. It shut in 2012.", None, [])]
    ['prediction']
    """
    taken = sorted(span for a in attributions for span in (*a.content, *a.cue, *a.source))
    quotations = find_quotations(text)
    found = []
    for start, end in split_sentences(text):
        if _overlaps(start, end, taken) or _is_quoted(start, end, quotations):
            continue
        sentence = text[start:end]
        if _is_headline(sentence, title):
            continue
        kind = own_kind(sentence)
        if kind is not None:
            found.append(OwnClaim(start, end, kind, _CONFIDENCE[kind]))
    return found


def own_kind(sentence: str) -> str | None:
    """accusation, warning, prediction or assessment by the sentence's frame; None for a plain report."""
    clause = first_clause(sentence)
    if (
        len(clause.tokens) < _SHORTEST
        or clause.sentence.endswith("?")
        or any(token.word in {"i", "my", "we", "our", "should", "you", "your"} for token in clause.tokens[:2])
    ):
        return None
    labels = {hit.label for hit in _FRAMES.find(clause.tokens) if _counts(hit, clause)}
    if "scheduled" in labels and "prediction" not in labels and not _SCHEDULED.search(sentence):
        labels.add("prediction")
    return next((kind for kind in _ORDER if kind in labels), None)


def _counts(hit: Hit, clause: Clause) -> bool:
    """Whether the frame stands in the main clause, near its beginning; “could not help” is no “could help”."""
    before = {token.word for token in clause.tokens[1 : hit.first]}
    if hit.phrase.startswith("could ") and clause.tokens[hit.first + 1].word == "not":
        return False
    return hit.first <= _REACH and not before & (_WORDS["asides"] | {"after", "as", "before", "that", "where", "whose"})


def _overlaps(start: int, end: int, spans: Sequence[Span]) -> bool:
    return any(a < end and start < b for a, b in spans)


def _is_quoted(start: int, end: int, quotations: Sequence[Quotation]) -> bool:
    """Whether the sentence begins inside a quotation, or more than a third of it is quoted."""
    inside = sum(max(0, min(end, q.end) - max(start, q.start)) for q in quotations)
    return any(q.start <= start < q.end for q in quotations) or inside * 3 > end - start


def _is_headline(sentence: str, title: str | None) -> bool:
    """A line without a stop, the title itself, or a line that capitalizes nearly all of its longer words."""
    if not sentence.rstrip("”\"’')").endswith((".", "!", "?", "…")) or (
        title is not None and sentence.strip() == title.strip()
    ):
        return True
    longer = [word for word in re.findall(r"[^\W\d_][\w’'-]*", sentence) if len(word) > 3]
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) >= 0.8 * len(longer)
