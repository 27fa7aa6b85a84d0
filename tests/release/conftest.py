"""Small worlds to release: tables in memory, and builds of three-article raw folders."""

import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from builder.pipeline import Plan, build
from builder.release.opened import Column, Opened
from builder.release.stage import ReleasePlan, release
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


def build_changed(folder: Path, **texts: str) -> Path:
    """A build of the town with files of its raw folder written; `a__b_dot_txt` is `a/b.txt`."""
    raw = folder / "raw"
    shutil.copytree(TOWN, raw)
    for name, text in texts.items():
        (raw / name.replace("__", "/").replace("_dot_", ".")).write_text(text, encoding="utf-8")
    build(Plan(raw, folder / "out"))
    return folder / "out"


BRIDGE = (TOWN / "gazette" / "bridge.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def changed_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build of the town after one more sentence was written into one of its articles."""
    longer = BRIDGE.rstrip() + "\n\n“The bridge stays where it is,” said Lena Forsby.\n"
    return build_changed(tmp_path_factory.mktemp("changed"), gazette__bridge_dot_txt=longer)


def release_town(build: Path, releases: Path, version: str = "0.1.0", day: int = 1) -> Path:
    """The build released in that folder, in November 2026."""
    return release(ReleasePlan(version, date(2026, 11, day), build, releases)).folder
