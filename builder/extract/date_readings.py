"""Dates, months, quarters, years and centuries as they are written, to periods. Imports `calendars`, `time_words`.

Each function takes the match of its pattern, the article's date (or None), and whether the time is past, ahead or
untold; it gives None where the period cannot be told.
"""

import re
from datetime import date

from builder.extract.calendars import (
    WEEKDAYS,
    Anchor,
    Period,
    a_day,
    a_month,
    read_written,
    some_months,
    some_years,
    unit_around,
)
from builder.extract.time_words import ORDINAL

Match = re.Match[str]

_STEPS = {"last": -1, "this": 0, "next": 1}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_ORDINALS = {word: number for number, word in enumerate(ORDINAL.strip("(?:)").split("|"), 1)}
# A date without its year and without a verb that tells is the nearest one, where no other is nearly as near.
_NEAR = 60


def read_iso(match: Match, _anchor: Anchor | None, _towards: str | None) -> Period | None:
    """A date in figures, 2021-05-03."""
    return read_written(match[0])


def read_date(match: Match, anchor: Anchor | None, towards: str | None) -> Period | None:
    """A day with its month, perhaps its weekday and year."""
    written = _in_figures(match["written"])
    if match["year"]:
        return read_written(f"{written} {match['year']}")
    found = _without_year(written, anchor, towards)
    is_other_day = found and match["weekday"] and WEEKDAYS[found[0].weekday()] != match["weekday"].casefold()
    return None if is_other_day else found


def read_days_across(match: Match, anchor: Anchor | None, towards: str | None) -> Period | None:
    """From a day of one month to one of the same or another."""
    return _between(match["first"], match["last"], match["first_year"], match["year"], anchor, towards)


def read_days_within(match: Match, anchor: Anchor | None, towards: str | None) -> Period | None:
    """Some days of one month."""
    month = match["month"] or match["us_month"]
    first, last = match["first"] or match["us_first"], match["last"] or match["us_last"]
    return _between(f"{first} {month}", f"{last} {month}", None, match["year"], anchor, towards)


def read_months(match: Match, anchor: Anchor | None, towards: str | None) -> Period | None:
    """From one month to another."""
    return _between(match["first"], match["last"], match["first_year"], match["year"], anchor, towards)


def read_month_of_year(match: Match, _anchor: Anchor | None, _towards: str | None) -> Period | None:
    """A month with its year."""
    return read_written(f"{match['written']} {match['year']}")


def read_month(match: Match, anchor: Anchor | None, towards: str | None) -> Period | None:
    """A month without its year."""
    if anchor is None or not anchor.tells("month"):
        return None
    which = match[0].split()[0].casefold()
    if which not in {"last", "next", "this"}:
        return _without_year(match["month"], anchor, towards)
    on, found = anchor.on, read_written(f"{match['month']} {anchor.on.year}")
    if found is None or which == "this":
        return found
    # “Last March” in April may be this year's or the last one's.
    is_clear = found[0].month >= on.month if which == "last" else found[0].month <= on.month
    return a_month(on.year + _STEPS[which], found[0].month) if is_clear else None


def read_day_of_month(match: Match, anchor: Anchor | None, towards: str | None) -> Period | None:
    """“On the 9th”."""
    if anchor is None or not anchor.tells("day") or towards is None:
        return None
    day = int(match["day"][:-2])
    months = [unit_around("month", anchor.on, steps) for steps in (-1, 0, 1)]
    return _towards([a_day(m[0].replace(day=day)) for m in months if day <= m[1].day], anchor.on, towards)


def read_years(match: Match, _anchor: Anchor | None, _towards: str | None) -> Period | None:
    """From one year to another."""
    first, last = match["first"] or match["short_first"], match["last"] or match["short_last"]
    last = last if len(last) == 4 else first[:2] + last
    return some_years(int(first), int(last)) if first < last else None


def read_two_years(match: Match, _anchor: Anchor | None, _towards: str | None) -> Period | None:
    """“In 2019 and 2020”: one stretch where they are neighbors."""
    first, last = int(match["first"]), int(match["last"])
    return some_years(first, last) if last == first + 1 and "and" in match["joint"] else None


