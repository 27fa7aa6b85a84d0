"""A small town's build, made once for all commands, and a place to type them."""

import re
import shlex
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from builder.cli.main import run
from builder.pipeline import Plan, build
from builder.release.stage import ReleasePlan, release

ROOT = Path(__file__).parents[2]
WIDE, PHONE = "120", "40"

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


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code, and what went to either stream."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """The message in one line, without the frame that usage errors have."""
        return " ".join(re.sub("[│╭╮╰╯─]", " ", self.err).split())


Onrecord = Callable[..., Ran]


@pytest.fixture
def onrecord(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Onrecord:
    """Type a line after `onrecord`; the terminal is as wide as told."""

    def typed(line: str, width: str = WIDE) -> Ran:
        for name, value in {"NO_COLOR": "1", "COLUMNS": width, "TERM": "dumb"}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["onrecord", *shlex.split(line)])
        with pytest.raises(SystemExit) as end:
            run()
        caught = capfd.readouterr()
        return Ran(int(end.value.code or 0), caught.out, caught.err)

    return typed


@pytest.fixture(scope="module")
def desk(town_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A person's folder: raw articles, their dataset, a release, and things that are none of these."""
    place = tmp_path_factory.mktemp("desk")
    shutil.copytree(town_build.parent / "raw", place / "raw")
    shutil.copytree(town_build, place / "dataset")
    for name in ("notes", "empty"):
        (place / name).mkdir()
    (place / "notes" / "thesis.txt").write_text("mine\n", encoding="utf-8")
    (place / "file.txt").write_text("a file\n", encoding="utf-8")
    release(ReleasePlan("0.1.0", date(2026, 11, 24), place / "dataset", place / "releases"))
    return place


@pytest.fixture
def at_the_desk(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(desk)
    return desk
