"""Every rule that a table's model states is broken here once, and found."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from pandera.config import ValidationDepth, config_context

from schemas.columns import LIMIT
from schemas.derive import describe_columns, polars_schema
from schemas.tables import TABLES
from schemas.texts import sha256_of
from schemas.violations import table_violations
from tests.assemble.world import published_world

WORLD = published_world()


def changed(table: str, row: int, **values: Any) -> pl.DataFrame:
    """The world's table with other values in one row."""
    rows = WORLD[table].to_dicts()
    rows[row].update(values)
    return pl.DataFrame(rows, schema=WORLD[table].schema)


def spans(*pairs: tuple[int | None, int | None]) -> list[dict[str, int | None]]:
    return [{"start": start, "end": end} for start, end in pairs]


def broken_rules(table: str, frame: pl.DataFrame | pl.LazyFrame) -> set[tuple[str | None, str]]:
    return set(table_violations(table, frame).select("column", "rule").rows())


# A value that breaks pandera's built-in checks, by how their sentence begins.
BUILT_IN = {
    "is one of": "no such value",
    "matches": "/ !",
    "is not empty": "",
    "is at least": -1,
    "is at most": 1.5,
}
SPEAKER_AND_RESOLUTION_DISAGREE: tuple[dict[str, Any], ...] = (
    {"speaker_ids": []},
    {"speaker_resolution": "unresolved"},
    {"speaker_resolution": "none"},
)
IN_ORDER = "spans are not empty, in the text's order, and do not overlap"
# table, row, what to change, the column and the rule that must be said to be broken
STATED: list[tuple[str, int, dict[str, Any], str, str]] = [
    ("articles", 0, {"locator": "wire/17.txt"}, "locator", "a collection holds one row a locator and revision"),
    ("articles", 0, {"authors": ["Per Holt", ""]}, "authors", "no item is missing or empty"),
    ("articles", 0, {"authors": [None]}, "authors", "no item is missing or empty"),
    ("articles", 0, {"published_precision": None}, "published_precision", "null exactly where `published_at` is"),
    ("articles", 1, {"published_precision": "day"}, "published_precision", "null exactly where `published_at` is"),
    ("articles", 1, {"published_from": "url"}, "published_from", "null exactly where `published_at` is"),
    ("articles", 0, {"text_sha256": sha256_of("another text")}, "text_sha256", "is the hash of the text"),
    ("articles", 0, {"n_chars": 9}, "n_chars", "is the length of the text"),
    ("articles", 0, {"n_words": 9}, "n_words", "is the number of the text's words"),
    *(
        (table, 0, {column: wrong}, column, IN_ORDER)
        for table, column in (
            ("quotes", "content_spans"),
            ("quotes", "cue_spans"),
            ("quotes", "source_spans"),
            ("claims", "spans"),
        )
        for wrong in (
            spans((3, 3)),
            spans((3, 2)),
            spans((-1, 2)),
            spans((4, 8), (1, 2)),
            spans((1, 5), (4, 6)),
            spans((None, 2)),
            [None],
        )
    ),
    ("quotes", 0, {"content_spans": []}, "content_spans", "has a span"),
    ("quotes", 0, {"cue_spans": []}, "cue_text", "null where there are no spans"),
    ("quotes", 0, {"source_spans": []}, "source_text", "null where there are no spans"),
    ("quotes", 0, {"speaker_ids": [None]}, "speaker_ids", "no item is missing or empty"),
    ("quotes", 0, {"speaker_ids": ["state/XAA", "state/XAA"]}, "speaker_ids", "no item stands twice"),
    *(
        ("quotes", 0, change, "speaker_ids", "empty exactly where the speaker is unresolved or there is none")
        for change in SPEAKER_AND_RESOLUTION_DISAGREE
    ),
    ("quotes", 0, {"confidence": 0.12345}, "confidence", "has at most 3 decimals"),
    ("actors", 0, {"aliases": [""]}, "aliases", "no item is missing or empty"),
    ("actors", 0, {"roles": [None]}, "roles", "no item is missing or empty"),
    ("actors", 0, {"aliases": ["a", "a"]}, "aliases", "no item stands twice"),
    ("actors", 0, {"roles": ["a", "a"]}, "roles", "no item stands twice"),
    ("actors", 0, {"authority_ids": ["a:1", "a:1"]}, "authority_ids", "no item stands twice"),
    ("actors", 0, {"aliases": ["Dockers’ League"]}, "aliases", "the canonical name is not among the aliases"),
    ("actors", 0, {"authority_ids": ["Q159"]}, "authority_ids", "items are `scheme:id`"),
    ("actors", 0, {"last_date": None}, "last_date", "null exactly where `first_date` is"),
    ("actors", 0, {"last_date": date(2026, 3, 1)}, "last_date", "not before `first_date`"),
    ("claims", 0, {"spans": []}, "spans", "has a span"),
    ("claims", 0, {"claimant_ids": [""]}, "claimant_ids", "no item is missing or empty"),
    ("claims", 0, {"target_ids": [""]}, "target_ids", "no item is missing or empty"),
    ("claims", 0, {"claimant_ids": ["a/b", "a/b"]}, "claimant_ids", "no item stands twice"),
    ("claims", 0, {"target_ids": ["a/b", "a/b"]}, "target_ids", "no item stands twice"),
    ("claims", 0, {"target_ids": ["a/b", "a/c", "a/d", "a/e"]}, "target_ids", "at most three"),
    ("claims", 0, {"target_ids": ["person/ilse-brandt"]}, "target_ids", "no claimant is a target"),
    *(
        ("claims", row, change, "about_precision", "null exactly where `about_start` and `about_end` are")
        for row, change in (
            (0, {"about_precision": "day"}),
            (0, {"about_start": date(2026, 5, 1)}),
            (1, {"about_precision": None}),
        )
    ),
    ("claims", 1, {"about_end": date(2026, 4, 30)}, "about_end", "not before `about_start`"),
    ("claims", 0, {"checkworthy": 0.12345}, "checkworthy", "has at most 3 decimals"),
    ("claims", 0, {"confidence": 0.12345}, "confidence", "has at most 3 decimals"),
    ("mentions", 0, {"end": 6}, "end", "after `start`"),
]


