"""Where a tagger's names begin and end, mended. Imports nothing of the project.

What a tagger that sees one word at a time gets wrong: a name cut at its hyphen ("Kold" of "Kold-K"), one that ends in
"of", and a body whose name goes on behind such a word ("Church of" and "Port Elsen").
"""

import re
from collections.abc import Iterable
from itertools import zip_longest

Tagged = tuple[int, int, str]

_BEHIND_HYPHEN = re.compile(r"-(?:[A-Z0-9]\w*|(?<=\w-)[a-z]+)(?:-\w+)*(?![\w-])")
_NO_NAME = re.compile(r"-(?:based|led|backed|owned|run|style|born|American|elect|era|wide|area|controlled|funded)\b")
_INITIAL_AND_LAST = re.compile(r" [A-Z]\. [A-Z][\w’'-]+")
_ONE_WORD = re.compile(r"[A-ZÀ-Þ][^\W\d_]+(?:[’'-][A-ZÀ-Þ]?[^\W\d_]+)*")
_LAST_NAME = re.compile(r" ([A-ZÀ-Þ][a-zß-ÿ]+(?:-[A-Z][a-z]+)?)(?=[\s,.;:’'?!)]|$)")
_NO_LAST_NAME = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "I",
        "Republican",
        "Democrat",
        "Republicans",
        "Democrats",
        "Senator",
        "Sen",
        "Rep",
        "Gov",
        "President",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "The",
        "And",
        "But",
        "Jr",
        "Sr",
        "Says",
        "Said",
        "Campaign",
        "Administration",
        "Street",
        "Avenue",
        "Road",
        "Tower",
        "Hall",
        "House",
        "Hotel",
        "Day",
    ]
)
_OF_BODY = re.compile(r"\s+(?:of|from)\s+(?:the\s+)?(?=[A-Z])")
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
    named = (span for span in spans if any(map(str.isalnum, text[span[0] : span[1]])))
    for start, end, kind in sorted(named, key=lambda span: (span[0], -span[1])):
        end = _whole_word(text, start, end, kind)
        if mended and (_goes_on(text, mended[-1], start) or _is_last_name(text, mended[-1], (start, end, kind))):
            mended[-1] = (mended[-1][0], max(end, mended[-1][1]), mended[-1][2])
        elif end > start:
            mended.append((start, end, kind))
    mended = [_with_last_name(text, span, after) for span, after in zip_longest(mended, mended[1:])]
    trimmed = [(start, _without_tail(text, start, end), kind) for start, end, kind in mended]
    return [part for span in trimmed for part in _apart(text, span)]


def _apart(text: str, span: Tagged) -> list[Tagged]:
    """A person and the body that he is of, where a tagger took both for one name: not Joan of Arc."""
    start, end, kind = span
    of = _OF_BODY.search(text, start, end) if kind == "person" else None
    if not of or " " not in text[start : of.start()]:
        return [span]
    return [(start, of.start(), kind), (of.end(), end, "organization")]


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


def _is_last_name(text: str, before: Tagged, span: Tagged) -> bool:
    """Whether a tagger broke a person's name in two: "Ada" and, as something else, "Orm"."""
    first, end, kind = before
    is_broken = kind == "person" and span[2] in {"person", "other"} and text[first:end].isalpha()
    return is_broken and text[end : span[0]] == " " and bool(_ONE_WORD.fullmatch(text, span[0], span[1]))


def _with_last_name(text: str, span: Tagged, after: Tagged | None) -> Tagged:
    """A first name with the last name that the tagger left out: the capitalized word right behind it."""
    start, end, kind = span
    last = _LAST_NAME.match(text, end)
    if kind != "person" or not last or not text[start:end].isalpha() or text[start:end].isupper():
        return span
    line = text[text.rfind("\n", 0, start) + 1 : text.find("\n", end) if "\n" in text[end:] else len(text)]
    is_heading = sum(word[0].isupper() for word in line.split()) > 0.6 * len(line.split())
    is_free = after is None or after[0] >= last.end()
    return (start, last.end(), kind) if is_free and not is_heading and last[1] not in _NO_LAST_NAME else span


def _without_tail(text: str, start: int, end: int) -> int:
    tail = _TAIL.search(text, start, end)
    return tail.start() if tail else end
