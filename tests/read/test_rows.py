"""Files of many records: JSON lines, CSV, Parquet, and what their mistakes get."""

import gzip
import io
import json
import os
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.read.checksums import verify_sums
from builder.read.limits import LIMITS, Limits
from builder.read.lines import read_lines
from builder.read.manifest import Collection, Columns
from builder.read.record import Record
from builder.read.repeated import drop_repeated
from builder.read.stage import read
from builder.tally import Dropped

Files = dict[str, bytes | str]


def collection(folder: Path, files: Files, columns: Columns | None) -> Collection:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return Collection(
        id="post",
        path=folder,
        prefix="post",
        title="The Tarn Post",
        license="CC0-1.0",
        text_may_be_published=True,
        columns=columns,
    )


def read_files(
    folder: Path, files: Files, limits: Limits = LIMITS, columns: Columns | None = None
) -> list[Record | Dropped]:
    post = collection(folder, files, columns)
    return list(read(post, verify_sums(post), limits))


def bodies(items: list[Record | Dropped]) -> list[str]:
    return [item.body for item in items if isinstance(item, Record)]


def drops(items: list[Record | Dropped]) -> list[tuple[str, str, str]]:
    return [(item.raw_path, item.place, item.reason) for item in items if isinstance(item, Dropped)]


def only_drop(items: list[Record | Dropped]) -> Dropped:
    (item,) = [item for item in items if isinstance(item, Dropped)]
    return item


def parquet(**columns: list[object]) -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame(columns).write_parquet(buffer)
    return buffer.getvalue()


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


# CSV and TSV


def test_a_row_below_the_header_is_a_record_with_its_line(tmp_path: Path) -> None:
    table = 'key,body,headline\n1,"Shut, she said.\n\nFor good.",Gate\n\n2,Open.,\n'
    first, second = read_files(tmp_path, {"a.csv": table}, columns=Columns(id="key", text="body", title="headline"))
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.locator, first.place, first.body) == ("1", "line 2", "Shut, she said.\n\nFor good.")
    assert (second.locator, second.place, second.metadata.title) == ("2", "line 6", None)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("a.tsv", "id\ttext\n1\tone, two\n"),
        ("a.csv", "id;text\n1;one, two\n"),
        ("a.csv", '\ufeffid,text\r\n1,"one, two"\r\n'),
        ("a.tsv.gz", gzip.compress(b"id\ttext\n1\tone, two\n")),
    ],
)
def test_separators_marks_and_line_ends_of_every_kind_are_read(tmp_path: Path, name: str, table: str | bytes) -> None:
    assert bodies(read_files(tmp_path, {name: table})) == ["one, two"]


@pytest.mark.parametrize(
    ("row", "reason", "detail"),
    [
        ("2", "broken-record", "1 cells, expected 2 as in the header"),
        ("2,x,y", "broken-record", "3 cells, expected 2 as in the header"),
        ('2,"x"y', "broken-record", "cannot be parsed"),
        (",x", "broken-record", "the id column 'id' is missing or empty"),
    ],
)
def test_a_broken_row_is_dropped_with_its_line_and_the_others_kept(
    tmp_path: Path, row: str, reason: str, detail: str
) -> None:
    items = read_files(tmp_path, {"a.csv": f"id,text\n1,one\n{row}\n3,three\n"}, columns=Columns(id="id"))
    assert bodies(items) == ["one", "three"]
    drop = only_drop(items)
    assert (drop.place, drop.reason) == ("line 3", reason)
    assert detail in str(drop.detail)


def test_a_row_with_a_bad_byte_is_dropped_alone(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"a.csv": "id,text\n1,“öne”\n".encode() + b"2,tw\xf6\n" + "3,“thrée”\n".encode()})
    assert bodies(items) == ["“öne”", "“thrée”"]
    assert drops(items) == [("post/a.csv", "line 3", "undecodable")]


def test_a_table_in_an_older_encoding_is_read(tmp_path: Path) -> None:
    table = "id,text\n1,“The gates stay shut”: so said Orla Finch – and left.\n2,Nobody knew why she’d gone.\n"
    assert bodies(read_files(tmp_path, {"a.csv": table.encode("cp1252")}))[1] == "Nobody knew why she’d gone."


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("id,body\n1,one\n", "broken-record"),  # no column text
        ("id,te\0xt\n", "binary"),
        ("id,text\n1,one\n".encode("utf-16"), "undecodable"),
    ],
)
def test_a_table_that_cannot_be_read_at_all_is_dropped_once(tmp_path: Path, table: str | bytes, reason: str) -> None:
    assert drops(read_files(tmp_path, {"a.csv": table})) == [("post/a.csv", "", reason)]


