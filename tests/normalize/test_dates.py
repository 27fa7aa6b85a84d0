"""Strings to dates, strictly."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builder.normalize.dates import date_in_name, date_in_url, find_full_date, parse_date


@pytest.mark.parametrize(
    ("text", "at", "precision"),
    [
        ("2026", datetime(2026, 1, 1), "year"),
        ("2026-04", datetime(2026, 4, 1), "month"),
        ("2026-04-21", datetime(2026, 4, 21), "day"),
        ("20260421", datetime(2026, 4, 21), "day"),
        ("2026-04-21T06:30", datetime(2026, 4, 21, 6, 30), "minute"),
        ("2026-04-21 06:30:15.25Z", datetime(2026, 4, 21, 6, 30, 15, 250000), "minute"),
        ("2026-04-21T06:30:00+0200", datetime(2026, 4, 21, 4, 30), "minute"),
        ("2026-04-21T00:00:00", datetime(2026, 4, 21), "day"),  # midnight without a zone: a table's way to write a day
        ("2026-04-21T00:00:00Z", datetime(2026, 4, 21), "minute"),
        ("2026-04-21T00:30:00+02:00", datetime(2026, 4, 20, 22, 30), "minute"),  # the day before, in UTC
        ("2026/04/21", datetime(2026, 4, 21), "day"),
        ("21 April 2026", datetime(2026, 4, 21), "day"),
        ("Apr. 21, 2026", datetime(2026, 4, 21), "day"),
        ("Tuesday, 21st April 2026", datetime(2026, 4, 21), "day"),
        ("April 2026", datetime(2026, 4, 1), "month"),
        ("April 21, 2026 at 6:30 a.m. EDT", datetime(2026, 4, 21, 10, 30), "minute"),
        ("Tue, 21 Apr 2026 06:30:00 +0200", datetime(2026, 4, 21, 4, 30), "minute"),
        ("21/4/2026", datetime(2026, 4, 21), "day"),  # there is no 21st month
        ("21.04.2026", datetime(2026, 4, 21), "day"),
    ],
)
def test_a_date_is_read_with_what_is_known_of_it(text: str, at: datetime, precision: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert (found.at, found.precision) == (at.replace(tzinfo=UTC), precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "last Tuesday",
        "April 21",  # no year: today's would be a guess
        "21 April 26",
        "3/4/2026",  # March or April
        "2026-02-30",
        "2026-13-01",
        "30 February 2026",
        "21 April 2026 and more",
        "1200-01-01",
        "2150-01-01",
        "4021",
        "x" * 100 + "2026",
    ],
)
def test_what_is_no_date_or_two_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_dates_in_addresses_names_and_sentences_are_found() -> None:
    assert date_in_url("https://tarn.example/news/2026/4/9/gate") == "2026-04-09"
    assert date_in_url("https://tarn.example/news/2026-04-09-gate") == "2026-04-09"
    assert date_in_url("https://tarn.example/20260/4/9") is None
    assert [date_in_name(name) for name in ("2026-04-09.txt", "gate_20260409.txt", "id-120260409.txt", "a.txt")] == [
        "2026-04-09",
        "2026-04-09",
        None,
        None,
    ]
    assert find_full_date("PORT ELM, Sept. 9, 2025 (Post)") == "Sept. 9, 2025"
    assert find_full_date("PORT ELM, Sept. 9 (Post)") is None


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_machines_time_zone_and_language_make_no_difference(zone: str) -> None:
    code = "from builder.normalize.dates import parse_date; print(parse_date('April 21, 2026 06:30').at.isoformat())"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TZ": zone, "LANG": "de_DE.UTF-8", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "2026-04-21T06:30:00+00:00"
