"""CSV, TSV and Parquet, and what their mistakes get."""

import gzip
import os
from pathlib import Path

import pytest

from builder.read.limits import Limits
from builder.read.manifest import Columns
from builder.read.record import Record
from tests.read.files import bodies, drops, only_drop, parquet, read_files

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
