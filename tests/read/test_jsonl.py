"""JSON lines, and what holds for every file of many records."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.read.limits import Limits
from builder.read.lines import read_lines
from builder.read.manifest import Columns
from builder.read.record import Record
from tests.read.files import arranged, bodies, drops, only_drop, read_files

# JSON lines

KEYED = Columns(id="key", text="body", title="headline", authors="by", published_at="date", url="link", revision="rev")


def test_a_line_is_a_record_of_its_mapped_columns(tmp_path: Path) -> None:
    row = {"key": 17, "body": "Shut.", "headline": "Gate", "by": ["Edda Quill", {"name": "Noa Fenn"}], "rev": 2}
    line = json.dumps({**row, "date": "2026-03-01", "link": "https://tarn.example/17", "extra": {"a": 1}})
    (record,) = read_files(tmp_path, {"a.jsonl": line}, columns=KEYED)
    assert isinstance(record, Record)
    assert (record.locator, record.revision, record.place, record.body) == ("17", 2, "line 1", "Shut.")
    assert record.metadata.title == "Gate"
    assert record.metadata.authors == ("Edda Quill", "Noa Fenn")
    assert (record.metadata.published_at, record.metadata.url) == ("2026-03-01", "https://tarn.example/17")


def test_without_a_mapping_columns_of_our_own_names_are_read(tmp_path: Path) -> None:
    (record,) = read_files(tmp_path, {"a.ndjson": '{"id": "k1", "text": "Shut.", "title": "Gate", "body": "x"}'})
    assert isinstance(record, Record)
    assert (record.locator, record.body, record.metadata.title) == ("k1", "Shut.", "Gate")


@pytest.mark.parametrize(
    ("line", "reason", "detail"),
    [
        ('{"key": 1, "body": "x"', "broken-record", "not JSON"),
        ('["key", "body"]', "broken-record", "expected a JSON object, found list"),
        ('{"key": 1, "body": NaN}', "broken-record", "NaN is not JSON"),
        ('{"key": 1}', "broken-record", "the text column 'body' is missing"),
        ('{"key": 1, "body": null}', "broken-record", "the text column 'body' is missing"),
        ('{"key": 1, "body": 5}', "broken-record", "is not a string but int"),
        ('{"body": "x"}', "broken-record", "the id column 'key' is missing"),
        ('{"key": "", "body": "x"}', "broken-record", "the id column 'key' is missing"),
        ('{"key": [1], "body": "x"}', "broken-record", "holds list, not a single value"),
        ('{"key": true, "body": "x"}', "broken-record", "holds bool, not a single value"),
        ('{"key": 1, "body": "x", "rev": -1}', "broken-record", "the revision '-1'"),
        ('{"key": 1, "body": "x", "rev": 99999999999}', "broken-record", "the revision"),
        ('{"key": 1, "body": "x", "by": [["y"]]}', "broken-record", "the column 'by' holds list"),
        ('{"key": 1, "body": "half \\ud83d"}', "undecodable", "half a pair, U+D83D"),
        ("[" * 100_000, "broken-record", "not JSON"),
        ('{"key": ' + "9" * 5000 + ', "body": "x"}', "broken-record", "not JSON that can be read"),
    ],
)
def test_a_broken_line_is_dropped_with_its_number_and_the_others_kept(
    tmp_path: Path, line: str, reason: str, detail: str
) -> None:
    good = '{"key": "%s", "body": "%s"}'
    items = read_files(tmp_path, {"a.jsonl": "\n".join([good % (1, "one"), line, good % (3, "three")])}, columns=KEYED)
    assert bodies(items) == ["one", "three"]
    drop = only_drop(items)
    assert (drop.place, drop.reason) == ("line 2", reason)
    assert detail in str(drop.detail)


def test_a_line_that_is_not_utf8_is_dropped_alone(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"a.jsonl": b'{"text": "one"}\n{"text": "caf\xe9"}\n{"text": "three"}\n'})
    assert bodies(items) == ["one", "three"]
    assert drops(items) == [("post/a.jsonl", "line 2", "undecodable")]


def test_json_lines_in_utf16_are_dropped_once(tmp_path: Path) -> None:
    assert drops(read_files(tmp_path, {"a.jsonl": ('{"text": "one"}\n' * 9).encode("utf-16")})) == [
        ("post/a.jsonl", "", "undecodable")
    ]


def test_an_over_long_line_is_dropped_and_the_others_kept(tmp_path: Path) -> None:
    long = json.dumps({"text": "x" * 200_000})
    items = read_files(tmp_path, {"a.jsonl": f'{{"text": "one"}}\n{long}\n{{"text": "three"}}\n'}, Limits(record=1000))
    assert bodies(items) == ["one", "three"]
    assert drops(items) == [("post/a.jsonl", "line 2", "over-limit")]


class Endless(io.RawIOBase):
    """One line of a billion bytes that nobody stores."""

    left = 1_000_000_000

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        n = min(len(buffer), self.left)
        buffer[:n] = b"x" * n
        self.left -= n
        return n


@pytest.mark.slow
def test_a_line_of_a_gigabyte_is_passed_over_in_bounded_memory() -> None:
    import tracemalloc

    tracemalloc.start()
    (line,) = read_lines(io.BufferedReader(Endless()), limit=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert line.data is None
    assert peak < 10_000_000


def test_blank_lines_and_a_byte_order_mark_hold_no_record(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"a.jsonl": '\ufeff{"text": "one"}\n\n  \r\n{"text": "two"}\n'})
    assert bodies(items) == ["one", "two"]
    assert drops(items) == []


def test_a_row_without_id_is_located_by_its_url_or_else_its_content_but_never_its_position(tmp_path: Path) -> None:
    rows = [{"text": "one", "url": "https://tarn.example/1"}, {"text": "two"}, {"text": "two", "title": "Second"}]
    lines = [json.dumps(row) for row in rows]
    forward = [item.locator for item in read_files(tmp_path, {"a.jsonl": "\n".join(lines)}) if isinstance(item, Record)]
    backward = [
        item.locator for item in read_files(tmp_path, {"a.jsonl": "\n".join(lines[::-1])}) if isinstance(item, Record)
    ]
    assert forward == backward[::-1]
    assert forward[0] == "https://tarn.example/1"
    assert [len(locator) for locator in forward[1:]] == [len("sha256:") + 16] * 2
    assert len(set(forward)) == 3


# Repeated records


def test_the_second_record_of_a_locator_and_revision_is_dropped_naming_the_first(tmp_path: Path) -> None:
    columns = Columns(id="id", revision="rev")
    rows = [("k", 0, "one"), ("k", 1, "newer"), ("k", 0, "again")]
    table = "\n".join(json.dumps({"id": key, "rev": revision, "text": text}) for key, revision, text in rows)
    items = arranged(read_files(tmp_path, {"a.jsonl": table}, columns=columns))
    assert bodies(items) == ["one", "newer"]
    drop = only_drop(items)
    assert (drop.place, drop.reason) == ("line 3", "repeated-record")
    assert drop.detail == "locator 'k', revision 0: the first is in post/a.jsonl, line 1"


# Properties


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=8), st.integers(1, 30))
def test_every_line_is_read_or_reported(lines: list[bytes], limit: int) -> None:
    data = b"\n".join(line.replace(b"\n", b"") for line in lines)
    expected = [part for part in data.split(b"\n") if part] if not data.endswith(b"\n") else data.split(b"\n")
    found = list(read_lines(io.BufferedReader(io.BytesIO(data)), limit))
    assert [line.number for line in found] == list(range(1, len(found) + 1))
    for line, whole in zip(found, data.split(b"\n"), strict=False):
        assert line.data is None if len(whole) > limit else (line.data or b"").rstrip(b"\n") == whole
    assert len(found) >= len(expected) - 1


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any-bytes")


@settings(deadline=None)
@given(
    data=st.binary(max_size=300),
    name=st.sampled_from(["a.txt", "a.jsonl", "a.csv", "a.parquet", "a.txt.gz", "a.jsonl.zst"]),
)
def test_no_bytes_whatever_stop_the_reader_or_vanish(scratch: Path, data: bytes, name: str) -> None:
    for old in scratch.iterdir():
        old.unlink()
    items = read_files(scratch, {name: data})
    assert items
