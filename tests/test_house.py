"""The rules of the house that a machine can check: who imports whom, how long files are, what must not be tracked."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STAGES = ("read", "normalize", "extract", "resolve", "assemble", "publish")
SOURCES = sorted(path for folder in ("builder", "schemas") for path in (ROOT / folder).rglob("*.py"))
MODULES = [path for path in SOURCES if path.name != "__init__.py"]
# What a stage hands on is a plain row type; later stages import it from the folder that makes it.
ROW_TYPES = {
    "builder.read.record",
    "builder.read.manifest",
    "builder.normalize.article",
    "builder.extract.attribution",
    "builder.resolve.actor",
}
# Typography, sentences, words and their forms are facts about text that later stages need as extract does.
SHARED_LEAVES = {"builder.extract.phrases", "builder.extract.quotations", "builder.extract.sentences"}


def imported(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", sorted((ROOT / "schemas").glob("*.py")), ids=named)
def test_schemas_import_nothing_of_builder(path: Path) -> None:
    assert not {name for name in imported(path) if name.split(".")[0] == "builder"}


@pytest.mark.parametrize(
    "path", [path for stage in STAGES for path in sorted((ROOT / "builder" / stage).glob("*.py"))], ids=named
)
def test_a_stage_imports_no_later_stage_and_of_earlier_ones_only_their_rows(path: Path) -> None:
    own = path.parent.name
    later = STAGES[STAGES.index(own) + 1 :]
    earlier = STAGES[: STAGES.index(own)]
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "builder" or len(parts) < 2 or parts[1] == own:
            continue
        assert parts[1] not in (*later, "cli", "pipeline", "shard", "cache"), f"{named(path)} imports {name}"
        assert parts[1] not in earlier or name in ROW_TYPES | SHARED_LEAVES, f"{named(path)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_torch_is_needed_nowhere_but_in_training(path: Path) -> None:
    if path.parent.name != "training":
        assert not {"torch", "onnx", "safetensors"} & {name.split(".")[0] for name in imported(path)}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_stage_reads_a_clock_a_locale_or_the_environment(path: Path) -> None:
    if path.parent.name in STAGES:
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"\b(?:datetime\.now|date\.today|utcnow|time\.time|os\.environ|getenv|random\.)\b", text)
        assert not found, f"{named(path)}: {found}"
        assert not {"time", "random", "locale"} & imported(path)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_module_says_at_its_head_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))], ids=named)
def test_files_stay_short_enough_to_read(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 300


def test_nothing_is_called_utils() -> None:
    assert not [path for path in SOURCES if path.stem in ("utils", "helpers", "common", "misc")]


def test_lock_files_pin_every_package_with_hashes_and_name_no_host() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        pinned = re.split(r"\n(?=[a-z0-9])", text, flags=re.IGNORECASE)
        assert all("==" in package and "--hash=sha256:" in package for package in pinned if package.strip())


def test_what_must_not_be_in_the_project_is_not_in_it() -> None:
    check = ROOT.parent / "shared" / "tools" / "house_check.py"
    if not check.is_file() or not (ROOT / ".git").exists():
        pytest.skip("needs ../shared and a git checkout")
    ran = subprocess.run([sys.executable, check], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
