"""The time a claim is about, where its words leave no doubt. Imports nothing of the project.

Named times (“in 2014”, “on 3 May 2021”) need no article date; “last week” does, and stays unknown without one. Where a
claim names several times, it is about the only one of its first sentence, else about none that could be told.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

Period = tuple[date, date, str]

_MONTHS = {name: number for number in range(1, 13) for name in (calendar.month_name[number].casefold(),)}
_SHORT = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
# A number before what is counted is no year: “the 2014 voters”.
_YEAR = (
    r"(?P<year>1[89]\d\d|20\d\d)"
    r"(?![\d,]*\d|%|\s*(?:percent|per cent|people|votes|voters|words|miles|jobs|troops|soldiers)\b)"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"

_NAMED = (
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}"),
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}"),
    re.compile(r"\b(?P<year>1[89]\d\d|20\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b"),
    re.compile(rf"\b{_MONTH}(?:\s+of)?,?\s+{_YEAR}"),
    re.compile(r"\b(?P<year>1[89]\d\d|20\d\d)\s?[-–/]\s?(?P<until>(?:1[89]|20)?\d\d)\b(?!-)"),
    re.compile(
        r"\b(?:from|between)\s+(?P<year>1[89]\d\d|20\d\d)\s+(?:to|and|until|through)\s+(?P<until>1[89]\d\d|20\d\d)\b"
    ),
    re.compile(r"\b(?P<decade>1[89]\d0|20\d0)['’]?s\b"),
    re.compile(
        rf"(?:in|since|by|of|until|till|during|before|after|from|through|around|the|early|late|mid|spring|summer|fall|autumn|winter|fiscal)[\s-]{_YEAR}",
        re.IGNORECASE,
    ),
)
_RELATIVE = re.compile(
    r"\b(?:(?P<near>yesterday|today|tomorrow)|(?:(?:earlier|later)\s+)?(?P<which>this|last|next)\s+(?P<unit>week|month|year)"
    r"|(?:(?P<that>last|next|on|this)\s+)(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\bsince\s+(?:the\s+)?(?:(?:early|mid|late|spring|summer|fall|autumn|winter|beginning of|end of)[\s-]+)?$",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\b(?:will|shall|going to|plans? to|would|upcoming|next)\b|['’]ll\b", re.IGNORECASE)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_OFFSETS = {"last": -1, "this": 0, "next": 1, "yesterday": -1, "today": 0, "tomorrow": 1}


def about(claim: str, published_at: datetime | None, precision: str | None) -> Period | None:
    """First day, last day and precision (year, month, day) of the time the claim names; None where that is not sure.

    >>> about("Sales fell in 2014.", None, None)
    (datetime.date(2014, 1, 1), datetime.date(2014, 12, 31), 'year')
    """
    published = published_at.date() if published_at is not None else None
    first_sentence = re.split(r"(?<=[a-z0-9”\"][.?!])\s+(?=[A-Z“\"])", claim, maxsplit=1)[0]
    for words in (claim, first_sentence):
        periods = list(dict.fromkeys(_periods(words, published, precision or "")))
        if len(periods) == 1:
            return periods[0]
    return None


def _periods(words: str, published: date | None, precision: str) -> Iterator[Period | None]:
    """Every time that the words name, in no order that matters; None for one that could not be told."""
    taken: list[tuple[int, int]] = []
    for pattern in _NAMED:
        for match in pattern.finditer(words):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            period = _named(match)
            named = "year" if "year" in match.re.groupindex else "decade"
            since = any(_SINCE.search(words[:at]) for at in (match.start(), match.start(named)))
            yield _until_published(period, published, precision) if since else period
    for match in _RELATIVE.finditer(words):
        yield _relative(match, words, published, precision)


def _named(match: re.Match[str]) -> Period | None:
    """The period of a match of one of the named patterns; None for a date that does not exist."""
    parts = match.groupdict()
    if parts.get("decade"):
        first = int(parts["decade"])
        return date(first, 1, 1), date(first + 9, 12, 31), "year"
    year = int(parts["year"])
    if parts.get("until"):
        until = int(parts["until"]) if len(parts["until"]) == 4 else year // 100 * 100 + int(parts["until"])
        return (date(year, 1, 1), date(until, 12, 31), "year") if year < until else None
    if not parts.get("month"):
        return date(year, 1, 1), date(year, 12, 31), "year"
    name = parts["month"].casefold().rstrip(".")
    month = int(name) if name.isdigit() else _MONTHS.get(name) or _SHORT[name]
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    if not parts.get("day"):
        return date(year, month, 1), date(year, month, last), "month"
    day = int(parts["day"])
    return (date(year, month, day), date(year, month, day), "day") if 1 <= day <= last else None


def _until_published(period: Period | None, published: date | None, precision: str) -> Period | None:
    """“Since 2014” lasts until the article's date, and is open without one."""
    if period is None or published is None or precision in {"", "year"} or published < period[0]:
        return None
    return period[0], published, period[2]


def _relative(match: re.Match[str], words: str, published: date | None, precision: str) -> Period | None:
    """A time told from the article's date, where that date is known finely enough."""
    parts = {name: value.casefold() for name, value in match.groupdict().items() if value}
    if published is None or not precision:
        return None
    if parts.get("unit") == "year":
        year = published.year + _OFFSETS[parts["which"]]
        return date(year, 1, 1), date(year, 12, 31), "year"
    if parts.get("unit") == "month" and precision != "year":
        months = published.year * 12 + published.month - 1 + _OFFSETS[parts["which"]]
        year, month = months // 12, months % 12 + 1
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month"
    if precision in {"year", "month"}:
        return None
    if "near" in parts:
        day = published + timedelta(days=_OFFSETS[parts["near"]])
        return day, day, "day"
    if "unit" in parts:
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=_OFFSETS[parts["which"]])
        return monday, monday + timedelta(days=6), "day"
    return _weekday(parts["weekday"], parts["that"], words, published)


def _weekday(name: str, that: str, words: str, published: date) -> Period | None:
    """The latest such weekday up to the article's date; unknown where the claim speaks of the future."""
    if that != "last" and (that in {"next", "this"} or _FUTURE.search(words)):
        return None
    back = (published.weekday() - _WEEKDAYS.index(name)) % 7
    if that == "last" and back == 0:
        back = 7
    day = published - timedelta(days=back)
    return day, day, "day"
