"""Days, weeks, months and years, and what is told from an article's date. Imports dateparser.

A period is its first day, its last day and the precision with which they are known (`DATE_PRECISIONS`). Weeks begin on
Monday (ISO 8601).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from dateparser.date import DateDataParser

Period = tuple[date, date, str]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# In which months a season falls, north of the equator; winter lies in two years.
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_SATURDAY = 5
_FINENESS = {"year": 0, "quarter": 1, "month": 1}
# dateparser would otherwise ask the machine for its zone and order of dates.
_SETTINGS = {"PREFER_LOCALE_DATE_ORDER": False, "TIMEZONE": "UTC", "RETURN_AS_TIMEZONE_AWARE": False}


@dataclass(frozen=True, slots=True)
class Anchor:
    """An article's date, and how finely that is known: year, month, day or minute."""

    on: date
    precision: str

    def tells(self, unit: str) -> bool:
        """Whether a time that is counted in `unit` (year, quarter, month, any finer) can be told from it."""
        return _FINENESS.get(unit, 2) <= _FINENESS.get(self.precision, 2)


def a_day(on: date) -> Period:
    """The day as a period."""
    return on, on, "day"


def a_month(year: int, month: int) -> Period:
    """The month as a period; month 0 is the December before, 13 the January after.

    >>> a_month(2026, 0)
    (datetime.date(2025, 12, 1), datetime.date(2025, 12, 31), 'month')
    """
    year, month = (year * 12 + month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"


def some_months(year: int, first: int, last: int) -> Period:
    """The months `first` to `last`, counted as in `a_month`."""
    return a_month(year, first)[0], a_month(year, last)[1], "month"


def some_years(first: int, last: int) -> Period:
    """The years `first` to `last`."""
    return date(first, 1, 1), date(last, 12, 31), "year"


def a_week(on: date) -> Period:
    """The week that a day lies in."""
    monday = on - timedelta(days=on.weekday())
    return monday, monday + timedelta(days=6), "day"


def unit_around(unit: str, on: date, steps: int = 0) -> Period:
    """The week, month, quarter or year that `on` lies in, or the one so many steps after it.

    >>> unit_around("quarter", date(2026, 1, 9), -1)
    (datetime.date(2025, 10, 1), datetime.date(2025, 12, 31), 'month')
    """
    if unit == "year":
        return some_years(on.year + steps, on.year + steps)
    if unit == "quarter":
        first = (on.month - 1) // 3 * 3 + 1 + 3 * steps
        return some_months(on.year, first, first + 2)
    if unit == "month":
        return a_month(on.year, on.month + steps)
    if unit == "week":
        return a_week(on + timedelta(weeks=steps))
    return a_day(on + timedelta(days=steps))


def weekday_beside(name: str, on: date, towards: str) -> date:
    """The latest such weekday up to `on` (towards the past), or the first one after it (ahead)."""
    back = (on.weekday() - WEEKDAYS.index(name.casefold())) % 7
    return on - timedelta(days=back if towards == "past" else back - 7)


def weekend_beside(on: date, towards: str) -> Period:
    """The latest weekend that has begun (past), or the first that has not ended (ahead)."""
    saturday = on - timedelta(days=(on.weekday() - _SATURDAY) % 7)
    if towards == "ahead" and on.weekday() < _SATURDAY:
        saturday += timedelta(weeks=1)
    return saturday, saturday + timedelta(days=1), "day"


def read_written(words: str) -> Period | None:
    """The day or month of a date that is written out in English with its year; None where there is no such date.

    >>> read_written("3rd of May 2021")
    (datetime.date(2021, 5, 3), datetime.date(2021, 5, 3), 'day')
    """
    found = _written_parser().get_date_data(words)
    if found.date_obj is None or found.period not in {"day", "month"}:
        return None
    on = found.date_obj.date()
    return a_day(on) if found.period == "day" else a_month(on.year, on.month)


def shift(on: date, words: str) -> date | None:
    """The day that lies as far from `on` as the words say (“two weeks ago”, “in 3 years”); None beyond the calendar.

    >>> shift(date(2026, 4, 15), "two weeks ago")
    datetime.date(2026, 4, 1)
    """
    base = datetime.combine(on, time())
    settings = {**_SETTINGS, "PARSERS": ["relative-time"], "RELATIVE_BASE": base}
    try:
        found = DateDataParser(languages=["en"], settings=settings).get_date_data(words).date_obj
    except (ValueError, OverflowError):
        return None
    return found.date() if found else None


@cache
def _written_parser() -> DateDataParser:
    settings = {
        **_SETTINGS,
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["month", "year"],
        "DATE_ORDER": "YMD",
        "PREFER_DAY_OF_MONTH": "first",
        "RELATIVE_BASE": datetime(2000, 1, 1),  # or it would ask the clock
    }
    return DateDataParser(languages=["en"], settings=settings)
