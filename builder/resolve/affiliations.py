"""What unnamed sources and groups are said to belong to: "a senior US official" is the United States'.

Imports `authority`, `lexicon`, `nominals`.
"""

import re

from builder.resolve.authority import Authority, Entry
from builder.resolve.lexicon import DETERMINERS, QUANTIFIERS, UNNAMED
from builder.resolve.nominals import read_nominal

# A word that may name a state or be its adjective. No Central American is of the United States.
_STATE = re.compile(r"(?:(?:South|North|New|Saudi) (?=[A-Z]))?[A-ZÀ-Þ][\w.]*(?:-[A-Z]\w+)?")
_NOT_OF_IT = frozenset({"Central ", "Latin ", "North ", "South ", "Native "})
# A body that somebody speaks for, up to where the phrase says something else.
_OF_BODY = re.compile(
    r"\s(?:for|of|at|from|in|with)\s(?:the\s)?[A-ZÀ-Þ][\w.’'&-]*(?:\s(?:of\s|the\s|and\s)*[A-ZÀ-Þ][\w.’'&-]*)*"
    r"(?:\s(?:embassy|ministry|government|army|police|department|office|campaign|mission|agency)\b)?"
)


def country_of(phrase: str, authority: Authority) -> str | None:
    """The country of the first state, or adjective of one, that a phrase names.

    >>> from builder.resolve.authority import built_in_authority
    >>> country_of("a senior US official", built_in_authority())
    'USA'
    """
    nominal = read_nominal(phrase)
    head = re.search(rf"\b{re.escape(nominal.head)}\b", phrase, re.IGNORECASE) if nominal else None
    body = _OF_BODY.match(phrase, head.end()) if head else None
    said = phrase[: body.end() if body else head.end() if head else len(phrase)]
    for at in [match.start() for match in re.finditer(r"\b[A-ZÀ-Þ]", said)]:
        state = _STATE.match(said, at)
        before = re.search(r"[A-ZÀ-Þ][\w.’'-]* $", said[:at])
        entry = _entry_of(state[0], before[0] if before else "", authority) if state else None
        if entry and entry.country:
            return entry.country
    return None


def _entry_of(word: str, before: str, authority: Authority) -> Entry | None:
    """The actor that a capitalized word, or two, names or is the adjective of, after another capitalized word."""
    bare = word if re.fullmatch(r"(?:[A-Z]\.)+", word) else re.sub(r"(?:['’]s?|\.)$", "", word)
    if before in _NOT_OF_IT:
        return None
    return authority.find_demonym(bare) or (authority.find(bare, word) if not before else None)


def role_of_unnamed(phrase: str, authority: Authority) -> str | None:
    """The office or trade of an unnamed source without who has it, and the named body that it is of.

    >>> from builder.resolve.authority import built_in_authority
    >>> role_of_unnamed("a senior US official at the Defense Department", built_in_authority())
    'senior official at the Defense Department'
    """
    nominal = read_nominal(phrase)
    if nominal is None or nominal.head not in UNNAMED:
        return None
    head = re.search(rf"\b{re.escape(nominal.head)}\b", phrase, re.IGNORECASE)
    if head is None:
        return None
    words = _STATE.sub(lambda m: "" if _entry_of(m[0], "", authority) else m[0], phrase[: head.end()]).split()
    while len(words) > 1 and (words[0].casefold() in DETERMINERS | QUANTIFIERS | {"of"} or words[0][0].isdigit()):
        words = words[1:]
    body = _OF_BODY.match(phrase, head.end())
    return " ".join(words) + (body[0] if body else "") or None
