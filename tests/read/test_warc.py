"""WARC files: pages kept, everything else accounted for, revisions, damage."""

import gzip
from pathlib import Path

import pytest

from builder.read.limits import Limits
from builder.read.record import Record
from tests.read.files import arranged, bodies, drops, only_drop, read_files

PAGE = "https://post.example/crane"


def warc(kind: str, body: bytes, uri: str = PAGE, date: str = "2026-05-04T10:00:00Z", content_type: str = "") -> bytes:
    of = content_type or "application/http; msgtype=response"
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {date}\r\nWARC-Record-ID: <urn:uuid:0>"
        f"\r\nContent-Type: {of}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def response(body: bytes, headers: str = "Content-Type: text/html", status: str = "200 OK", uri: str = PAGE) -> bytes:
    return warc("response", f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body, uri)


def test_a_page_is_a_record_located_by_its_address(tmp_path: Path) -> None:
    (record,) = read_files(tmp_path, {"a.warc": response(b"<p>One</p>")})
    assert isinstance(record, Record)
    assert (record.locator, record.metadata.url, record.place) == (PAGE, PAGE, "offset 0")
    assert (record.body, record.media_type) == ("<p>One</p>", "text/html")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(b"<p>One</p>"), "Content-Type: text/html\r\nContent-Encoding: gzip"),
        (b"5\r\n<p>On\r\n5\r\ne</p>\r\n0\r\n\r\n", "Content-Type: text/html\r\nTransfer-Encoding: chunked"),
    ],
)
def test_codings_of_http_are_undone(tmp_path: Path, body: bytes, headers: str) -> None:
    assert bodies(read_files(tmp_path, {"a.warc.gz": gzip.compress(response(body, headers))})) == ["<p>One</p>"]


def test_the_charset_of_the_http_header_is_believed(tmp_path: Path) -> None:
    body = "<p>Žďár</p>".encode("cp1250")
    items = read_files(tmp_path, {"a.warc": response(body, "Content-Type: text/html; charset=windows-1250")})
    assert bodies(items) == ["<p>Žďár</p>"]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (warc("warcinfo", b"software: x", content_type="application/warc-fields"), "no-article"),
        (warc("request", b"GET / HTTP/1.1\r\n\r\n"), "no-article"),
        (warc("revisit", b""), "no-article"),
        (response(b"x", "Content-Type: image/png"), "no-article"),
        (response(b"<p>No</p>", status="404 Not Found"), "no-article"),
        (response(b""), "empty"),
        (warc("response", b"nonsense"), "broken-record"),
        (response(b"zz", "Content-Type: text/html\r\nContent-Encoding: gzip"), "broken-record"),
        (response(b"a\0b"), "binary"),
    ],
)
def test_what_is_no_page_is_dropped_and_the_next_one_read(tmp_path: Path, record: bytes, reason: str) -> None:
    items = read_files(tmp_path, {"a.warc": record + response(b"<p>Two</p>")})
    assert bodies(items) == ["<p>Two</p>"]
    assert drops(items) == [("post/a.warc", "offset 0", reason)]


@pytest.mark.parametrize("cut", [1, 30, 70, 150])
def test_a_break_is_told_with_its_offset_and_what_was_before_is_kept(tmp_path: Path, cut: int) -> None:
    whole = response(b"<p>One</p>") + response(b"<p>Two, which is a longer page.</p>")
    items = read_files(tmp_path, {"a.warc": whole[: len(whole) - 4 - cut]})
    assert bodies(items) == ["<p>One</p>"]
    assert only_drop(items).reason == "truncated-file"


def test_garbage_between_records_ends_the_file(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"a.warc": response(b"<p>One</p>") + b"junk\r\njunk" + response(b"<p>Two</p>")})
    assert bodies(items) == ["<p>One</p>"]
    assert only_drop(items).reason == "truncated-file"


def test_a_record_or_a_page_beyond_the_limit_is_dropped_and_the_next_one_read(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" + b"x" * 5000)
    large = response(b"y" * 5000)
    folded = response(bomb, "Content-Type: text/html\r\nContent-Encoding: gzip")
    items = read_files(tmp_path, {"a.warc": large + folded + response(b"<p>Two</p>")}, Limits(record=1000))
    assert bodies(items) == ["<p>Two</p>"]
    assert [reason for _, _, reason in drops(items)] == ["over-limit", "over-limit"]


def test_a_page_crawled_again_is_a_revision_where_it_changed_and_a_repetition_where_not(tmp_path: Path) -> None:
    crawls = b"".join(response(f"<p>{text}</p>".encode()) for text in ("Four", "Four", "Six", "Four", "Seven"))
    items = arranged(read_files(tmp_path, {"a.warc": crawls}))
    kept = [(item.revision, item.body) for item in items if isinstance(item, Record)]
    assert kept == [(0, "<p>Four</p>"), (1, "<p>Six</p>"), (2, "<p>Seven</p>")]
    assert [reason for _, _, reason in drops(items)] == ["repeated-record", "repeated-record"]
