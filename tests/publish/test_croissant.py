"""croissant.json as the format's own library reads it: every record of every table, out of the files."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import mlcroissant
import polars as pl
import pytest

from builder.publish.facts import Author, BuildFacts
from builder.publish.stage import publish
from schemas.derive import describe_columns
from schemas.tables import KEYS, TABLES

Tables = dict[str, pl.DataFrame]

# The library's own JSON-LD reader uses parts of rdflib that are deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def published(tables: Tables, facts: BuildFacts, out: Path) -> dict[str, Any]:
    publish(tables, facts, out)
    metadata: dict[str, Any] = json.loads((out / "croissant.json").read_text())
    return metadata


def plain(value: object) -> object:
    """A record's value as the tables have it: text is bytes there, and names carry their table."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {name.rsplit("/", 1)[-1]: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if hasattr(value, "to_pydatetime"):
        moment = value.to_pydatetime()
        return moment if moment.tzinfo else moment.date()
    return value.item() if hasattr(value, "item") else value


@pytest.mark.parametrize("part_rows", [250_000, 1])
def test_the_records_are_the_rows_of_the_tables_in_one_part_or_several(
    tables: Tables, facts: BuildFacts, tmp_path: Path, part_rows: int
) -> None:
    publish(tables, replace(facts, version="1.2.0", released_on=date(2026, 5, 4)), tmp_path / "out", part_rows)
    dataset = mlcroissant.Dataset(tmp_path / "out" / "croissant.json")
    assert dataset.metadata.ctx.issues.report() == ""  # no error, and no warning of a recommended property
    for name, table in tables.items():
        assert [plain(record) for record in dataset.records(name)] == table.to_dicts()


def test_a_file_with_another_sum_is_refused(tables: Tables, facts: BuildFacts, tmp_path: Path) -> None:
    published(tables, facts, tmp_path / "out")
    published({**tables, "actors": tables["actors"].reverse()}, facts, tmp_path / "other")
    part = "data/actors/part-00000.parquet"
    (tmp_path / "out" / part).write_bytes((tmp_path / "other" / part).read_bytes())
    dataset = mlcroissant.Dataset(tmp_path / "out" / "croissant.json")
    with pytest.raises(Exception, match="actors"):
        list(dataset.records("actors"))


def test_record_sets_have_the_schemas_columns_keys_and_references(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    metadata = published(tables, facts, tmp_path / "out")
    sets = {one["@id"]: one for one in metadata["recordSet"]}
    assert list(sets) == list(TABLES)
    for name, record_set in sets.items():
        assert [field["name"] for field in record_set["field"]] == [column.name for column in describe_columns(name)]
        assert all(
            field["description"].startswith(column.description)
            for field, column in zip(record_set["field"], describe_columns(name), strict=True)
        )
    assert sets["claims"]["key"] == {"@id": f"claims/{KEYS['claims'][0]}"}
    assert "key" not in sets["dropped"]
    references = {
        field["@id"]: field["references"]["extract"]["column"]
        for record_set in sets.values()
        for field in record_set["field"]
        if "references" in field
    }
    assert references["claims/quote_id"] == "quote_id"
    assert references["mentions/actor_id"] == "actor_id"


def test_the_responsible_ai_properties_say_what_the_datasheet_says(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    given = replace(facts, answers={"collection_impact": "None was needed.", "uses_not": "Not for betting."})
    metadata = published(tables, given, tmp_path / "out")
    datasheet = (tmp_path / "out" / "DATASHEET.md").read_text()
    said = {name.removeprefix("rai:"): value for name, value in metadata.items() if name.startswith("rai:")}
    assert said["dataSocialImpact"] == "None was needed."
    assert "Not for betting." in said["dataLimitations"]
    assert said["dataCollectionTimeframe"] == "2026-04-01/2026-04-01"
    assert said["machineAnnotationTools"][0] == "onrecord 0.1.0"
    texts = [value for value in said.values() if isinstance(value, str) and "\n" in value]
    assert len(texts) > 4
    for text in texts:
        assert all(paragraph in datasheet for paragraph in text.split("\n\n"))


def test_the_metadata_names_makers_version_licence_date_doi_and_citation(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    authors = (Author("The Bay Archive"), Author("Quill", "Ada", "0000-0002-1825-0097"))
    release = replace(facts, version="1.2.0", released_on=date(2026, 5, 4), doi="10.1234/bay.7", authors=authors)
    metadata = published(tables, release, tmp_path / "out")
    assert (metadata["version"], metadata["datePublished"]) == ("1.2.0", "2026-05-04")
    assert metadata["url"] == "https://doi.org/10.1234/bay.7"
    assert metadata["license"] == ["https://spdx.org/licenses/CC0-1.0.html"]
    assert metadata["creator"] == [
        {"@type": "sc:Organization", "name": "The Bay Archive"},
        {"@type": "sc:Person", "name": "Ada Quill", "url": "https://orcid.org/0000-0002-1825-0097"},
    ]
    assert metadata["citeAs"] == (tmp_path / "out" / "CITATION.bib").read_text()
    assert metadata["conformsTo"][0] == "http://mlcommons.org/croissant/1.1"
