"""The time a claim is about, where its words leave no doubt. Imports this folder's leaves.

Named times (“in 2014”, “on 3 May 2021”) need no article date; “last week” does, and so does “in March”, whose year the
verb's tense tells; without them they stay unknown. Where words are vague, a part of a year, month or decade (“the late
1990s”, “this summer”) is the whole; “since” reaches to the article's date; “until the end of April” is April's last
day; “before 2029” is open and no period; fiscal and school years are nobody's calendar. Where a claim names several
times, it is about the finest of those that lie in one another, else about the only one of its first sentence, else
about none that could be told.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from builder.extract.calendars import Anchor, Period, a_day
from builder.extract.tense import direction
from builder.extract.time_readings import READINGS
from builder.extract.time_words import COMPARED, PART, PATTERNS, RELATION

__all__ = ["Period", "about"]

# How many characters before and after a time are read for what they say of it: the longest clause of most.
_REACH = 300
# What is to be done “by Friday”, or if it is not, lies ahead whatever participles stand there.
_CONDITION = re.compile(r"^\W*to\b|\b(?:if|unless)\b[^.!?]*$", re.IGNORECASE)
_FIRST_SENTENCE = re.compile(r"(?<=[a-z0-9”\"][.?!])\s+(?=[A-Z“\"])")


def about(claim: str, published_at: datetime | None, precision: str | None) -> Period | None:
    """First day, last day and precision (year, month, day) of the time the claim names; None where that is not sure.

    >>> about("Sales fell in 2014.", None, None)
    (datetime.date(2014, 1, 1), datetime.date(2014, 12, 31), 'year')
    """
    anchor = Anchor(published_at.date(), precision) if published_at is not None and precision else None
    for words in (claim, _FIRST_SENTENCE.split(claim, maxsplit=1)[0]):
        periods = _finest(list(dict.fromkeys(_periods(words, anchor))))
        if len(periods) == 1:
            return periods[0]
    return None


def _periods(words: str, anchor: Anchor | None) -> Iterator[Period | None]:
    """Every time that the words name, in no order that matters; None for one that could not be told."""
    taken: list[tuple[int, int]] = []
    for name, pattern in PATTERNS.items():
        for match in pattern.finditer(words):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            if name == "nothing":
                continue
            at = _start(match)
            lead, rest = words[max(0, at - _REACH) : at], words[match.end() : match.end() + _REACH]
            if not COMPARED.search(lead):
                yield _placed(name, match, lead, rest, anchor)


def _start(match: re.Match[str]) -> int:
    """Where the time itself begins, behind a preposition that the pattern wanted."""
    named = [match.start(name) for name in match.re.groupindex if match[name]]
    return min(named, default=match.start())


def _placed(name: str, match: re.Match[str], lead: str, rest: str, anchor: Anchor | None) -> Period | None:
    """The period of a match as the words before it mean it: since it, until its end, open before or after it."""
    part = PART.search(lead)
    relation = RELATION.search(lead[: part.start()] if part else lead)
    is_limit = relation is not None and relation["limit"] is not None
    towards = direction(lead, rest)
    if is_limit and (towards is None or _CONDITION.search(lead)):
        towards = "ahead"
    period = READINGS[name](match, anchor, towards)
    if period is None or relation is None:
        return period
    is_end = (part is not None and part["end"] is not None) or _names_end(match)
    if is_end and (is_limit or (relation["open"] or "").casefold() == "before"):
        return a_day(period[1])
    if relation["open"]:
        return None
    if relation["since"]:
        return _until_published(period, anchor)
    return period


def _names_end(match: re.Match[str]) -> bool:
    """Whether the match itself holds “the end of”."""
    return re.search(r"\b(?:end|close)\s+of\b|\bend$", match[0], re.IGNORECASE) is not None


def _until_published(period: Period, anchor: Anchor | None) -> Period | None:
    """“Since 2014” lasts until the article's date, and is open without one."""
    if anchor is None or not anchor.tells("day") or anchor.on < period[0]:
        return None
    return period[0], anchor.on, period[2]


def _finest(periods: list[Period | None]) -> list[Period | None]:
    """The periods without those in which another of them lies (“this year, on 3 March”)."""
    known = [period for period in periods if period]
    if len(known) != len(periods):
        return periods
    return [
        outer
        for outer in known
        if not any(outer[0] <= p[0] and p[1] <= outer[1] and (outer[0], outer[1]) != (p[0], p[1]) for p in known)
    ]
