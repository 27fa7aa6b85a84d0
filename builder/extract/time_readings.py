"""From the words that name a time to a period: a function for each pattern. Imports `calendars`, `date_readings`.

Here are those that count from the article's date. Each takes the match, the article's date (or None), and whether the
time is past, ahead or untold; it gives None where the period cannot be told.
"""

import re
from collections.abc import Callable

from builder.extract import date_readings as written
from builder.extract.calendars import (
    SEASONS,
    Anchor,
    Period,
    a_day,
    a_week,
    shift,
    unit_around,
    weekday_beside,
    weekend_beside,
)

Match = re.Match[str]
Reading = Callable[[Match, Anchor | None, str | None], Period | None]

_STEPS = {"last": -1, "this": 0, "next": 1, "past": -1, "coming": 1}


def _unknown(_match: Match, _anchor: Anchor | None, _towards: str | None) -> Period | None:
    return None


def _ago(match: Match, anchor: Anchor | None, _towards: str | None) -> Period | None:
    """“Two weeks ago”: the calendar week, month or year then."""
    unit = match["unit"].casefold().replace("fortnight", "week")
    on = shift(anchor.on, match["words"]) if anchor and anchor.tells(unit) else None
    return unit_around(unit, on) if on else None


def _stretch(match: Match, anchor: Anchor | None, _towards: str | None) -> Period | None:
    """“The past three years”: from that day to the article's, or from that to the day to come."""
    which, unit = match["which"].casefold(), match["unit"].casefold()
    if anchor is None or not anchor.tells("day") or (not match["count"] and which != "past"):
        return None
    count, ahead = match["count"] or "a", _STEPS[which] > 0
    other = shift(anchor.on, f"in {count} {unit}s" if ahead else f"{count} {unit}s ago")
    if other is None:
        return None
    first, last = sorted((anchor.on, other))
    return first, last, "day" if unit == "week" else unit


def _day_beside(match: Match, anchor: Anchor | None, _towards: str | None) -> Period | None:
    """Yesterday, tonight, the day after tomorrow."""
    words = match["words"].casefold()
    steps = 1 if "tomorrow" in words else -1 if "yesterday" in words or "last" in words else 0
    return unit_around("day", anchor.on, steps * (1 + words.count("day "))) if anchor and anchor.tells("day") else None


def _weekend(match: Match, anchor: Anchor | None, towards: str | None) -> Period | None:
    """Saturday and Sunday; the next weekend may be either of two."""
    which = match["which"].casefold()
    if anchor is None or not anchor.tells("day") or which == "next":
        return None
    if which == "last":
        return weekend_beside(a_week(anchor.on)[0], "past")
    return weekend_beside(anchor.on, towards) if towards else None


def _season(match: Match, anchor: Anchor | None, _towards: str | None) -> Period | None:
    """The year that the season lies in; winter lies in two, and “last summer” in autumn may mean either."""
    which, season = match["which"].casefold(), SEASONS.get(match["season"].casefold())
    if anchor is None or season is None or (which != "this" and not anchor.tells("month")):
        return None
    is_clear = {
        "this": True,
        "last": anchor.on.month <= season[1],
        "next": anchor.on.month >= season[0],
    }[which]
    return unit_around("year", anchor.on, _STEPS[which]) if is_clear else None


def _unit_beside(match: Match, anchor: Anchor | None, _towards: str | None) -> Period | None:
    """Last week, this month, next year."""
    unit = match["unit"].casefold()
    return unit_around(unit, anchor.on, _STEPS[match["which"].casefold()]) if anchor and anchor.tells(unit) else None


def _unit_around(match: Match, anchor: Anchor | None, _towards: str | None) -> Period | None:
    """“The end of the year”, “month’s end”: of the one that the article is of."""
    unit = (match["unit"] or match["closing"][:5].strip("'’-e ")).casefold()
    unit = next(name for name in ("week", "month", "quarter", "year") if name.startswith(unit))
    return unit_around(unit, anchor.on) if anchor and anchor.tells(unit) else None


def _weekdays(match: Match, anchor: Anchor | None, towards: str | None) -> Period | None:
    """From one weekday to another."""
    if anchor is None or not anchor.tells("day") or towards is None:
        return None
    if towards == "past":
        last = weekday_beside(match["last"], anchor.on, "past")
        return weekday_beside(match["first"], last, "past"), last, "day"
    first = weekday_beside(match["first"], anchor.on, "ahead")
    return first, weekday_beside(match["last"], first, "ahead"), "day"


def _weekday(match: Match, anchor: Anchor | None, towards: str | None) -> Period | None:
    """The latest or the coming one; “next Friday” on a Wednesday may be either of two."""
    if anchor is None or not anchor.tells("day"):
        return None
    on, name, which = anchor.on, match["weekday"], (match["which"] or "").casefold()
    coming, latest = weekday_beside(name, on, "ahead"), weekday_beside(name, on, "past")
    if which == "last":
        return a_day(latest if latest < on else unit_around("day", on, -7)[0])
    if which == "next":
        return a_day(coming) if a_week(coming) != a_week(on) and (coming - on).days > 1 else None
    if towards == "past":
        return a_day(latest)
    return a_day(coming) if towards == "ahead" and latest != on else None


READINGS: dict[str, Reading] = {
    "unknown": _unknown,
    "iso": written.read_iso,
    "days_across": written.read_days_across,
    "days_within": written.read_days_within,
    "date": written.read_date,
    "months": written.read_months,
    "month_of_year": written.read_month_of_year,
    "years": written.read_years,
    "two_years": written.read_two_years,
    "part_of_year": written.read_part_of_year,
    "century": written.read_century,
    "decade": written.read_decade,
    "ago": _ago,
    "stretch": _stretch,
    "day_beside": _day_beside,
    "weekend": _weekend,
    "season": _season,
    "unit_beside": _unit_beside,
    "unit_around": _unit_around,
    "month": written.read_month,
    "year": written.read_year,
    "weekdays": _weekdays,
    "day_of_month": written.read_day_of_month,
    "weekday": _weekday,
}
