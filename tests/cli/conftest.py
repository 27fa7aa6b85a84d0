"""A small town's build, made once for all commands."""

import shutil
from pathlib import Path

import pytest

from builder.pipeline import Plan, build

TOWN = Path(__file__).parents[1] / "worlds" / "town-council" / "raw"
ADDRESS = "https://gazette.example/2026/ferry"


@pytest.fixture(scope="session")
def town_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its folder, the ferry's article with an address; nobody writes to it."""
    root = tmp_path_factory.mktemp("town")
    shutil.copytree(TOWN, root / "raw")
    page = root / "raw" / "gazette" / "ferry.html"
    head = f'<head><link rel="canonical" href="{ADDRESS}">'
    page.write_text(page.read_text(encoding="utf-8").replace("<head>", head), encoding="utf-8")
    build(Plan(root / "raw", root / "out"))
    return root / "out"
