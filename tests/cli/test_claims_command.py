"""`onrecord claims` as a person or a machine meets it."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli.main import app
from builder.errors import SettingsError


def claims(town_build: Path, *arguments: str, width: int = 120) -> str:
    ran = CliRunner().invoke(app, ["claims", str(town_build), *arguments], env={"COLUMNS": str(width), "NO_COLOR": "1"})
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def test_json_lines_and_csv_hold_the_same_rows_with_all_columns(town_build: Path) -> None:
    rows = [json.loads(line) for line in claims(town_build, "--json").splitlines()]
    cells = list(csv.DictReader(io.StringIO(claims(town_build, "--csv"))))
    assert [row["claim_id"] for row in rows] == [row["claim_id"] for row in cells]
    assert list(rows[0]) == list(cells[0])
    assert [str(row["confidence"]) for row in rows] == [row["confidence"] for row in cells]
    assert ["; ".join(row["claimants"]) for row in rows] == [row["claimants"] for row in cells]
    assert len(rows[0]["claim_group_id"]) == 20


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_terminal_of_any_width_shows_every_word_of_a_claim_within_it(town_build: Path, width: int) -> None:
    shown = claims(town_build, width=width)
    assert max(map(len, shown.splitlines())) <= width
    words = " ".join(shown.replace("│", " ").split())
    row = json.loads(claims(town_build, "--json").splitlines()[0])
    if width < 90:
        assert row["text"] in words
    assert row["claim_kind"] in words


def test_the_number_of_claims_is_said_and_how_to_see_more(town_build: Path) -> None:
    total = len(claims(town_build, "--json").splitlines())
    assert f"{total} claims; 1 are shown, --limit shows more" in claims(town_build, "--limit", "1")
    assert len(claims(town_build, "--limit", "1", "--json").splitlines()) == 1
    assert "0 claims" in claims(town_build, "--words", "zyzzyva")


def test_days_may_be_years_and_months(town_build: Path) -> None:
    rows = [json.loads(line) for line in claims(town_build, "--json").splitlines()]
    dated = [row for row in rows if row["published_at"]]
    assert dated
    year = dated[0]["published_at"][:4]
    found = [
        json.loads(line)
        for line in claims(town_build, "--published-from", year, "--published-to", year, "--json").splitlines()
    ]
    assert [row["claim_id"] for row in found] == [r["claim_id"] for r in dated if r["published_at"][:4] == year]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--kind", "rumour"), "no kind of claim"),
        (("--from", "yesterday"), "no day"),
        (("--to", "2026-02-30"), "no calendar"),
        (("--to", "2026-00"), "no calendar"),
        (("--from", "0000"), "no calendar"),
        (("--json", "--csv"), "not both"),
    ],
)
def test_a_wrong_command_line_ends_with_code_2_and_says_what_was_expected(
    town_build: Path, arguments: tuple[str, ...], says: str
) -> None:
    ran = CliRunner().invoke(app, ["claims", str(town_build), *arguments], env={"COLUMNS": "200"})
    assert ran.exit_code == 2
    assert says in " ".join(ran.output.split())


def test_an_unknown_name_is_a_settings_error(town_build: Path) -> None:
    ran = CliRunner().invoke(app, ["claims", str(town_build), "--claimant", "Nobody Anywhere"])
    assert isinstance(ran.exception, SettingsError)
    assert ran.exception.exit_code == 3
