"""Which version step a change asks for, and what a comparison names."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest

from builder.errors import ReleaseError
from builder.release.difference import compare
from builder.release.opened import Column, Opened
from builder.release.step import STEPS
from builder.release.versions import Step, next_version, parse_version, step_between
from schemas.vocabulary import CHANGES
from tests.release.conftest import open_tables

Tables = dict[str, pl.DataFrame]


def with_rows(table: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Callable[[Opened], Opened]:
    """The dataset with one table's rows changed."""
    return lambda opened: replace(opened, tables={**opened.tables, table: change(opened.tables[table])})


def with_column(table: str, name: str, column: Column | None) -> Callable[[Opened], Opened]:
    """The dataset with one column described in another way, added, or (None) gone."""

    def change(opened: Opened) -> Opened:
        columns = {key: value for key, value in opened.columns[table].items() if key != name or column is not None}
        rows = opened.tables[table]
        if column is None:
            rows = rows.drop(name)
        else:
            columns[name] = column
            rows = rows if name in rows.columns else rows.with_columns(pl.lit(None, pl.String).alias(name))
        return replace(opened, columns={**opened.columns, table: columns}, tables={**opened.tables, table: rows})

    return change


def without_table(opened: Opened) -> Opened:
    columns = {name: value for name, value in opened.columns.items() if name != "mentions"}
    return replace(opened, columns=columns, tables={name: opened.tables[name] for name in columns})


KIND = {"assessment": "a judgement", "warning": "a harm may come"}


