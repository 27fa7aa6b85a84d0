"""Whatever articles say of whom: their order never matters, ids that stand stay, and decisions are heeded."""

from collections.abc import Sequence
from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.assemble.shards import SHARD_SCHEMAS
from builder.cli.actor_lookup import find_suspects
from builder.resolve.across_articles import Known, link_actors
from builder.resolve.authority import Authority, Entry
from builder.resolve.decisions import APART, SAME, parse_decisions, render_decisions

AUTHORITY = Authority((Entry("organization/ncu", "Northern Customs Union", "organization", "XAA", ("NCU",)),))
NAMES = [
    "Ada Orm",
    "Ada B. Orm",
    "Ada C. Orm",
    "Adda Orm",
    "José Orm",
    "Jose Orm",
    "J. Orm",
    "Ada Orm-Vik",
    "Orm",
    "NRU",
]
Row = tuple[int, str, str | None, str | None]  # article, name, country, role
ROWS = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.sampled_from([*NAMES, "National Rowing Union", "Northern Rail Union"]),
        st.sampled_from([None, None, "XAA", "XBB"]),
        st.sampled_from([None, None, "minister", "goalkeeper", "mayor of Brask", "mayor of Ostby"]),
    ),
    unique_by=lambda row: row[:2],
    max_size=14,
)


def article_id(number: int) -> str:
    return f"art-{number:016x}"


def table(rows: Sequence[Row]) -> pl.DataFrame:
    """Local actors, numbered in their article; organizations with their acronym."""
    filled: list[tuple[int, int, str, str, list[str], str | None, list[str]]] = []
    for article, name, country, role in sorted(rows, key=lambda row: row[:2]):
        kind = "organization" if name.startswith("N") else "person"
        local = sum(row[0] == article for row in filled)
        aliases = ["NRU"] if kind == "organization" and name != "NRU" else []
        roles = [role] if role and kind == "person" else []
        filled.append((article, local, name, kind, aliases, country if kind == "person" else None, roles))
    return pl.DataFrame(
        [(article_id(a), f"paper-{a % 2}", n, name, k, al, c, r, [], None, None) for a, n, name, k, al, c, r in filled],
        schema=SHARD_SCHEMAS["local_actors"],
        orient="row",
    )


@settings(deadline=None, max_examples=20)
@given(rows=ROWS, seed=st.integers(0, 99))
def test_the_order_of_the_rows_never_matters(rows: list[Row], seed: int) -> None:
    frame = table(rows)
    one = link_actors(frame, AUTHORITY)
    other = link_actors(frame.sample(fraction=1, shuffle=True, seed=seed), AUTHORITY)
    for name in ("actor_of", "actors", "ids", "links"):
        assert getattr(one, name).equals(getattr(other, name))


@settings(deadline=None, max_examples=12)
@given(rows=ROWS, n_bins=st.integers(2, 9), data=st.data())
def test_the_stretches_in_which_articles_are_linked_never_matter(
    rows: list[Row], n_bins: int, data: st.DataObject
) -> None:
    frame = table(rows)
    spread = {id_: f"art-{data.draw(st.integers(0, 15)):x}{id_[5:]}" for id_ in frame["article_id"].unique().sort()}
    frame = frame.with_columns(pl.col("article_id").replace_strict(spread, return_dtype=pl.String))
    known = Known(link_actors(frame.head(5), AUTHORITY).ids)
    one, other = link_actors(frame, AUTHORITY, known), link_actors(frame, AUTHORITY, known, n_bins=n_bins)
    for name in ("actor_of", "actors", "ids", "links"):
        assert getattr(one, name).equals(getattr(other, name))


@settings(deadline=None, max_examples=25)
@given(rows=ROWS, later=ROWS)
def test_articles_that_come_later_change_no_id_that_stands(rows: list[Row], later: list[Row]) -> None:
    first = link_actors(table(rows), AUTHORITY)
    there = {row[0] for row in rows}
    every = table([*rows, *((a, n, c, r) for a, n, c, r in later if a not in there)])
    second = link_actors(every, AUTHORITY, Known(first.ids))
    key = ["article_id", "local", "actor_id"]
    bound = pl.col("actor_id").is_in(first.ids["actor_id"].implode())
    assert first.actor_of.filter(bound).join(second.actor_of, on=key, how="anti").height == 0
    assert first.ids.join(second.ids, on=first.ids.columns, how="anti").height == 0


@settings(deadline=None, max_examples=20)
@given(rows=ROWS.filter(lambda rows: len(rows) >= 2), decision=st.sampled_from([SAME, APART]), data=st.data())
def test_a_decision_about_two_actors_of_articles_is_heeded(rows: list[Row], decision: str, data: st.DataObject) -> None:
    frame = table(rows)
    keys = frame.filter(pl.col("actor_kind") == "person").select("article_id", "name").rows()
    if len(keys) < 2:
        return
    one, other = data.draw(st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True))
    line = (decision, "#".join(one), "#".join(other), "L. Dahl", "2026-11-02", "so it is")
    decisions = parse_decisions(render_decisions([line]).encode(), "decisions.csv")
    links = link_actors(frame, AUTHORITY, Known(decisions=decisions))
    ids = frame.join(links.actor_of, on=["article_id", "local"]).select("article_id", "name", "actor_id").rows()
    of = {(article, name): actor_id for article, name, actor_id in ids}
    assert (of[one] == of[other]) == (decision == SAME)


def test_one_name_in_two_papers_that_have_nothing_in_common_is_one_actor_and_a_suspect() -> None:
    frame = table([(0, "Ada Orm", None, None), (1, "Ada Orm", None, None)])
    links = link_actors(frame, AUTHORITY)
    assert links.actors.height == 1
    (suspect,) = find_suspects(links.links)
    assert suspect.line("L. Dahl", date(2026, 11, 2))[:3] == (
        APART,
        f"{article_id(0)}#Ada Orm",
        f"{article_id(1)}#Ada Orm",
    )
    decisions = parse_decisions(
        render_decisions([suspect.line("L. Dahl", date(2026, 11, 2))]).encode(), "decisions.csv"
    )
    decided = link_actors(frame, AUTHORITY, Known(links.ids, decisions))
    assert decided.actors["actor_id"].to_list() == ["person/ada-orm", "person/ada-orm-2"]
    assert list(find_suspects(decided.links)) == []
