"""Ids of actors: whoever comes first has the id that several want, the next one with a number that nobody has."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from builder.resolve.naming import give_bound_ids, give_ids
from tests.resolve.test_across_articles import AUTHORITY

NAMES = st.lists(st.sampled_from(["Orm", "Orm 2", "Orm 2 2", "Vik", "Vik 2"]), max_size=9)
TAKEN = st.sets(st.sampled_from([f"person/{name}" for name in ("orm", "orm-2", "orm-2-2", "orm-3", "vik", "vik-2")]))


def one_after_another(wanted: list[str], taken: set[str]) -> list[str]:
    """The rule said plainly."""
    given = []
    for id_ in wanted:
        number, free = 1, id_
        while free in taken:
            number += 1
            free = f"{id_}-{number}"
        taken = taken | {free}
        given.append(free)
    return given


@given(names=NAMES, taken=TAKEN)
def test_ids_are_given_as_if_to_one_after_another(names: list[str], taken: set[str]) -> None:
    actors = pl.DataFrame(
        [(n, "person", name, f"art-{n:016x}", None, None, None, False, False) for n, name in enumerate(names)],
        schema={
            "number": pl.Int64(),
            "actor_kind": pl.String(),
            "name": pl.String(),
            "article_id": pl.String(),
            "base": pl.String(),
            "entry": pl.String(),
            "pin": pl.String(),
            "is_bound": pl.Boolean(),
            "is_contested": pl.Boolean(),
        },
        orient="row",
    )
    previous = pl.DataFrame(
        [("art-ffffffffffffffff", "organization", "the company", id_) for id_ in sorted(taken)],
        schema=dict.fromkeys(("article_id", "actor_kind", "name", "actor_id"), pl.String()),
        orient="row",
    )
    ids = give_ids(actors, AUTHORITY, previous, {}).sort("number")["actor_id"].to_list()
    wanted = [f"person/{name.lower().replace(' ', '-')}" for name in names]
    assert ids == one_after_another(wanted, {*taken, *AUTHORITY.by_id})


def test_who_stays_with_an_article_has_an_id_that_ends_in_its_hash() -> None:
    rows = pl.DataFrame(
        {
            "article_id": ["art-1", "art-1", "art-2"],
            "actor_kind": ["unnamed"] * 3,
            "name": ["a cook", "A cook", "a cook"],
        }
    )
    first, second, other = give_bound_ids(rows, taken=())
    assert (first[: len("unnamed/a-cook-")], second) == ("unnamed/a-cook-", f"{first}-2")
    assert other not in (first, second)
