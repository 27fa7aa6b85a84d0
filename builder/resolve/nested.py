"""Names inside longer names: the place in "University of Leeds", the person in "the Orm Foundation".

Imports `authority`, `cast`, `names`.
"""

import re
from collections.abc import Callable, Iterator

from builder.resolve.authority import Authority, Entry, known_places, plain
from builder.resolve.cast import Cast, Draft
from builder.resolve.names import NameMention, name_words

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


def cast_nested(
    text: str, authority: Authority, cast: Cast, by_entry: dict[str, int], organizations: dict[str, int]
) -> None:
    """Take the names inside longer names: of actors that the article or the authority has, and of places."""
    persons = {draft.words[-1]: n for n, draft in enumerate(cast.drafts) if draft.kind == "person" and draft.words}

    def kind_of(form: str) -> str | None:
        words = name_words(form)
        if len(words) == 1 and words[0] in persons:
            return "person"
        entry = authority.find(form, text)
        number = organizations.get(plain(form))
        if entry or authority.find_capital(form, text):
            return "place" if entry is None or entry.kind == "state" else None
        return "place" if number is not None and cast.drafts[number].kind == "place" else None

    for outer, whole in list(cast.names):
        for start, end, kind in names_within(text, outer, kind_of):
            form = " ".join(text[start:end].split())
            if kind == "person" and outer.kind == "place":
                continue  # no street is a mention of whom it is named after
            if kind == "person":
                number = persons[name_words(form)[0]]
            else:
                number = _cast_place(form, authority.find(form, text), cast, by_entry, organizations)
            if number != whole:
                cast.drafts[number].add_form(form)
                cast.nested.append((start, end, number))


def _cast_place(
    form: str, entry: Entry | None, cast: Cast, by_entry: dict[str, int], organizations: dict[str, int]
) -> int:
    """The state or place of a name inside a longer one."""
    if entry:
        if entry.id not in by_entry:
            by_entry[entry.id] = cast.add(Draft(entry.kind, entry=entry, country=entry.country))
        return by_entry[entry.id]
    key = plain(form)
    if key not in organizations or cast.drafts[organizations[key]].kind != "place":
        organizations[key] = cast.add(Draft("place"))
    return organizations[key]