def read_part_of_year(match: Match, anchor: Anchor | None, towards: str | None) -> Period | None:
    """A quarter or half of a year, of the calendar where nothing says otherwise."""
    which, unit, year = (match["which"] or "").casefold(), (match["unit"] or "quarter").casefold(), match["year"]
    if which == "last" and not year:
        return unit_around("quarter", anchor.on, -1) if unit == "quarter" and anchor and anchor.tells(unit) else None
    if year and not year.isdigit():
        if anchor is None:
            return None
        year = str(anchor.on.year + _STEPS[year.split()[0].casefold()])
    if unit == "half":
        half = {"first": 1, "second": 2, "last": 2}.get(which)
        return some_months(int(year), 6 * half - 5, 6 * half) if half and year else None
    quarter = int(match["number"] or _QUARTERS[which])
    if year:
        return some_months(int(year), 3 * quarter - 2, 3 * quarter)
    if anchor is None or not anchor.tells("quarter") or towards is None:
        return None
    steps = quarter - 1 - (anchor.on.month - 1) // 3
    if steps == 0:
        return None
    wrong_way = 4 if towards == "ahead" and steps < 0 else -4 if towards == "past" and steps > 0 else 0
    return unit_around("quarter", anchor.on, steps + wrong_way)


def read_century(match: Match, _anchor: Anchor | None, _towards: str | None) -> Period | None:
    """“The 19th century”."""
    last = int(match["century"]) * 100
    return some_years(last - 99, last)


def read_decade(match: Match, anchor: Anchor | None, _towards: str | None) -> Period | None:
    """“The 1800s” may be a century, and “the ’90s” need an article after them."""
    if match["decade"]:
        first = int(match["decade"])
        return some_years(first, first + 9) if first % 100 or first == 2000 else None
    if anchor is None:
        return None
    century = anchor.on.year // 100 * 100
    first = century + int(match["short"])
    return some_years(first - 100, first - 91) if first > anchor.on.year else some_years(first, first + 9)


def read_year(match: Match, _anchor: Anchor | None, _towards: str | None) -> Period | None:
    """One year."""
    year = int(match["year"] or match["year_for"])
    return some_years(year, year)


def _in_figures(written: str) -> str:
    """“The first of October” as dateparser reads it."""
    first = written.split()[0].casefold()
    written = f"{_ORDINALS[first]} {written.split(None, 1)[1]}" if first in _ORDINALS else written
    return re.sub(r"\b(?:of|the)\s+", "", written)


def _without_year(written: str, anchor: Anchor | None, towards: str | None) -> Period | None:
    """The day or month of that name before or after the article's date."""
    if anchor is None or not anchor.tells("month"):
        return None
    years = range(anchor.on.year - 1, anchor.on.year + 2)
    found = [period for year in years if (period := read_written(f"{written} {year}"))]
    if towards is None:
        days = [period for period in found if period[2] == "day"]
        nearest = min(days, key=lambda period: abs(period[0] - anchor.on), default=None)
        return nearest if nearest and abs(nearest[0] - anchor.on).days <= _NEAR else None
    return _towards(found, anchor.on, towards)


def _towards(found: list[Period], on: date, towards: str) -> Period | None:
    """The latest that has begun, or the first that begins; an unnamed year's month that is now is not told ahead."""
    if towards == "past":
        return max((period for period in found if period[0] <= on), default=None)
    if any(period[2] == "month" and period[0] <= on <= period[1] for period in found):
        return None
    return min((period for period in found if period[0] >= on), default=None)


def _between(
    first: str, last: str, first_year: str | None, last_year: str | None, anchor: Anchor | None, towards: str | None
) -> Period | None:
    """From one written date to another; a year that only one of them has is both's, or the one beside it."""
    if not (first_year or last_year):
        begin = _without_year(first, anchor, towards or "")
        end = _without_year(last, anchor, towards or "")
        if begin is None or end is None:
            return None
        first_year, last_year = (str(begin[0].year), None) if towards == "ahead" else (None, str(end[0].year))
    years = [int(year) for year in (first_year, last_year) if year]
    for one, other in ((years[0], years[-1]), (years[0] - (not first_year), years[-1] + (not last_year))):
        begin, end = read_written(f"{first} {one}"), read_written(f"{last} {other}")
        if begin and end and begin[0] < end[0]:
            return begin[0], end[1], end[2]
    return None
