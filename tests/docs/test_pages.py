"""Every page is typed as a reader would type it, and shows what comes then. `make docs-golden` takes new outputs over.

Blocks of `sh` stand for what a test has not: an installation, a network, a cluster, an account, hours of training. They
are parsed: the command is there, and takes these arguments and options.
"""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from builder.cli.main import app
from tests.docs.pages import ROOT, TUTORIAL, Block, blocks, commands, page_names, read_page
from tests.docs.place import type_page

PAGES = page_names()
OTHERS = [
    name
    for name in PAGES
    if name != TUTORIAL and any(b.language in ("console", "pycon") or b.title for b in blocks(read_page(name)))
]
# Why some commands of a page are parsed and not run.
PARSED = {
    "tutorial.md": "installs onrecord itself",
    "how-to/object-stores.md": "needs a network and a store",
    "how-to/cluster.md": "needs several machines",
    "scale.md": "needs several machines",
    "how-to/own-model.md": "needs torch, corpora and hours",
    "how-to/publish.md": "needs an archive's DOI, an account on the Hub",
    "how-to/report.md": "a server does not end by itself",
}
# What the prose of a page says of an output beside it.
SAID = {
    "tutorial.md": (
        "1 × no-main-text",
        "told 2 times",
        "a MINOR step: 1.1.0 or higher",
        "releases/1.0.0 is what articles gives",
    ),
    "how-to/authority.md": ("also: the ferry company", "known as: registry:SK-1187", "Olaf Jon Renn"),
    "how-to/corrections.md": (
        "1 article read: 0 added, 1 changed, 0 deleted",
        "Calder Line · commitment",
        "(True, 11)",
    ),
    "how-to/own-corpus.md": ("letters/march.csv | line 4 | empty", "exit code: 3"),
    "how-to/publish.md": ("is too small a step from 1.1.0", "exit code: 7"),
    "how-to/takedown.md": ("1 × withdrawn",),
    "how-to/validation.md": ("4 articles read in full", "| all quotes | 4 |"),
    "how-to/withheld-text.md": ("(the text is withheld)", "with all its words is in full"),
    "explanation/determinism.md": ("a PATCH step", "the same"),
}
FILES = ("toml", "csv", "python")


@pytest.mark.usefixtures("recorded_bits")
def test_the_tutorial_shows_what_comes_when_it_is_typed(tutorial: tuple[str, Path]) -> None:
    assert tutorial[0] == read_page(TUTORIAL)


@pytest.mark.usefixtures("recorded_bits")
@pytest.mark.parametrize("name", OTHERS)
def test_a_page_shows_what_comes_when_it_is_typed_where_the_tutorial_ends(
    name: str, tutorial: tuple[str, Path], tmp_path: Path
) -> None:
    assert type_page(name, tutorial[1], tmp_path) == read_page(name)


@pytest.mark.parametrize("name", SAID)
def test_what_the_prose_says_of_an_output_is_in_it(name: str) -> None:
    shown = "".join(block.body for block in blocks(read_page(name)) if block.title is None)
    assert [words for words in SAID[name] if words not in shown] == []


@pytest.mark.parametrize("name", PAGES)
def test_no_block_of_code_escapes_the_tests(name: str) -> None:
    for block in blocks(read_page(name)):
        assert block.language in (*FILES, "console", "pycon", "sh", "text")
        assert (block.title is not None) == (block.language in FILES)
        assert block.language != "sh" or name in PARSED
        assert block.language != "text" or "onrecord" not in block.body


@pytest.mark.parametrize("name", PAGES)
def test_every_command_of_a_page_can_be_typed(name: str) -> None:
    for line in [line for block in blocks(read_page(name)) for line in _lines(block)]:
        _parse(shlex.split(line.replace("\\\n", " "), comments=True))


@pytest.mark.parametrize("name", PARSED)
def test_what_make_is_asked_for_is_in_the_makefile(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for block in blocks(read_page(name)):
        for target in re.findall(r"^make ([a-z-]+)", block.body, re.M) if block.language == "sh" else ():
            assert re.search(rf"^{target}:.*##", makefile, re.M)


@pytest.mark.parametrize("name", PAGES)
def test_commands_and_options_that_the_prose_names_are_there(name: str) -> None:
    prose = re.sub(r"^```.*?^```$", "", read_page(name), flags=re.M | re.S)
    root = get_command(app)
    for command in re.findall(r"`onrecord ([a-z][a-z-]*)", prose):
        assert command in root.commands  # type: ignore[attr-defined]
    for option in re.findall(r"`(--[a-z-]+)", prose):
        assert option in _options(root), f"no command has {option}"


def test_every_command_of_the_console_script_is_run_or_parsed_in_a_page() -> None:
    typed = {shlex.split(line)[1] for name in PAGES for block in blocks(read_page(name)) for line in _lines(block)}
    assert set(get_command(app).commands) - typed == set()  # type: ignore[attr-defined]


def _lines(block: Block) -> list[str]:
    """The command lines of onrecord in a block."""
    if block.language == "console":
        lines = [command for command, _ in commands(block)]
    else:
        lines = block.body.splitlines() if block.language == "sh" else []
    parts = [part.strip() for line in lines for part in re.split(r" \|\|? | && | > |; ", line)]
    return [part for part in parts if part.startswith("onrecord ")]


def _parse(words: list[str]) -> None:
    command: Any = get_command(app)
    rest = words[1:]
    while hasattr(command, "commands"):
        assert rest[0] in command.commands, f"{words}: no command {rest[0]}"
        command, rest = command.commands[rest[0]], rest[1:]
    command.make_context(words[-1], rest)


def _options(command: Any) -> set[str]:
    own = {option for parameter in command.params for option in parameter.opts}
    return own.union(
        {"--help", "--install-completion"}, *(_options(one) for one in getattr(command, "commands", {}).values())
    )
