"""The published folder as its users load it: `datasets` in a process of its own, offline, with its own cache."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl

from builder.publish.facts import BuildFacts
from builder.publish.stage import publish
from schemas.derive import empty_table
from schemas.tables import TABLES

Tables = dict[str, pl.DataFrame]

LOAD = """
import json, sys
from datasets import load_dataset
folder, names = sys.argv[1], sys.argv[2:]
loaded = {}
for name in names:
    arguments = [folder, name] if name else [folder]
    streamed = list(load_dataset(*arguments, split="train", streaming=True))
    loaded[name] = [list(load_dataset(*arguments)["train"]) if streamed else [], streamed]
print(json.dumps(loaded, default=str))
"""


def load(folder: Path, cache: Path, *names: str) -> dict[str, list[list[dict[str, Any]]]]:
    """{table: [its rows, its rows by streaming]} as `load_dataset` gives them; "" is the default table."""
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(cache)}
    command = [sys.executable, "-c", LOAD, str(folder), *names]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Ignoring" not in done.stderr  # what `datasets` says of a front matter that it cannot read
    loaded: dict[str, list[list[dict[str, Any]]]] = json.loads(done.stdout)
    return loaded


def expected(table: pl.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(json.dumps(table.to_dicts(), default=str))
    return rows


def test_load_dataset_gives_every_row_of_every_table_also_streaming(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    publish(tables, facts, tmp_path / "out", part_rows=2)  # so that some tables are in several parts
    loaded = load(tmp_path / "out", tmp_path / "cache", *TABLES)
    for name, table in tables.items():
        assert loaded[name] == [expected(table), expected(table)]


def test_who_names_no_table_gets_the_quotes(tables: Tables, facts: BuildFacts, tmp_path: Path) -> None:
    publish(tables, facts, tmp_path / "out")
    assert load(tmp_path / "out", tmp_path / "cache", "")[""][0] == expected(tables["quotes"])


def test_rows_that_changed_at_the_same_path_are_not_served_from_the_cache(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    publish(tables, facts, tmp_path / "out")
    assert load(tmp_path / "out", tmp_path / "cache", "quotes")["quotes"][0] == expected(tables["quotes"])
    changed = tables["quotes"].with_columns(is_reviewed=pl.lit(value=True))  # as many rows, of the same types
    publish(tables | {"quotes": changed}, facts, tmp_path / "out")
    assert load(tmp_path / "out", tmp_path / "cache", "quotes")["quotes"] == [expected(changed), expected(changed)]


def test_a_table_without_rows_loads_by_streaming_and_the_card_says_so(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    publish(tables | {"dropped": empty_table("dropped")}, facts, tmp_path / "out")
    assert load(tmp_path / "out", tmp_path / "cache", "dropped", "quotes")["dropped"] == [[], []]
    assert "Without rows here: `dropped`. `load_dataset` reads" in (tmp_path / "out" / "README.md").read_text()
    publish(tables, facts, tmp_path / "full")
    assert "Without rows here" not in (tmp_path / "full" / "README.md").read_text()