FIRST = "art-0000000000000001"
CASES: dict[str, tuple[Callable[[Opened], Opened], Step, set[str]]] = {
    "nothing": (lambda opened: opened, Step.PATCH, set()),
    "a row removed": (with_rows("mentions", lambda rows: rows.clear()), Step.MINOR, {"removed"}),
    "a row added": (
        with_rows("dropped", lambda rows: pl.concat([rows, rows.head(1).with_columns(place=pl.lit("line 2"))])),
        Step.MINOR,
        {"added"},
    ),
    "a row that stands there twice now": (
        with_rows("dropped", lambda rows: pl.concat([rows, rows.head(1)])),
        Step.MINOR,
        {"added"},
    ),
    "a cell": (
        with_rows("claims", lambda rows: rows.with_columns(is_hedged=~pl.col("is_hedged"))),
        Step.MINOR,
        {"changed"},
    ),
    "a licence": (
        with_rows("collections", lambda rows: rows.with_columns(license=pl.lit("CC-BY-4.0"))),
        Step.MINOR,
        {"changed"},
    ),
    "a number in its last bit": (
        with_rows("quotes", lambda rows: rows.with_columns(pl.col("confidence") + 2**-24)),
        Step.MINOR,
        {"changed"},
    ),
    "a column added": (with_column("quotes", "tone", Column("string", True, {})), Step.MINOR, {"column-added"}),
    "a column removed": (with_column("quotes", "cue_text", None), Step.MAJOR, {"column-removed"}),
    "a column's type": (
        with_column("articles", "n_chars", Column("int32", False, {})),
        Step.MAJOR,
        {"column-changed"},
    ),
    "a column that may be null now": (
        with_column("articles", "language", Column("string", True, {})),
        Step.MAJOR,
        {"column-changed"},
    ),
    "a column that is never null any more": (
        with_column("articles", "url", Column("string", False, {})),
        Step.PATCH,
        set(),
    ),
    "a table removed": (without_table, Step.MAJOR, {"table-removed"}),
    "an article's id": (
        with_rows(
            "articles",
            lambda rows: rows.with_columns(pl.col("article_id").replace({FIRST: "art-00000000000000ff"})),
        ),
        Step.MAJOR,
        {"id-changed", "added", "removed"},
    ),
    "an article id that names another article": (
        with_rows("articles", lambda rows: rows.with_columns(pl.col("locator").replace({"story-1": "story-9"}))),
        Step.MAJOR,
        {"id-changed", "changed"},
    ),
    "a quote's id at the same place of the same text": (
        with_rows(
            "quotes",
            lambda rows: rows.with_columns(
                pl.col("quote_id").replace({"quo-0000000000000001": "quo-00000000000000ff"})
            ),
        ),
        Step.MAJOR,
        {"id-changed", "added", "removed"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_change_asks_for_its_step_and_is_named(case: str, tables: Tables) -> None:
    change, step, named = CASES[case]
    before = open_tables(tables)
    difference = compare(before, change(before))
    assert difference.step is step
    assert set(difference.changes["change"]) == named


VOCABULARIES = {
    "a value added": ({**KIND, "vow": "a promise"}, Step.MINOR, "value-added"),
    "a value removed": ({"warning": "a harm may come"}, Step.MAJOR, "value-removed"),
    "a value that means something else": ({**KIND, "warning": "a threat"}, Step.MAJOR, "value-changed"),
}


@pytest.mark.parametrize("case", VOCABULARIES)
def test_a_vocabulary_asks_for_its_step(case: str, tables: Tables) -> None:
    vocabulary, step, named = VOCABULARIES[case]
    sides = [
        with_column("claims", "claim_kind", Column("string", False, words))(open_tables(tables))
        for words in (KIND, vocabulary)
    ]
    difference = compare(*sides)
    assert (difference.step, difference.changes["change"].to_list()) == (step, [named])


def test_a_table_added_and_columns_moved_are_minor(tables: Tables) -> None:
    before = open_tables(tables)
    assert compare(without_table(before), before).step is Step.MINOR
    moved = {**before.columns, "dropped": dict(list(before.columns["dropped"].items())[::-1])}
    difference = compare(before, replace(before, columns=moved))
    assert (difference.step, difference.changes["change"].to_list()) == (Step.MINOR, ["column-moved"])


def test_every_kind_of_change_has_its_step() -> None:
    assert STEPS.keys() == CHANGES.keys()


def test_rows_in_another_order_are_no_change(tables: Tables) -> None:
    before = open_tables(tables)
    after = replace(before, tables={name: rows.reverse() for name, rows in tables.items()})
    assert compare(before, after).changes.is_empty()


def with_actors(tables: Tables, mentions: dict[str, str], names: dict[str, str] | None = None) -> Opened:
    """The small world with three mentions, by actor; actors as they are named."""
    one = tables["mentions"]
    rows = [
        one.with_columns(mention_id=pl.lit(mention), actor_id=pl.lit(actor), start=pl.lit(at, pl.Int32))
        for at, (mention, actor) in enumerate(mentions.items())
    ]
    actor = tables["actors"].head(1)
    named = {one: (names or {}).get(one, one) for one in mentions.values()}
    actors = [actor.with_columns(actor_id=pl.lit(one), name=pl.lit(name)) for one, name in named.items()]
    return open_tables(
        tables | {"mentions": pl.concat(rows), "actors": pl.concat(actors), "quotes": tables["quotes"].clear()}
    )


def of_kind(changes: pl.DataFrame, *kinds: str) -> list[tuple[str, str, str | None, str | None]]:
    return changes.filter(pl.col("change").is_in(kinds)).select("change", "row", "before", "after").rows()


WHO = ("merged", "split", "renamed", "id-changed")


def test_actors_that_merge_or_split_are_named(tables: Tables) -> None:
    apart = with_actors(tables, {"m1": "person/a-orm", "m2": "person/ada-orm", "m3": "person/ada-orm"})
    together = with_actors(tables, {"m1": "person/ada-orm", "m2": "person/ada-orm", "m3": "person/ada-orm"})
    both = '["person/a-orm", "person/ada-orm"]'
    assert of_kind(compare(apart, together).changes, *WHO) == [("merged", "person/ada-orm", both, '["person/ada-orm"]')]
    assert of_kind(compare(together, apart).changes, *WHO) == [("split", "person/ada-orm", '["person/ada-orm"]', both)]
    assert compare(apart, together).step is Step.MINOR


def test_an_actor_whose_mentions_all_go_to_a_new_id_is_renamed(tables: Tables) -> None:
    before = with_actors(tables, {"m1": "person/a-orm", "m2": "state/XAA"})
    after = with_actors(tables, {"m1": "person/ada-orm", "m2": "state/XAA"})
    assert of_kind(compare(before, after).changes, *WHO) == [
        ("renamed", "person/ada-orm", '["person/a-orm"]', '["person/ada-orm"]')
    ]


def test_an_id_that_stands_for_another_actor_has_changed_its_meaning(tables: Tables) -> None:
    before = with_actors(tables, {"m1": "person/jan-vik", "m2": "person/jan-vik-2"}, {"person/jan-vik": "Jan A. Vik"})
    names = {"person/jan-vik": "Jan C. Vik"}
    after = with_actors(tables, {"m1": "person/jan-vik-2", "m2": "person/jan-vik"}, names)
    difference = compare(before, after)
    assert ("id-changed", "person/jan-vik", None, None) in of_kind(difference.changes, *WHO)
    assert difference.step is Step.MAJOR


def test_claim_groups_that_merge_are_named(tables: Tables) -> None:
    ids = tables["claims"]["claim_group_id"].to_list()
    one = tables | {"claims": tables["claims"].with_columns(claim_group_id=pl.lit(ids[0]))}
    changes = compare(open_tables(tables), open_tables(one)).changes
    assert [(change, row) for change, row, _, _ in of_kind(changes, "merged")] == [("merged", ids[0])]


def test_words_of_articles_stand_in_no_change(tables: Tables) -> None:
    other = tables | {"quotes": tables["quotes"].with_columns(text=pl.lit("something else"), is_reviewed=pl.lit(True))}
    changes = compare(open_tables(tables), open_tables(other)).changes
    cells = {column: (before, after) for column, before, after in changes.select("column", "before", "after").rows()}
    assert cells == {"text": (None, None), "is_reviewed": ("false", "true")}


def test_versions_are_read_compared_and_counted_on() -> None:
    old = parse_version("1.9.3")
    assert [str(next_version(old, step)) for step in Step] == ["1.9.4", "1.10.0", "2.0.0"]
    assert [step_between(old, next_version(old, step)) for step in Step] == list(Step)
    assert parse_version("1.10.0") > old


@pytest.mark.parametrize("text", ["1.0", "v1.0.0", "1.0.0-rc1", "01.0.0", "0.0.0", "1.0.0\n", ""])
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(ReleaseError, match=r"expected MAJOR\.MINOR\.PATCH"):
        parse_version(text)
