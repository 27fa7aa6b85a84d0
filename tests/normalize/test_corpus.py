"""The project's own corpus normalizes to the texts that its annotations point into."""

from pathlib import Path

import pytest

from builder.normalize.stage import normalize
from builder.read.checksums import verify_sums
from builder.read.manifest import Collection, load_collections
from builder.read.record import Record
from builder.read.stage import read
from builder.tally import Dropped

RAW = Path(__file__).parents[2] / "raw"
# The one page that was taken down.
EMPTY = {"harbour-gazette": [("fish-market-hours.html", "no-main-text")]}
COLLECTIONS = load_collections(RAW)


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda collection: collection.id)
def test_every_article_of_a_collection_is_its_gold_text_to_the_letter(collection: Collection) -> None:
    seen, dropped = set(), []
    for record in read(collection, verify_sums(collection)):
        assert isinstance(record, Record)
        article = normalize(record, collection)
        if isinstance(article, Dropped):
            dropped.append((record.locator, article.reason))
            continue
        stem = record.locator if record.place else Path(record.locator).stem
        seen.add(stem)
        assert article.text == (collection.path / "gold" / f"{stem}.txt").read_text("utf-8").rstrip("\n"), stem
        assert article.title
        for run in article.runs:
            assert article.text[run.start : run.start + run.length] == record.body[run.origin : run.origin + run.length]
    assert dropped == EMPTY.get(collection.id, [])
    assert seen == {path.stem for path in (collection.path / "gold").glob("*.txt")}
