"""Damaged files of every format: a small kept corpus, and new ones that hypothesis draws."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.robustness.mutate import mutate
from bench.robustness.run import run_some
from bench.robustness.seeds import seeds
from builder.normalize.article import Article
from builder.normalize.stage import normalize
from builder.read.arrange import arrange
from builder.read.record import Record
from builder.read.stage import READERS
from builder.tally import Dropped
from tests.read.files import collection, read_all

CORPUS = sorted(path for path in (Path(__file__).parent / "corpus").iterdir() if path.is_file())


def outcomes(folder: Path, name: str, data: bytes) -> list[Article | Dropped]:
    post = collection(folder, {name: data})
    items = [arranged.item for arranged in arrange(read_all(post))]
    return [normalize(item, post) if isinstance(item, Record) else item for item in items]


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_a_damaged_file_ends_in_articles_and_reasons(path: Path, tmp_path: Path) -> None:
    found = outcomes(tmp_path, f"a{''.join(path.suffixes)}", path.read_bytes())
    assert found
    assert all(isinstance(one, (Article, Dropped)) for one in found)


def test_the_corpus_has_a_file_of_every_format_that_has_seeds() -> None:
    assert {"".join(path.suffixes) for path in CORPUS} == set(seeds())
    assert {suffix for suffix in READERS if suffix in seeds()} >= {".txt", ".md", ".html", ".jsonl", ".csv", ".warc"}


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(set(seeds()) - {".warc", ".pdf"})), st.integers(0, 2**32))
def test_no_damage_is_unaccounted_for(suffix: str, number: int) -> None:
    files = seeds()[suffix]
    with tempfile.TemporaryDirectory() as aside:
        assert outcomes(Path(aside), f"a{suffix}", mutate(files[number % len(files)], files, number))


@settings(deadline=None, max_examples=100)
@given(st.sampled_from([".txt", ".md", ".html", ".jsonl", ".csv", ".eml", ".xml"]), st.binary(max_size=300))
def test_no_bytes_at_all_are_unaccounted_for(suffix: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as aside:
        assert outcomes(Path(aside), f"a{suffix}", data)


def test_the_bench_counts_what_it_tries() -> None:
    outcome = run_some(".jsonl", range(1, 9))
    assert (outcome.tried, outcome.crashed, outcome.hung, outcome.unaccounted) == (8, 0, 0, 0)
    assert outcome.kept + outcome.dropped.total() >= 8
