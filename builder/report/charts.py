"""Small pictures as SVG, drawn when the report is built. Imports nothing of the project.

They hold no words: a browser stretches them to the width there is, and words beside them stay readable on a phone.
The numbers stand in the table that each of them comes with, so they are hidden from screen readers. Colours are
classes of the style sheet, which knows light and dark.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

COLOURS = 6  # s0 to s5 of the style sheet; the sixth series is all others together
_BAR = Markup(
    '<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
    '<rect width="{}" height="1"/></svg>'
)
_COLUMNS = Markup('<svg class="columns" viewBox="0 0 {} 100" preserveAspectRatio="none" aria-hidden="true">{}</svg>')
_COLUMN = Markup("<g><title>{}: {}</title>{}</g>")
_PART = Markup('<rect class="s{}" x="{}" y="{}" width=".8" height="{}"/>')
DAYS, MONTHS = 92, 120  # a longer time is drawn by month, a still longer one by year


def draw_bar(value: float, largest: float) -> Markup:
    """One bar, as long as the value's part of the largest.

    >>> print(draw_bar(1, 4)[-35:])
    <rect width="25" height="1"/></svg>
    """
    width = f"{100 * value / largest:.4g}" if largest else "0"
    return _BAR.format(width)


def count_tallest(series: Sequence[Sequence[int]]) -> int:
    """How many the tallest column of `draw_columns` stands for, which no axis says."""
    return max((sum(column) for column in zip(*series, strict=True)), default=0)


def draw_columns(periods: Sequence[str], series: Sequence[Sequence[int]]) -> Markup:
    """Columns beside each other, one a period, the series of each stacked in their order."""
    tops = [sum(one[at] for one in series) for at in range(len(periods))]
    largest = count_tallest(series) or 1
    drawn = []
    for at, period in enumerate(periods):
        base = 100.0
        parts = []
        for number, one in enumerate(series):
            if one[at]:
                height = 100 * one[at] / largest
                base -= height
                parts.append(_PART.format(number, f"{at}.1", f"{base:.5g}", f"{height:.5g}"))
        if parts:
            drawn.append(_COLUMN.format(period, f"{tops[at]:,}", Markup("").join(parts)))
    return _COLUMNS.format(max(len(periods), 1), Markup("").join(drawn))


def name_period(day: date, unit: str) -> str:
    """The period that a day is in.

    >>> name_period(date(2026, 3, 9), "month")
    '2026-03'
    """
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]


def choose_unit(first: date, last: date) -> str:
    """Whether a time is shown by day, month or year."""
    if (last - first).days < DAYS:
        return "day"
    return "month" if (last.year - first.year) * 12 + last.month - first.month < MONTHS else "year"


def list_periods(first: date, last: date, unit: str) -> list[str]:
    """All periods from the first day's to the last day's, none left out.

    >>> list_periods(date(2025, 11, 30), date(2026, 1, 1), "month")
    ['2025-11', '2025-12', '2026-01']
    """
    if unit == "day":
        return [(first + timedelta(days=at)).isoformat() for at in range((last - first).days + 1)]
    if unit == "year":
        return [f"{year:04}" for year in range(first.year, last.year + 1)]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]
