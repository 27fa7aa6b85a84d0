"""bench/scale: the archive is what its recipe says, extraction is replayed in its place, and the table is written."""

import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from bench.scale.archive import record_extraction, write_archive
from bench.scale.made import make_article
from bench.scale.templates import Moulds, read_moulds
from builder.cache import Cache
from builder.extract.model_folder import SHIPPED, model_sha256
from builder.pipeline import Plan, build
from builder.shard import made_by

ROOT = Path(__file__).parents[2]
SEED = 3


@pytest.fixture(scope="module")
def moulds(tmp_path_factory: pytest.TempPathFactory) -> Moulds:
    """Of one collection: to extract all of the corpus takes longer."""
    raw = tmp_path_factory.mktemp("moulds") / "raw"
    shutil.copytree(ROOT / "raw" / "radio-kaldvoe", raw / "radio")
    return read_moulds(raw)


def test_an_article_is_the_same_whatever_others_are_made(moulds: Moulds) -> None:
    assert make_article(moulds, SEED, 7) == make_article(moulds, SEED, 7)
    assert make_article(moulds, SEED, 7).text != make_article(moulds, SEED + 1, 7).text


def test_spans_stand_at_the_same_things_as_before(moulds: Moulds) -> None:
    """Cues are never exchanged, so each article's are cues of the corpus."""
    texts = {template.article.text: template.extraction for template in moulds.templates}
    cues = {text[start:end] for text, found in texts.items() for one in found.attributions for start, end in one.cue}
    for number in range(40):
        made = make_article(moulds, SEED, number)
        assert {made.text[start:end] for one in made.extraction.attributions for start, end in one.cue} <= cues
        spans = sorted((name.start, name.end) for name in made.extraction.names)
        assert all(start < end <= len(made.text) for start, end in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_extraction_is_replayed_and_no_encoder_runs(moulds: Moulds, tmp_path: Path) -> None:
    write_archive(moulds, tmp_path / "raw", 60, SEED)
    assert record_extraction(moulds, tmp_path / "raw", tmp_path / "cache", SEED) == 60
    tables = build(Plan(tmp_path / "raw", tmp_path / "out", tmp_path / "cache"))
    with Cache(tmp_path / "cache") as cache:
        assert [one.entries for one in cache.holdings() if one.made_by == made_by(model_sha256(SHIPPED))] == [60]
    made = [make_article(moulds, SEED, number) for number in range(60)]
    assert tables["quotes"].height == sum(len(one.extraction.attributions) for one in made)
    assert tables["dropped"].height == 0
    assert 0 < tables["articles"].filter(~pl.col("is_cluster_head")).height < 20


def test_a_small_table_is_written(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    page = tmp_path / "RESULTS.md"
    command = [sys.executable, "-m", "bench.scale", "--articles", "2", "20", "200", "--to", str(page)]
    command += ["--raw", str(ROOT / "tests" / "worlds" / "town-council" / "raw"), "--work", str(tmp_path / "work")]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    text = page.read_text(encoding="utf-8")
    assert "The fingerprints of the three are one." in text
    assert "## One article changed of 20" in text
    assert "| 200 |" in text
