"""What an archive gets: one file that holds the release to the byte, and metadata that its schema takes."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import polars as pl
import pytest
from datacite import schema45
from typer.testing import CliRunner

from builder.cli.main import app
from builder.deliver.deposit import deposit
from builder.errors import OutputError, ReleaseError
from builder.publish.facts import Author, BuildFacts
from builder.publish.stage import publish
from tests.deliver.conftest import Release

Tables = dict[str, pl.DataFrame]


def deposited(release: Path, out: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    deposit(release, out)
    zenodo, datacite = (json.loads((out / name).read_text()) for name in ("zenodo.json", "datacite.json"))
    assert schema45.validator.is_valid(datacite), list(schema45.validator.iter_errors(datacite))
    return zenodo["metadata"], datacite


def test_the_archive_holds_the_release_to_the_byte_and_is_the_same_wherever_it_is_made(
    release: Release, tables: Tables, tmp_path: Path
) -> None:
    folder = release("1.0.0", tables)
    ran = CliRunner().invoke(app, ["deposit", str(folder), "--out", str(tmp_path / "one"), "--json"])
    assert ran.exit_code == 0, ran.exception
    archive = tmp_path / "one" / json.loads(ran.stdout)["archive"]
    assert archive.name == "the-bay-and-the-port-1.0.0.zip"
    with ZipFile(archive) as packed:
        assert packed.testzip() is None
        packed.extractall(tmp_path / "unpacked")
    unpacked = tmp_path / "unpacked" / "the-bay-and-the-port-1.0.0"
    for path in folder.rglob("*"):
        assert path.is_dir() or (unpacked / path.relative_to(folder)).read_bytes() == path.read_bytes()
    deposit(unpacked, tmp_path / "two")  # other times and places of the files
    assert (tmp_path / "two" / archive.name).read_bytes() == archive.read_bytes()


def test_zenodo_and_datacite_are_told_who_made_it_what_it_is_and_where_it_comes_from(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    authors = (Author("The Bay Archive"), Author("Quill", "Ada", "0000-0002-1825-0097"))
    given = replace(facts, version="1.2.0", released_on=date(2026, 5, 4), doi="10.1234/bay.7", authors=authors)
    publish(tables, given, tmp_path / "release")
    zenodo, datacite = deposited(tmp_path / "release", tmp_path / "out")
    fingerprint = json.loads((tmp_path / "release" / "manifest.json").read_text())["fingerprint"]
    assert zenodo["creators"] == [
        {"name": "The Bay Archive"},
        {"name": "Quill, Ada", "orcid": "0000-0002-1825-0097"},
    ]
    assert (zenodo["version"], zenodo["publication_date"], zenodo["doi"]) == ("1.2.0", "2026-05-04", "10.1234/bay.7")
    assert zenodo["license"] == "cc0-1.0"
    assert zenodo["references"] == ["The bay papers, 2026.", "Port | *news* [Collection of articles]."]
    assert fingerprint in zenodo["notes"]
    assert "language" not in zenodo  # there are two

    assert [creator["nameType"] for creator in datacite["creators"]] == ["Organizational", "Personal"]
    assert (datacite["version"], datacite["publicationYear"], datacite["doi"]) == ("1.2.0", "2026", "10.1234/bay.7")
    assert datacite["alternateIdentifiers"][0]["alternateIdentifier"] == f"sha256:{fingerprint}"
    assert [item["titles"][0]["title"] for item in datacite["relatedItems"]] == ["The bay papers", "Port | *news*"]
    assert datacite["descriptions"][0]["description"].startswith("Who said what, in 3 news articles: 3 quotes")
    assert "3 rows of quotes" in datacite["sizes"]


@pytest.mark.parametrize(
    ("licenses", "expected"),
    [
        (["CC-BY-4.0", "CC-BY-4.0"], "cc-by-4.0"),
        (["CC0-1.0", "CC-BY-4.0"], "other-open"),
        (["CC0-1.0", "LicenseRef-wire"], "other-closed"),  # left out, it would become CC0
    ],
)
def test_zenodo_is_never_left_to_guess_a_licence(
    release: Release, tables: Tables, tmp_path: Path, licenses: list[str], expected: str
) -> None:
    collections = tables["collections"].with_columns(license=pl.Series(licenses))
    zenodo, datacite = deposited(release("1.0.0", tables | {"collections": collections}), tmp_path / "out")
    assert zenodo["license"] == expected
    assert [rights["rights"] for rights in datacite["rightsList"]] == sorted(set(licenses))


def test_one_language_is_named_as_each_archive_names_it(release: Release, tables: Tables, tmp_path: Path) -> None:
    english = tables["articles"].with_columns(language=pl.lit("en-GB"))
    zenodo, datacite = deposited(release("1.0.0", tables | {"articles": english}), tmp_path / "out")
    assert (zenodo["language"], datacite["language"]) == ("eng", "en-GB")


def test_a_dataset_without_authors_still_keeps_the_schema(tables: Tables, facts: BuildFacts, tmp_path: Path) -> None:
    publish(tables, replace(facts, version="1.0.0", released_on=date(2026, 5, 4), authors=()), tmp_path / "release")
    zenodo, datacite = deposited(tmp_path / "release", tmp_path / "out")
    assert zenodo["creators"] == datacite["creators"] == [{"name": ":unav"}]


def test_only_a_whole_release_is_deposited_and_only_into_a_free_folder(
    release: Release, tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    folder = release("1.0.0", tables)
    publish(tables, facts, tmp_path / "build")
    with pytest.raises(ReleaseError, match="is a build, not a release"):
        deposit(tmp_path / "build", tmp_path / "out")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine")
    with pytest.raises(OutputError, match="is not empty; nothing was touched"):
        deposit(folder, tmp_path / "out")
    (folder / "LICENSE").unlink()
    with pytest.raises(ReleaseError, match="LICENSE is missing"):
        deposit(folder, tmp_path / "new")
    assert not (tmp_path / "new").exists()
