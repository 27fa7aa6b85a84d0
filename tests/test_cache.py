"""The content cache: what it gives back, and what damage costs."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.cache import Cache, content_key
from builder.errors import OutputError


def test_an_entry_comes_back_in_another_run(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put({b"a": b"one", b"b": b"two"}, "first")
    with Cache(tmp_path) as cache:
        assert cache.get([b"a", b"b", b"c"]) == {b"a": b"one", b"b": b"two"}
        assert len(cache) == 2


def test_a_damaged_entry_counts_as_missing_and_can_be_made_again(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put({b"a": b"one", b"b": b"two"}, "first")
    with sqlite3.connect(tmp_path / "entries.sqlite") as rows:
        rows.execute("UPDATE articles SET body = (SELECT body FROM articles WHERE key = x'62') WHERE key = x'61'")
    rows.close()
    with Cache(tmp_path) as cache:
        assert cache.get([b"a", b"b"]) == {b"b": b"two"}
        cache.put({b"a": b"one"}, "first")
        assert cache.get([b"a"]) == {b"a": b"one"}


@pytest.mark.parametrize("damage", [b"no database at all", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_any_more_is_started_over(tmp_path: Path, damage: bytes) -> None:
    with Cache(tmp_path) as cache:
        cache.put({b"a": b"one"}, "first")
    (tmp_path / "entries.sqlite").write_bytes(damage)
    with Cache(tmp_path) as cache:
        assert cache.get([b"a"]) == {}
        cache.put({b"a": b"one"}, "first")
        assert cache.get([b"a"]) == {b"a": b"one"}


def test_what_other_versions_made_is_told_apart_and_pruned(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put({b"a": b"one" * 100, b"b": b"two"}, "first")
        cache.put({b"c": b"three"}, "second")
        assert [(one.made_by, one.entries) for one in cache.holdings()] == [("first", 2), ("second", 1)]
        assert cache.prune(["second"]) == 2
        assert cache.get([b"a", b"b", b"c"]) == {b"c": b"three"}


def test_damaged_entries_are_found_without_a_build(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put({b"a": b"one", b"b": b"two"}, "first")
    with sqlite3.connect(tmp_path / "entries.sqlite") as rows:
        rows.execute("UPDATE articles SET body = x'00' WHERE key = x'61'")
    rows.close()
    with Cache(tmp_path) as cache:
        assert cache.take_out_damaged() == (2, 1)
        assert cache.take_out_damaged() == (1, 0)


def test_two_builds_write_at_once_and_both_are_kept(tmp_path: Path) -> None:
    with Cache(tmp_path) as one, Cache(tmp_path) as other:
        one.put({b"a": b"one"}, "first")
        other.put({b"b": b"two"}, "first")
        assert one.get([b"a", b"b"]) == other.get([b"a", b"b"]) == {b"a": b"one", b"b": b"two"}


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="--cache"):
        Cache(tmp_path / "file")


def test_more_keys_than_one_query_takes_are_all_looked_up(tmp_path: Path) -> None:
    entries = {number.to_bytes(4, "big"): b"x" * number for number in range(1200)}
    with Cache(tmp_path) as cache:
        cache.put(entries, "first")
        assert cache.get(list(entries)) == entries


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_no_two_lists_of_parts_share_a_key(one: list[bytes], other: list[bytes]) -> None:
    assert (content_key(one) == content_key(other)) == (one == other)
