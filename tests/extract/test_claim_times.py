"""The time a claim is about."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.extract.times import about
from schemas.vocabulary import DATE_PRECISIONS

WEDNESDAY = datetime(2026, 4, 15, 9, 30, tzinfo=UTC)


def days(text: str, precision: str | None = "day") -> tuple[str, str, str] | None:
    period = about(text, WEDNESDAY if precision else None, precision)
    return (period[0].isoformat(), period[1].isoformat(), period[2]) if period else None


WORDS = re.findall(
    r"\S+",
    "on in by since until before the of last next this from to between and Monday Friday March May 31 29 3rd 2 2024 "
    "1999 1990s ’90s quarter first half weekend two weeks years ago end summer 19th century will resigned today",
)
# Which August, only the sense of it tells.
MISSED = {"that the state pay the wages for August"}


def read_set(name: str) -> list[tuple[str, str, tuple[str, ...] | None]]:
    """The rows of a set: the article's date as far as it is known, a sentence, the period or None."""
    lines = (Path(__file__).parent / "times" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return [(day, text, (start, end, unit) if start else None) for day, text, start, end, unit in rows]


SETS = [
    pytest.param(*row, marks=pytest.mark.xfail(strict=True)) if row[1] in MISSED else row
    for row in read_set("first") + read_set("second")
]


def found_on(day: str, text: str) -> tuple[str, ...] | None:
    parts = [int(part) for part in day.split("-") if part]
    if not parts:
        period = about(text, None, None)
    else:
        precision = ("year", "month", "day")[len(parts) - 1]
        year, month, of_month = [*parts, 1, 1][:3]
        period = about(text, datetime(year, month, of_month, tzinfo=UTC), precision)
    return (period[0].isoformat(), period[1].isoformat(), period[2]) if period else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sales fell in 2014.", ("2014-01-01", "2014-12-31", "year")),
        ("They will leave by 2030.", ("2030-01-01", "2030-12-31", "year")),
        ("It opened on May 3, 2021.", ("2021-05-03", "2021-05-03", "day")),
        ("It opened on 3 May 2021.", ("2021-05-03", "2021-05-03", "day")),
        ("It opened on Sept. 3, 2021.", ("2021-09-03", "2021-09-03", "day")),
        ("It opened on 2021-05-03.", ("2021-05-03", "2021-05-03", "day")),
        ("It opened in February 2024.", ("2024-02-01", "2024-02-29", "month")),
        ("Rents rose in the 1990s.", ("1990-01-01", "1999-12-31", "year")),
        ("Rents rose from 2010 to 2014.", ("2010-01-01", "2014-12-31", "year")),
        ("Rents rose in 2010–14.", ("2010-01-01", "2014-12-31", "year")),
        ("Rents have risen since the late 1990s.", ("1990-01-01", "2026-04-15", "year")),
        ("Rents have risen since May 2024.", ("2024-05-01", "2026-04-15", "month")),
        ("She resigned on Tuesday.", ("2026-04-14", "2026-04-14", "day")),
        ("She resigned on Wednesday.", ("2026-04-15", "2026-04-15", "day")),
        ("She resigned last Wednesday.", ("2026-04-08", "2026-04-08", "day")),
        ("She resigned last week.", ("2026-04-06", "2026-04-12", "day")),
        ("She resigned earlier this month.", ("2026-04-01", "2026-04-30", "month")),
        ("She will resign next year.", ("2027-01-01", "2027-12-31", "year")),
        ("She resigned yesterday.", ("2026-04-14", "2026-04-14", "day")),
    ],
)
def test_a_named_time_is_found(text: str, expected: tuple[str, str, str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "She resigned.",
        "They have 2014 voters.",  # a number, not a year
        "She will resign next Friday.",  # this week's or the one after
        "It opened on February 30, 2021.",  # no such day
        "It rose in 2010 and fell in 2012.",  # two times in one sentence
        "She may resign.",
    ],
)
def test_what_is_not_sure_stays_unknown(text: str) -> None:
    assert days(text) is None


@pytest.mark.parametrize(
    "text", ["She resigned on Tuesday.", "She resigned last year.", "Rents have risen since 2014."]
)
def test_a_time_told_from_the_articles_date_needs_that_date(text: str) -> None:
    assert days(text) is not None
    assert days(text, None) is None


def test_a_weekday_needs_more_than_the_articles_month() -> None:
    assert days("She resigned on Tuesday.", "month") is None
    assert days("She resigned last month.", "month") == ("2026-03-01", "2026-03-31", "month")


@pytest.mark.parametrize(("day", "text", "expected"), SETS)
def test_an_expression_gives_its_period_or_none(day: str, text: str, expected: tuple[str, ...] | None) -> None:
    """The rows of times/*.tsv; the second was written before anything was tuned, and read once, at the end."""
    assert found_on(day, text) == expected


@pytest.mark.parametrize(("day", "text", "expected"), read_set("first") + read_set("second"))
def test_what_an_article_without_a_date_tells_needs_none(day: str, text: str, expected: tuple[str, ...] | None) -> None:
    assert found_on("-", text) in {None, expected}


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_any_words_give_a_period_in_order_or_none(words: list[str], day: date) -> None:
    period = about(" ".join(words), datetime(day.year, day.month, day.day, tzinfo=UTC), "day")
    assert period is None or (period[0] <= period[1] and period[2] in DATE_PRECISIONS)


def test_of_several_times_the_finest_counts_where_they_lie_in_one_another() -> None:
    assert days("This year, on 3 March, it fell.") == ("2026-03-03", "2026-03-03", "day")


def test_of_several_times_the_only_one_of_the_first_sentence_counts() -> None:
    assert about("It rose in 2010. It fell in 2012.", None, None) == (date(2010, 1, 1), date(2010, 12, 31), "year")
