"""A small build that is out for review: a town's news, as `onrecord review export` writes it."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from builder.pipeline import Plan, build
from builder.review.compare import Signed
from builder.review.corrections import Correction
from builder.review.folder import export_review, import_review, write_corrections

ROOT = Path(__file__).parents[2]
TOWN = ROOT / "tests" / "worlds" / "town-council" / "raw"
SIGNED = Signed("A. Quill", date(2026, 11, 20), "full reading")
Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a build is corrected: raw folder, build, the folder out for review, and the way through them."""

    root: Path

    @property
    def raw(self) -> Path:
        return self.root / "raw"

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def reading(self) -> Path:
        return self.root / "reading"

    def build(self) -> Tables:
        return build(Plan(self.raw, self.out, self.root / "cache"))

    def export(self, *wanted: str) -> None:
        shutil.rmtree(self.reading, ignore_errors=True)
        export_review(self.out, self.reading, wanted=wanted)

    def annotation(self, locator: str) -> Path:
        articles = pl.read_parquet(self.out / "data" / "articles" / "*.parquet")
        (key,) = articles.filter(pl.col("locator") == locator)["article_id"]
        return self.reading / f"{key}.ann"

    def edit(self, locator: str, change: Callable[[str], str]) -> None:
        path = self.annotation(locator)
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    def bring_back(self, signed: Signed = SIGNED) -> tuple[Correction, ...]:
        return import_review(self.reading, self.out, signed).corrections

    def rebuild(self, name: str = "first", signed: Signed = SIGNED) -> Tables:
        write_corrections(self.raw / "corrections" / f"{name}.jsonl", self.bring_back(signed))
        return self.build()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Raw folder, build and cache, made once."""
    root = tmp_path_factory.mktemp("desk")
    shutil.copytree(TOWN, root / "raw")
    Desk(root).build()
    return root


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Desk:
    """A desk of one's own, everything exported."""
    shutil.copytree(built, tmp_path / "desk")
    desk = Desk(tmp_path / "desk")
    desk.export()
    return desk
