"""A release of the small world that `tests/publish` has. Imports its rows and `builder.publish`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from builder.publish.facts import BuildFacts
from builder.publish.stage import publish
from tests.publish.conftest import facts, tables

__all__ = ["facts", "tables"]

Release = Callable[[str, dict[str, pl.DataFrame]], Path]


@pytest.fixture
def release(facts: BuildFacts, tmp_path: Path) -> Release:
    """Make the release of a version out of tables."""

    def make(version: str, tables: dict[str, pl.DataFrame]) -> Path:
        folder = tmp_path / "releases" / version
        publish(tables, replace(facts, version=version, released_on=date(2026, 5, 4)), folder)
        return folder

    return make
