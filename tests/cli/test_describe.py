"""`onrecord describe` of a build beside the gold of its raw folder."""

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from builder.cli.main import app
from builder.publish.facts import BuildFacts
from builder.publish.stage import publish
from tests.publish.conftest import TEXTS, facts, tables

__all__ = ["facts", "tables"]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """One collection with the text of the small world's first article, and one attribution marked in it."""
    folder = tmp_path / "raw" / "bay"
    (folder / "gold").mkdir(parents=True)
    (folder / "collection.toml").write_text(
        'title = "Bay"\nlicense = "CC0-1.0"\ntext_may_be_published = true\nfiles = ["*.txt"]\n'
    )
    text = TEXTS[0]
    (folder / "story-1.txt").write_text(text)
    (folder / "gold" / "story-1.txt").write_text(text)
    spans = [
        (name, text.index(part), text.index(part) + len(part), part)
        for name, part in (("Source", "Lena Voss"), ("Cue", "said"), ("Content", "the pier was safe"))
    ]
    marks = [f"T{number}\t{name} {start} {end}\t{part}" for number, (name, start, end, part) in enumerate(spans, 1)]
    note = json.dumps({"speakers": ["Lena Voss"], "speaker_kind": "person", "targets": ["Ada Quill"]})
    marks += ["E1\tCue:T2 Source:T1 Content:T3", f"#1\tAnnotatorNotes E1\t{note}"]
    (folder / "gold" / "story-1.ann").write_text("\n".join(marks) + "\n")
    return tmp_path / "raw"


def test_describe_counts_the_gold_of_the_articles_that_a_build_has(
    tables: dict[str, pl.DataFrame], facts: BuildFacts, raw: Path, tmp_path: Path
) -> None:
    publish(tables, facts, tmp_path / "out")
    arguments = ["describe", "--build", str(tmp_path / "out"), "--raw", str(raw)]
    described = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)
    assert {table["table"]: table["rows"] for table in described["tables"]}["quotes"] == 3
    gold = described["gold"]
    assert (gold["articles"], gold["attributions"], gold["actors"], gold["elsewhere"]) == (1, 1, 2, 0)
    assert gold["unresolved"] == ["Ada Quill"]
    printed = CliRunner().invoke(app, arguments).stdout
    assert "gold: 1 article, 1 attribution, 2 actors, 0 claims in an article's own voice" in printed
    assert "gold names that are no actor, or several: Ada Quill" in printed


def test_a_raw_folder_without_gold_counts_none_and_raw_alone_is_refused(
    tables: dict[str, pl.DataFrame], facts: BuildFacts, raw: Path, tmp_path: Path
) -> None:
    publish(tables, facts, tmp_path / "out")
    (raw / "bay" / "gold" / "story-1.ann").unlink()
    described = CliRunner().invoke(app, ["describe", "--build", str(tmp_path / "out"), "--raw", str(raw), "--json"])
    assert json.loads(described.stdout)["gold"]["attributions"] == 0
    assert CliRunner().invoke(app, ["describe", "--raw", str(raw)]).exit_code == 2
