"""verify finds what does not hold and says where; with --rebuild it builds again and compares to the bit."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from builder.extract.model_folder import SHIPPED
from builder.publish.fingerprint import fingerprint_table
from builder.publish.parquet import write_beside
from builder.publish.reopen import read_table
from builder.publish.stage import write_sums
from builder.release import rebuild
from builder.release.findings import Finding
from builder.release.rebuild import rebuild_and_compare, verify_and_rebuild
from builder.release.verify import verify_folder
from tests.release.conftest import TOWN, release_town

ROOT = Path(__file__).parents[2]
QUOTES = "data/quotes/part-00000.parquet"
COMMAND = [sys.executable, "-c", "from builder.cli.main import run; run()"]


@pytest.fixture(scope="module")
def released(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release_town(town, tmp_path_factory.mktemp("releases"))


@pytest.fixture
def copy(released: Path, tmp_path: Path) -> Path:
    """A copy to break."""
    return shutil.copytree(released, tmp_path / "copy")


def flip_byte(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def write_table(folder: Path, name: str, change: Callable[[pl.DataFrame], pl.DataFrame], *, hide: bool) -> None:
    """Change a table's rows in its file; with `hide`, in the manifest and the sums too, as a forger would."""
    rows = change(read_table(folder, name))
    path = f"data/{name}/part-00000.parquet"
    write_beside(name, rows, folder / path)
    if hide:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        manifest["tables"][name] |= {"rows": rows.height, "fingerprint": fingerprint_table(rows)}
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        write_sums(folder)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        *((name, part) for name in (QUOTES, "manifest.json") for part in (0.0, 0.3, 0.6, 0.999)),
        ("README.md", 0.5),
        ("SHA256SUMS", 0.5),
    ],
)
def test_one_flipped_byte_of_any_file_is_found_naming_the_file(copy: Path, name: str, part: float) -> None:
    flip_byte(copy / name, int(part * (copy / name).stat().st_size))
    found = verify_folder(copy)
    assert name in {one.file for one in found} or (name == "SHA256SUMS" and found)


def test_a_missing_and_an_unlisted_file_are_named(copy: Path) -> None:
    (copy / "LICENSE").unlink()
    (copy / "notes.txt").write_text("mine", encoding="utf-8")
    assert {(one.file, one.what.split(":")[0]) for one in verify_folder(copy)} >= {
        ("LICENSE", "is missing"),
        ("notes.txt", "is not listed in SHA256SUMS"),
    }


def test_rows_that_are_not_the_fingerprints_are_named_with_their_row(copy: Path) -> None:
    write_table(copy, "quotes", lambda rows: rows.with_columns(pl.col("text").str.to_uppercase()), hide=False)
    found = verify_folder(copy)
    first = read_table(copy, "quotes")["quote_id"][0]
    assert any(one.table == "quotes" and "has the fingerprint" in one.what for one in found)
    assert any((one.file, one.row, one.column) == (QUOTES, first, "text") for one in found)


def test_keys_offsets_and_counts_that_do_not_hold_are_named_though_every_sum_does(copy: Path) -> None:
    write_table(copy, "mentions", lambda rows: rows.with_columns(actor_id=pl.lit("person/nobody")), hide=True)
    write_table(copy, "claims", lambda rows: rows.with_columns(pl.col("article_id").reverse()), hide=True)
    found = verify_folder(copy)
    assert {(one.table, one.column) for one in found} >= {
        ("mentions", "actor_id"),
        ("claims", "spans"),
        ("actors", "n_mentions"),
    }


def test_a_card_that_says_other_figures_than_the_rows_is_found_though_every_sum_holds(copy: Path) -> None:
    for name, old, new in (("README.md", "num_examples: 3", "num_examples: 4"), ("CITATION.cff", "0.1.0", "0.1.1")):
        text = (copy / name).read_text(encoding="utf-8")
        assert old in text
        (copy / name).write_text(text.replace(old, new), encoding="utf-8")
    write_sums(copy)
    found = verify_folder(copy)
    assert Finding("README.md", "says 4 rows; manifest.json has 3", "articles") in found
    assert any(one.file == "CITATION.cff" and "0.1.1" in one.what and "0.1.0" in one.what for one in found)


def test_a_folder_that_is_no_release_is_said_to_be_none(tmp_path: Path) -> None:
    assert [one.file for one in verify_folder(tmp_path)] == ["SHA256SUMS", "manifest.json"]


