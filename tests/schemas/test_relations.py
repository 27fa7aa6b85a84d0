"""Every rule across tables is broken here once, and found; a good world, whole or withheld, breaks none."""

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.columns import LIMIT
from schemas.counts import count_actors
from schemas.order import sort_table
from schemas.relations import FOREIGN_KEYS, SPANS, text_at_spans, violations
from schemas.tables import TABLES
from schemas.texts import text_at
from tests.assemble.world import published_world

WORLD = published_world()
HARBOUR, WIRE = WORLD["articles"]["article_id"]
AT_SPANS = "is the article's text at"
COUNTED = "is what the tables say"


def changed(table: str, row: int, **values: Any) -> dict[str, pl.DataFrame]:
    """The world with other values in one row of one table."""
    rows = WORLD[table].to_dicts()
    rows[row].update(values)
    return {**WORLD, table: pl.DataFrame(rows, schema=WORLD[table].schema)}


def spans(*pairs: tuple[int, int]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in pairs]


def broken_rules(tables: dict[str, pl.DataFrame]) -> set[tuple[str, str, str]]:
    return set(violations(tables).select("table", "column", "rule").rows())


# table, row, what to change, the column and the beginning of the rule that must be said to be broken
BROKEN: list[tuple[str, int, dict[str, Any], str, str]] = [
    ("articles", 0, {"collection_id": "nobody"}, "collection_id", "is a `collection_id` of `collections`"),
    ("quotes", 0, {"article_id": "art-0"}, "article_id", "is a `article_id` of `articles`"),
    ("quotes", 0, {"speaker_ids": ["person/nobody"]}, "speaker_ids", "is a `actor_id` of `actors`"),
    ("claims", 0, {"article_id": "art-0"}, "article_id", "is a `article_id` of `articles`"),
    ("claims", 0, {"quote_id": "quo-0"}, "quote_id", "is a `quote_id` of `quotes`"),
    ("claims", 0, {"claimant_ids": ["person/nobody"]}, "claimant_ids", "is a `actor_id` of `actors`"),
    ("claims", 1, {"target_ids": ["person/nobody"]}, "target_ids", "is a `actor_id` of `actors`"),
    ("mentions", 0, {"article_id": "art-0"}, "article_id", "is a `article_id` of `articles`"),
    ("mentions", 0, {"actor_id": "person/nobody"}, "actor_id", "is a `actor_id` of `actors`"),
    ("dropped", 0, {"collection_id": "nobody"}, "collection_id", "is a `collection_id` of `collections`"),
    ("quotes", 2, {"content_spans": spans((31, 999))}, "content_spans", "spans end within"),
    ("quotes", 2, {"cue_spans": spans((31, 999))}, "cue_spans", "spans end within"),
    ("quotes", 2, {"source_spans": spans((31, 999))}, "source_spans", "spans end within"),
    ("claims", 3, {"spans": spans((31, 999))}, "spans", "spans end within"),
    ("mentions", 5, {"end": 999}, "start", "spans end within"),
    ("quotes", 0, {"text": "The harbour, will close."}, "text", f"{AT_SPANS} `content_spans`"),
    ("quotes", 0, {"text": None}, "text", f"{AT_SPANS} `content_spans`"),
    ("quotes", 0, {"cue_text": "lied"}, "cue_text", f"{AT_SPANS} `cue_spans`"),
    ("quotes", 0, {"source_text": "he"}, "source_text", f"{AT_SPANS} `source_spans`"),
    ("claims", 0, {"text": "The harbour will never close."}, "text", f"{AT_SPANS} `spans`"),
    ("mentions", 0, {"text": "Elsa Brandt"}, "text", f"{AT_SPANS} `start` and `end`"),
    ("quotes", 1, {"content_spans": spans((94, 162))}, "content_spans", "does not overlap another quote's content"),
    ("quotes", 1, {"content_spans": spans((60, 61), (139, 162))}, "content_spans", "does not overlap another quote's"),
    ("claims", 3, {"quote_id": WORLD["quotes"]["quote_id"][0]}, "quote_id", "is a quote of the claim's own article"),
    ("articles", 0, {"is_cluster_head": False}, "is_cluster_head", "a cluster has exactly one head"),
    ("articles", 0, {"duplicate_cluster_id": WIRE}, "is_cluster_head", "a cluster has exactly one head"),
    ("collections", 0, {"n_articles": 3}, "n_articles", COUNTED),
    ("actors", 1, {"n_articles": 3}, "n_articles", COUNTED),
    ("actors", 1, {"n_mentions": 4}, "n_mentions", COUNTED),
    ("actors", 1, {"n_quotes": 1}, "n_quotes", COUNTED),
    ("actors", 1, {"n_claims": 0}, "n_claims", COUNTED),
    ("actors", 1, {"first_date": date(2026, 3, 1)}, "first_date", COUNTED),
    ("actors", 1, {"last_date": None}, "last_date", COUNTED),
]


