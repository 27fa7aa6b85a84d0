"""From one definition a column: polars, Arrow, Hugging Face and documentation agree."""

from pathlib import Path

import polars as pl
import pyarrow
import pyarrow.parquet
import pytest

from schemas import vocabulary
from schemas.derive import arrow_schema, describe_columns, describe_table, empty_table, features, polars_schema
from schemas.tables import KEYS, TABLES
from tests.assemble.world import published_world

# As the design lists them; `?` marks a nullable column.
DESIGN = {
    "collections": "collection_id title publisher? country_code? language? selection? license text_may_be_published "
    "quotable? retrieved_on? citation? n_articles",
    "articles": "article_id collection_id locator revision url? title? authors publisher? published_at? "
    "published_precision? published_from? language text? text_sha256 n_chars n_words duplicate_cluster_id "
    "is_cluster_head license raw_path raw_sha256 extraction_status",
    "quotes": "quote_id article_id quote_type attribution_type text? content_spans cue_text? cue_spans source_text? "
    "source_spans speaker_ids speaker_resolution confidence is_reviewed",
    "actors": "actor_id name actor_kind aliases country_code? roles authority_ids n_articles n_mentions n_quotes "
    "n_claims first_date? last_date?",
    "claims": "claim_id article_id quote_id? claimant_ids text? spans claim_kind is_negated is_hedged checkworthy "
    "target_ids about_start? about_end? about_precision? claim_group_id confidence is_reviewed",
    "mentions": "mention_id article_id actor_id? start end text? mention_type",
    "dropped": "stage collection_id raw_path place reason detail?",
}


def type_by_name(name: str) -> str:
    """The type that the design gives a column by its name."""
    if name.endswith("spans"):
        return "list<struct<start: int32, end: int32>>"
    if name in ("authors", "aliases", "roles") or name.endswith("_ids"):
        return "list<string>"
    if name.startswith("n_"):
        return "int64"
    if name in ("start", "end", "revision", "quotable"):
        return "int32"
    if name in ("confidence", "checkworthy"):
        return "float32"
    if name.endswith("_at"):
        return "timestamp[us, UTC]"
    if name in ("about_start", "about_end") or name.endswith(("_date", "_on")):
        return "date32"
    return "bool" if name.startswith("is_") or name == "text_may_be_published" else "string"


def test_tables_stand_in_the_designs_order() -> None:
    assert list(TABLES) == list(KEYS) == list(DESIGN)


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_the_designs_in_order_name_type_and_nullability(table: str) -> None:
    designed = [
        (name.rstrip("?"), type_by_name(name.rstrip("?")), name.endswith("?")) for name in DESIGN[table].split()
    ]
    assert [(column.name, column.type, column.nullable) for column in describe_columns(table)] == designed


@pytest.mark.parametrize("table", TABLES)
def test_every_table_and_column_is_described(table: str) -> None:
    assert describe_table(table).startswith("One row")
    descriptions = [column.description for column in describe_columns(table)]
    assert all(len(text) > 10 and text[0].isupper() and not text.endswith(".") for text in descriptions)
    assert len(set(descriptions)) == len(descriptions)


@pytest.mark.parametrize("table", TABLES)
def test_arrow_and_hugging_face_say_what_polars_says(table: str) -> None:
    arrow = arrow_schema(table)
    assert features(table).arrow_schema.types == arrow.types
    assert arrow.names == polars_schema(table).names()
    as_polars = pl.from_arrow(arrow.empty_table())
    assert isinstance(as_polars, pl.DataFrame)
    assert as_polars.schema == polars_schema(table) == empty_table(table).schema


@pytest.mark.parametrize("table", TABLES)
def test_arrow_fields_carry_description_and_nullability(table: str) -> None:
    fields = [(field.name, field.nullable, field.metadata[b"description"].decode()) for field in arrow_schema(table)]
    assert fields == [(column.name, column.nullable, column.description) for column in describe_columns(table)]


def test_arrow_strings_and_lists_are_plain_ones() -> None:
    types = {str(field.type) for table in TABLES for field in arrow_schema(table)}
    assert not [name for name in types if "large" in name or "view" in name]


@pytest.mark.parametrize(
    ("table", "column", "values"),
    [
        ("quotes", "quote_type", vocabulary.QUOTE_TYPES),
        ("quotes", "attribution_type", vocabulary.ATTRIBUTION_TYPES),
        ("quotes", "speaker_resolution", vocabulary.SPEAKER_RESOLUTIONS),
        ("actors", "actor_kind", vocabulary.ACTOR_KINDS),
        ("claims", "claim_kind", vocabulary.CLAIM_KINDS),
        ("claims", "about_precision", vocabulary.DATE_PRECISIONS),
        ("mentions", "mention_type", vocabulary.MENTION_TYPES),
        ("articles", "published_precision", vocabulary.DATE_PRECISIONS),
        ("articles", "published_from", vocabulary.DATE_SOURCES),
        ("articles", "extraction_status", vocabulary.EXTRACTION_STATUSES),
        ("dropped", "stage", vocabulary.STAGES),
        ("dropped", "reason", vocabulary.DROP_REASONS),
    ],
)
def test_a_vocabulary_column_is_documented_with_its_values(table: str, column: str, values: dict[str, str]) -> None:
    (described,) = (one for one in describe_columns(table) if one.name == column)
    assert described.vocabulary == values
    assert described.rules[0] == "is one of " + ", ".join(values)


def test_other_columns_have_no_vocabulary() -> None:
    assert sum(bool(column.vocabulary) for table in TABLES for column in describe_columns(table)) == 12


@pytest.mark.parametrize("table", TABLES)
def test_a_table_goes_to_parquet_and_back_unchanged(table: str, tmp_path: Path) -> None:
    rows = published_world()[table]
    arrow = rows.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(arrow_schema(table))
    pyarrow.parquet.write_table(arrow, tmp_path / "part.parquet")
    assert pl.read_parquet(tmp_path / "part.parquet").equals(rows, null_equal=True)
