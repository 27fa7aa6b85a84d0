"""Files that are one record, and compressed files; what unsafe, damaged and oversized ones get."""

import gzip
import os
from pathlib import Path

import pytest
import zstandard

from builder.read.limits import Limits
from builder.read.record import Record
from builder.read.stage import read
from builder.tally import Dropped
from tests.read.files import bodies, collection, drops, only_drop, read_all, read_files

# Whole files


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.txt", "text/plain"),
        ("a.md", "text/markdown"),
        ("a.markdown", "text/markdown"),
        ("a.html", "text/html"),
        ("a.htm", "text/html"),
        ("A.XHTML", "text/html"),
    ],
)
def test_a_text_file_is_one_record_located_by_its_path(tmp_path: Path, name: str, media_type: str) -> None:
    (record,) = read_files(tmp_path, {f"2026/{name}": "The gate is shut.\r\n"})
    assert isinstance(record, Record)
    assert (record.locator, record.raw_path, record.place) == (f"2026/{name}", f"post/2026/{name}", "")
    assert (record.media_type, record.body, record.revision) == (media_type, "The gate is shut.\r\n", 0)
    assert len(record.raw_sha256) == 64


def test_files_come_in_path_order_whatever_order_they_were_made_in(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"b.txt": "2", "a/z.txt": "1", "c.txt": "3"})
    assert bodies(items) == ["1", "2", "3"]


def test_only_files_that_the_patterns_match_are_read(tmp_path: Path) -> None:
    post = collection(tmp_path, {"a.txt": "1", "b.md": "2", "wire/c.txt": "3"}, patterns=("*.txt", "wire/*"))
    assert bodies(read_all(post)) == ["1", "3"]


def test_settings_descriptions_hidden_files_and_gold_are_no_articles(tmp_path: Path) -> None:
    others = (
        "collection.toml",
        "actors.toml",
        "SHA256SUMS",
        "README.md",
        "LICENSE",
        ".x.txt",
        "gold/a.txt",
        ".g/b.txt",
    )
    names = {name: "" for name in others if name != "SHA256SUMS"}
    assert bodies(read_files(tmp_path, {"a.txt": "1", "decisions.csv": "x", **names})) == ["1"]


def test_a_file_that_no_reader_knows_is_dropped(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"a.txt": "1", "b.xlsx": "2", "noext": "3", "c.gz": "4"})
    assert bodies(items) == ["1"]
    assert [(path, reason) for path, _, reason in drops(items)] == [
        ("post/b.xlsx", "unsupported-format"),
        ("post/c.gz", "unsupported-format"),
        ("post/noext", "unsupported-format"),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"two\0words", "binary"),
        (b"%PDF-1.7", "binary"),
        ("“No”, she said, “never”.".encode() + b"\xff", "undecodable"),
    ],
)
def test_a_bad_text_file_is_dropped_and_the_next_one_read(tmp_path: Path, data: bytes, reason: str) -> None:
    items = read_files(tmp_path, {"a.txt": data, "b.txt": "fine"})
    assert drops(items) == [("post/a.txt", "", reason)]
    assert bodies(items) == ["fine"]


def test_a_text_file_larger_than_the_limit_is_dropped(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"a.txt": "x" * 101, "b.txt": "x" * 100}, Limits(record=100))
    assert drops(items) == [("post/a.txt", "", "over-limit")]
    assert bodies(items) == ["x" * 100]


def test_links_are_dropped_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret", "utf-8")
    folder = tmp_path / "post"
    folder.mkdir()
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "linked").symlink_to(outside)
    items = read_files(folder, {"a.txt": "1"})
    assert bodies(items) == ["1"]
    assert drops(items) == [("post/link.txt", "", "unsafe-path"), ("post/linked", "", "unsafe-path")]


def test_a_file_below_a_linked_folder_is_dropped_where_a_pattern_reaches_it(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("secret", "utf-8")
    folder = tmp_path / "post"
    folder.mkdir()
    (folder / "linked").symlink_to(tmp_path / "outside")
    items = read_all(collection(folder, {}, patterns=("linked/*.txt",)))
    assert drops(items) == [("post/linked/secret.txt", "", "unsafe-path")]


def test_a_pipe_is_dropped_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert drops(read_files(tmp_path, {})) == [("post/pipe.txt", "", "unreadable-file")]


def test_a_file_without_a_sum_could_not_be_opened(tmp_path: Path) -> None:
    post = collection(tmp_path, {"a.txt": "1"})
    assert [item.reason for item in read(post, {}) if isinstance(item, Dropped)] == ["unreadable-file"]


# Compressed files


def packed(suffix: str, data: bytes) -> bytes:
    return gzip.compress(data, mtime=0) if suffix == ".gz" else zstandard.compress(data)


LINES = b"".join(b'{"id": "%d", "text": "%s"}\n' % (n, os.urandom(300).hex().encode()) for n in range(400))


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_files_are_read_as_what_they_hold(tmp_path: Path, suffix: str) -> None:
    items = read_files(tmp_path, {f"a.txt{suffix}": packed(suffix, b"one"), f"b.jsonl{suffix}": packed(suffix, LINES)})
    assert [item.media_type for item in items if isinstance(item, Record)] == ["text/plain"] * 401
    assert drops(items) == []


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_files_of_several_members_are_read_to_the_end(tmp_path: Path, suffix: str) -> None:
    halves = packed(suffix, b'{"text": "1"}\n{"te') + packed(suffix, b'xt": "2"}\n')
    assert bodies(read_files(tmp_path, {f"a.jsonl{suffix}": halves})) == ["1", "2"]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_truncated_file_keeps_the_records_before_the_break(tmp_path: Path, suffix: str) -> None:
    whole = packed(suffix, LINES)
    items = read_files(tmp_path, {f"a.jsonl{suffix}": whole[: len(whole) * 2 // 3]})
    assert 1 < len(bodies(items)) < 400
    drop = only_drop(items)
    assert drop.reason == "truncated-file"
    assert f"nothing could be read after line {len(bodies(items))}" in str(drop.detail)


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_break_anywhere_is_noticed(tmp_path: Path, suffix: str, cut: int) -> None:
    whole = packed(suffix, LINES[:900])
    assert only_drop(read_files(tmp_path, {f"a.jsonl{suffix}": whole[:-cut]})).reason == "truncated-file"


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_file_that_is_not_compressed_as_its_name_says_is_dropped(tmp_path: Path, suffix: str) -> None:
    assert only_drop(read_files(tmp_path, {f"a.txt{suffix}": "plain words"})).reason == "truncated-file"


def test_a_damaged_byte_is_noticed(tmp_path: Path) -> None:
    whole = bytearray(packed(".gz", LINES))
    whole[len(whole) // 2] ^= 0xFF
    items = read_files(tmp_path, {"a.jsonl.gz": bytes(whole)})
    assert "truncated-file" in {reason for _, _, reason in drops(items)}


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path, suffix: str) -> None:
    bomb = packed(suffix, b'{"text": "one"}\n' + b" " * 3_000_000)
    limits = Limits(record=1000, ratio=200, ratio_from=100_000)
    items = read_files(tmp_path, {f"a.jsonl{suffix}": bomb}, limits)
    assert bodies(items) == ["one"]
    assert only_drop(items).reason == "over-limit"


def test_a_stream_beyond_the_decompressed_limit_is_refused(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"a.jsonl.gz": packed(".gz", LINES)}, Limits(decompressed=100_000))
    assert 0 < len(bodies(items)) < 400
    assert only_drop(items).reason == "over-limit"
