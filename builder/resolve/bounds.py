"""Where a tagger's names begin and end, mended. Imports nothing of the project.

What a tagger that sees one word at a time gets wrong: a name cut at its hyphen ("Kold" of "Kold-K"), one that ends in
"of", and a body whose name goes on behind such a word ("Church of" and "Port Elsen").
"""

import re
from collections.abc import Iterable

Tagged = tuple[int, int, str]

_BEHIND_HYPHEN = re.compile(r"-(?:[A-Z0-9]\w*|(?<=\w-)[a-z]+)(?:-\w+)*(?![\w-])")
_NO_NAME = re.compile(r"-(?:based|led|backed|owned|run|style|born|American|elect|era|wide|area|controlled|funded)\b")
_INITIAL_AND_LAST = re.compile(r" [A-Z]\. [A-Z][\w’'-]+")
_TAIL = re.compile(r"(?:\s+(?:of|for|from|the|and|in|on|at|to|by|with|&))+$")
_OF = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?")
# Bodies that are named after what they are of.
_OF_WHAT = frozenset(
    {"church", "court", "department", "university", "bank", "ministry", "institute", "council", "municipality", "house"}
    | {"college", "museum", "academy", "organization", "organisation", "association", "centre", "center", "office"}
    | {"board", "bureau", "state", "city", "county", "republic", "bishops", "union", "society", "school", "chamber"}
    | {"commission", "federation", "league", "government", "kingdom", "parliament", "committee", "archdiocese"}
)


def mend_bounds(text: str, spans: Iterable[Tagged]) -> list[Tagged]:
    """The spans (start, end, kind) in the text's order, longer first where they begin together, with mended ends."""
    mended: list[Tagged] = []
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        end = _whole_word(text, start, end, kind)
        if mended and _goes_on(text, mended[-1], start):
            mended[-1] = (mended[-1][0], max(end, mended[-1][1]), mended[-1][2])
        elif end > start:
            mended.append((start, end, kind))
    return [(start, _without_tail(text, start, end), kind) for start, end, kind in mended]


def _whole_word(text: str, start: int, end: int, kind: str) -> int:
    if text[end - 1] == "-":
        rest = re.compile(r"\w+").match(text, end)
        return rest.end() if rest and kind == "person" else end - 1
    rest = _BEHIND_HYPHEN.match(text, end)
    if rest and rest[0][1].isupper() and not _NO_NAME.match(text, end):
        return rest.end()
    if kind in {"person", "other"} and text[start:end].isalpha():
        last = _INITIAL_AND_LAST.match(text, end)
        return last.end() if last else end
    return end


def _goes_on(text: str, before: Tagged, start: int) -> bool:
    """Whether a name is what the body before it is of."""
    first, end, kind = before
    if kind != "organization":
        return False
    words = _without_tail(text, first, end)
    return text[first:words].split()[-1].casefold() in _OF_WHAT and bool(_OF.fullmatch(text, words, start))


def _without_tail(text: str, start: int, end: int) -> int:
    tail = _TAIL.search(text, start, end)
    return tail.start() if tail else end


