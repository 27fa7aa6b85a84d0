"""Small worlds to release: tables in memory, and builds of three-article raw folders."""

from pathlib import Path

import polars as pl
import pytest

from builder.pipeline import Plan, build
from builder.release.opened import Column, Opened
from schemas.derive import describe_columns
from tests.publish.conftest import facts, tables

__all__ = ["facts", "tables"]

TOWN = Path(__file__).parents[1] / "worlds" / "town-council" / "raw"


def open_tables(tables: dict[str, pl.DataFrame], name: str = "build") -> Opened:
    """Tables in memory as if they had been read from a folder."""
    columns = {
        table: {doc.name: Column(doc.type, doc.nullable, doc.vocabulary) for doc in describe_columns(table)}
        for table in tables
    }
    return Opened(name, None, "", columns, tables)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build of the town's three articles."""
    out = tmp_path_factory.mktemp("town") / "out"
    build(Plan(TOWN, out))
    return out
