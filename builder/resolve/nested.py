"""Names inside longer names: the place in "University of Leeds", the person in "the Orm Foundation".

Imports `authority`, `names`.
"""

import re
from collections.abc import Callable, Iterator

from builder.resolve.authority import known_places
from builder.resolve.names import NameMention

_WORD = re.compile(r"[^\W_](?:[\w.&]|['’-](?!s\b))*")
# "University of X", "Port X Museum": what follows such a word is a place, if it is one word more.
_OF_A_PLACE = re.compile(
    r"(?:University|College|City|County|Bishop|Archbishop|Diocese|Archdiocese|Municipality|Port|Town|Province|State)"
    r" (?:of|at) ((?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)$"
)
_LONGEST = 3


def names_within(text: str, outer: NameMention, kind_of: Callable[[str], str | None]) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of the names inside a body's or place's name, the longest at each word, from the left.

    `kind_of` tells the kind of a name that the article or the authority has by itself, None for others.
    """
    if outer.kind == "person":
        return
    words = [match.span() for match in _WORD.finditer(text, outer.start, outer.end)]
    at = 0
    while at < len(words):
        found = None
        for last in range(min(len(words), at + _LONGEST), at, -1):
            if last - at < len(words) and text[words[at][0]].isupper():
                found = _kind(text[words[at][0] : words[last - 1][1]], kind_of)
            if found:
                yield words[at][0], words[last - 1][1], found
                at = last
                break
        at += not found
    behind = _OF_A_PLACE.search(text, outer.start, outer.end)
    if behind and not kind_of(behind[1]) and behind[1].casefold() not in known_places():
        yield *behind.span(1), "place"


def _kind(form: str, kind_of: Callable[[str], str | None]) -> str | None:
    kind = kind_of(form)
    return kind or ("place" if form.casefold() in known_places() else None)
