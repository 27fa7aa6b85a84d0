"""The command line as a person meets it: what it prints, and its exit codes.

Commands run in this process, by the function that the console script calls; some, marked so, in one of their own.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rich.text import Text

from builder.cli.show import colour_text
from builder.measure.split import half_of
from tests.cli.conftest import ROOT, TOWN, Onrecord

COMMAND = [sys.executable, "-c", "from builder.cli.main import run; run()"]


def in_a_process(line: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *shlex.split(line)],
        env=os.environ | {"NO_COLOR": "1", "COLUMNS": "120", "TERM": "dumb"},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def test_build_says_what_it_built_and_how_to_load_it(onrecord: Onrecord, tmp_path: Path) -> None:
    ran = onrecord(f"build {TOWN} --out {tmp_path / 'out'} --workers 1")
    assert ran.code == 0, ran.err
    assert "quotes" in ran.out
    assert f'load_dataset("{tmp_path / "out"}", "quotes"' in ran.out.replace("\n", "")


def test_build_as_json_is_one_object_with_rows_and_drops_by_reason(onrecord: Onrecord, tmp_path: Path) -> None:
    world = ROOT / "tests" / "worlds" / "damaged-files" / "raw"
    ran = onrecord(f"build {world} --out {tmp_path / 'out'} --workers 1 --json")
    summary = json.loads(ran.out)
    assert summary["rows"]["articles"] > 0
    assert {"stage": "read", "reason": "truncated-file", "rows": 2} in summary["dropped"]


def test_check_names_the_collections_and_writes_nothing(onrecord: Onrecord, tmp_path: Path) -> None:
    before = sorted(TOWN.rglob("*"))
    ran = onrecord(f"check {TOWN} --json")
    assert json.loads(ran.out)["collections"] == [
        {"collection": "gazette", "files": 3, "license": "CC0-1.0", "declared": True}
    ]
    assert sorted(TOWN.rglob("*")) == before


def test_check_of_a_bare_folder_says_what_a_release_will_need(onrecord: Onrecord, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mill closed on Monday.", encoding="utf-8")
    ran = onrecord(f"check {tmp_path}")
    assert ran.code == 0
    assert "collection.toml" in ran.out


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("build", 2, "Missing argument"),
        ("build no-such-folder --out x", 4, "no-such-folder"),
        ("describe speeches", 3, "quotes"),
        (f"show {TOWN} bridge", 6, "is no build"),
        (f"build {TOWN} --out x --model {TOWN}", 3, "encoder.onnx"),
    ],
)
def test_an_error_is_a_message_with_its_exit_code_and_never_a_traceback(line: str, code: int, says: str) -> None:
    ran = in_a_process(line)
    assert ran.returncode == code, ran.stderr
    assert says in ran.stderr.replace("\n", " ")
    assert "Traceback" not in ran.stderr


def test_describe_lists_tables_with_rows_and_the_columns_of_one_with_their_vocabulary(
    onrecord: Onrecord, town_build: Path
) -> None:
    tables = json.loads(onrecord(f"describe --build {town_build} --json").out)["tables"]
    assert {"quotes", "actors"} <= {table["table"] for table in tables if table["rows"]}
    columns = json.loads(onrecord("describe claims --json").out)["columns"]
    kinds = next(column for column in columns if column["column"] == "claim_kind")
    assert "denial" in kinds["vocabulary"]
    assert "denial" in onrecord("describe claims").out


def test_show_prints_the_article_with_its_quotes_numbered_and_their_speakers(
    onrecord: Onrecord, town_build: Path
) -> None:
    ran = onrecord(f"show {town_build} bridge")
    assert ran.code == 0, ran.err
    assert "Council votes to keep the old bridge" in ran.out
    assert "[1]" in ran.out
    assert "Lena Forsby" in ran.out


def test_show_names_what_is_near_where_there_is_no_such_article(onrecord: Onrecord, town_build: Path) -> None:
    ran = onrecord(f"show {town_build} brigde.txt")
    assert ran.code == 3
    assert "bridge.txt" in ran.err


def test_show_asks_for_more_where_several_articles_begin_alike(onrecord: Onrecord, town_build: Path) -> None:
    ran = onrecord(f"show {town_build} art-")
    assert ran.code == 3
    assert "3 articles" in ran.err


def test_colours_lie_on_the_parts_of_a_quote_and_the_number_behind_its_content() -> None:
    quote = {
        "content_spans": [{"start": 9, "end": 12}],
        "cue_spans": [{"start": 4, "end": 8}],
        "source_spans": [{"start": 0, "end": 3}],
    }
    coloured = colour_text("Ann said yes.", [quote])
    assert coloured.plain == "Ann said yes[1]."
    styles = {coloured.plain[span.start : span.end]: span.style for span in coloured.spans}
    assert styles == {"Ann": "bold cyan", "said": "bold yellow", "yes": "green", "[1]": "dim"}
    assert isinstance(coloured, Text)


def test_evaluate_measures_a_folder_with_gold_by_collection(onrecord: Onrecord, tmp_path: Path) -> None:
    gold = tmp_path / "gazette" / "gold"
    gold.mkdir(parents=True)
    (gold / "a.txt").write_text("Ann Holt said that the mill would close.", encoding="utf-8")
    (gold / "a.ann").write_text(
        "T1\tSource 0 8\tAnn Holt\nT2\tCue 9 13\tsaid\nT3\tContent 14 39\tthat the mill would close\n"
        "E1\tCue:T2 Source:T1 Content:T3\n",
        encoding="utf-8",
    )
    figures = json.loads(onrecord(f"evaluate {tmp_path} --json --predicted {tmp_path / 'found.jsonl'}").out)
    assert figures["gazette"]["attribution"]["gold"] == 1
    assert figures["all"] == figures["gazette"]
    assert figures["all"]["indirect"] == {"recall": 100.0, "gold": 1}
    assert json.loads((tmp_path / "found.jsonl").read_text(encoding="utf-8"))["doc"] == "a"


def test_evaluate_measures_speakers_and_claims_by_collection_and_by_construction(
    onrecord: Onrecord, tmp_path: Path
) -> None:
    raw, found = tmp_path / "raw", tmp_path / "found.jsonl"
    gold = raw / "gazette" / "gold"
    gold.mkdir(parents=True)
    (gold.parent / "collection.toml").write_text(
        'title = "The Gazette"\nlicense = "CC0-1.0"\ntext_may_be_published = true\nfiles = ["*.md"]\n', encoding="utf-8"
    )
    text = "The mill would close, said Ann Holt. It is unlikely to reopen."
    (gold.parent / "mill.md").write_text(f"# The mill\n\n{text}\n", encoding="utf-8")
    (gold / "mill.txt").write_text(text, encoding="utf-8")
    (gold / "mill.ann").write_text(
        "T1\tSource 27 35\tAnn Holt\nT2\tCue 22 26\tsaid\nT3\tContent 0 20\tThe mill would close\n"
        "T4\tClaim 37 61\tIt is unlikely to reopen\nE1\tCue:T2 Source:T1 Content:T3\n"
        "A1\tClaimKind E1 prediction\nA2\tClaimKind T4 prediction\n"
        '#1\tAnnotatorNotes E1\t{"speakers": ["Ann Holt"], "speaker_kind": "person"}\n',
        encoding="utf-8",
    )
    half = half_of("gazette", "mill")
    figures = json.loads(onrecord(f"evaluate {raw} --split {half} --json --predicted {found}").out)
    assert figures["gazette"]["speaker"] == {"accuracy": 100.0, "gold": 1}
    assert figures["gazette"]["own"]["f1"] == 100.0
    assert figures["gazette"]["constructions"]["inverted"]["recall"] == 100.0
    (line,) = map(json.loads, found.read_text(encoding="utf-8").splitlines())
    assert line["claims"][0]["speaker"] == "Ann Holt"
    tables = onrecord(f"evaluate {raw}").out
    assert all(title in tables for title in ("attributions", "speakers", "claims", "constructions", "inverted"))


def test_evaluate_measures_actors_by_genre_where_gold_has_mentions(onrecord: Onrecord, tmp_path: Path) -> None:
    gold = tmp_path / "actors.jsonl"
    text = "Ann Holt met Bo Lind in Brask on Monday. Holt said that the mill would close."
    mentions = [
        {"spans": [span], "head": [span], "kind": "person", "entity": entity, "named": True}
        for span, entity in (([0, 8], "1"), ([13, 20], "2"), ([41, 45], "1"))
    ]
    rows = [
        {"doc": genre, "genre": genre, "split": split, "text": text, "mentions": mentions}
        for genre, split in (("letter", "dev"), ("news", "train"))
    ]
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ran = onrecord(f"evaluate {gold} --split dev --json --predicted {tmp_path / 'found.jsonl'}")
    figures = json.loads(ran.out)
    assert set(figures) == {"letter", "all"}
    assert {measure: each["gold"] for measure, each in figures["letter"].items()} == {"names": 3, "b3": 3}
    (line,) = map(json.loads, (tmp_path / "found.jsonl").read_text(encoding="utf-8").splitlines())
    assert {"start", "end", "entity", "name"} == set(line["mentions"][0])
    tables = onrecord(f"evaluate {gold} --split train").out
    assert "b3" in tables
    assert "attribution" not in tables


def test_evaluate_says_what_gold_it_expects_and_where_it_cannot_write(onrecord: Onrecord, tmp_path: Path) -> None:
    empty = onrecord(f"evaluate {tmp_path}")
    assert (empty.code, "no .ann file in it" in empty.err) == (3, True)
    gold = ROOT / "raw" / "valmark-courier"
    unwritable = onrecord(f"evaluate {gold} --predicted {tmp_path / 'no-such-folder' / 'found.jsonl'}")
    assert unwritable.code == 6
    assert "give --predicted another file" in unwritable.err


def test_an_unforeseen_error_is_a_message_too_and_its_traceback_is_there_for_the_asking(
    town_build: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(town_build, damaged)
    part = damaged / "data" / "articles" / "part-00000.parquet"
    part.write_bytes(part.read_bytes()[:100])
    ran = in_a_process(f"show {damaged} bridge")
    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False)
    assert "please report it" in ran.stderr.casefold()
    assert "Traceback" in in_a_process(f"--traceback show {damaged} bridge").stderr


def test_version_is_that_of_the_package() -> None:
    assert in_a_process("--version").stdout.startswith("onrecord 0.")
