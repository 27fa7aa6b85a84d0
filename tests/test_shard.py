"""What a worker does with the records of a shard: one that fails costs itself alone; cached work is placed anew."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from builder.errors import SettingsError
from builder.extract.model_folder import SHIPPED, model_sha256
from builder.read.manifest import Collection
from builder.read.record import Metadata, Record
from builder.resolve.authority import Authority, built_in_authority
from builder.resolve.authority import Entry as Actor
from builder.shard import MOST, SHARD, Settings, Shard, Task, cut_shards, entry_key, process_shard, remembered

MILL = Collection(id="mill", path=Path("mill"), prefix="", title="Mill", license="CC0-1.0", text_may_be_published=True)
SUM = model_sha256()
RECORD = Record(
    collection_id="mill",
    locator="one",
    revision=0,
    raw_path="mill/all.jsonl",
    place="line 1",
    raw_sha256="0" * 64,
    media_type="text/plain",
    body="The mill closed on Monday. “It was too old,” said Ann Holt, who had owned it for twenty years.",
    metadata=Metadata(),
)


def process(*tasks: Task, model: Path = SHIPPED) -> Shard:
    return process_shard(tasks, Settings({"mill": MILL}, {"mill": built_in_authority()}, (model, SUM)))


def test_an_article_that_a_stage_fails_on_is_dropped_with_the_reason_and_the_others_go_on() -> None:
    odd = replace(RECORD, locator="odd", media_type="application/unheard-of")
    shard = process(Task(odd, b"odd", None), Task(RECORD, b"one", None))
    (dropped,) = shard.dropped
    assert (dropped.stage, dropped.reason, dropped.place) == ("normalize", "failed", "line 1")
    assert "application/unheard-of" in (dropped.detail or "")
    assert shard.tables["articles"]["locator"].to_list() == ["one"]


def test_a_failure_is_not_kept_in_the_cache_a_proper_drop_is() -> None:
    odd = replace(RECORD, media_type="application/unheard-of")
    empty = replace(RECORD, body=" ")
    assert list(process(Task(odd, b"odd", None), Task(empty, b"empty", None)).entries) == [b"empty"]


def test_cached_work_is_placed_where_the_record_now_stands() -> None:
    entry = process(Task(RECORD, b"one", None)).entries[b"one"]
    moved = replace(RECORD, place="line 7", raw_sha256="1" * 64)
    shard = process(Task(moved, b"one", entry), model=Path("no model is needed"))
    assert shard.tables["articles"]["raw_sha256"].to_list() == ["1" * 64]
    assert shard.entries == {}
    fresh = process(Task(moved, b"one", None))
    assert all(shard.tables[name].equals(fresh.tables[name]) for name in shard.tables)


def test_a_dropped_articles_place_is_that_of_the_record_too() -> None:
    empty = replace(RECORD, body=" ")
    entry = process(Task(empty, b"empty", None)).entries[b"empty"]
    (dropped,) = process(Task(replace(empty, place="line 9"), b"empty", entry)).dropped
    assert dropped.place == "line 9"


def test_the_key_follows_content_and_settings_and_not_the_place() -> None:
    key = entry_key(RECORD, MILL, "model")
    assert entry_key(replace(RECORD, place="line 9", raw_sha256="f" * 64), MILL, "model") == key
    others = [
        entry_key(replace(RECORD, body=RECORD.body + " "), MILL, "model"),
        entry_key(replace(RECORD, metadata=Metadata(title="Mill")), MILL, "model"),
        entry_key(RECORD, replace(MILL, text="verbatim"), "model"),
        entry_key(RECORD, MILL, "another model"),
    ]
    assert len({key, *others}) == 5


def test_a_mistake_in_the_settings_still_ends_the_build() -> None:
    with pytest.raises(SettingsError):
        process(Task(RECORD, b"one", None), model=Path("nowhere"))


def test_a_shard_without_articles_has_all_tables() -> None:
    tables = process().tables
    assert {name: table.height for name, table in tables.items()} == dict.fromkeys(tables, 0)
    assert isinstance(tables["quotes"], pl.DataFrame)


def test_a_memo_gives_the_shard_back_where_its_records_lie_now() -> None:
    empty = replace(RECORD, locator="empty", body=" ")
    made = process(Task(empty, b"empty", None), Task(RECORD, b"one", None))
    (memo,) = made.memos.values()
    moved = [replace(record, place=f"line {n}", raw_sha256="1" * 64) for n, record in enumerate((empty, RECORD))]
    tasks = [Task(record, b"", None) for record in moved]
    again, fresh = remembered(tasks, memo), process(*tasks)
    assert again.dropped == fresh.dropped
    assert [row.place for row in again.dropped] == ["line 0"]
    assert again.tables["articles"]["raw_sha256"].to_list() == ["1" * 64]
    assert again.signatures.equals(fresh.signatures)
    assert all(again.tables[name].equals(fresh.tables[name]) for name in fresh.tables)
    assert again.tables.keys() == fresh.tables.keys()


def test_a_shard_with_a_failure_has_no_memo() -> None:
    odd = replace(RECORD, media_type="application/unheard-of")
    assert process(Task(odd, b"odd", None), Task(RECORD, b"one", None)).memos == {}


def test_a_memo_is_of_its_articles_and_of_what_resolve_knows() -> None:
    mill = Actor(id="organization/mill", name="The Mill", kind="organization")
    knowing = Authority((*built_in_authority().entries, mill))
    settings = Settings({"mill": MILL}, {"mill": knowing}, (SHIPPED, SUM))
    keys = {
        *process(Task(RECORD, b"one", None)).memos,
        *process(Task(replace(RECORD, place="line 9"), b"one", None)).memos,
        *process(Task(RECORD, b"two", None)).memos,
        *process_shard([Task(RECORD, b"one", None)], settings).memos,
    }
    assert len(keys) == 3


def test_an_article_more_moves_the_ends_of_no_shard_but_its_own() -> None:
    tasks = [Task(RECORD, sha256(str(n).encode()).digest(), None) for n in range(40 * SHARD)]
    before, after = ([tuple(shard) for shard in cut_shards(some)] for some in (tasks, [*tasks[:99], *tasks[100:]]))
    assert max(map(len, before)) <= MOST
    assert sum(map(len, before)) == len(tasks)
    assert len(set(after) - set(before)) <= 2
