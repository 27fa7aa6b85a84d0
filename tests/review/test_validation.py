"""A sample out, read in full, and what it tells."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli.main import app
from builder.errors import SettingsError
from builder.review.folder import import_review
from builder.review.validation import ALL, estimate_review, sample_review
from tests.review.conftest import SIGNED, Desk

ALL_READ = 3


@pytest.fixture
def sampled(desk: Desk) -> Desk:
    """Every article of the town drawn."""
    for path in desk.reading.iterdir():
        path.unlink()
    desk.reading.rmdir()
    sample_review(desk.out, desk.reading, ALL_READ, seed=7)
    return desk


def test_a_sample_records_the_chance_of_each_article(desk: Desk) -> None:
    out = desk.root / "validation"
    sample_review(desk.out, out, 2, seed=7)
    rows = list(csv.DictReader((out / "sample.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["n_articles"], row["n_drawn"], row["inclusion_probability"]) for row in rows] == [
        ("3", "2", "0.666666667")
    ] * 2
    assert {path.stem for path in out.glob("*.ann")} == {row["article_id"] for row in rows}
    again = desk.root / "again"
    sample_review(desk.out, again, 2, seed=7)
    assert (again / "sample.csv").read_bytes() == (out / "sample.csv").read_bytes()


def test_a_reading_that_changes_nothing_finds_everything_right(sampled: Desk) -> None:
    found = estimate_review(sampled.out, sampled.reading).estimates
    assert {(one.precision.value, one.recall.value) for one in found.values()} == {(1.0, 1.0)}


def test_what_the_reader_corrects_counts_as_an_error_of_the_build(sampled: Desk) -> None:
    """A quote taken away lowers precision, one added recall, another source both, another kind those of the kinds."""
    sampled.edit("ferry.html", lambda text: "".join(line for line in text.splitlines(True) if line[:3] != "E4\t"))
    sampled.edit("ferry.html", lambda text: text.replace("A8\tClaimKind E4", "A8\tClaimKind E6"))
    sampled.edit("bridge.txt", lambda text: text.replace("Source 228 263", "Source 354 356"))
    added = "T90\tCue 20 25\tvoted\nT91\tContent 36 61\tx\nE90\tCue:T90 Content:T91\nA90\tClaimKind E90 support\n"
    sampled.edit("bridge.txt", lambda text: text + added)
    found = estimate_review(sampled.out, sampled.reading).estimates
    quotes = found[ALL]
    assert quotes.precision.value == pytest.approx(14 / 16)
    assert quotes.recall.value == pytest.approx(14 / 16)
    assert found["claim_kind", "support"].recall.value == 0
    assert found["claim_kind", "support"].precision.value is None
    assert import_review(sampled.reading, sampled.out, SIGNED).articles == ALL_READ


def test_a_sample_that_did_not_come_back_whole_is_refused(sampled: Desk) -> None:
    sampled.annotation("ferry.html").unlink()
    with pytest.raises(SettingsError, match="1 of 3 articles did not come back"):
        estimate_review(sampled.out, sampled.reading)


def test_a_folder_that_is_no_sample_and_a_row_without_a_kind_are_refused(desk: Desk) -> None:
    with pytest.raises(SettingsError, match="onrecord review sample"):
        estimate_review(desk.out, desk.reading)
    out = desk.root / "validation"
    sample_review(desk.out, out, ALL_READ, seed=7)
    annotation = out / desk.annotation("bridge.txt").name
    added = "T90\tCue 20 25\tvoted\nT91\tContent 36 61\tx\nE90\tCue:T90 Content:T91\n"
    annotation.write_text(annotation.read_text(encoding="utf-8") + added, encoding="utf-8")
    with pytest.raises(SettingsError, match="the quote at 36 has no kind"):
        estimate_review(desk.out, out)


def test_sample_and_estimate_as_typed(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "validation"
    typed = ["review", "sample", str(desk.out), "--articles", "2", "--seed", "7", "--out", str(out)]
    assert "gazette: 2 of 3 articles" in CliRunner().invoke(app, typed).stdout
    said = CliRunner().invoke(app, ["review", "estimate", str(desk.out), str(out)]).stdout
    assert "2 articles read in full" in said
    found = json.loads(CliRunner().invoke(app, ["review", "estimate", str(desk.out), str(out), "--json"]).stdout)
    assert (found["level"], found["seed"], found["articles"]) == (0.95, 7, 2)
    (quotes,) = (group for group in found["groups"] if group["by"] == "all")
    assert quotes["precision"]["low"] < quotes["precision"]["value"] == 1.0
