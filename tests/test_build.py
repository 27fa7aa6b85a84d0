"""The whole way: the same bytes whatever the circumstances, one article's work for one article, nothing half-done."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest

from builder.cache import Cache
from builder.collected import Sizes
from builder.errors import OutputError, RawFilesError, SettingsError
from builder.pipeline import Plan, build
from builder.publish.checksums import sum_folder
from builder.publish.reopen import read_table
from builder.release.difference import compare
from builder.release.opened import open_folder
from builder.release.verify import verify_folder
from builder.shard import SHARD
from schemas.tables import TABLES

ROOT = Path(__file__).parents[1]
TOWN = ROOT / "tests" / "worlds" / "town-council" / "raw"
COMMAND = [sys.executable, "-c", "from builder.cli.main import run; run()"]


def onrecord(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def copy_shuffled(raw: Path, to: Path, seed: int) -> Path:
    """The same files, made in another order, so that the folder lists them in another."""
    files = sorted(path for path in raw.rglob("*") if path.is_file())
    random.Random(seed).shuffle(files)
    for file in files:
        target = to / file.relative_to(raw)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    return to


@pytest.fixture(scope="module")
def plain_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("plain") / "out"
    build(Plan(TOWN, out))
    return out


@pytest.mark.parametrize(
    ("workers", "environment"),
    [
        (1, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "POLARS_MAX_THREADS": "1"}),
        (2, {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "C", "POLARS_MAX_THREADS": "2"}),
    ],
)
def test_files_shuffled_other_workers_hash_seed_time_zone_and_locale_give_the_same_bytes(
    plain_build: Path, tmp_path: Path, workers: int, environment: dict[str, str]
) -> None:
    raw = copy_shuffled(TOWN, tmp_path / "raw", seed=workers)
    ran = onrecord("build", raw, "--out", tmp_path / "out", "--workers", workers, **environment)
    assert ran.returncode == 0, ran.stderr
    assert sum_folder(tmp_path / "out") == sum_folder(plain_build)


def test_many_shards_over_two_workers_give_the_same_bytes_as_one_after_the_other(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    people = ("Orla Brandt", "Piet Maas", "Ines Havel", "Tomas Weir", "Ruta Heslop")
    lines = [
        {"id": f"n-{n}", "text": f"{people[n % 5]} said that boat {n} had sailed. “It was late,” said {people[n % 3]}."}
        for n in range(2 * SHARD + 5)
    ]
    (raw / "wire.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    one = build(Plan(raw, tmp_path / "one", workers=1))
    build(Plan(raw, tmp_path / "two", workers=2))
    assert one["articles"].height == len(lines)
    assert sum_folder(tmp_path / "one") == sum_folder(tmp_path / "two")


def test_no_size_of_what_waits_in_memory_changes_a_byte_and_many_parts_are_verified_as_one(
    plain_build: Path, tmp_path: Path
) -> None:
    build(Plan(TOWN, tmp_path / "small", sizes=Sizes(waiting=0, articles_a_bin=1)))
    assert sum_folder(tmp_path / "small") == sum_folder(plain_build)
    tables = build(Plan(TOWN, tmp_path / "parts", sizes=Sizes(waiting=0, articles_a_bin=2, part_rows=2)))
    assert len(list((tmp_path / "parts" / "data" / "quotes").iterdir())) > 1
    assert all(rows.equals(read_table(plain_build, name)) for name, rows in tables.items())
    assert verify_folder(tmp_path / "small") == []
    assert not compare(open_folder(plain_build), open_folder(tmp_path / "parts")).changes.height
    assert sorted(path.name for path in tmp_path.iterdir()) == ["parts", "small"]


def test_a_cache_full_or_empty_changes_no_byte(plain_build: Path, tmp_path: Path) -> None:
    for _ in range(2):
        build(Plan(TOWN, tmp_path / "out", tmp_path / "cache"))
        assert sum_folder(tmp_path / "out") == sum_folder(plain_build)


def entries_of_articles(folder: Path) -> int:
    with Cache(folder) as cache:
        return sum(one.entries for one in cache.holdings() if ":" not in one.made_by)


def test_one_article_changed_is_one_articles_work_and_leaves_the_others_ids_alone(tmp_path: Path) -> None:
    raw = copy_shuffled(TOWN, tmp_path / "raw", seed=1)
    before = build(Plan(raw, tmp_path / "out", tmp_path / "cache"))
    entries = entries_of_articles(tmp_path / "cache")
    bridge = raw / "gazette" / "bridge.txt"
    bridge.write_text(bridge.read_text(encoding="utf-8").replace("old bridge", "new bridge"), encoding="utf-8")
    after = build(Plan(raw, tmp_path / "out", tmp_path / "cache"))
    assert entries_of_articles(tmp_path / "cache") == entries + 1
    changed = before["articles"].filter(pl.col("locator") == "bridge.txt")["article_id"][0]
    for table, key in (("quotes", "quote_id"), ("claims", "claim_id"), ("mentions", "mention_id")):
        others = [tables[table].filter(pl.col("article_id") != changed) for tables in (before, after)]
        assert others[0][key].to_list() == others[1][key].to_list()
        assert others[0].height > 0


def test_a_damaged_cache_changes_no_byte_and_is_mended(plain_build: Path, tmp_path: Path) -> None:
    build(Plan(TOWN, tmp_path / "out", tmp_path / "cache"))
    with sqlite3.connect(tmp_path / "cache" / "entries.sqlite") as rows:
        held = rows.execute("SELECT count(*) FROM articles").fetchone()[0]
        rows.execute("UPDATE articles SET body = substr(body, 1, 9) WHERE made_by LIKE 'shards:%'")
        rows.execute("UPDATE articles SET body = (SELECT max(body) FROM articles) WHERE made_by LIKE 'claim groups:%'")
    rows.close()
    build(Plan(TOWN, tmp_path / "out", tmp_path / "cache"))
    assert sum_folder(tmp_path / "out") == sum_folder(plain_build)
    with Cache(tmp_path / "cache") as cache:
        assert cache.take_out_damaged() == (held, 0)


def test_two_builds_at_once_share_a_cache_and_neither_changes_a_byte(plain_build: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as both:
        outs = [tmp_path / "one", tmp_path / "two"]
        cached = ("--workers", 1, "--cache", tmp_path / "cache")
        ran = both.map(lambda out: onrecord("build", TOWN, "--out", out, *cached), outs)
        assert [one.returncode for one in ran] == [0, 0]
    assert sum_folder(outs[0]) == sum_folder(outs[1]) == sum_folder(plain_build)


def test_a_line_added_to_a_file_of_many_articles_is_one_articles_work(tmp_path: Path) -> None:
    raw = copy_shuffled(TOWN, tmp_path / "raw", seed=1)
    build(Plan(raw, tmp_path / "out", tmp_path / "cache"))
    entries = entries_of_articles(tmp_path / "cache")
    wire = raw / "gazette" / "wire.jsonl"
    line = '{"key": "w-0", "body": "The baker said that bread would cost more."}\n'
    wire.write_text(line + wire.read_text(encoding="utf-8"), encoding="utf-8")
    tables = build(Plan(raw, tmp_path / "out", tmp_path / "cache"))
    assert entries_of_articles(tmp_path / "cache") == entries + 1
    assert tables["articles"].filter(pl.col("locator") == "w-1").height == 1


def test_a_build_killed_at_some_instant_goes_on_and_gives_the_same_bytes(plain_build: Path, tmp_path: Path) -> None:
    arguments = ["build", str(TOWN), "--out", str(tmp_path / "out"), "--cache", str(tmp_path / "cache")]
    for patience in (0.8, 1.6, 2.4):
        process = subprocess.Popen(
            [*COMMAND, *arguments], cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        time.sleep(patience)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if (tmp_path / "out").exists():
            assert sum_folder(tmp_path / "out") == sum_folder(plain_build)
    ran = onrecord(*arguments)
    assert ran.returncode == 0, ran.stderr
    assert sum_folder(tmp_path / "out") == sum_folder(plain_build)


def test_raw_files_that_differ_from_their_sums_stop_the_build_before_any_work(tmp_path: Path) -> None:
    raw = copy_shuffled(TOWN, tmp_path / "raw", seed=1)
    (raw / "gazette" / "SHA256SUMS").write_text(
        "".join(f"{'0' * 64}  {name}\n" for name in ("bridge.txt", "ferry.html", "wire.jsonl")), encoding="utf-8"
    )
    with pytest.raises(RawFilesError, match=r"bridge\.txt"):
        build(Plan(raw, tmp_path / "out", tmp_path / "cache"))
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "cache").exists()


def test_a_mistake_in_an_authority_file_stops_the_build_before_any_work(tmp_path: Path) -> None:
    raw = copy_shuffled(TOWN, tmp_path / "raw", seed=1)
    (raw / "gazette" / "actors.toml").write_text('[[actor]]\nid = "state/XTA"\nkind = "realm"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"actors\.toml"):
        build(Plan(raw, tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_no_build_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("precious", encoding="utf-8")
    with pytest.raises(OutputError):
        build(Plan(TOWN, tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["thesis.txt"]


def test_limit_reads_no_more_articles_than_asked_for(tmp_path: Path) -> None:
    assert build(Plan(TOWN, tmp_path / "out", limit=2))["articles"].height == 2


def test_every_table_loads_with_datasets_and_a_rebuild_gives_new_rows(tmp_path: Path) -> None:
    raw = copy_shuffled(TOWN, tmp_path / "raw", seed=1)
    (raw / "gazette" / "empty.txt").write_bytes(b"")  # so that no table is empty: datasets 5.2 loads no empty split
    build(Plan(raw, tmp_path / "out"))
    first = load(tmp_path, *TABLES)
    assert all(rows == streamed > 0 for rows, streamed, _ in first.values())
    bridge = raw / "gazette" / "bridge.txt"
    bridge.write_text(bridge.read_text(encoding="utf-8").replace("hiding", "burying"), encoding="utf-8")
    build(Plan(raw, tmp_path / "out"))
    second = load(tmp_path, "articles")
    assert "burying" in second["articles"][2]
    assert "hiding" not in second["articles"][2]


def load(folder: Path, *tables: str) -> dict[str, tuple[int, int, str]]:
    """Rows loaded, rows streamed and the rows as text of the tables, in a process and cache as a user has them."""
    code = """
import json, sys
from datasets import load_dataset
found = {}
for table in sys.argv[2:]:
    rows = load_dataset(sys.argv[1], table, split="train")
    streamed = load_dataset(sys.argv[1], table, split="train", streaming=True)
    found[table] = (len(rows), sum(1 for _ in streamed), str(rows.to_list()))
print(json.dumps(found))
"""
    ran = subprocess.run(
        [sys.executable, "-c", code, str(folder / "out"), *tables],
        env=os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(folder / "hf")},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert ran.returncode == 0, ran.stderr
    return {table: tuple(values) for table, values in json.loads(ran.stdout.splitlines()[-1]).items()}
