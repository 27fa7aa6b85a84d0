"""Dates out of strings that are dates: never from today's clock, never a guess. Imports nothing of the project.

A date without a zone counts as UTC. A numeric date that could be read two ways (3/4/2026) is no date.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Literal

from dateparser.date import DateDataParser

EARLIEST_YEAR, LATEST_YEAR = 1600, 2100

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?P<time>[T ]\d{2}:?\d{2}(?::?\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?)?)?"
)
# With full stops a date is written day first wherever it is written so.
_STOPS = re.compile(
    r"(?:(?:Mo|Di|Mi|Do|Fr|Sa|So)\.?,? )?(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?:,? .{0,20})?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})|(\d{4})[/.](\d{2})[/.](\d{2})")
_YEAR_FIRST = re.compile(r"\d{4}\D")
_YEAR = re.compile(r"(?<!\d)(1[6-9]|20|21)\d\d(?!\d)")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_FULL_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\.\d{{1,2}}\.\d{{4}})\b",
    re.IGNORECASE,
)
_URL_DAY = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
_URL_MONTH = re.compile(r"/(\d{4})[/-](\d{1,2})/")
_NAME_DAY = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """A date in UTC and how much of it is known: year, month, day or minute."""

    at: datetime
    precision: str


def parse_date(text: str) -> Found | None:
    """The date that a string is, ISO first, then written out in English; None where it is none or ambiguous.

    >>> parse_date("2026-04-17T06:00:00-04:00")
    Found(at=datetime.datetime(2026, 4, 17, 10, 0, tzinfo=datetime.timezone.utc), precision='minute')
    >>> parse_date("14 March 2026").precision, parse_date("3/4/2026"), parse_date("yesterday")
    ('day', None, None)
    >>> parse_date("3.4.2026").at.isoformat()
    '2026-04-03T00:00:00+00:00'
    """
    text = " ".join(text.split())
    if len(text) > 80 or (not _YEAR.search(text) and not _COMPACT.fullmatch(text)):
        return None
    if match := _STOPS.fullmatch(text):
        text = f"{match['year']}-{match['month']:0>2}-{match['day']:0>2}"
    found = _iso(text) if _YEAR_FIRST.match(text) or _COMPACT.fullmatch(text) else _iso(text) or _written(text)
    return found if found and EARLIEST_YEAR <= found.at.year <= LATEST_YEAR else None


def find_full_date(text: str) -> str | None:
    """The first date with day, month and year inside a text, as it stands there."""
    match = _FULL_DATE.search(text)
    return match[0] if match else None


def date_in_url(url: str) -> str | None:
    """The date that an address holds, as ISO; None for none.

    >>> date_in_url("https://tarn.example/2026/03/05/gate"), date_in_url("https://tarn.example/2026/3/gate")
    ('2026-03-05', '2026-03')
    """
    if match := _URL_DAY.search(url):
        return f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}"
    if match := _URL_MONTH.search(url):
        return f"{match[1]}-{match[2]:0>2}"
    return None


def date_in_name(name: str) -> str | None:
    """The date that a file's name holds, as ISO; None for none."""
    match = _NAME_DAY.search(name)
    return f"{match[1]}-{match[3]}-{match[4]}" if match else None


def _iso(text: str) -> Found | None:
    if match := _COMPACT.fullmatch(text):
        text = "-".join(part for part in match.groups() if part)
    match = _ISO.fullmatch(text)
    if not match:
        return None
    try:
        if match["time"]:
            at = datetime.fromisoformat(text.replace(",", ".").replace(" ", "T", 1).replace(" ", ""))
        else:
            at = datetime(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1), tzinfo=UTC)
        return Found(_utc(at), _precision(match, at))
    except (ValueError, OverflowError):
        return None


def _precision(match: re.Match[str], at: datetime) -> str:
    """A midnight without a zone is how tables write a day."""
    if match["time"] and not (at.tzinfo is None and at.time() == datetime.min.time()):
        return "minute"
    return "day" if match["day"] else "month" if match["month"] else "year"


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _written(text: str) -> Found | None:
    """What dateparser makes of it, where reading day before month and month before day agree."""
    day_first, month_first = _parser("DMY").get_date_data(text), _parser("MDY").get_date_data(text)
    if day_first.date_obj is None or day_first.date_obj != month_first.date_obj:
        return None
    precision = "minute" if day_first.period == "time" else day_first.period
    return Found(_utc(day_first.date_obj), precision)


@cache
def _parser(order: Literal["DMY", "MDY"]) -> DateDataParser:
    """Every setting that would otherwise come from the machine or the clock is fixed here."""
    settings = {
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["year"],
        "DATE_ORDER": order,
        "PREFER_LOCALE_DATE_ORDER": False,
        "PREFER_DAY_OF_MONTH": "first",
        "PREFER_MONTH_OF_YEAR": "first",
        "RELATIVE_BASE": datetime(2000, 1, 1),  # dateparser wants it without a zone
        "TIMEZONE": "UTC",
        "TO_TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
        "RETURN_TIME_AS_PERIOD": True,
    }
    return DateDataParser(languages=["en"], settings=settings)
