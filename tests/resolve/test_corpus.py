"""Across articles: 60 actors over 60 short invented articles, from raw text to ids, against gold that people can read.

`corpus/gold.csv` says which actor a name in an article is: homonyms, one name in three spellings, changed and double
names, acronyms of two bodies, two states and their capitals.
"""

import csv
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest

from builder.pipeline import Plan, build

CORPUS = Path(__file__).parent / "corpus"
Place = tuple[str, str]  # article, name


@pytest.fixture(scope="module")
def gold() -> dict[Place, str]:
    with (CORPUS / "gold.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["article"], row["name"]): row["actor"] for row in csv.DictReader(lines)}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, pl.DataFrame]:
    return build(Plan(CORPUS / "raw", tmp_path_factory.mktemp("corpus") / "out"))


@pytest.fixture(scope="module")
def found(tables: Mapping[str, pl.DataFrame], gold: Mapping[Place, str]) -> dict[Place, str | None]:
    """The actor of the first mention of each gold name in its article."""
    articles = {
        row["article_id"]: f"{row['collection_id']}/{row['locator'].removesuffix('.txt')}"
        for row in tables["articles"].iter_rows(named=True)
    }
    ids: dict[Place, str] = {}
    for article_id, text, actor_id in tables["mentions"].select("article_id", "text", "actor_id").iter_rows():
        if actor_id is not None:
            ids.setdefault((articles[article_id], text.removeprefix("The ")), actor_id)
    return {place: ids.get(place) for place in gold}


def pairs(gold: Mapping[Place, str], found: Mapping[Place, str | None]) -> Iterator[tuple[bool, bool, Place, Place]]:
    """For each two names: whether they are one actor in gold, and whether they are one here."""
    for one, other in combinations(gold, 2):
        yield gold[one] == gold[other], found[one] is not None and found[one] == found[other], one, other


def test_the_corpus_is_as_large_as_it_says(gold: Mapping[Place, str]) -> None:
    assert len(set(gold.values())) >= 60
    assert len({article for article, _ in gold}) >= 40


def test_pairs_of_names_are_one_actor_where_gold_says_so(
    gold: Mapping[Place, str], found: Mapping[Place, str | None]
) -> None:
    """99.6 was reached; the corpus was there while the rules were written."""
    told = list(pairs(gold, found))
    both = sum(in_gold and here for in_gold, here, _, _ in told)
    wrong = [(one, other) for in_gold, here, one, other in told if in_gold != here]
    assert 2 * both / (2 * both + len(wrong)) >= 0.95, wrong


def test_nobody_is_merged_across_conflicting_evidence(
    gold: Mapping[Place, str], found: Mapping[Place, str | None]
) -> None:
    assert [(one, other) for in_gold, here, one, other in pairs(gold, found) if here and not in_gold] == []


@pytest.mark.parametrize(
    ("actor", "forms"),
    [
        ("sergei-volkonov", 3),  # Sergei, Sergey, Serguei
        ("yusuf-qadiri", 3),  # Yusuf al-Qadiri, Youssef al-Kadiri, Yusef al-Qadhiri
        ("evgeny-maslov", 3),  # Evgeny, Yevgeny, Evgenii
        ("ida-strand", 2),  # Ida Falk since her marriage
        ("karim-nasser", 2),  # Karim Daoud by choice
        ("clara-moss", 2),  # Clara Moss-Hartley
        ("rail-union", 2),  # the NRU that no article calls so but one
        ("rowing-union", 2),  # the other NRU
        ("tarvia", 2),  # Belmora, its capital, speaks
    ],
)
def test_one_actor_under_several_names_is_one(
    actor: str, forms: int, gold: Mapping[Place, str], found: Mapping[Place, str | None]
) -> None:
    places = [place for place, label in gold.items() if label == actor]
    assert len({name for _, name in places}) == forms
    assert len({found[place] for place in places}) == 1


def test_a_capital_is_a_place_where_something_happens_and_the_state_where_it_speaks(
    found: Mapping[Place, str | None],
) -> None:
    assert found["harbour-wire/talks-2", "Belmora"] == "state/XTV"
    assert found["belmora-post/talks-4", "Belmora"] == "place/belmora"


def test_external_ids_come_from_the_file_alone(tables: Mapping[str, pl.DataFrame]) -> None:
    known = dict(tables["actors"].select("actor_id", "authority_ids").iter_rows())
    assert known.pop("state/XOS") == ["invented:ost"]
    assert not any(known.values())
