"""`onrecord new-collection`: what it proposes loads and builds, and nothing is overwritten."""

import json
from pathlib import Path

import pytest

from builder.cli.new_collection import new_collection_command
from builder.errors import OutputError, RawFilesError, SettingsError
from builder.read.manifest import Columns, load_collections
from tests.cli.conftest import TOWN, Onrecord

ROW = {
    "key": "w-1",
    "headline": "Gate shut",
    "day": "x",
    "date": "2026-05-04",
    "body": "The gate is shut, Edda Quill said.",
}


def folder_of(tmp_path: Path, files: dict[str, str]) -> Path:
    folder = tmp_path / "tarn-post-2026"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_proposal_is_written_loads_and_shows_three_articles(onrecord: Onrecord, tmp_path: Path) -> None:
    names = ("bridge.txt", "ferry.html", "wire.jsonl")
    folder = folder_of(tmp_path, {name: (TOWN / "gazette" / name).read_text("utf-8") for name in names})
    ran = onrecord(f"new-collection {folder} --json")
    assert ran.code == 0, ran.err
    said = json.loads(ran.out)
    assert [article["locator"] for article in said["articles"]] == ["bridge.txt", "ferry.html", "w-1"]
    assert [article["published_from"] for article in said["articles"]] == ["byline", "meta", "column"]
    (post,) = load_collections(folder)
    assert (post.title, post.language, post.license) == ("Tarn Post 2026", "en", "LicenseRef-unknown")
    assert post.columns == Columns(text="body", id="key", title="headline", published_at="date")
    assert onrecord(f"check {folder}").code == 0


def test_a_collection_toml_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"a.txt": "The gate is shut.", "collection.toml": "mine"})
    with pytest.raises(OutputError, match="not overwritten"):
        new_collection_command(folder)
    assert (folder / "collection.toml").read_text("utf-8") == "mine"


def test_files_without_a_reader_are_left_out_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folder_of(tmp_path, {"wire/a.jsonl": json.dumps(ROW), "table.xlsx": "x"})
    new_collection_command(folder)
    (post,) = load_collections(folder)
    assert post.files == ("**/*.jsonl*",)
    printed = capsys.readouterr().out
    assert "no reader for 1 files, which are left out: table.xlsx" in printed
    assert "article 1: w-1" in printed


def test_several_languages_are_told_and_none_is_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    german = (
        "Der Hafen bleibt am Montag geschlossen, sagte die Vorsitzende des Rates, und niemand wisse, warum das so sei."
    )
    english = "The harbour stays shut on Monday, said the chair of the board, and nobody knew why that was so at all."
    folder = folder_of(tmp_path, {"a.txt": german, "b.txt": english})
    new_collection_command(folder)
    assert load_collections(folder)[0].language is None
    assert "languages: de 1, en 1" in capsys.readouterr().out


def test_a_folder_without_files_or_with_collections_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(RawFilesError, match="no files"):
        new_collection_command(tmp_path / "empty")
    with pytest.raises(RawFilesError, match="is not there; give the folder"):
        new_collection_command(tmp_path / "none")
    with pytest.raises(SettingsError, match="gazette"):
        new_collection_command(TOWN)
