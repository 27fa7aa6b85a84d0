"""Gold that lies in a raw folder is measured with its article's date and its collection's actors."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from builder.measure.gold import GoldArticle, read_gold
from builder.measure.origins import Origins, open_origins
from builder.resolve.authority import built_in_authority

SETTINGS = 'title = "The Gazette"\nlicense = "CC0-1.0"\ntext_may_be_published = true\nfiles = ["*.txt", "*.jsonl"]\n'
ACTORS = '[[actor]]\nid = "state/XBR"\nname = "Brask"\nkind = "state"\ncountry = "XBR"\naliases = ["the Old Port"]\n'
MILL = "By Ann Holt\n3 May 2031\n\nThe mill in Brask will close in June, the owners said.\n"
WEIR = '{"id": "W-1", "text": "The weir will stay open, the town said.", "published_at": "2031-06-04"}\n'
PARTS = "T1\tContent 0 8\tThe mill\nE1\tContent:T1\n"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    for name, text in {
        "collection.toml": SETTINGS,
        "actors.toml": ACTORS,
        "2031-05-03-mill.txt": MILL,
        "wire.jsonl": WEIR,
        "gold/2031-05-03-mill.txt": "The mill in Brask will close in June, the owners said.",
        "gold/2031-05-03-mill.ann": PARTS,
        "gold/W-1.txt": "The weir will stay open, the town said.",
        "gold/W-1.ann": PARTS,
    }.items():
        path = tmp_path / "gazette" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("place", [".", "gazette", "gazette/gold"])
def test_a_gold_text_is_matched_with_its_file_or_its_record(raw: Path, place: str) -> None:
    origins = open_origins(raw / place)
    articles = [origins.article_of(gold) for gold in read_gold(raw / place)]
    assert [article and article.published_at for article in articles] == [
        datetime(2031, 5, 3, tzinfo=UTC),
        datetime(2031, 6, 4, tzinfo=UTC),
    ]
    for gold in read_gold(raw / place):
        entry = origins.authority_of(gold).find("the Old Port")
        assert entry
        assert entry.id == "state/XBR"


def test_gold_elsewhere_has_no_origin_and_the_built_in_actors(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").touch()
    assert open_origins(tmp_path) == open_origins(tmp_path / "gold.jsonl") == Origins()
    gold = GoldArticle("a", "gazette", "")
    assert Origins().article_of(gold) is None
    assert Origins().authority_of(gold) is built_in_authority()


def test_of_the_projects_own_gold_every_article_is_known() -> None:
    path = Path(__file__).parents[2] / "raw"
    origins = open_origins(path)
    for gold in read_gold(path):
        article = origins.article_of(gold)
        assert article, gold.doc
        assert article.text == gold.text.rstrip("\n"), gold.doc
