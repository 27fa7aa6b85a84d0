"""The time a claim is about."""

from datetime import UTC, date, datetime

import pytest

from builder.extract.times import about

WEDNESDAY = datetime(2026, 4, 15, 9, 30, tzinfo=UTC)


def days(text: str, precision: str | None = "day") -> tuple[str, str, str] | None:
    period = about(text, WEDNESDAY if precision else None, precision)
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
        "She will resign on Tuesday.",  # which one is not sure
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


def test_of_several_times_the_only_one_of_the_first_sentence_counts() -> None:
    assert about("It rose in 2010. It fell in 2012.", None, None) == (date(2010, 1, 1), date(2010, 12, 31), "year")
