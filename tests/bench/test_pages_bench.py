"""The bench of real pages, on a page of our own: what it counts is what it says."""

import json
from pathlib import Path

import pytest

from bench.pages.__main__ import Compared, worse_of
from bench.pages.compare import score, words
from bench.pages.expected import Expected, read_expected
from bench.pages.read import Reading, read_here, read_there
from bench.robustness.packing import pack, unpack
from bench.robustness.seeds import seeds
from tests.normalize.test_pages import PARAGRAPHS, TITLE, page, paragraphs


def test_both_readers_find_the_article_of_a_plain_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>"), encoding="utf-8")
    expected = words(" ".join(PARAGRAPHS))
    here, there = read_here(tmp_path / "a.html"), read_there(tmp_path / "a.html")
    assert (here.title, score(words(here.text), expected).order) == (TITLE, 1.0)
    assert score(words(there.text), expected).recall == 1.0


def test_half_of_the_words_is_half_the_recall() -> None:
    found = score(["a", "b"], ["b", "a", "c", "d"])
    assert (found.precision, found.recall) == (1.0, 0.5)
    assert found.bag == pytest.approx(2 / 3)
    assert found.order == pytest.approx(1 / 3)


def test_what_is_known_of_a_page_stands_beside_it_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"html": "<p>One<p>two", "date": "2026-04-21"}), encoding="utf-8")
    (tmp_path / "b.txt").write_text("Three.", encoding="utf-8")
    assert read_expected(tmp_path, "a") == Expected(text="One\n\ntwo", date="2026-04-21")
    assert read_expected(tmp_path, "b") == Expected(text="Three.")
    assert read_expected(tmp_path, "c") == Expected()


def test_a_page_that_is_read_worse_here_is_listed() -> None:
    known = Expected(text="one two three four", absent=("menu",))
    worse = Compared("w", known, here=Reading(text="one menu"), there=Reading(text="one two three four"))
    assert [line.split(":")[0] for line in worse_of([worse])] == ["w", "w"]
    assert not worse_of([Compared("e", known, here=worse.there, there=worse.there)])


@pytest.mark.parametrize("suffix", [".zip", ".docx", ".tar", ".jsonl.gz", ".jsonl.zst", ".jsonl.bz2", ".jsonl.xz"])
def test_what_is_unpacked_for_damage_inside_is_packed_again(suffix: str) -> None:
    members = next(found for data in seeds()[suffix] if (found := unpack(suffix, data)))
    assert unpack(suffix, pack(suffix, members)) == members


def test_what_is_not_packed_or_damaged_is_left_as_it_is() -> None:
    assert unpack(".html", b"<p>") == unpack(".zip", b"PK\x03\x04") == unpack(".jsonl.xz", b"{}") == {}
