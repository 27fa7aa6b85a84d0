"""A DOI that an archive reserved is in everything that a release says of itself, and in what the archive gets back."""

import json
from datetime import date
from pathlib import Path

from builder.deliver.deposit import deposit
from builder.release.stage import ReleasePlan, release
from builder.release.verify import verify_folder

DOI = "10.5281/zenodo.7"


def test_a_reserved_doi_stands_in_citation_card_metadata_and_deposit(town: Path, tmp_path: Path) -> None:
    made = release(ReleasePlan("0.1.0", date(2026, 11, 24), town, tmp_path / "releases", DOI)).folder
    assert verify_folder(made) == []
    for name in ("CITATION.cff", "CITATION.bib", "README.md", "DATASHEET.md", "croissant.json", "datapackage.json"):
        assert DOI in (made / name).read_text(), name
    deposit(made, tmp_path / "deposit")
    assert json.loads((tmp_path / "deposit" / "zenodo.json").read_text())["metadata"]["doi"] == DOI
    assert json.loads((tmp_path / "deposit" / "datacite.json").read_text())["doi"] == DOI