def all_rules() -> list[tuple[str, str, str]]:
    return [
        (table, column.name, rule) for table in TABLES for column in describe_columns(table) for rule in column.rules
    ]


def is_built_in(rule: str) -> bool:
    return rule == "is unique" or rule.startswith(tuple(BUILT_IN))


@pytest.mark.parametrize("table", TABLES)
def test_a_good_world_breaks_no_rule_of_its_tables(table: str) -> None:
    assert table_violations(table, WORLD[table]).rows() == []


@pytest.mark.parametrize(("table", "row", "change", "column", "rule"), STATED)
def test_a_row_that_breaks_a_stated_rule_is_found(
    table: str, row: int, change: dict[str, Any], column: str, rule: str
) -> None:
    assert (column, rule) in broken_rules(table, changed(table, row, **change))


def test_every_stated_rule_is_broken_by_a_case_above() -> None:
    stated = {rule for rule in all_rules() if not is_built_in(rule[2])}
    assert {(table, column, rule) for table, _, _, column, rule in STATED} == stated


@pytest.mark.parametrize(("table", "column", "rule"), [rule for rule in all_rules() if is_built_in(rule[2])])
def test_a_value_that_breaks_a_built_in_rule_is_found(table: str, column: str, rule: str) -> None:
    if rule == "is unique":
        broken = pl.concat([WORLD[table], WORLD[table].head(1)])
    else:
        (wrong,) = (value for beginning, value in BUILT_IN.items() if rule.startswith(beginning))
        broken = changed(table, 0, **{column: wrong})
    assert (column, rule) in broken_rules(table, broken)


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column.name) for table in TABLES for column in describe_columns(table) if not column.nullable],
)
def test_a_missing_value_is_found_where_none_may_be_missing(table: str, column: str) -> None:
    assert (column, "is not missing") in broken_rules(table, changed(table, 0, **{column: None}))


def test_a_number_that_is_none_is_found() -> None:
    rules = broken_rules("quotes", changed("quotes", 0, confidence=float("nan")))
    assert {column for column, _ in rules} == {"confidence"}


@pytest.mark.parametrize("table", TABLES)
def test_missing_foreign_and_mistyped_columns_are_found(table: str) -> None:
    good = WORLD[table]
    first, *_ = good.columns
    assert (first, "is a column of the table") in broken_rules(table, good.drop(first))
    assert ("guess", "is no column of the table") in broken_rules(table, good.with_columns(guess=1))
    assert (first, "is of type string") in broken_rules(table, good.with_columns(pl.lit(1).alias(first)))
    assert {rule for _, rule in broken_rules(table, good.select(reversed(good.columns)))} == {
        "stands in the table's order of columns"
    }


def test_a_bad_value_in_a_lazy_frame_is_found() -> None:
    bad = changed("quotes", 0, quote_type="hearsay")
    assert broken_rules("quotes", bad.lazy()) == broken_rules("quotes", bad) != set()


def test_checks_cannot_be_switched_off_from_outside() -> None:
    bad = changed("quotes", 0, quote_type="hearsay")
    with config_context(validation_enabled=False, validation_depth=ValidationDepth.SCHEMA_ONLY):
        assert broken_rules("quotes", bad) != set()


def test_a_violation_names_table_column_rule_row_and_value() -> None:
    (violation,) = table_violations("mentions", changed("mentions", 2, mention_type="rumour")).rows(named=True)
    assert violation == {
        "table": "mentions",
        "column": "mention_type",
        "rule": "is one of name, nominal, pronoun",
        "row": WORLD["mentions"]["mention_id"][2],
        "value": "rumour",
    }


def test_a_rule_that_every_row_breaks_is_reported_for_some_rows_only() -> None:
    many = pl.concat([WORLD["quotes"]] * 100).with_columns(quote_type=pl.lit("hearsay"))
    found = table_violations("quotes", many)
    assert found.group_by("rule").len()["len"].to_list() == [LIMIT] * 2  # the type, and ids that are not unique


def test_long_values_are_cut() -> None:
    found = table_violations("articles", changed("articles", 0, language="x" * 10_000))
    assert found["value"].str.len_chars().to_list() == [120]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_without_rows_breaks_no_rule(table: str) -> None:
    assert table_violations(table, pl.DataFrame(schema=polars_schema(table))).rows() == []


def test_withheld_text_breaks_no_rule() -> None:
    for table, texts in {
        "articles": ["text"],
        "quotes": ["text", "cue_text", "source_text"],
        "claims": ["text"],
    }.items():
        withheld = WORLD[table].with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in texts)
        assert table_violations(table, withheld).rows() == []
