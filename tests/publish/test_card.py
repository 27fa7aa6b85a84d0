import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from builder.errors import SettingsError
from builder.publish.describe import describe_one, describe_tables
from builder.publish.facts import BESIDE, BuildFacts
from builder.publish.figures import count_figures
from builder.publish.stage import publish
from schemas.derive import describe_columns
from schemas.tables import TABLES
from schemas.vocabulary import DROP_REASONS
from tests.publish.conftest import row_of

Tables = dict[str, pl.DataFrame]


def card_of(out: Path) -> tuple[dict[str, Any], str]:
    _, front_matter, body = (out / "README.md").read_text().split("---\n", 2)
    return yaml.safe_load(front_matter), body


def test_the_card_tells_every_column_every_vocabulary_value_and_every_drop_reason(out: Path) -> None:
    _, body = card_of(out)
    for table in TABLES:
        section = body.split(f"\n### {table}\n")[1].split("\n#")[0]
        for column in describe_columns(table):
            assert column.description
            assert f"| `{column.name}` | `{column.type}` | {'yes' if column.nullable else 'no'} |" in section
            assert column.description in section
            if column.vocabulary and table != "dropped":
                values = body.split(f"\n### {table}.{column.name}\n")[1].split("\n#")[0]
                assert all(f"| `{value}` |" in values for value in column.vocabulary)
    for reason, meaning in DROP_REASONS.items():
        assert row_of(body, f"`{reason}`")[-1] == meaning


def test_the_figures_of_the_card_are_those_of_the_tables(out: Path, tables: Tables) -> None:
    front_matter, body = card_of(out)
    for name, table in tables.items():
        assert row_of(body.split("## How to load it")[0], f"`{name}`")[0] == str(table.height)
    infos = {info["config_name"]: info for info in front_matter["dataset_info"]}
    assert {name: info["splits"] for name, info in infos.items()} == {
        name: [{"name": "train", "num_bytes": infos[name]["dataset_size"], "num_examples": table.height}]
        for name, table in tables.items()
    }
    assert all(
        info["download_size"] == sum(path.stat().st_size for path in (out / "data" / name).iterdir())
        for name, info in infos.items()
    )
    for value, count in tables["claims"]["claim_kind"].value_counts().rows():
        assert row_of(body.split("### claims.claim_kind")[1].split("###")[0], f"`{value}`")[0] == str(count)
    assert row_of(body, "`no-main-text`")[:2] == ["1", "normalize"]
    assert row_of(body, "`too-long`")[:2] == ["0", ""]
    assert row_of(body, "normalize") == ["4", "0", "0", "3", "1"]
    assert "1 quote and 1 claim." in body


def test_the_front_matter_has_one_configuration_a_table_and_quotes_by_default(out: Path) -> None:
    front_matter, _ = card_of(out)
    assert [config["config_name"] for config in front_matter["configs"]] == list(TABLES)
    assert [config["config_name"] for config in front_matter["configs"] if config.get("default")] == ["quotes"]
    assert {config["version"] for config in front_matter["configs"]} == {"0.0.0"}
    assert front_matter["license"] == "cc0-1.0"
    assert front_matter["language"] == ["en", "fr"]
    assert front_matter["size_categories"] == ["n<1K"]
    assert front_matter["pretty_name"] == "The bay and the port"


@pytest.mark.parametrize("name", list(TABLES))
def test_any_changed_row_changes_the_front_matter_by_which_datasets_caches(
    tables: Tables, facts: BuildFacts, tmp_path: Path, name: str
) -> None:
    string = next(column for column, dtype in tables[name].schema.items() if dtype == pl.String)
    changed = tables[name].with_columns(pl.lit("changed").alias(string))
    publish(tables, facts, tmp_path / "one")
    publish(tables | {name: changed}, facts, tmp_path / "two")
    infos = [
        {info["config_name"]: info for info in card_of(tmp_path / folder)[0]["dataset_info"]}
        for folder in ("one", "two")
    ]
    assert [table for table in TABLES if infos[0][table] != infos[1][table]] == [name]


@pytest.mark.parametrize(
    ("licenses", "in_card", "in_citation"),
    [
        (["CC0-1.0", "CC0-1.0"], {"license": "cc0-1.0"}, "CC0-1.0"),
        (["CC0-1.0", "CC-BY-4.0"], {"license": ["cc-by-4.0", "cc0-1.0"]}, None),
        (
            ["LicenseRef-unknown", "LicenseRef-unknown"],
            {"license": "other", "license_name": "licenseref-unknown", "license_link": "LICENSE"},
            None,
        ),
        (
            ["CC0-1.0", "LicenseRef-wire"],
            {"license": ["cc0-1.0", "other"], "license_name": "licenseref-wire", "license_link": "LICENSE"},
            None,
        ),
    ],
)
def test_licences_are_told_as_the_collections_have_them(
    tables: Tables,
    facts: BuildFacts,
    tmp_path: Path,
    licenses: list[str],
    in_card: dict[str, object],
    in_citation: str | None,
) -> None:
    publish(
        tables | {"collections": tables["collections"].with_columns(license=pl.Series(licenses))},
        facts,
        tmp_path / "out",
    )
    front_matter, _ = card_of(tmp_path / "out")
    assert {key: value for key, value in front_matter.items() if key.startswith("license")} == in_card
    assert yaml.safe_load((tmp_path / "out" / "CITATION.cff").read_text()).get("license") == in_citation
    for license_id in licenses:
        assert license_id in (tmp_path / "out" / "LICENSE").read_text()


