"""The site of `docs/`: it builds without a warning, its links lead somewhere, and nothing of the code is left out."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from typer.main import get_command

from builder.cli.main import app
from builder.read.manifest import Columns, Settings
from schemas import vocabulary
from schemas.derive import describe_columns
from schemas.tables import BESIDE, TABLES
from tests.docs.pages import ROOT

REGISTRIES = re.compile(r"https?://[^\"' ]*(pypi|anaconda|npmjs|pythonhosted|conda)[^\"' ]*")
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
# A link element that loads nothing.
NAMES_ONLY = {"canonical", "next", "prev"}


class Page(HTMLParser):
    """Anchors, links, and what the browser loads, of one page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.anchors, self.links, self.loaded, self.text = set[str](), list[str](), list[str](), ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if LOADED.get(tag) in values and values.get("rel") not in NAMES_ONLY:
            self.loaded.append(values[LOADED[tag]])

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Page]:
    out = tmp_path_factory.mktemp("site").resolve()
    ran = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "WARNING" not in ran.stderr
    return {path: Page(path) for path in sorted(out.rglob("*.html"))}


def test_every_link_and_anchor_leads_somewhere(site: dict[Path, Page]) -> None:
    for path, page in site.items():
        for link in page.links:
            target, anchor = urldefrag(link)
            if re.match(r"[a-z]+:", link) or path.name == "404.html":
                continue
            aim = (path.parent / unquote(target)).resolve() if target else path
            aim = aim / "index.html" if aim.is_dir() else aim
            assert aim.is_file(), f"{path.name} links to {link}"
            assert not anchor or aim not in site or unquote(anchor) in site[aim].anchors, f"{path.name}: {link}"


def test_nothing_is_loaded_from_elsewhere_and_no_registry_is_named(site: dict[Path, Page]) -> None:
    for path, page in site.items():
        assert [one for one in page.loaded if re.match(r"(https?:)?//", one)] == [], path.name
        assert not REGISTRIES.search(path.read_text(encoding="utf-8"))


def test_the_reference_has_every_command_column_value_and_setting(site: dict[Path, Page]) -> None:
    pages = {path.stem: page.text for path, page in site.items() if path.parent.name == "reference"}
    root = get_command(app)
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        for one in (command, *getattr(command, "commands", {}).values()):
            assert f"onrecord {name}" in pages["cli"]
            assert [
                option
                for parameter in one.params
                for option in parameter.opts[:1]
                if option[:2] == "--" and option not in pages["cli"]
            ] == []
    for table in (*TABLES, *BESIDE):
        assert [column.name for column in describe_columns(table) if column.name not in pages["tables"]] == []
    lists = [values for name, values in vars(vocabulary).items() if name.isupper() and isinstance(values, dict)]
    assert [value for values in lists for value in values if value not in pages["vocabularies"]] == []
    assert [key for model in (Settings, Columns) for key in model.model_fields if key not in pages["settings"]] == []
    assert all(field.description for model in (Settings, Columns) for field in model.model_fields.values())


def test_the_measured_tables_of_the_readme_are_in_the_pages(site: dict[Path, Page]) -> None:
    (quality,) = [page.text for path, page in site.items() if path.stem == "quality"]
    (corpus,) = [page.text for path, page in site.items() if path.stem == "own-corpus"]
    assert "Citron" in quality
    assert "people among themselves" in quality
    assert "Speakers and targets are told by" in quality
    assert "NewsML-G2" in corpus
    assert "8<" not in quality + corpus
