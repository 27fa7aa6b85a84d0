"""What a worker does with the records of a shard: one that fails costs itself alone; cached work is placed anew."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from builder.errors import SettingsError
from builder.extract.encoder import SHIPPED, model_sha256
from builder.read.manifest import Collection
from builder.read.record import Metadata, Record
from builder.resolve.authority import built_in_authority
from builder.shard import Shard, Task, entry_key, process_shard

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
    return process_shard(tasks, {"mill": MILL}, {"mill": built_in_authority()}, (model, SUM))


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