ELSEWHERE = {"PYTHONHASHSEED": "3", "TZ": "Pacific/Chatham", "LC_ALL": "tr_TR.UTF-8", "NO_COLOR": "1"}


def verify_elsewhere(release: Path, raw: Path, tmp_path: Path) -> "subprocess.CompletedProcess[str]":
    """`verify --rebuild` in a process with other habits, from files that lie in another order, with two workers."""
    files = sorted(path for path in raw.rglob("*") if path.is_file())
    random.Random(5).shuffle(files)
    for file in files:
        target = tmp_path / "shuffled" / file.relative_to(raw)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    arguments = ["verify", str(release), "--rebuild", str(tmp_path / "shuffled"), "--workers", "2"]
    return subprocess.run(
        [*COMMAND, *arguments], env=os.environ | ELSEWHERE, capture_output=True, text=True, check=False, cwd=ROOT
    )


def test_a_rebuild_in_another_process_locale_time_zone_and_file_order_is_the_same_to_the_bit(
    released: Path, tmp_path: Path
) -> None:
    ran = verify_elsewhere(released, TOWN, tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "to the bit" in ran.stdout


@pytest.mark.slow
def test_a_rebuild_of_the_projects_own_corpus_is_the_same_to_the_bit(corpus: Path, tmp_path: Path) -> None:
    ran = verify_elsewhere(release_town(corpus, tmp_path / "releases"), ROOT / "raw", tmp_path)
    assert ran.returncode == 0, ran.stderr


def test_a_flipped_byte_of_a_raw_file_is_named_with_the_article_that_was_read_from_it(
    released: Path, tmp_path: Path
) -> None:
    raw = shutil.copytree(TOWN, tmp_path / "raw")
    flip_byte(raw / "gazette" / "bridge.txt", 200)
    (found,) = rebuild_and_compare(released, raw, SHIPPED, 1).findings
    articles = read_table(released, "articles")
    bridge = articles.filter(pl.col("locator") == "bridge.txt")["article_id"][0]
    assert (found.file, found.table, found.row) == ("gazette/bridge.txt", "articles", bridge)
    assert "the manifest has" in found.what


def test_a_changed_setting_or_a_missing_raw_file_is_named(released: Path, tmp_path: Path) -> None:
    raw = shutil.copytree(TOWN, tmp_path / "raw")
    flip_byte(raw / "gazette" / "collection.toml", 9)
    (raw / "gazette" / "ferry.html").unlink()
    found = rebuild_and_compare(released, raw, SHIPPED, 1).findings
    assert [(one.file, one.what.split(";")[0].split(" ")[0]) for one in found] == [
        ("gazette/collection.toml", "has"),
        ("gazette/ferry.html", "is"),
    ]


def test_rows_that_a_rebuild_gives_otherwise_are_named_by_table_row_and_column(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_table(copy, "claims", lambda rows: rows.with_columns(is_hedged=~pl.col("is_hedged")), hide=True)
    monkeypatch.setattr(rebuild, "instruction_set", lambda: "another CPU")
    again = rebuild_and_compare(copy, TOWN, SHIPPED, 1)
    first = read_table(copy, "claims").row(0, named=True)
    assert {(one.table, one.column) for one in again.findings} == {("claims", "is_hedged")}
    assert again.findings[0].row == min(read_table(copy, "claims")["claim_id"])
    assert any("the instruction set is another CPU here" in note for note in again.notes)
    assert first["claim_id"] in {one.row for one in again.findings}


def test_a_parquet_file_that_can_still_be_read_is_compared_row_by_row_though_its_sum_is_wrong(copy: Path) -> None:
    write_table(copy, "quotes", lambda rows: rows.with_columns(is_reviewed=pl.lit(value=True)), hide=False)
    found, _ = verify_and_rebuild(copy, TOWN, SHIPPED, 1)
    assert found[0].file == QUOTES
    assert "has sha256" in found[0].what
    rows = {one.row for one in found if (one.file, one.table, one.column) == (QUOTES, "quotes", "is_reviewed")}
    assert rows == set(read_table(copy, "quotes")["quote_id"])


def test_the_command_ends_with_its_own_exit_code_and_prints_findings_as_json(copy: Path) -> None:
    flip_byte(copy / QUOTES, 100)
    ran = subprocess.run(
        [*COMMAND, "verify", str(copy), "--json"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert ran.returncode == 7
    report = json.loads(ran.stdout)
    assert (report["holds"], report["findings"][0]["file"]) == (False, QUOTES)
    assert "Traceback" not in ran.stderr
