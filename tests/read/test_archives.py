"""Zip and tar members, archives in archives, and what bombs, paths and breaks get."""

import gzip
import io
import os
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.read.limits import Limits
from builder.read.record import Record
from tests.read.files import bodies, drops, only_drop, read_files
from tests.worlds import tar, zipped

FILES = {"a.txt": b"one", "sub/2026-05-04-b.jsonl": b'{"text": "two"}\n{bad\n', "c.txt.gz": gzip.compress(b"three")}
PACKED = {
    "x.zip": zipped(FILES),
    "x.tar": tar(FILES),
    "x.tgz": gzip.compress(tar(FILES)),
    "x.tar.gz": gzip.compress(tar(FILES)),
}


@pytest.mark.parametrize("name", PACKED)
def test_members_are_read_like_files_and_located_by_their_paths(tmp_path: Path, name: str) -> None:
    items = read_files(tmp_path, {name: PACKED[name]})
    assert sorted(bodies(items)) == ["one", "three", "two"]
    first = next(item for item in items if isinstance(item, Record) and item.body == "one")
    assert (first.locator, first.raw_path, first.place) == (f"{name}/a.txt", f"post/{name}", "member a.txt")
    assert first.file_name == "a.txt"
    assert drops(items) == [(f"post/{name}", "member sub/2026-05-04-b.jsonl, line 2", "broken-record")]


def test_an_archive_in_an_archive_is_read_down_to_the_stated_depth(tmp_path: Path) -> None:
    inner = zipped({"a.txt": b"one"})
    for depth in range(4):
        inner = tar({f"{depth}.zip": inner}) if depth % 2 else zipped({f"{depth}.tar" if depth else "0.zip": inner})
    items = read_files(tmp_path, {"a.tar": inner})
    assert only_drop(items).reason == "over-limit"
    shallow = read_files(tmp_path / "b", {"a.zip": zipped({"b.zip": zipped({"a.txt": b"one"})})})
    assert [item.locator for item in shallow if isinstance(item, Record)] == ["a.zip/b.zip/a.txt"]


def test_what_is_no_article_in_a_folder_is_none_in_an_archive(tmp_path: Path) -> None:
    names = ("README.md", ".hidden.txt", "__MACOSX/a.txt", "gold/a.txt", ".git/a.txt", "SHA256SUMS")
    assert read_files(tmp_path, {"a.zip": zipped({"a.txt": b"one", **dict.fromkeys(names, b"x")})})[1:] == []


@pytest.mark.parametrize("name", ["../evil.txt", "/evil.txt", "a/../../evil.txt", "C:\\evil.txt", "..\\evil.txt"])
@pytest.mark.parametrize("pack", [zipped, tar])
def test_a_name_that_leaves_the_archive_is_refused_and_nothing_is_written(
    tmp_path: Path, name: str, pack: object
) -> None:
    files = {name: b"x", "ok.txt": b"fine"}
    data = zipped(files) if pack is zipped else tar(files)
    folder = tmp_path / "post"
    items = read_files(folder, {"a.zip" if pack is zipped else "a.tar": data})
    assert bodies(items) == ["fine"]
    assert [reason for _, _, reason in drops(items)] == ["unsafe-path"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == sorted(
        ["post", *(path.name for path in folder.iterdir())]
    )


def test_links_and_devices_in_archives_are_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in (("s.txt", tarfile.SYMTYPE), ("h.txt", tarfile.LNKTYPE), ("d.txt", tarfile.CHRTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    link = zipfile.ZipInfo("s.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as zip_archive:
        zip_archive.writestr(link, "/etc/passwd")
    items = read_files(tmp_path, {"a.tar": buffer.getvalue(), "b.zip": inner.getvalue()})
    assert [reason for _, _, reason in drops(items)] == ["unsafe-path", "unsafe-path", "unreadable-file", "unsafe-path"]


@pytest.mark.parametrize("pack", ["zip", "tar.gz", "zip in zip"])
def test_a_bomb_is_refused_by_its_ratio_through_all_levels(tmp_path: Path, pack: str) -> None:
    bomb = {"a.txt": b"x" * 900, "b.jsonl": b'{"text": "one"}\n' + b" " * 3_000_000}
    data = {
        "zip": zipped(bomb),
        "tar.gz": gzip.compress(tar(bomb)),
        "zip in zip": zipped({"c.zip": zipped(bomb)}),
    }[pack]
    name = "a.tar.gz" if pack == "tar.gz" else "a.zip"
    items = read_files(tmp_path, {name: data}, Limits(record=1000, ratio=200, ratio_from=100_000))
    assert bodies(items) == ["x" * 900, "one"]
    assert {reason for _, _, reason in drops(items)} == {"over-limit"}


def test_more_members_than_the_limit_are_not_read(tmp_path: Path) -> None:
    items = read_files(tmp_path, {"a.zip": zipped({f"{n}.txt": b"x" for n in range(9)})}, Limits(members=5))
    assert len(bodies(items)) == 5
    assert only_drop(items).reason == "over-limit"


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tgz"])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_a_break_anywhere_is_told(tmp_path: Path, name: str, share: float) -> None:
    files = {f"{n}.txt": os.urandom(400).hex().encode() for n in range(8)}
    data = zipped(files) if name == "x.zip" else tar(files) if name == "x.tar" else gzip.compress(tar(files))
    items = read_files(tmp_path, {name: data[: int(len(data) * share)]})
    assert "truncated-file" in {reason for _, _, reason in drops(items)}
    assert len(bodies(items)) < 8


@pytest.mark.parametrize(
    ("kind", "is_streamed"),
    [(zipfile.ZIP_STORED, False), (zipfile.ZIP_DEFLATED, False), (zipfile.ZIP_DEFLATED, True)],
)
def test_members_before_the_break_of_a_zip_are_kept(tmp_path: Path, kind: int, *, is_streamed: bool) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return not is_streamed

        def tell(self) -> int:
            if is_streamed:
                raise OSError
            return super().tell()

    texts = [os.urandom(90_000).hex() for _ in range(4)]
    buffer = Pipe()
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        for number, text in enumerate(texts):
            archive.writestr(f"{number}.txt", text)
    whole = buffer.getvalue()
    items = read_files(tmp_path, {"a.zip": whole[: len(whole) * 6 // 10]})
    assert bodies(items) == texts[:2]
    assert [reason for _, _, reason in drops(items)] == ["truncated-file", "truncated-file"]


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"one"}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert only_drop(read_files(tmp_path, {"a.zip": bytes(data)})).reason == "unreadable-file"


def test_a_damaged_byte_costs_its_member_alone(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": os.urandom(300).hex().encode(), "b.txt": b"fine"}))
    data[200] ^= 0xFF
    items = read_files(tmp_path, {"a.zip": bytes(data)})
    assert bodies(items) == ["fine"]
    assert drops(items) == [("post/a.zip", "member a.txt", "truncated-file")]


@settings(max_examples=60)
@given(data=st.data())
def test_no_change_of_bytes_stops_the_reading(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(PACKED)))
    damaged = bytearray(PACKED[name])
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    assert read_files(tmp_path_factory.mktemp("post"), {name: bytes(damaged)})
