"""What a validation told, recorded in the raw folder, stands in what the next build says of itself."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli.main import app
from builder.errors import SettingsError
from builder.publish.recognize import read_manifest
from builder.publish.reopen import read_facts
from builder.publish.validations import parse_validation
from builder.release.verify import verify_folder
from builder.review.validation import sample_review
from tests.review.conftest import Desk

SIGNED = ("--by", "A. Quill", "--date", "2026-11-20")


@pytest.fixture
def recorded(desk: Desk) -> Path:
    """Two of the town's three articles drawn, one quote taken away as wrong, the estimates recorded."""
    sample = desk.root / "validation"
    sample_review(desk.out, sample, 2, seed=11)
    annotation = max(sample.glob("*.ann"), key=lambda path: path.stat().st_size)
    lines = annotation.read_text(encoding="utf-8").splitlines(keepends=True)
    annotation.write_text("".join(line for line in lines if not line.startswith("E1\t")), encoding="utf-8")
    out = desk.raw / "validations" / "first.json"
    typed = ["review", "estimate", str(desk.out), str(sample), "--out", str(out), *SIGNED]
    ran = CliRunner().invoke(app, typed)
    assert ran.exit_code == 0, ran.stderr
    return out


def test_the_next_build_states_it_in_datasheet_card_and_manifest(desk: Desk, recorded: Path) -> None:
    measured = read_manifest(desk.out)
    tables = desk.build()
    assert tables["articles"].height == 3
    manifest = read_manifest(desk.out)
    assert manifest["fingerprint"] == measured["fingerprint"]
    (told,) = manifest["validations"]
    assert (told["seed"], told["level"], told["fingerprint"]) == (11, 0.95, measured["fingerprint"])
    assert told["sample"] == [
        {"collection_id": "gazette", "articles": 3, "drawn": 2, "inclusion_probability": 0.666666667}
    ]
    assert manifest["inputs"]["validations/first.json"]
    (quotes,) = (one for one in told["estimates"] if one["by"] == "all")
    shares = [100 * quotes["precision"][name] for name in ("value", "low", "high")]
    row = "| all quotes | 2 | {:.1f} ({:.1f} to {:.1f}) | 100.0 (".format(*shares)
    for name in ("DATASHEET.md", "README.md"):
        text = (desk.out / name).read_text(encoding="utf-8")
        assert row in text
        assert "A. Quill (2026-11-20) read 2 of 3 articles in full" in text
        assert f"(seed 11). What follows was measured on the rows with the fingerprint `{told['fingerprint']}`" in text
        assert "| `gazette` | 3 | 2 | 0.6667 |" in text
        assert "still the same, row for row" in text
    assert "measured on other texts" not in (desk.out / "DATASHEET.md").read_text(encoding="utf-8")


def test_it_says_so_where_the_data_has_changed_since(desk: Desk, recorded: Path) -> None:
    before = desk.build()["quotes"].height
    bridge = desk.raw / "gazette" / "bridge.txt"
    bridge.write_text(bridge.read_text(encoding="utf-8") + "\nThe mayor said that it rained.\n", encoding="utf-8")
    now = desk.build()["quotes"].height
    assert now > before
    for name in ("DATASHEET.md", "README.md"):
        text = (desk.out / name).read_text(encoding="utf-8")
        assert "**The data has changed since**" in text
        assert (
            f"`articles` had 3 rows and has as many, with other cells; `quotes` had {before} rows and has {now}" in text
        )
        assert "still the same" not in text


def test_a_build_that_states_it_verifies_and_is_opened_as_it_was_published(desk: Desk, recorded: Path) -> None:
    desk.build()
    assert verify_folder(desk.out) == []
    (told,) = read_facts(desk.out).validations
    assert told == parse_validation(recorded.read_bytes(), "first.json")


def test_nothing_is_recorded_without_who_and_when_nor_over_another_record(desk: Desk, recorded: Path) -> None:
    sample, before = desk.root / "validation", recorded.read_bytes()
    for out, signed, code, said in (
        ("second.json", SIGNED[2:], 2, "--by"),
        ("second.json", SIGNED[:2], 2, "2026-11-20"),
        ("second.txt", SIGNED, 2, ".json"),
        ("first.json", SIGNED, 6, "stands already"),
    ):
        typed = ["review", "estimate", str(desk.out), str(sample), "--out", str(recorded.with_name(out)), *signed]
        ran = CliRunner().invoke(app, typed)
        assert said in (ran.stderr if code == 2 else str(ran.exception))
    assert recorded.read_bytes() == before
    assert [path.name for path in recorded.parent.iterdir()] == ["first.json"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"seed": -1}, "seed"),
        ({"date": "yesterday"}, "date"),
        ({"fingerprint": "abc"}, "fingerprint"),
        ({"tables": {}}, "tables lacks articles, claims, quotes"),
        ({"colour": "red"}, "colour"),
        ({"sample": [{"collection_id": "g", "articles": 3, "drawn": 2, "inclusion_probability": 0.9}]}, "quotient"),
        ({"sample": [{"collection_id": "`|g", "articles": 3, "drawn": 3, "inclusion_probability": 1}]}, "pattern"),
        (
            {
                "estimates": [
                    {
                        "by": "claim_kind",
                        "group": "gossip",
                        "articles": 1,
                        "precision": {"value": 0.5, "low": 0.4, "high": 0.6, "rows": 2},
                        "recall": {"value": 0.5, "low": 0.4, "high": 0.6, "rows": 2},
                    }
                ]
            },
            "expected one of denial",
        ),
        (
            {
                "estimates": [
                    {
                        "by": "all",
                        "group": "quotes",
                        "articles": 1,
                        "precision": {"value": 0.3, "low": 0.4, "high": 0.6, "rows": 2},
                        "recall": {"value": None, "low": None, "high": None, "rows": 0},
                    }
                ]
            },
            "in this order",
        ),
    ],
)
def test_a_record_with_a_mistake_names_the_file_and_what_was_expected(
    recorded: Path, change: dict[str, object], expected: str
) -> None:
    changed = json.dumps(json.loads(recorded.read_bytes()) | change).encode()
    with pytest.raises(SettingsError, match=r"validations/first\.json: ") as caught:
        parse_validation(changed, "validations/first.json")
    assert expected in str(caught.value)
    assert "review estimate --out" in str(caught.value)
