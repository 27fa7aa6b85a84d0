"""Claims by plain filters."""

from datetime import date

import polars as pl
import pytest

from builder.errors import SettingsError
from builder.publish.search import Query, find_actors, search_claims
from tests.assemble.world import published_world

TABLES = published_world()


def texts(query: Query) -> list[str]:
    return search_claims(TABLES, query)["text"].to_list()


CLOSE = "The harbour, will never close."
TOLD = "the harbour will never close"
MAY = "that work starts in May"
WALL = "The wall may not survive the next storm."


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(), [CLOSE, MAY, WALL, TOLD]),
        (Query(kinds=("warning", "commitment")), [MAY, WALL]),
        (Query(claimants=("ilse BRANDT",)), [CLOSE, TOLD]),
        (Query(claimants=("brandt",)), [CLOSE, TOLD]),
        (Query(claimants=("state/XAA",)), [MAY]),
        (Query(claimants=("the League",)), [MAY]),  # another name
        (Query(claimants=("Brandt", "Valmark")), [CLOSE, MAY, TOLD]),
        (Query(targets=("Ilse Brandt",)), [MAY]),
        (Query(words="Harbour NEVER"), [CLOSE, TOLD]),
        (Query(words="harb"), []),  # whole words
        (Query(about=(date(2026, 5, 31), None)), [MAY]),
        (Query(about=(None, date(2026, 5, 1))), [MAY]),
        (Query(about=(date(2026, 6, 1), None)), []),
        (Query(published=(date(2026, 3, 2), date(2026, 3, 2))), [CLOSE, MAY, WALL]),
        (Query(collections=("gazette",), kinds=("warning",)), [WALL]),
        (Query(kinds=("warning",), claimants=("Ilse Brandt",)), []),
    ],
)
def test_a_filter_keeps_what_it_says_in_the_tables_order(query: Query, expected: list[str]) -> None:
    assert texts(query) == expected


def test_a_groups_id_a_claims_and_their_beginnings_give_every_telling() -> None:
    claim = TABLES["claims"].row(0, named=True)
    for group in (claim["claim_group_id"], claim["claim_id"], claim["claim_group_id"][:9]):
        assert texts(Query(group=group)) == [CLOSE, TOLD]


def test_ids_come_with_what_they_stand_for() -> None:
    first = search_claims(TABLES, Query()).row(0, named=True)
    assert (first["claimants"], first["n_told"], first["locator"]) == (["Ilse Brandt"], 2, "harbour.html")
    assert search_claims(TABLES, Query(kinds=("question",))).columns == search_claims(TABLES, Query()).columns


def test_a_claim_whose_text_is_withheld_has_no_words() -> None:
    withheld = {**TABLES, "claims": TABLES["claims"].with_columns(text=pl.lit(None, dtype=pl.String))}
    assert search_claims(withheld, Query(words="harbour")).height == 0
    assert search_claims(withheld, Query(kinds=("warning",))).height == 1


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (Query(claimants=("Ilse Brand",)), "Ilse Brandt"),
        (Query(collections=("gazet",)), "gazette"),
        (Query(group="grp-none"), "grp-none"),
        (Query(group=""), "begins with ''"),
    ],
)
def test_what_is_not_there_is_an_error_that_names_what_is_near(query: Query, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        search_claims(TABLES, query)


def test_a_whole_name_means_that_actor_alone() -> None:
    actors = pl.DataFrame(
        {"actor_id": ["a", "b"], "name": ["Holt", "Anne Holt"], "aliases": [[], []]},
        schema_overrides={"aliases": pl.List(pl.String)},
    )
    assert find_actors("holt", actors) == ["a"]
    assert find_actors("anne", actors) == ["b"]
