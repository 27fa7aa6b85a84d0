from collections.abc import Sequence
from contextlib import closing

import polars as pl
import pytest

from builder.assemble.validate import Checked, validate
from builder.bins import Bins
from builder.errors import SchemaError
from builder.ranges import Ranges
from tests.assemble.world import published_world


def test_a_good_world_passes() -> None:
    validate(published_world())


def test_a_message_names_table_column_rule_row_and_value() -> None:
    world = published_world()
    world["quotes"] = world["quotes"].with_columns(quote_type=pl.lit("hearsay"))
    with pytest.raises(SchemaError) as error:
        validate(world)
    first, _, third = world["quotes"]["quote_id"]
    assert str(error.value).splitlines() == [
        "1 rule of the schema is broken; nothing was published. Please report this.",
        f"  quotes.quote_type: expected “is one of direct, mixed, indirect”; 3 rows: {first}: 'hearsay', "
        f"{world['quotes']['quote_id'][1]}: 'hearsay', {third}: 'hearsay'",
    ]


def test_a_message_about_one_row_speaks_of_one() -> None:
    world = published_world()
    world["collections"] = world["collections"].with_columns(n_articles=pl.lit(7, dtype=pl.Int64))
    with pytest.raises(SchemaError, match=r"what the tables say”; 1 row: gazette: '7, counted 2'$"):
        validate(world)


def test_a_missing_table_is_named() -> None:
    world = published_world()
    del world["mentions"]
    with pytest.raises(SchemaError, match="mentions: expected “is a table of the dataset”"):
        validate(world)


def test_a_message_about_many_rows_shows_some() -> None:
    world = published_world()
    world["mentions"] = pl.concat([world["mentions"]] * 10)
    with pytest.raises(SchemaError, match=r"mentions\.mention_id: expected “is unique”; 20 rows or more: ") as error:
        validate(world)
    assert len(str(error.value)) < 2000


def test_a_message_about_many_rules_shows_some() -> None:
    world = published_world()
    nothing = world["quotes"].clear()
    world["quotes"] = nothing.select(pl.lit(None).alias(name) for name in nothing.columns)
    with pytest.raises(SchemaError, match=r"… and \d+ more rules") as error:
        validate(world)
    assert len(str(error.value).splitlines()) == 10


def check_in_pieces(tables: dict[str, pl.DataFrame], *of_actors: pl.DataFrame, firsts: Sequence[str] = ()) -> None:
    """The gate for tables that come in pieces: what is of articles, then the collections, then actors."""
    around = ("collections", "actors", "dropped")
    collections, articles = tables["collections"].select("collection_id"), tables["articles"]
    clusters = articles.select("article_id", "duplicate_cluster_id", "is_cluster_head")
    with closing(Bins()) as bins:
        checked = Checked(collections, clusters, Ranges(pl.Series(firsts, dtype=pl.String)), bins)
        checked.check({name: table for name, table in tables.items() if name not in around})
        checked.check({"collections": tables["collections"], "actors": tables["actors"].clear()})
        for actors in of_actors:
            checked.check({"actors": actors})
        checked.check_ids()


def test_actors_may_come_in_pieces() -> None:
    tables = published_world()
    actors = tables["actors"]
    check_in_pieces(tables, actors.head(1), actors.slice(1), firsts=[actors["actor_id"][1]])


def test_a_reference_to_an_actor_who_never_came_is_named_with_its_row() -> None:
    tables = published_world()
    quoted = tables["quotes"]["speaker_ids"].explode()[0]
    row = tables["quotes"].filter(pl.col("speaker_ids").list.contains(quoted))["quote_id"][0]
    with pytest.raises(SchemaError, match=rf"(?s)quotes.speaker_ids: .*{row}: '{quoted}'"):
        check_in_pieces(tables, tables["actors"].filter(pl.col("actor_id") != quoted))


def test_pieces_of_actors_that_stand_in_each_other_are_refused() -> None:
    tables = published_world()
    actors = tables["actors"]
    with pytest.raises(SchemaError, match="rows are in the table's order"):
        check_in_pieces(tables, actors.slice(1), actors.head(1))