def test_a_title_cannot_break_a_table_or_add_markup(out: Path) -> None:
    _, body = card_of(out)
    assert r"| `port` | Port \| \*news\* | 1 | CC0-1.0 | yes | not stated |" in body
    hostile = replace_title(out, "---\n# <script>x</script> [a](b) `c`")
    front_matter, body = hostile.removeprefix("---\n").split("\n---\n", 1)
    assert yaml.safe_load(front_matter)["pretty_name"].startswith("---")
    assert r"# --- \# \<script\>x\</script\> \[a\](b) \`c\`" in body


def replace_title(out: Path, title: str) -> str:
    from builder.publish.reopen import read_facts, read_tables

    publish(read_tables(out), replace(read_facts(out), title=title), out.parent / "hostile")
    return (out.parent / "hostile" / "README.md").read_text()


def test_a_release_is_cited_with_the_date_and_doi_that_it_was_given(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    release = replace(facts, version="1.2.0", released_on=date(2026, 5, 4), doi="10.1234/bay.7")
    publish(tables, release, tmp_path / "out")
    citation = yaml.safe_load((tmp_path / "out" / "CITATION.cff").read_text())
    assert (citation["version"], citation["date-released"], citation["doi"]) == ("1.2.0", "2026-05-04", "10.1234/bay.7")
    front_matter, body = card_of(tmp_path / "out")
    assert {config["version"] for config in front_matter["configs"]} == {"1.2.0"}
    assert "Version 1.2.0, fingerprint" in body
    datasheet = (tmp_path / "out" / "DATASHEET.md").read_text()
    assert "Version 1.2.0 is dated 2026-05-04." in datasheet
    assert "DOI: 10.1234/bay.7." in datasheet


def test_the_data_package_lists_every_column_key_and_file(out: Path) -> None:
    package = json.loads((out / "datapackage.json").read_text())
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert list(resources) == list(TABLES)
    for name, resource in resources.items():
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        assert list(fields) == [column.name for column in describe_columns(name)]
        assert all(field["description"] and field["type"] for field in fields.values())
        assert [(out / path).is_file() for path in resource["path"]] == [True]
    assert resources["quotes"]["schema"]["primaryKey"] == ["quote_id"]
    assert "primaryKey" not in resources["dropped"]["schema"]
    assert resources["claims"]["schema"]["foreignKeys"][1] == {
        "fields": ["quote_id"],
        "reference": {"resource": "quotes", "fields": ["quote_id"]},
    }


def test_figures_of_a_dataset_without_rows_are_zeros(tables: Tables) -> None:
    figures = count_figures({name: table.clear() for name, table in tables.items()})
    assert set(figures.rows.values()) == {0}
    assert (figures.first_date, figures.n_words, figures.n_duplicates, figures.licenses) == (None, 0, 0, ())


def test_describe_counts_rows_and_bytes_of_a_build(out: Path, tables: Tables) -> None:
    by_folder, in_memory, alone = describe_tables(out), describe_tables(tables), describe_tables()
    assert [table.table for table in by_folder] == list(TABLES)
    assert [table.rows for table in by_folder] == [table.rows for table in in_memory] == [2, 3, 3, 2, 2, 1, 2]
    assert [table.bytes for table in by_folder] == [
        (out / "data" / name / "part-00000.parquet").stat().st_size for name in TABLES
    ]
    assert {(table.rows, table.bytes) for table in alone} == {(None, None)}


def test_describe_tells_the_columns_of_one_table(out: Path, tables: Tables) -> None:
    nulls = {column.doc.name: column.nulls for column in describe_one("articles", out)}
    assert nulls == {column.doc.name: column.nulls for column in describe_one("articles", tables)}
    assert (nulls["published_at"], nulls["url"], nulls["text"]) == (1, 3, 0)
    assert describe_one("articles")[0].doc.name == "article_id"
    with pytest.raises(SettingsError, match="article: is no table; the tables are collections, articles"):
        describe_one("article")


def test_the_card_lists_every_file_that_is_beside_the_tables(tables: Tables, facts: BuildFacts, tmp_path: Path) -> None:
    beside = dict.fromkeys(BESIDE, "")
    publish(tables, replace(facts, beside=beside, version="1.0.0", released_on=date(2026, 5, 4)), tmp_path / "out")
    listed = (tmp_path / "out" / "README.md").read_text().split("## Files")[1]
    for path in (tmp_path / "out").iterdir():
        assert path.is_dir() or path.name == "README.md" or f"`{path.name}`" in listed
    assert "`changes.parquet`" in listed
    publish(tables, facts, tmp_path / "build")
    assert "`changes.parquet`" not in (tmp_path / "build" / "README.md").read_text()