def test_a_good_world_breaks_no_rule() -> None:
    assert violations(WORLD).rows() == []


def test_a_withheld_world_breaks_no_rule() -> None:
    nothing = pl.lit(None, dtype=pl.String)
    withheld = {
        **WORLD,
        "articles": WORLD["articles"].with_columns(text=nothing, title=nothing),
        "quotes": WORLD["quotes"].with_columns(text=nothing, source_text=nothing),  # the cue may still be shown
        "claims": WORLD["claims"].with_columns(text=nothing),
        "mentions": WORLD["mentions"].with_columns(text=nothing),
    }
    assert violations(withheld).rows() == []


@pytest.mark.parametrize(("table", "row", "change", "column", "rule"), BROKEN)
def test_a_row_that_breaks_a_rule_across_tables_is_found(
    table: str, row: int, change: dict[str, Any], column: str, rule: str
) -> None:
    found = broken_rules(changed(table, row, **change))
    assert any(where == [table, column] and said.startswith(rule) for *where, said in found)


def test_every_foreign_key_and_every_span_is_broken_by_a_case_above() -> None:
    broken = {(table, column) for table, _, _, column, _ in BROKEN}
    assert broken >= {(table, column) for table, column, _ in FOREIGN_KEYS}
    assert broken >= {place for table, spans_, text in SPANS for place in ((table, spans_), (table, text))}


def test_quotes_and_claims_of_an_article_that_was_not_read_are_found() -> None:
    found = broken_rules(changed("articles", 1, extraction_status="unknown-language"))
    rule = "is an article whose `extraction_status` is extracted"
    assert found == {("quotes", "article_id", f"{rule} or direct-quotes"), ("claims", "article_id", rule)}


def test_where_only_direct_quotes_were_looked_for_there_are_no_claims() -> None:
    found = broken_rules(changed("articles", 1, extraction_status="direct-quotes"))
    assert found == {("claims", "article_id", "is an article whose `extraction_status` is extracted")}


@pytest.mark.parametrize("table", ["articles", "quotes", "actors", "claims", "mentions"])
def test_rows_out_of_order_are_found(table: str) -> None:
    found = violations({**WORLD, table: WORLD[table].reverse()})
    assert set(found["rule"]) == {"rows are in the table's order"}
    assert set(found["table"]) == {table}


def test_collections_and_dropped_rows_out_of_order_are_found() -> None:
    another = WORLD["collections"].with_columns(collection_id=pl.lit("annals"), n_articles=pl.lit(0, dtype=pl.Int64))
    earlier = WORLD["dropped"].with_columns(place=pl.lit("line 1"))
    good = {
        **WORLD,
        "collections": pl.concat([another, WORLD["collections"]]),
        "dropped": pl.concat([WORLD["dropped"], earlier]),
    }
    assert violations(good).rows() == []
    for table in ("collections", "dropped"):
        found = violations({**good, table: good[table].reverse()})
        assert set(found.select("table", "rule").rows()) == {(table, "rows are in the table's order")}


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_table_is_found(table: str) -> None:
    found = violations({name: frame for name, frame in WORLD.items() if name != table})
    assert found.select("table", "rule").rows() == [(table, "is a table of the dataset")]


def test_a_table_that_nothing_defines_is_found() -> None:
    found = violations({**WORLD, "rumours": WORLD["quotes"]})
    assert found.select("table", "rule").rows() == [("rumours", "is no table of the dataset")]


def test_values_and_relations_that_are_wrong_are_reported_together() -> None:
    found = broken_rules(changed("quotes", 0, quote_type="hearsay", speaker_ids=["person/nobody"]))
    assert {column for table, column, _ in found if table == "quotes"} == {"quote_type", "speaker_ids"}


