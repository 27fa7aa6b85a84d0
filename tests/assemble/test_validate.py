import polars as pl
import pytest

from builder.assemble.validate import validate
from builder.errors import SchemaError
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
