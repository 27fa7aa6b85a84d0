"""Sentences in which the article itself judges, predicts, accuses or warns. Imports leaves of `builder.extract` alone.

Precise rather than greedy: most of an article is the plain report, which is not extracted (CODEBOOK, Claim). A
logistic regression (`weights/own_voice.tsv`, fitted by `builder.training.own_voice`) weighs what the kinds' regression
makes of the sentence, the frames of `lexicon/own_voice.toml` that its first main clause shows, and its form.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from builder.extract.attribution import Attribution, Span
from builder.extract.clauses import Clause
from builder.extract.kind_features import features
from builder.extract.kind_model import judge_kind
from builder.extract.labels import CLAIM_KINDS
from builder.extract.phrases import Hit, PhraseTable, read_lexicon, read_words
from builder.extract.quotations import Quotation, find_quotations
from builder.extract.regression import read_regression
from builder.extract.scores import Floats
from builder.extract.sentences import split_sentences
from builder.extract.wording import Wording, read_wording

_MODEL = read_regression("own_voice")
_FRAMES = PhraseTable(read_lexicon("own_voice"))
# Judged from the top, as the codebook's table is.
_ORDER = ("accusation", "warning", "prediction", "assessment")
# Kinds that are too rare to be learned from what is labelled: their frames are believed.
_RARE = frozenset({"accusation", "warning"})
# Features of a wording that tell the article's own judgement from its report.
_FORMS = (
    "list", "tense", "number", "named", "content rule", "length", "hedged", "negated", "condition", "exclaims",
    "early=", "opens=",
)  # fmt: skip
# The least log odds. On the half of the project's own gold that is there for choosing, 43 of 100 sentences above it are
# claims by that gold, and 28 of 100 of its claims are found; at 0.5 38 and 36, at 1.5 50 and 19.
_LEAST = 1.0
_SCHEDULED = re.compile(
    r"\b(?:on|at|in|this|next|by|until|from|later|beginning|starting)\s+(?:the\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|\b(?:tonight|tomorrow|today|next (?:week|month)|this (?:week|month|weekend|afternoon|evening|morning))\b"
    r"|\b\d{1,2}(?::\d\d)?\s*[ap]\.?m\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)\s+\d",
    re.IGNORECASE,
)
_REACH = 14
_BE = frozenset({"'re", "'s", "are", "is", "was", "were"})
# What begins so is said by or to somebody, or only supposed.
_OTHER_VOICE = re.compile(r"\W*(?:\w+\W+)?(?:I|[Mm]y|[Ww]e|[Oo]ur|[Yy]ou|[Yy]our|[Ss]hould)\b")
_WORDS = read_words("grammar")


@dataclass(frozen=True, slots=True)
class OwnClaim:
    """A sentence in the article's own voice: its words, what the features find in them, its kind, how sure that is."""

    start: int
    end: int
    wording: Wording
    said: Mapping[str, float]
    kinds: Floats
    claim_kind: str
    confidence: float


def find_own_claims(text: str, title: str | None, attributions: Sequence[Attribution]) -> list[OwnClaim]:
    """The claims in the article's own voice: outside quotations, headlines and everything that is attributed.

    >>> [claim.claim_kind for claim in find_own_claims("It is unlikely to reopen. It shut in 2012.", None, [])]
    ['prediction']
    """
    found = []
    for start, end in own_sentences(text, title, attributions):
        wording = read_wording("", text[start:end])
        frames = frames_of(wording)
        if not (frames or _may_judge(wording)):
            continue
        said = features(wording)
        kinds = judge_kind(said)
        odds = float(_MODEL.scores(own_features(said, kinds, frames))[0])
        if (odds > _LEAST or not frames.isdisjoint(_RARE)) and not _is_scheduled(wording, frames):
            share = round(1 / (1 + math.exp(-odds)), 3)
            found.append(OwnClaim(start, end, wording, said, kinds, _kind(kinds, frames), share))
    return found


def own_sentences(text: str, title: str | None, attributions: Sequence[Attribution]) -> list[Span]:
    """The sentences that could be a claim of the article: told by itself, with a main clause, no question."""
    taken = sorted(span for a in attributions for span in (*a.content, *a.cue, *a.source))
    quotations = find_quotations(text)
    return [
        (start, end)
        for start, end in split_sentences(text)
        if not _overlaps(start, end, taken)
        and not _is_quoted(start, end, quotations)
        and not text[start:end].rstrip(" ”\"'’").endswith("?")
        and not _is_headline(text[start:end], title)
        and not _OTHER_VOICE.match(text, start, end)
    ]


def own_features(said: Mapping[str, float], kinds: Floats, frames: frozenset[str]) -> dict[str, float]:
    """What tells a judgement of the article from its report."""
    found = {name: value for name, value in said.items() if name.startswith(_FORMS)}
    found |= {
        f"kind={kind}": math.log(share + 1e-3) / 2 for kind, share in zip(CLAIM_KINDS, kinds.tolist(), strict=True)
    }
    return found | {f"frame={frame}": 1.0 for frame in sorted(frames)}


def frames_of(wording: Wording) -> frozenset[str]:
    """The lists of frames that the first main clause shows; a scheduled event with its day is no prediction."""
    clause = wording.clause
    labels = {hit.label for hit in _FRAMES.find(clause.tokens) if _counts(hit, clause)}
    if "scheduled" in labels and not _SCHEDULED.search(wording.content):
        labels.add("prediction")
    return frozenset(labels - {"scheduled"})


def _may_judge(wording: Wording) -> bool:
    """Whether a word of judgement or a form of “be” stands in the clause: 93 of 100 labelled claims have one."""
    return bool(wording.hits) or any(token.word in _BE for token in wording.clause.tokens[:_REACH])


def _is_scheduled(wording: Wording, frames: frozenset[str]) -> bool:
    """Whether the sentence only tells what is to happen on a day that it names."""
    is_plain = frames.isdisjoint(_ORDER) and any(token.word == "will" for token in wording.clause.tokens)
    return is_plain and _SCHEDULED.search(wording.content) is not None


def _kind(kinds: Floats, frames: frozenset[str]) -> str:
    """The kind that the frame shows; without one, the likeliest of the four, approval and blame being assessments."""
    for kind in _ORDER:
        if kind in frames:
            return kind
    of = dict(zip(CLAIM_KINDS, kinds.tolist(), strict=True))
    of["assessment"] += of["support"] + of["criticism"]
    return max(_ORDER, key=lambda kind: of[kind])


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
