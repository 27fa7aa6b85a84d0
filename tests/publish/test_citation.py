"""Citations as the programs read them that people use: each format through a parser or schema of others' making."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from check_jsonschema.builtin_schemas import get_builtin_schema
from citeproc import Citation as CslCitation
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from jsonschema.validators import validator_for
from typer.testing import CliRunner

from builder.cli.main import app
from builder.errors import SettingsError
from builder.publish.citation import Citation, cite, parse_doi
from builder.publish.citation_formats import FORMATS, render_apa, render_bibtex, render_cff, render_csl_json, render_ris
from builder.publish.facts import Author, BuildFacts
from builder.publish.stage import publish
from tests.publish.conftest import ROWS

Tables = dict[str, pl.DataFrame]
FINGERPRINT = "ab" * 32
HOSTILE = "50 % of {braces} & $igns_ #1 ~ ^ \\ „und“"


@pytest.fixture
def release(facts: BuildFacts) -> BuildFacts:
    return replace(facts, version="1.2.0", released_on=date(2026, 5, 4), doi="10.1234/bay.7")


def people(*authors: Author) -> tuple[Author, ...]:
    return (Author("The Bay Archive"), Author("Quill", "Ada-Maria Jo", "0000-0002-1825-0097"), *authors)


def citation_of(facts: BuildFacts) -> Citation:
    return cite(facts, ROWS["collections"], FINGERPRINT)


def broken_rules(cff: str) -> list[str]:
    """What the published JSON schema of the format (1.2.0) has against it."""
    schema = get_builtin_schema("vendor.citation-file-format")
    return [error.message for error in validator_for(schema)(schema).iter_errors(yaml.safe_load(cff))]


@pytest.mark.parametrize(
    "change",
    [
        lambda facts: facts,
        lambda facts: replace(facts, authors=people()),
        lambda facts: replace(facts, authors=(), title=HOSTILE),
        lambda facts: replace(facts, version=None, released_on=None, doi=None),
    ],
)
def test_citation_cff_keeps_the_published_schema(
    release: BuildFacts, change: Callable[[BuildFacts], BuildFacts]
) -> None:
    text = render_cff(citation_of(change(release)))
    assert broken_rules(text) == []
    assert broken_rules(text.replace("type: dataset", "type: data set"))


def test_citation_cff_names_version_date_doi_fingerprint_and_the_collections(release: BuildFacts) -> None:
    values = yaml.safe_load(render_cff(citation_of(replace(release, authors=people()))))
    assert (values["version"], values["date-released"], values["doi"]) == ("1.2.0", "2026-05-04", "10.1234/bay.7")
    assert values["identifiers"][0]["value"] == f"sha256:{FINGERPRINT}"
    assert values["license"] == "CC0-1.0"
    assert values["authors"] == [
        {"name": "The Bay Archive"},
        {"family-names": "Quill", "given-names": "Ada-Maria Jo", "orcid": "https://orcid.org/0000-0002-1825-0097"},
    ]
    assert [(one["title"], one.get("notes")) for one in values["references"]] == [
        ("The bay papers", "The bay papers, 2026."),
        ("Port | *news*", None),
    ]


def test_bibtex_is_read_back_with_every_field(release: BuildFacts) -> None:
    library = parse_string(render_bibtex(citation_of(replace(release, authors=people()))))
    assert not library.failed_blocks
    fields = {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}
    assert list(fields) == [
        "the-bay-and-the-port-1.2.0",
        "the-bay-and-the-port-1.2.0-bay",
        "the-bay-and-the-port-1.2.0-port",
    ]
    assert fields["the-bay-and-the-port-1.2.0"] == {
        "author": "{The Bay Archive} and Quill, Ada-Maria Jo",
        "title": "{The bay and the port}",
        "year": "2026",
        "month": "5",
        "version": "1.2.0",
        "howpublished": "Data set, version 1.2.0",
        "note": f"Fingerprint sha256:{FINGERPRINT}",
        "doi": "10.1234/bay.7",
    }
    assert fields["the-bay-and-the-port-1.2.0-bay"]["note"] == "The bay papers, 2026."


def test_signs_that_mean_something_to_latex_come_through_bibtex(release: BuildFacts) -> None:
    text = render_bibtex(citation_of(replace(release, title=HOSTILE)))
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    # The decoder does not know LaTeX's names of braces, and takes ^ for the accent.
    known = HOSTILE.replace("{", "").replace("}", "").replace("^", "ˆ")
    assert library.entries[0].fields_dict["title"].value == known
    assert r"\textbraceleft{}braces\textbraceright{}" in text


def test_ris_is_read_back_with_every_field(release: BuildFacts) -> None:
    dataset, bay, port = rispy.loads(render_ris(citation_of(replace(release, authors=people()))))
    assert dataset["type_of_reference"] == "DATA"
    assert dataset["authors"] == ["The Bay Archive", "Quill, Ada-Maria Jo"]
    assert (dataset["title"], dataset["year"], dataset["date"]) == ("The bay and the port", "2026", "2026/05/04/")
    assert (dataset["edition"], dataset["doi"]) == ("1.2.0", "10.1234/bay.7")
    assert dataset["notes"] == [f"Fingerprint sha256:{FINGERPRINT}"]
    assert (bay["title"], bay["notes"]) == ("The bay papers", ["The bay papers, 2026."])
    assert port["title"] == "Port | *news*"


def test_csl_json_is_typeset_by_a_citation_processor(release: BuildFacts) -> None:
    items = json.loads(render_csl_json(citation_of(replace(release, authors=people()))))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    bibliography.register(CslCitation([CitationItem(item["id"]) for item in items]))
    dataset, bay, _ = (str(entry) for entry in bibliography.bibliography())
    assert dataset.startswith("The Bay Archive and Quill, A.-M.J. (2026) “The bay and the port”")
    assert "10.1234/bay.7" in dataset
    assert "The bay papers" in bay
    assert (items[0]["version"], items[0]["note"]) == ("1.2.0", f"Fingerprint sha256:{FINGERPRINT}")


def test_apa_has_author_year_title_version_and_doi_in_this_order(release: BuildFacts) -> None:
    lines = render_apa(citation_of(replace(release, authors=people()))).splitlines()
    assert lines == [
        "The Bay Archive, & Quill, A.-M. J. (2026). The bay and the port (Version 1.2.0) [Data set]. "
        f"https://doi.org/10.1234/bay.7 Fingerprint sha256:{FINGERPRINT}.",
        "The bay papers, 2026.",
        "Port | *news* [Collection of articles].",
    ]


def test_apa_puts_the_title_first_where_nobody_is_named_and_shortens_more_than_twenty_authors(
    release: BuildFacts,
) -> None:
    unnamed = render_apa(citation_of(replace(release, authors=())))
    assert unnamed.startswith("The bay and the port (Version 1.2.0) [Data set]. (2026). https")
    many = tuple(Author(f"N{number}") for number in range(22))
    assert "N18, . . . N21. (2026)" in render_apa(citation_of(replace(release, authors=many)))


def test_a_build_is_cited_as_one_that_is_no_release(facts: BuildFacts) -> None:
    citation = citation_of(facts)
    assert "(n.d.). The bay and the port (Version 0.0.0, an unreleased build) [Data set]." in render_apa(citation)
    assert citation.key == "the-bay-and-the-port-abababababab"


def test_a_collection_without_articles_is_not_cited(release: BuildFacts) -> None:
    bay, port = ROWS["collections"]
    citation = cite(release, [bay | {"n_articles": 0}, port], FINGERPRINT)
    assert [collection.collection_id for collection in citation.collections] == ["port"]


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_command_prints_every_format_with_version_and_the_manifests_fingerprint(
    tables: Tables, release: BuildFacts, tmp_path: Path, name: str
) -> None:
    publish(tables, replace(release, doi=None), tmp_path / "out")
    printed = CliRunner().invoke(app, ["cite", str(tmp_path / "out"), "--format", name, "--doi", "10.5281/zenodo.9"])
    assert printed.exit_code == 0
    fingerprint = json.loads((tmp_path / "out" / "manifest.json").read_text())["fingerprint"]
    assert f"sha256:{fingerprint}" in printed.stdout
    assert "1.2.0" in printed.stdout
    assert "10.5281/zenodo.9" in printed.stdout


def test_a_doi_is_taken_with_its_address_and_what_is_none_is_refused() -> None:
    assert parse_doi("doi:10.1234/bay.7") == parse_doi("https://dx.doi.org/10.1234/bay.7") == "10.1234/bay.7"
    with pytest.raises(SettingsError, match="is no DOI; expected one such as"):
        parse_doi("zenodo.9")


def test_the_card_and_the_files_beside_it_say_how_to_cite(tables: Tables, release: BuildFacts, tmp_path: Path) -> None:
    publish(tables, release, tmp_path / "out")
    fingerprint = json.loads((tmp_path / "out" / "manifest.json").read_text())["fingerprint"]
    section = (tmp_path / "out" / "README.md").read_text().split("## How to cite\n")[1].split("\n## ")[0]
    assert "The Bay Archive. (2026). The bay and the port (Version 1.2.0)" in section
    assert f"sha256:{fingerprint}" in section
    assert "@misc{the-bay-and-the-port-1.2.0," in section
    assert "- The bay papers, 2026.\n" in section
    assert (tmp_path / "out" / "CITATION.bib").read_text().count("@misc") == 3
    assert broken_rules((tmp_path / "out" / "CITATION.cff").read_text()) == []


def test_the_softwares_own_citation_keeps_the_schema_too() -> None:
    assert broken_rules((Path(__file__).parents[2] / "CITATION.cff").read_text()) == []
