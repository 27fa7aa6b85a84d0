"""The newest release of the project's own corpus is what `raw/` gives: its manifest is in the repository."""

import json
from pathlib import Path
from typing import Any

import pytest

from builder.pipeline import instruction_set
from builder.publish.recognize import read_manifest
from builder.release.versions import parse_version

ROOT = Path(__file__).parents[2]


def newest_manifest() -> dict[str, Any]:
    """The manifest of the highest version in `releases/`."""
    folders = [path for path in (ROOT / "releases").glob("*") if (path / "manifest.json").is_file()]
    if not folders:
        pytest.skip("there is no release yet")
    newest = max(folders, key=lambda folder: parse_version(folder.name))
    manifest: dict[str, Any] = json.loads((newest / "manifest.json").read_bytes())
    assert manifest["version"] == newest.name
    return manifest


def rows_of(manifest: dict[str, Any]) -> dict[str, Any]:
    """What a manifest says but for version, date and the sums of Parquet files, which change with their writer."""
    tables = {name: (table["rows"], table["fingerprint"]) for name, table in manifest["tables"].items()}
    return {key: value for key, value in manifest.items() if key not in ("version", "released_on")} | {"tables": tables}


def test_raw_gives_the_rows_of_the_newest_release(request: pytest.FixtureRequest) -> None:
    """Make it anew with `make release-manifest`."""
    recorded = newest_manifest()
    if recorded["instruction_set"] != instruction_set():
        pytest.skip(f"recorded on {recorded['instruction_set']}, this is {instruction_set()}")
    assert rows_of(read_manifest(request.getfixturevalue("corpus"))) == rows_of(recorded)
