"""Files to records: every format, and everything that bad input gets."""

import gzip
import io
import json
import os
from pathlib import Path

import polars as pl
import pytest
import zstandard
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


def collection(
    folder: Path, files: Files, *, patterns: tuple[str, ...] = (), columns: Columns | None = None
) -> Collection:
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
        files=patterns,
        columns=columns,
    )


def read_all(post: Collection, limits: Limits = LIMITS) -> list[Record | Dropped]:
    return list(read(post, verify_sums(post), limits))


def read_files(
    folder: Path, files: Files, limits: Limits = LIMITS, columns: Columns | None = None
) -> list[Record | Dropped]:
    return read_all(collection(folder, files, columns=columns), limits)


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
    items = read_files(tmp_path, {"a.txt": "1", "b.docx": "2", "noext": "3", "c.parquet.gz": "4"})
    assert bodies(items) == ["1"]
    assert [(path, reason) for path, _, reason in drops(items)] == [
        ("post/b.docx", "unsupported-format"),
        ("post/c.parquet.gz", "unsupported-format"),
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
