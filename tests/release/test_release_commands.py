"""release, diff and hydrate as a person types them."""

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from builder.cli.main import app
from builder.errors import OutputError, ReleaseError
from tests.release.conftest import release_town


def onrecord(*arguments: object) -> Result:
    """The command in this process; what the console script makes of an error is tested with the other commands."""
    return CliRunner(env={"NO_COLOR": "1", "COLUMNS": "160", "TERM": "dumb"}).invoke(app, [*map(str, arguments)])


def test_a_release_is_made_and_a_second_refused_with_what_to_do(town: Path, changed_town: Path, tmp_path: Path) -> None:
    made = onrecord("release", "0.1.0", "--date", "2026-11-24", "--from", town, "--to", tmp_path, "--json")
    assert made.exit_code == 0, made.stderr
    assert json.loads(made.stdout) == {
        "version": "0.1.0",
        "folder": str(tmp_path / "0.1.0"),
        "since": None,
        "step": None,
        "changes": 0,
    }
    refused = onrecord("release", "0.1.1", "--date", "2026-11-25", "--from", changed_town, "--to", tmp_path)
    assert isinstance(refused.exception, ReleaseError)
    assert "Give 0.2.0 or higher" in str(refused.exception)


@pytest.fixture(scope="module")
def first(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release_town(town, tmp_path_factory.mktemp("releases"))


def test_diff_prints_a_table_with_columns_figures_and_the_step(first: Path, changed_town: Path, tmp_path: Path) -> None:
    ran = onrecord("diff", first, changed_town, "--changes", tmp_path / "changes.parquet")
    assert ran.exit_code == 0, ran.stderr
    assert "a MINOR step: 0.2.0 or higher" in ran.stdout
    assert "text_sha256 (1)" in ran.stdout
    assert "quotes.quote_type: direct: " in ran.stdout
    assert set(pl.read_parquet(tmp_path / "changes.parquet")["table"]) >= {"articles", "quotes"}


def test_diff_as_json_holds_every_change_and_as_markdown_a_changelogs_entry(first: Path, changed_town: Path) -> None:
    report = json.loads(onrecord("diff", first, changed_town, "--json").stdout)
    assert (report["before"], report["step"]) == ("0.1.0", "MINOR")
    assert report["tables"]["articles"]["changed"] == 1
    assert report["figures"]["articles"] == {"before": 3, "after": 3}
    assert all(set(row) == {"change", "table", "row", "column", "before", "after"} for row in report["changes"])
    entry = onrecord("diff", first, changed_town, "--markdown").stdout
    assert entry.startswith("MINOR since 0.1.0: rows, columns or values were added, removed or changed.\n\n| table |")


def test_what_is_no_release_and_what_withholds_nothing_is_refused(first: Path, tmp_path: Path) -> None:
    nothing = onrecord("diff", tmp_path, first)
    assert isinstance(nothing.exception, OutputError)
    assert "is no build of onrecord" in str(nothing.exception)
    full = onrecord("hydrate", first, "--raw", "raw", "--out", tmp_path / "out")
    assert isinstance(full.exception, ReleaseError)
    assert "no words are withheld" in str(full.exception)
