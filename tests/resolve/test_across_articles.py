"""Which actors of different articles are one."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.resolve.across_articles import Known, link_actors
from builder.resolve.authority import Authority, Entry
from builder.resolve.links import Links

AUTHORITY = Authority(
    (
        Entry("state/RUS", "Russia", "state", "RUS", ("Russian Federation",), ("Moscow",)),
        Entry("person/jan-vik", "Jan Vik", "person"),
    )
)
SCHEMA: dict[str, pl.DataType] = {
    "article_id": pl.String(),
    "collection_id": pl.String(),
    "local": pl.Int32(),
    "name": pl.String(),
    "actor_kind": pl.String(),
    "aliases": pl.List(pl.String()),
    "country_code": pl.String(),
    "roles": pl.List(pl.String()),
    "authority_ids": pl.List(pl.String()),
    "entry": pl.String(),
    "published_date": pl.Date(),
}
Row = tuple[str, str, str]  # article, kind, name


def table(rows: list[Row], entries: dict[str, str] | None = None) -> pl.DataFrame:
    local: dict[str, int] = {}
    filled: list[tuple[object, ...]] = []
    for article, kind, name in rows:
        number = local.get(article, 0)
        local[article] = number + 1
        last = [name.split()[-1]] if " " in name else []
        filled.append(
            (article_id(article), "gazette", number, name, kind, last, None, [], [], (entries or {}).get(name), None)
        )
    return pl.DataFrame(filled, schema=SCHEMA, orient="row")


def article_id(letter: str) -> str:
    return f"art-{ord(letter):016x}"


def ids(links: Links) -> list[str]:
    return links.actor_of["actor_id"].to_list()


def test_equal_full_names_are_one_person() -> None:
    links = link_actors(table([("a", "person", "Ada Orm"), ("b", "person", "Ada Orm")]), AUTHORITY)
    assert ids(links) == ["person/ada-orm", "person/ada-orm"]
    assert links.actors.select("name", "aliases").rows() == [("Ada Orm", ["Orm"])]


def test_a_middle_name_that_only_one_article_gives_does_not_part_them() -> None:
    rows = [("a", "person", "Ada Orm"), ("b", "person", "Ada B. Orm"), ("c", "person", "Ada Orm")]
    assert ids(link_actors(table(rows), AUTHORITY)) == ["person/ada-orm"] * 3


def test_different_middle_names_keep_people_apart_and_the_bare_name_stays_with_its_article() -> None:
    rows = [("a", "person", "Ada Orm"), ("b", "person", "Ada B. Orm"), ("c", "person", "Ada C. Orm")]
    bare, *others = ids(link_actors(table(rows), AUTHORITY))
    assert others == ["person/ada-b-orm", "person/ada-c-orm"]
    assert bare.startswith("person/ada-orm-")


def test_a_last_name_alone_stays_with_its_article() -> None:
    links = link_actors(table([("a", "person", "Orm"), ("b", "person", "Orm"), ("c", "person", "Ada Orm")]), AUTHORITY)
    assert len(set(ids(links))) == 3


@pytest.mark.parametrize("kind", ["unnamed", "group", "document", "journalist"])
def test_who_has_no_name_stays_with_the_article(kind: str) -> None:
    links = link_actors(table([("a", kind, "officials"), ("b", kind, "officials")]), AUTHORITY)
    assert len(set(ids(links))) == 2
    assert all(i.startswith(f"{kind}/officials-") for i in ids(links))


def test_an_author_of_a_full_name_is_one_over_articles() -> None:
    rows = [("a", "journalist", "Liv Dahl"), ("b", "journalist", "Liv Dahl")]
    assert ids(link_actors(table(rows), AUTHORITY)) == ["journalist/liv-dahl"] * 2


def test_an_entry_links_whatever_the_names_are_and_names_the_actor() -> None:
    rows = [("a", "state", "Moscow"), ("b", "state", "Russian Federation")]
    links = link_actors(table(rows, dict.fromkeys(["Moscow", "Russian Federation"], "state/RUS")), AUTHORITY)
    assert links.actors.select("actor_id", "name", "country_code").rows() == [("state/RUS", "Russia", "RUS")]
    assert links.actors["aliases"].to_list() == [["Federation", "Moscow", "Russian Federation"]]


def test_a_name_of_the_authoritys_actor_is_that_actor() -> None:
    assert ids(link_actors(table([("a", "person", "Jan Vik")]), AUTHORITY)) == ["person/jan-vik"]


def test_an_id_of_the_authority_is_never_given_to_somebody_else() -> None:
    known = Authority((Entry("person/jan-vik", "Jan Vik", "person", "XAA"),))
    frame = table([("a", "person", "Jan Vik")]).with_columns(country_code=pl.lit("XBB"))
    assert ids(link_actors(frame, known)) == ["person/jan-vik-2"]


def test_a_name_with_and_without_its_accents_is_one_name() -> None:
    links = link_actors(table([("a", "person", "José Orm"), ("b", "person", "Jose Orm")]), AUTHORITY)
    assert ids(links) == ["person/jose-orm"] * 2


def test_two_of_one_name_and_two_countries_stay_two_and_their_ids_say_so() -> None:
    frame = table([("a", "person", "Jose Orm"), ("b", "person", "Jose Orm")]).with_columns(
        country_code=pl.Series(["XAA", "XBB"])
    )
    links = link_actors(frame, AUTHORITY)
    assert ids(links) == ["person/jose-orm", "person/jose-orm-2"]
    (reason,) = links.links.filter(pl.col("verdict") == "apart")["because"]
    assert "countries XAA and XBB" in reason


def test_an_id_once_given_comes_back() -> None:
    first = link_actors(table([("b", "person", "Jose Orm")]), AUTHORITY)
    both = table([("a", "person", "Jose Orm"), ("b", "person", "Jose Orm")]).with_columns(
        country_code=pl.Series(["XAA", "XBB"])
    )
    assert ids(link_actors(both, AUTHORITY)) == ["person/jose-orm", "person/jose-orm-2"]
    assert ids(link_actors(both, AUTHORITY, Known(first.ids))) == ["person/jose-orm-2", "person/jose-orm"]


def test_no_actors_give_empty_tables() -> None:
    links = link_actors(table([]), AUTHORITY)
    assert (links.actor_of.height, links.actors.height, links.ids.height) == (0, 0, 0)


NAMES = st.sampled_from(["Ada Orm", "Ada B. Orm", "Ada C. Orm", "Orm", "José Orm", "Jose Orm", "Jan Vik", "NCU", "ncu"])
ROWS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["person", "organization", "group"]), NAMES), max_size=12
)


@settings(deadline=None, max_examples=12)  # a busy machine is no defect
@given(rows=ROWS, seed=st.integers(0, 99))
def test_the_order_of_the_rows_never_matters(rows: list[Row], seed: int) -> None:
    frame = table(rows)
    one, other = (
        link_actors(frame, AUTHORITY),
        link_actors(frame.sample(fraction=1, shuffle=True, seed=seed), AUTHORITY),
    )
    for name in ("actor_of", "actors", "ids", "links"):
        assert getattr(one, name).equals(getattr(other, name))


@settings(deadline=None, max_examples=12)
@given(rows=ROWS)
def test_every_local_actor_has_one_row_among_the_actors(rows: list[Row]) -> None:
    links = link_actors(table(rows), AUTHORITY)
    assert links.actor_of.height == len(rows)
    assert links.actor_of.join(links.actors, on="actor_id", how="anti").height == 0
    assert links.actors["actor_id"].is_unique().all()
