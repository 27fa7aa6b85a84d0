"""The examples that `--help` shows do what they say, typed one after the other in the town that they are of."""

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from builder.cli.examples import ELSEWHERE, EXAMPLES
from builder.cli.main import app, run
from tests.docs.pages import run_here

ROOT = Path(__file__).parents[2]
TOWN = ROOT / "tests" / "worlds" / "town-council" / "raw"
LINES = tuple(dict.fromkeys(line for lines in EXAMPLES.values() for line in lines))
GOLD = """\
T1	Source 0 5	Ada B
T2	Cue 6 10	said
T3	Content 11 30	that the ferry sank
E1	Cue:T2 Source:T1 Content:T3
"""
COMMAND = "#!{}\nfrom builder.cli.main import run\nif __name__ == '__main__':\n    run()\n"
# What a line leaves behind.
LEAVES = {
    "onrecord new-collection my-articles/gazette": "my-articles/gazette/collection.toml",
    "onrecord build raw --out dataset --cache .cache": "dataset/manifest.json",
    "onrecord release 0.1.0 --date 2026-11-24 --from dataset --to releases": "releases/0.1.0/CHANGELOG.md",
    "onrecord report dataset --out report": "report/index.html",
    "onrecord claims dataset --published-from 2026 --csv > claims.csv": "claims.csv",
    "onrecord deposit releases/0.1.0 --out deposit": "deposit/zenodo.json",
}


def commands(group: object, path: str = "") -> Iterator[str]:
    """Every command and group of the application."""
    for name, one in group.commands.items():  # type: ignore[attr-defined]
        yield f"{path}{name}"
        if hasattr(one, "commands"):
            yield from commands(one, f"{path}{name} ")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the examples take for granted: raw articles, some of them undeclared, and two readings of one."""
    place = tmp_path_factory.mktemp("town")
    shutil.copytree(TOWN, place / "raw")
    settings = place / "raw" / "gazette" / "collection.toml"
    withheld = settings.read_text("utf-8").replace("published = true", "published = false")
    settings.write_text(withheld, encoding="utf-8")  # or there would be nothing to hydrate
    (place / "my-articles" / "gazette").mkdir(parents=True)
    shutil.copy(TOWN / "gazette" / "bridge.txt", place / "my-articles" / "gazette")
    for folder in ("raw/gazette/gold", "second-reading/gazette/gold"):
        (place / folder).mkdir(parents=True)
        (place / folder / "sunk.txt").write_text("Ada B said that the ferry sank.", encoding="utf-8")
        (place / folder / "sunk.ann").write_text(GOLD, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def done(town: Path) -> dict[str, tuple[str, int]]:
    """What every example but those of other places printed, and its exit code; typed one after another in one sitting.

    What a shell has to do with is run by one, all else in this process.
    """
    command = town / "bin" / "onrecord"
    command.parent.mkdir()
    command.write_text(COMMAND.format(sys.executable), encoding="utf-8")
    command.chmod(0o755)
    environment = {
        "PATH": f"{command.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "100"
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(town):
        for name, value in environment.items():
            patch.setenv(name, value)
        return {
            line: by_a_shell(line) if re.search("[|>]", line) else run_here(shlex.split(line))
            for line in LINES
            if line not in ELSEWHERE
        }


def by_a_shell(line: str) -> tuple[str, int]:
    ran = subprocess.run(["sh", "-c", line], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return ran.stdout, ran.returncode


@pytest.mark.parametrize("line", [line for line in LINES if line not in ELSEWHERE])
def test_an_example_does_what_it_says(line: str, done: dict[str, tuple[str, int]], town: Path) -> None:
    shown, code = done[line]
    assert code == 0, shown
    assert shown or ">" in line
    assert line not in LEAVES or (town / LEAVES[line]).stat().st_size > 0


@pytest.mark.parametrize("line", sorted(ELSEWHERE))
def test_an_example_of_elsewhere_is_a_command_line_that_is_understood(line: str) -> None:
    """It is read to its end: a wrong option or argument would end it before the help that is asked for is printed."""
    ran = CliRunner().invoke(app, [*shlex.split(line)[1:], "--help"])
    assert ran.exit_code == 0, ran.output
    words = shlex.split(line)[1:]
    command = get_command(app).commands[words[0]]  # type: ignore[attr-defined]
    context = command.make_context(words[0], words[1:], resilient_parsing=False)
    assert context.params


def test_every_example_of_elsewhere_is_one_of_the_examples() -> None:
    assert set(LINES) >= ELSEWHERE


@pytest.mark.parametrize("command", sorted(commands(get_command(app))))
def test_the_help_of_every_command_shows_its_examples(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "argv", ["onrecord", *command.split(), "--help"])
    with pytest.raises(SystemExit) as end:
        run()
    shown = " ".join(capsys.readouterr().out.split())
    assert end.value.code == 0
    assert EXAMPLES[command]
    assert all(f"Example: {line}" in shown for line in EXAMPLES[command])


def test_there_is_no_example_of_what_is_no_command() -> None:
    assert set(EXAMPLES) == set(commands(get_command(app)))