def test_a_mapped_column_that_the_header_lacks_is_named(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"a.csv": "id,body\n1,one\n"}, columns=Columns(text="body", title="headline"))
    assert only_drop(items).detail == "the file has no column 'headline'; it has body, id: correct [columns]"


def test_a_quotation_that_never_ends_does_not_make_up_records(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"a.csv": 'id,text\n1,one\n2,"two\n3,three\n4,four\n'})
    assert bodies(items) == ["one"]
    assert drops(items) == [("post/a.csv", "line 3", "broken-record")]


@pytest.mark.parametrize("row", ["2," + "x" * 2000, '2,"' + "x\n" * 2000])
def test_an_over_long_field_ends_the_table(tmp_path: Path, row: str) -> None:
    items = read_files(tmp_path, {"a.csv": f"id,text\n1,one\n{row}\n3,three\n"}, Limits(record=1000))
    assert bodies(items) == ["one"]
    assert only_drop(items).reason == "over-limit"


def test_a_field_longer_than_the_standard_parsers_own_limit_is_read(tmp_path: Path) -> None:
    assert bodies(read_files(tmp_path, {"a.csv": f"id,text\n1,{'x' * 200_000}\n"})) == ["x" * 200_000]


# Parquet


def test_a_parquet_row_is_a_record(tmp_path: Path) -> None:
    table = parquet(key=[7, 8], body=["one", "two"])
    items = read_files(tmp_path, {"a.parquet": table}, columns=Columns(id="key", text="body"))
    assert [(item.locator, item.place, item.body) for item in items if isinstance(item, Record)] == [
        ("7", "row 1", "one"),
        ("8", "row 2", "two"),
    ]


def test_many_parquet_rows_keep_their_order_and_numbers(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"a.parquet": parquet(text=[f"t{n}" for n in range(1000)])})
    assert [(item.place, item.body) for item in items if isinstance(item, Record)] == [
        (f"row {n + 1}", f"t{n}") for n in range(1000)
    ]


def test_a_parquet_row_without_text_is_dropped_alone(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"a.parquet": parquet(text=["one", None, "three"])})
    assert bodies(items) == ["one", "three"]
    assert drops(items) == [("post/a.parquet", "row 2", "broken-record")]


@pytest.mark.parametrize("cut", [1, 100])
def test_a_truncated_parquet_file_is_dropped(tmp_path: Path, cut: int) -> None:
    items = read_files(tmp_path, {"a.parquet": parquet(text=["one"])[:-cut], "b.txt": "fine"})
    assert drops(items) == [("post/a.parquet", "", "truncated-file")]
    assert bodies(items) == ["fine"]


def test_a_parquet_file_with_damaged_pages_is_dropped_from_there(tmp_path: Path) -> None:
    whole = bytearray(parquet(text=[os.urandom(20).hex() for _ in range(50)]))
    whole[10:400] = bytes(390)
    assert {reason for _, _, reason in drops(read_files(tmp_path, {"a.parquet": bytes(whole)}))} == {"truncated-file"}


def test_a_parquet_file_that_lacks_the_text_column_is_dropped(tmp_path: Path) -> None:
    drop = only_drop(read_files(tmp_path, {"a.parquet": parquet(body=["one"])}))
    assert (drop.reason, drop.detail) == (
        "broken-record",
        "the file has no column 'text'; it has body: correct [columns]",
    )


def test_a_parquet_bomb_is_refused_by_its_footer(tmp_path: Path) -> None:
    bomb = parquet(text=["x" * 1_000_000, "y" * 1_000_000])
    items = read_files(tmp_path, {"a.parquet": bomb}, Limits(ratio=50, ratio_from=1_000_000))
    assert drops(items) == [("post/a.parquet", "", "over-limit")]


def test_an_over_long_parquet_text_is_dropped_alone(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"a.parquet": parquet(text=["one", "x" * 101])}, Limits(record=100))
    assert bodies(items) == ["one"]
    assert drops(items) == [("post/a.parquet", "row 2", "over-limit")]


# Repeated records


def test_the_second_record_of_a_locator_and_revision_is_dropped_naming_the_first(tmp_path: Path) -> None:
    columns = Columns(id="id", revision="rev")
    rows = [("k", 0, "one"), ("k", 1, "newer"), ("k", 0, "again")]
    table = "\n".join(json.dumps({"id": key, "rev": revision, "text": text}) for key, revision, text in rows)
    items = list(drop_repeated(iter(read_files(tmp_path, {"a.jsonl": table}, columns=columns))))
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
