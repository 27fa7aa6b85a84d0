"""Raw files are the recorded ones."""

import hashlib
from pathlib import Path

import pytest

from builder.errors import RawFilesError, SettingsError
from builder.read.checksums import verify_sums
from builder.read.manifest import Collection


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def collection(folder: Path, files: tuple[str, ...] = ("*.txt",), **texts: str) -> Collection:
    for stem, text in texts.items():
        (folder / f"{stem}.txt").write_text(text, "utf-8")
    return Collection(
        id="post", path=folder, prefix="post", title="Post", license="CC0-1.0", text_may_be_published=True, files=files
    )


def record(folder: Path, **sums: str) -> None:
    lines = "".join(f"{value}  {stem}.txt\n" for stem, value in sums.items())
    (folder / "SHA256SUMS").write_text(lines, "utf-8")


def test_sums_that_match_are_returned(tmp_path: Path) -> None:
    post = collection(tmp_path, a="one", b="two")
    record(tmp_path, a=sha256("one"), b=sha256("two"))
    assert verify_sums(post) == {"a.txt": sha256("one"), "b.txt": sha256("two")}


def test_sums_are_computed_where_none_are_recorded(tmp_path: Path) -> None:
    assert verify_sums(collection(tmp_path, files=(), a="one")) == {"a.txt": sha256("one")}


def test_a_file_that_differs_stops_with_both_hashes(tmp_path: Path) -> None:
    post = collection(tmp_path, a="changed")
    record(tmp_path, a=sha256("one"))
    with pytest.raises(RawFilesError) as caught:
        verify_sums(post)
    assert "a.txt is not the recorded file" in str(caught.value)
    assert sha256("one") in str(caught.value)
    assert sha256("changed") in str(caught.value)


def test_a_missing_file_stops_with_its_recorded_hash(tmp_path: Path) -> None:
    post = collection(tmp_path, a="one")
    record(tmp_path, a=sha256("one"), b=sha256("two"))
    with pytest.raises(RawFilesError, match=rf"b\.txt is missing.*{sha256('two')}"):
        verify_sums(post)


def test_a_matched_file_that_is_not_recorded_stops_with_its_hash(tmp_path: Path) -> None:
    post = collection(tmp_path, a="one", new="three")
    record(tmp_path, a=sha256("one"))
    with pytest.raises(RawFilesError, match=rf"new\.txt is not in .*{sha256('three')}"):
        verify_sums(post)


def test_a_recorded_file_that_no_pattern_matches_is_checked_too(tmp_path: Path) -> None:
    post = collection(tmp_path, files=("a.txt",), a="one", notes="changed")
    record(tmp_path, a=sha256("one"), notes=sha256("notes"))
    with pytest.raises(RawFilesError, match=r"notes\.txt is not the recorded file"):
        verify_sums(post)


def test_a_pattern_that_matches_nothing_stops(tmp_path: Path) -> None:
    with pytest.raises(RawFilesError, match=r"the pattern '\*\.html' of `files` matches no file"):
        verify_sums(collection(tmp_path, files=("*.txt", "*.html"), a="one"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("abc  a.txt", "expected 64 hex digits"),  # a short hash
        (f"{'0' * 64} a.txt", "expected 64 hex digits"),  # one space
        (f"{'0' * 64}  ../a.txt", "leaves the collection's folder"),
        (f"{'0' * 64}  /a.txt", "leaves the collection's folder"),
        (f"{sha256('one')}  a.txt", "listed twice"),
    ],
)
def test_a_mistake_in_the_sums_is_named_with_its_line(tmp_path: Path, line: str, expected: str) -> None:
    post = collection(tmp_path, a="one")
    (tmp_path / "SHA256SUMS").write_text(f"{sha256('one')}  a.txt\n{line}\n", "utf-8")
    with pytest.raises(SettingsError, match=rf"SHA256SUMS:2: .*{expected}"):
        verify_sums(post)


def test_sums_written_in_binary_mode_or_capitals_or_with_a_dot_are_read(tmp_path: Path) -> None:
    post = collection(tmp_path, a="one", b="two")
    (tmp_path / "SHA256SUMS").write_text(f"{sha256('one').upper()} *a.txt\n{sha256('two')}  ./b.txt\n", "utf-8")
    assert set(verify_sums(post)) == {"a.txt", "b.txt"}


def test_a_link_is_neither_followed_nor_summed(tmp_path: Path) -> None:
    (tmp_path / "secret.dat").write_text("secret", "utf-8")
    post = collection(tmp_path, a="one")
    (tmp_path / "link.txt").symlink_to(tmp_path / "secret.dat")
    assert verify_sums(post) == {"a.txt": sha256("one")}
