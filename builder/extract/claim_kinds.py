"""The kind of a claim: by its cue where that fixes it, otherwise by what the encoder makes of it (CODEBOOK, Claim).

Imports `builder.extract.content_kinds`, `cues` and `labels`.
"""

import re
from collections.abc import Sequence

from builder.extract.content_kinds import content_kind
from builder.extract.cues import Cue, read_cue
from builder.extract.labels import CLAIM_KINDS

# How often the kind was right on labelled articles that the rules were not written on: told by the cue, by the content.
_TOLD_BY_CUE = 0.82
_TOLD_BY_CONTENT = 0.48
# What the content's words add to the encoder's share of the kind that they speak for.
_WORDS_TELL = 0.15

_ASKED = re.compile(r"\W*(?:if|whether|what|why|how|who|when|where|which)\b|.*\?\W*$", re.IGNORECASE | re.DOTALL)
_FOR_DOING = re.compile(
    r"\b(?:for|of) (?:(?:not|never|being|having|allegedly|repeatedly|also|once)\s+)?\w+ing\b", re.IGNORECASE
)
# What a cue of this kind says when it is negated: who did not endorse, refused.
_NEGATED = {
    "denial": "assertion",
    "support": "refusal",
    "commitment": "refusal",
    "refusal": "support",
    "warning": "assessment",
}


def claim_kind(cue: str, content: str, shares: Sequence[float] = ()) -> tuple[str, float]:
    """The kind of the claim whose cue and content are these words, and how sure that is, 0 to 1.

    `shares` are the encoder's, in the order of CLAIM_KINDS; without them the content's words tell.

    >>> claim_kind("denied", "that he had met her")[0], claim_kind("said", "“They should leave at once.”")[0]
    ('denial', 'demand')
    """
    reading = read_cue(cue, content)
    if reading.decides:
        return _by_cue(reading, content), _TOLD_BY_CUE
    told = content_kind(content, reading)
    if not shares:
        return told, _TOLD_BY_CONTENT
    weighed = [share + _WORDS_TELL * (kind == told) for share, kind in zip(shares, CLAIM_KINDS, strict=True)]
    best = max(range(len(weighed)), key=lambda at: (weighed[at], -at))
    return CLAIM_KINDS[best], shares[best]


def _by_cue(cue: Cue, content: str) -> str:
    """What a deciding cue says, with the cases in which the content or a negation turns it."""
    if cue.phrase == "ask":
        return "question" if _ASKED.match(content) else "demand"
    if cue.kind == "criticism" and _FOR_DOING.search(content):
        return "accusation"
    kind = cue.kind or "assertion"
    return _NEGATED.get(kind, kind) if cue.is_negated else kind