def test_wrong_columns_are_reported_before_anything_across_tables_is_asked() -> None:
    found = violations({**WORLD, "quotes": WORLD["quotes"].drop("speaker_ids")})
    assert found.select("table", "column", "rule").rows() == [("quotes", "speaker_ids", "is a column of the table")]


def test_a_relation_that_every_row_breaks_is_reported_for_some_rows_only() -> None:
    many = pl.concat([WORLD["mentions"]] * 20).with_columns(actor_id=pl.lit("person/nobody"))
    found = violations({**WORLD, "mentions": many})
    assert found.filter(pl.col("rule") == "is a `actor_id` of `actors`").height == LIMIT


def test_a_violation_across_tables_names_row_and_value() -> None:
    (found,) = violations(changed("mentions", 2, text="Walmark")).rows(named=True)
    assert found == {
        "table": "mentions",
        "column": "text",
        "rule": "is the article's text at `start` and `end`",
        "row": WORLD["mentions"]["mention_id"][2],
        "value": "Walmark",
    }


@settings(deadline=None)
@given(
    st.text("aß😀\u0301 \n", min_size=1, max_size=12).flatmap(
        lambda text: st.tuples(
            st.just(text),
            st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))), min_size=1, max_size=3),
        )
    )
)
def test_the_check_of_texts_agrees_with_their_definition(drawn: tuple[str, list[tuple[int, int]]]) -> None:
    text, pairs = drawn
    pairs = [(start, end) for start, end in pairs if start < end] or [(0, 1)]
    tables = {
        **WORLD,
        "articles": WORLD["articles"].with_columns(text=pl.lit(text)),
        "claims": pl.DataFrame(
            [
                {"claim_id": "right", "article_id": HARBOUR, "text": text_at(text, pairs), "spans": spans(*pairs)},
                {
                    "claim_id": "wrong",
                    "article_id": HARBOUR,
                    "text": text_at(text, pairs) + "!",
                    "spans": spans(*pairs),
                },
            ],
            schema=WORLD["claims"].schema,
        ),
    }
    found = pl.concat(text_at_spans(tables)).filter(pl.col("table") == "claims")
    assert found["row"].to_list() == ["wrong"]


def test_an_actor_is_counted_once_an_article_and_once_a_row() -> None:
    ids = {"actor_id": ["person/a", "person/b", "person/c"]}
    counted = count_actors(
        actors=pl.DataFrame(ids),
        articles=pl.DataFrame(
            {
                "article_id": ["first", "second"],
                "published_at": [datetime(2026, 1, 2, 23, 59, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)],
            }
        ),
        quotes=pl.DataFrame(
            {"article_id": ["first", "first"], "speaker_ids": [["person/a", "person/b"], ["person/a"]]}
        ),
        claims=pl.DataFrame({"article_id": ["second"], "claimant_ids": [["person/b"]], "target_ids": [["person/a"]]}),
        mentions=pl.DataFrame({"article_id": ["first", "first"], "actor_id": ["person/a", None]}),
    )
    assert counted.rows() == [
        ("person/a", 2, 1, 2, 0, date(2026, 1, 1), date(2026, 1, 2)),
        ("person/b", 2, 0, 1, 1, date(2026, 1, 1), date(2026, 1, 2)),
        ("person/c", 0, 0, 0, 0, None, None),
    ]


def test_articles_without_a_date_come_last_in_their_collection() -> None:
    articles = pl.DataFrame(
        {
            "article_id": ["art-1", "art-2", "art-3", "art-4"],
            "collection_id": ["a", "a", "a", "b"],
            "published_at": [None, datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC), None],
            "locator": ["1", "2", "3", "4"],
            "revision": [0, 0, 0, 0],
        }
    )
    assert sort_table("articles", articles, articles)["article_id"].to_list() == ["art-3", "art-2", "art-1", "art-4"]


@pytest.mark.parametrize("table", TABLES)
def test_sorting_gives_one_order_whatever_the_rows_order(table: str) -> None:
    shuffled = WORLD[table].sample(fraction=1, shuffle=True, seed=7)
    assert sort_table(table, shuffled, WORLD["articles"].reverse()).equals(WORLD[table])
