"""Where the pages are typed: the tutorial beside the source, every other page where the tutorial ends."""

import shutil
from pathlib import Path

from tests.docs.pages import DOCS, TUTORIAL, read_page, typed


def type_tutorial(root: Path) -> tuple[str, Path]:
    """The tutorial as it comes out, typed in the source's folder, and the folder that it leaves."""
    source = root / "onrecord"
    source.mkdir(parents=True)
    shutil.copytree(DOCS / "tutorial", source / "docs" / "tutorial")
    return typed(read_page(TUTORIAL), source), root / "harbour"


def type_page(name: str, tutorial_end: Path, root: Path) -> str:
    """A page as it comes out, typed in a copy of the folder that the tutorial leaves."""
    folder = root / tutorial_end.name
    shutil.copytree(tutorial_end, folder)
    return typed(read_page(name), folder)
