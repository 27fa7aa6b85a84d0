"""The pages of `docs/` as a reader who types everything in them would meet them.

`typed` runs a page in a folder, command by command, and returns it with the outputs as they came: a page is right where
that is the page itself. What stands in which block:

    ```console                  commands after `$ `, run in the page's order, and what the terminal shows (80 columns)
    ```pycon                    Python at its prompt, run
    ```toml title="a/file"      a file, written to that path before the page goes on (any language)
    ```sh                       commands that need what a test has not; they are only parsed
"""

import ast
import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.cli.main import run

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
TUTORIAL = "tutorial.md"
# Written for readers of a dataset, in other languages too: tests/test_recipes.py runs it.
RECIPES = "recipes.md"
WIDTH = 80
_BLOCK = re.compile(r"^```(?P<language>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<body>.*?)^```$", re.M | re.S)
_OPENS = re.compile(r"^\s*```\w", re.M)
_PROMPT, _MORE = "$ ", "> "
_SHELL = re.compile(r"[|><;&`$*]")
# A command that is meant to fail says so to the reader.
_TELLS_CODE = ' || echo "exit code: $?"'
# How long something took is no more than an example: a page says … in its place.
_TOOK = re.compile(r"\bin \d+\.\d s\b")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code of a page: its language, the file that it is (or None), what is in it, and where that stands."""

    language: str
    title: str | None
    body: str
    start: int
    end: int


def page_names() -> list[str]:
    """Every page's path below `docs`, the tutorial first."""
    names = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
    return sorted((name for name in names if name != RECIPES), key=lambda name: name != TUTORIAL)


def read_page(name: str) -> str:
    """The page's text."""
    return (DOCS / name).read_text(encoding="utf-8")


def blocks(page: str) -> list[Block]:
    """The blocks of code of a page; ValueError where one is written so that it would not be seen."""
    found = [
        Block(match["language"], match["title"], match["body"], match.start("body"), match.end("body"))
        for match in _BLOCK.finditer(page)
    ]
    if len(found) != len(_OPENS.findall(page)):
        raise ValueError("a block of code is indented, or its fence says more than a language and a title")
    return found


def commands(block: Block) -> list[tuple[str, str]]:
    """The commands of a console block, continued lines joined, each with the lines below it."""
    found: list[list[str]] = []
    for line in block.body.splitlines():
        if line.startswith(_PROMPT):
            found.append([line.removeprefix(_PROMPT), ""])
        elif line.startswith(_MORE) and found and not found[-1][1] and found[-1][0].endswith("\\"):
            found[-1][0] += "\n" + line.removeprefix(_MORE)
        elif found:
            found[-1][1] += line + "\n"
        else:
            raise ValueError(f"{line!r} stands before the first command")
    return [(command, output) for command, output in found]


def typed(page: str, folder: Path) -> str:
    """The page with the outputs that come when it is typed in a folder, where its files are left."""
    pieces, at, names = [], 0, dict[str, Any]()
    with _in_folder(folder):
        for block in blocks(page):
            pieces += [page[at : block.start], _typed_block(block, names)]
            at = block.end
    return "".join((*pieces, page[at:]))


def _typed_block(block: Block, names: dict[str, Any]) -> str:
    if block.title is not None:
        path = Path(block.title)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.body, encoding="utf-8")
    elif block.language == "console":
        return "".join(_prompted(command) + _plain(_run(command)) for command, _ in commands(block))
    elif block.language == "pycon":
        return "".join(_run_python(block.body, names))
    return block.body


def _prompted(command: str) -> str:
    return _PROMPT + command.replace("\n", "\n" + _MORE) + "\n"


def _plain(output: str) -> str:
    lines = [line.rstrip() for line in _TOOK.sub("in … s", output).splitlines()]
    return "".join(line + "\n" for line in lines).strip("\n") + "\n" if any(lines) else ""


def _run(command: str) -> str:
    """What a terminal shows of a command; RuntimeError where it fails and the page does not say so."""
    here = command.replace("\\\n", "").removesuffix(_TELLS_CODE)
    words = shlex.split(here)
    if words[0] == "cd":
        os.chdir(words[1])
        return ""
    if words[0] == "onrecord" and not _SHELL.search(here):
        shown, code = run_here(words)
        if code and not command.endswith(_TELLS_CODE):
            raise RuntimeError(f"{command!r} ended with {code}: {shown}")
        return shown + (f"exit code: {code}\n" if code else "")
    done = subprocess.run(
        ["bash", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command!r} ended with {done.returncode}: {done.stdout}")
    return done.stdout


def run_here(words: list[str]) -> tuple[str, int]:
    """The console script's function in this process, for starting another takes longer than most commands."""
    shown, former, code = io.StringIO(), sys.argv, 0
    sys.argv = words
    try:
        with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
            run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.argv = former
    return shown.getvalue(), code


def _run_python(body: str, names: dict[str, Any]) -> Iterator[str]:
    """Statements at the prompt, each with what Python prints after it."""
    for lines in re.findall(r"^>>> .*\n(?:\.\.\..*\n)*", body, re.M):
        source = "".join(line[4:] for line in lines.splitlines(keepends=True))
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(io.StringIO()):
            for statement in ast.parse(source).body:
                exec(compile(ast.Interactive([statement]), "page", "single"), names)
        yield lines + _plain(shown.getvalue())


@contextlib.contextmanager
def _in_folder(folder: Path) -> Iterator[None]:
    """Work in a folder as somebody with one core and a plain terminal does; no cache of anybody's is read."""
    import datasets.config  # type: ignore[import-untyped,unused-ignore]

    former, environment, cores = Path.cwd(), dict(os.environ), os.cpu_count
    cached = datasets.config.HF_DATASETS_CACHE
    os.chdir(folder)
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "PAGER"):
        os.environ.pop(name, None)
    os.environ |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{environment.get('PATH', '')}",
        "COLUMNS": str(WIDTH),
        "HF_HUB_OFFLINE": "1",
        "LC_ALL": "C.UTF-8",
    }
    os.cpu_count = lambda: 1
    datasets.config.HF_DATASETS_CACHE = folder.parent / f"{folder.name}-cache"
    try:
        yield
    finally:
        os.chdir(former)
        os.environ.clear()
        os.environ.update(environment)
        os.cpu_count, datasets.config.HF_DATASETS_CACHE = cores, cached
