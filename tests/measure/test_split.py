"""The two halves of the project's own gold."""

from pathlib import Path

import pytest

from builder.errors import SettingsError
from builder.measure.gold import read_gold
from builder.measure.split import HALVES

RAW = Path(__file__).parents[2] / "raw"
PARTS = "T1\tContent 0 4\tNone\nE1\tContent:T1\n"


def test_every_gold_article_is_in_exactly_one_half_and_neither_half_is_small() -> None:
    every = {(article.group, article.doc) for article in read_gold(RAW)}
    halves = [{(article.group, article.doc) for article in read_gold(RAW, half)} for half in HALVES]
    assert sum(map(len, halves)) == len(every)
    assert set.union(*halves) == every
    assert min(map(len, halves)) >= len(every) / 3


def test_the_half_of_an_article_does_not_hang_on_what_lies_beside_it(tmp_path: Path) -> None:
    gold = tmp_path / "gazette" / "gold"
    gold.mkdir(parents=True)
    (tmp_path / "gazette" / "collection.toml").touch()
    halves: dict[str, str | None] = {}
    for name in ("mill", "weir", "dam", "ferry", "lock"):
        (gold / f"{name}.txt").write_text("None", encoding="utf-8")
        (gold / f"{name}.ann").write_text(PARTS, encoding="utf-8")
        found = {article.doc: article.split for article in read_gold(tmp_path)}
        assert found.items() >= halves.items()
        halves = found
    assert set(halves.values()) == set(HALVES)
    assert {article.split for article in read_gold(gold)} == set(HALVES)


def test_gold_that_lies_in_no_collection_has_no_halves(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "mill.txt").write_text("None", encoding="utf-8")
    (tmp_path / "gold" / "mill.ann").write_text(PARTS, encoding="utf-8")
    with pytest.raises(SettingsError, match="leave --split out"):
        read_gold(tmp_path, "dev")
