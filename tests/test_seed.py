"""The article that the project was commissioned with, built from ../shared/seed; skipped where that is absent."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from builder.pipeline import Plan, build

SEED = Path(__file__).parents[2] / "shared" / "seed"
Tables = Mapping[str, pl.DataFrame]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    if not SEED.is_dir():
        pytest.skip("needs ../shared/seed")
    return build(Plan(SEED, tmp_path_factory.mktemp("seed") / "out"))


def quotes_of(tables: Tables, words: str) -> list[dict[str, Any]]:
    """The quotes whose content holds these words, with their speakers' names."""
    names = dict(tables["actors"].select("actor_id", "name").iter_rows())
    found = tables["quotes"].filter(pl.col("text").str.contains(words, literal=True)).to_dicts()
    return [quote | {"speakers": [names[actor] for actor in quote["speaker_ids"]]} for quote in found]


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("tensions that are", "accused"),
        ("long-term", "explaining"),
        ("verbal assurances.", "explaining"),
        ("forced to respond", "said"),
        ("nowhere to retreat", "added"),
        ("doorstep of our house", "explained"),
    ],
)
def test_each_quoted_passage_is_vladimir_putins(tables: Tables, words: str, cue: str) -> None:
    (quote,) = quotes_of(tables, words)
    assert quote["speakers"] == ["Vladimir Putin"]
    assert quote["cue_text"] == cue
    assert quote["quote_type"] in ("direct", "mixed")


def test_russia_is_one_state_with_its_metonyms(tables: Tables) -> None:
    actors = tables["actors"]
    russia = actors.filter(pl.col("country_code") == "RUS", pl.col("actor_kind") == "state")
    assert russia["name"].to_list() == ["Russia"]
    assert {"Moscow", "Kremlin"} <= set(russia["aliases"][0])
    assert "state/RUS" in russia["actor_id"][0]


def test_the_alliance_the_states_and_the_president_are_actors(tables: Tables) -> None:
    kinds = dict(tables["actors"].select("name", "actor_kind").iter_rows())
    assert kinds["NATO"] == "organization"
    assert kinds["Ukraine"] == kinds["United States"] == "state"
    assert kinds["Biden"] == "person"


def test_the_claims_are_those_that_one_expects_on_reading_it(tables: Tables) -> None:
    claims = tables["claims"]
    assert {"demand", "accusation", "denial", "warning", "assertion"} <= set(claims["claim_kind"])
    demand = claims.filter(pl.col("claim_kind") == "demand").row(0, named=True)
    assert demand["claimant_ids"] == ["person/vladimir-putin"]
    assert "state/USA" in demand["target_ids"]
    denial = claims.filter(pl.col("claim_kind") == "denial").row(0, named=True)
    assert denial["claimant_ids"] == ["state/RUS"]


def test_the_articles_own_voice_predicts_that_nato_will_hardly_agree(tables: Tables) -> None:
    own = tables["claims"].filter(pl.col("quote_id").is_null()).to_dicts()
    assert [claim["claim_kind"] for claim in own] == ["prediction"]
    assert "unlikely" in own[0]["text"]
    assert own[0]["claimant_ids"] == []


def test_a_text_without_a_date_has_none(tables: Tables) -> None:
    assert tables["articles"]["published_at"].to_list() == [None]
    assert tables["articles"]["published_precision"].to_list() == [None]


def test_the_headline_is_the_title_and_no_part_of_the_text(tables: Tables) -> None:
    title, text = tables["articles"].select("title", "text").row(0)
    assert title.startswith("Vladimir Putin")
    assert title not in text
