"""Mistakes in the files that a person writes for a raw folder: told with file and line, and what was meant."""

import shutil
from pathlib import Path

import pytest

from builder.errors import RawFilesError, SettingsError
from tests.cli.conftest import Onrecord

SETTINGS, RAW = SettingsError.exit_code, RawFilesError.exit_code

# The file below the raw folder, what is in it instead of what, and what the message says; `check` tells it.
SPOILT: tuple[tuple[str, str, str, int, tuple[str, ...]], ...] = (
    ("gazette/collection.toml", '"The Tarn Gazette"', '"The', SETTINGS, ("not valid TOML", "line 1", "mend that line")),
    ("gazette/collection.toml", "publisher =", "publischer =", SETTINGS,
     ("collection.toml:2: unknown key 'publischer'", "did you mean 'publisher'?")),
    ("gazette/collection.toml", "[columns]", '[columns]\nselection = "x"', SETTINGS,
     ("unknown key 'columns.selection'", "put it above [columns]")),
    ("gazette/collection.toml", '"CC0-1.0"', '"CC-0"', SETTINGS,
     ("collection.toml:5: license = 'CC-0'", "expected an SPDX identifier", "did you mean 'CC0-1.0'?")),
    ("gazette/collection.toml", '"CC0-1.0"', '"cc-by-4.0"', SETTINGS, ("did you mean 'CC-BY-4.0'?",)),
    ("gazette/collection.toml", 'license = "CC0-1.0"\n', "", SETTINGS, ("the key 'license' is missing", "add it")),
    ("gazette/collection.toml", "published = true", 'published = "yes"', SETTINGS, ("true or false, without",)),
    ("gazette/collection.toml", '"en"', '"english"', SETTINGS, ("language = 'english'", "a BCP 47 tag", '"en"')),
    ("gazette/collection.toml", '"*.html"', '"../*.html"', SETTINGS, ("leaves the folder", "name files inside it")),
    ("gazette/actors.toml", "", "nope\n", SETTINGS, ("actors.toml: not valid TOML", "mend the file")),
    ("gazette/SHA256SUMS", "", f"{'0' * 64}  bridge.txt\n", RAW, ("SHA256SUMS", "sha256", "add that line")),
    ("loose.txt", "", "loose", SETTINGS, ("loose.txt belongs to no collection", "move it into one of the folders")),
    ("datasheet.toml", "", 'titel = "x"', SETTINGS, ("unknown key 'titel'", "expected title")),
    ("withdrawn.csv", "", "locator\nbridge.txt\n", SETTINGS, ("withdrawn.csv:1", "expected the header")),
    ("decisions.csv", "", "decision,actor,other,who,when,why\nsame,a,b,c,2026-01-01,x\n", SETTINGS,
     ("decisions.csv:2: actor is 'a'", "expected an actor's id such as")),
    ("corrections/first.jsonl", "", '{"broken"\n', SETTINGS, ("first.jsonl:1", "expected a line as `onrecord review")),
)  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "code", "says"), SPOILT, ids=[f"{one[0]} {one[2]}" for one in SPOILT])
def test_a_mistake_in_a_settings_file_is_told_with_file_and_line(
    onrecord: Onrecord,
    at_the_desk: Path,
    tmp_path: Path,
    name: str,
    old: str,
    new: str,
    code: int,
    says: tuple[str, ...],
) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(at_the_desk / "raw", raw)
    spoilt = raw / name
    spoilt.parent.mkdir(exist_ok=True)
    text = spoilt.read_text("utf-8") if spoilt.is_file() else ""
    assert old in text
    spoilt.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")
    ran = onrecord(f"check {raw}")
    assert (ran.code, ran.out) == (code, "")
    assert [words for words in says if words not in ran.said] == [], ran.said
    assert "Traceback" not in ran.err
