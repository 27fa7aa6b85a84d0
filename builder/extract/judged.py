"""Sentences in which the article only judges how likely it is that somebody says, agrees or does something.

"It is unlikely that the minister will agree to the plan" puts no agreement on record: what stands there is the
article's own prediction (CODEBOOK, Claim), of which the seeming attribution is a part.

Imports `attribution`, `sentences`.
"""

import re
from collections.abc import Sequence

from builder.extract.attribution import Attribution
from builder.extract.sentences import split_sentences

_FRAME = re.compile(
    r"(?:(?:But|And|Still|Yet|So),? )?[Ii]t(?:[’']s| is| was| seems| appears| remains| looks)"
    r"(?: (?:very|highly|quite|far from|still|also|not|now|more|less|\w+ly))*"
    r" (?:unlikely|likely|doubtful|probable|improbable|inconceivable)\b"
)
# Behind these, the sentence goes on to something that the article does report.
_LEAVES = re.compile(r"[,;:—–]|\b(?:since|because|as|although|though|while|after|but)\b")


def without_judged(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions but for those that stand whole in the proposition that such a sentence judges."""
    judged = [
        (frame.end(), leaves.start() if (leaves := _LEAVES.search(text, frame.end(), end)) else end)
        for start, end in split_sentences(text)
        if (frame := _FRAME.match(text, start, end))
    ]
    return [a for a in attributions if not any(_begins_in(a, start, end) for start, end in judged)]


def _begins_in(attribution: Attribution, start: int, end: int) -> bool:
    return all(start <= span[0] < end for span in (*attribution.cue, *attribution.source, *attribution.content))
