"""What the documentation must not leave out, and what it must not claim."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from builder.cli.main import EPILOG, app
from builder.errors import OnrecordError
from schemas.tables import TABLES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


def family(error: type[OnrecordError]) -> set[type[OnrecordError]]:
    return {error}.union(*(family(child) for child in error.__subclasses__()))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_documentation_and_has_an_example(command: str) -> None:
    documents = README + (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"`{command}`" in documents or f"onrecord {command}" in documents
    assert f"Example: onrecord {command}" in (get_command(app).commands[command].help or "")  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", list(TABLES))
def test_every_table_is_in_the_readme(table: str) -> None:
    assert f"| `{table}` |" in README


ERRORS = sorted(family(OnrecordError), key=lambda error: str(error))


@pytest.mark.parametrize("error", ERRORS)
def test_every_exit_code_is_documented(error: type[OnrecordError]) -> None:
    assert f"`{error.exit_code}`" in README
    assert f"{error.exit_code} " in EPILOG


def test_every_dependency_is_justified_and_no_other_is_named() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = set(re.findall(r'^  "([a-z0-9-]+)(?:\[[a-z]+\])?[<>=]', project, flags=re.MULTILINE | re.IGNORECASE))
    section = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Dependencies")[1]
    justified = {
        name.strip()
        for row in re.findall(r"^\| ([a-z0-9, -]+) \|", section, flags=re.MULTILINE)
        for name in row.split(",")
        if name.strip() not in ("package", "---")
    }
    assert declared == justified


def test_the_readmes_links_lead_somewhere() -> None:
    for document in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / target).exists(), f"{document} links to {target}"


@pytest.mark.usefixtures("recorded_bits")
def test_the_projects_datasheet_is_the_one_that_its_build_writes(corpus: Path) -> None:
    """Regenerate it with `make datasheet`."""
    assert (corpus / "DATASHEET.md").read_text("utf-8") == (ROOT / "DATASHEET.md").read_text("utf-8")
