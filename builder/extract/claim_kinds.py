"""The kind of a claim: by its cue where that fixes it, otherwise by its content (CODEBOOK, Claim).

What the rules say is evidence for `kind_model`, which decides. Imports `content_kinds`, `cues`, `wording`.
"""

import re

from builder.extract.content_kinds import content_kind
from builder.extract.cues import Cue
from builder.extract.wording import Wording

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


def claim_kind(wording: Wording) -> str:
    """The kind that the lists of words show for the claim of an attribution.

    >>> from builder.extract.wording import read_wording
    >>> claim_kind(read_wording("denied", "that he had met her")), claim_kind(read_wording("said", "“They should go.”"))
    ('denial', 'demand')
    """
    reading = wording.reading
    return _by_cue(reading, wording.content) if reading.decides else content_kind(wording)


def _by_cue(cue: Cue, content: str) -> str:
    """What a deciding cue says, with the cases in which the content or a negation turns it."""
    if cue.phrase == "ask":
        return "question" if _ASKED.match(content) else "demand"
    if cue.kind == "criticism" and _FOR_DOING.search(content):
        return "accusation"
    kind = cue.kind or "assertion"
    return _NEGATED.get(kind, kind) if cue.is_negated else kind
