"""Speech that a dash opens and nothing closes, as fiction and some interviews set it. Imports `phrases`.

"— Nobody asked us, said Orla. — Nobody ever does." A paragraph that begins with a dash may as well be an item of a
list: it is speech where it, or the dash paragraph beside it, has a tag in it, a verb of saying with who says it.
"""

import re
from collections.abc import Sequence

from builder.extract.phrases import read_lexicon

Span = tuple[int, int]

_OPENS = re.compile(r"[—―] ?(?=[\w“‘\"'’])")
_VERB = "(?:" + "|".join(sorted(read_lexicon("sentences")["speech"])) + ")"
_WHO = r"(?:[Hh]e|[Ss]he|[Tt]hey|I|we|(?:the|his|her) [\w’-]+|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})"
# The tag, up to where it ends: a stop, or the dash or comma behind which the speaker goes on.
_TAG = re.compile(rf"(?<=[,.?!…])\s*(?:[—―] ?)?(?:{_VERB} {_WHO}|{_WHO} {_VERB})\b[^.,;:?!…—―\n]*")
_GOES_ON = re.compile(r"[.,;:]?\s*[—―] ?|[,;:]\s*")


def find_dash_speech(text: str, paragraphs: Sequence[Span]) -> list[list[Span]]:
    """The stretches of speech of every paragraph, the opening dash included; empty for one that is no such speech.

    >>> line = "— Nobody asked us, said Orla — nobody does."
    >>> [line[start:end] for start, end in find_dash_speech(line, [(0, len(line))])[0]]
    ['— Nobody asked us,', 'nobody does.']
    """
    opened = [bool(_OPENS.match(text, start, end)) for start, end in paragraphs]
    tagged = [opens and bool(_TAG.search(text, *span)) for opens, span in zip(opened, paragraphs, strict=True)]
    found: list[list[Span]] = []
    for number, span in enumerate(paragraphs):
        beside = any(tagged[max(0, number - 1) : number + 2])
        found.append(_speech(text, *span) if opened[number] and beside else [])
    return found


def _speech(text: str, start: int, end: int) -> list[Span]:
    """What stands between the tags; behind one that a full stop ends, the narrator goes on."""
    spans, at = [], start
    for tag in _TAG.finditer(text, start, end):
        if tag.start() < at:
            continue
        spans.append((at, tag.start()))
        goes_on = _GOES_ON.match(text, tag.end(), end)
        if not goes_on or goes_on.end() == end:
            return spans
        at = goes_on.end()
    return [*spans, (at, end)]
