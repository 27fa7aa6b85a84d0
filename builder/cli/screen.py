"""What a person's terminal gets: a pager where the text is longer than it, links where it knows them, no control
characters of strangers. Imports nothing of the project.

A pager runs only between a person and a terminal: what is piped, or printed with --no-pager or PAGER=cat, comes as it
is. Colours are rich's, which heeds NO_COLOR and pipes.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

NoPager = Annotated[bool, typer.Option("--no-pager", help="Print everything at once, however long it is.")]
# Below this width the columns of a table would be a word wide each: a row is a paragraph then.
NARROW = 70
# As git does: end at once where all fits after all, keep colours and links, leave the text on the screen.
_LESS = "FRX"
_NO_PAGER = ("", "cat")
# Terminals that print the address instead of making a link of it, or know no escape sequences at all.
_LINKLESS = ("", "dumb", "unknown", "linux", "vt100", "vt220")
_ADDRESS = re.compile(r"https?://[!-~]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@contextmanager
def screen(no_pager: bool = False) -> Iterator[Console]:
    """A console for a command's text: what it prints goes through the pager if the terminal is shorter."""
    console = Console(highlight=False)
    pager = _pager(os.environ) if console.is_terminal and not no_pager else None
    if pager is None:
        yield console
        return
    with console.capture() as captured:
        yield console
    text = captured.get()
    if text.count("\n") < console.height or not _page(text, pager):
        sys.stdout.write(text)
        sys.stdout.flush()


def _pager(environment: Mapping[str, str]) -> list[str] | None:
    """The pager's command; None where there is none, none is wanted, or the terminal cannot scroll back."""
    command = environment.get("PAGER", "less")
    if command.strip() in _NO_PAGER or environment.get("TERM", "dumb") == "dumb":
        return None
    try:
        words = shlex.split(command)
    except ValueError:
        return None
    return words if shutil.which(words[0]) else None


def _page(text: str, pager: list[str]) -> bool:
    """Whether the pager took the text; that somebody leaves it early is no error."""
    # An interrupt is the pager's: less stays where it is. (A handler, unlike SIG_IGN, is not inherited.)
    former = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        subprocess.run(  # noqa: S603 - the person's own PAGER
            pager,
            input=text.encode("utf-8", "replace"),
            check=False,
            env={"LESS": _LESS, "LESSCHARSET": "utf-8", **os.environ},
        )
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, former)
    return True


def visible(text: str) -> str:
    r"""The text without characters that would steer the terminal: a dataset may come from strangers.

    >>> visible("red \x1b[31mflag\n")
    'red �[31mflag\n'
    """
    return _CONTROL.sub("\ufffd", text)


def linked(text: str, url: str | None, console: Console, style: str = "") -> Text:
    """The text as a link to the address (OSC 8), where the terminal knows links and the address is one."""
    shown = Text(visible(text), style=style)
    if url and knows_links(console, os.environ) and _ADDRESS.fullmatch(url):
        shown.stylize(f"link {url}")
    return shown


def knows_links(console: Console, environment: Mapping[str, str]) -> bool:
    """Whether the console is a terminal that makes links of OSC 8, and passes them on where a pager comes between."""
    pager = environment.get("PAGER", "less").split()
    passes = not pager or Path(pager[0]).name in ("less", "cat")
    return console.is_terminal and passes and environment.get("TERM", "").lower() not in _LINKLESS


def is_narrow(console: Console) -> bool:
    """Whether a table would not be read on it."""
    return console.width < NARROW
