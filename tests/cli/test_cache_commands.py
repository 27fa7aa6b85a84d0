"""`onrecord cache` as a person types it."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from builder.cli.main import app
from builder.errors import OutputError
from builder.pipeline import Plan, build

TOWN = Path(__file__).parents[1] / "worlds" / "town-council" / "raw"


def said(*arguments: object) -> Any:
    ran = CliRunner().invoke(app, [*map(str, arguments), "--json"], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)


def test_a_builds_cache_is_of_use_whole_and_not_pruned(tmp_path: Path) -> None:
    tables = build(Plan(TOWN, tmp_path / "out", tmp_path / "cache"))
    articles, groups, shards = said("cache", "info", tmp_path / "cache")["holdings"]
    assert articles["in_use"]
    assert groups["in_use"]
    assert shards["in_use"]
    assert articles["entries"] >= tables["articles"].height > shards["entries"] > 0
    held = articles["entries"] + groups["entries"] + shards["entries"]
    assert said("cache", "verify", tmp_path / "cache") == {"read": held, "damaged": 0}
    assert said("cache", "prune", tmp_path / "cache") == {"removed": 0, "left": held}


def test_a_folder_without_a_cache_is_named_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no cache"):
        CliRunner().invoke(app, ["cache", "info", str(tmp_path)], catch_exceptions=False)
    assert not list(tmp_path.iterdir())
