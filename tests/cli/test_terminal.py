"""What people see at a real terminal: of any width, with and without a pager, colours and links."""

import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from builder.cli.screen import linked, visible
from tests.cli.terminal import ROOT, Typed, type_all

ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|\]8;[^\x1b]*\x1b\\|=|>)")
WIDTHS = (30, 40, 60, 80, 130)
LINK = "\x1b]8;"


def commands(build: Path) -> list[tuple[str, ...]]:
    return [
        ("show", str(build), "bridge"),
        ("show", str(build), "gazette/ferry"),
        ("actors", "list", str(build)),
        ("actors", "show", str(build), "Lena Forsby"),
        ("actors", "why", str(build), "Lena Forsby"),
        ("actors", "suspects", str(build)),
        ("claims", str(build)),
        ("describe", "--build", str(build)),
        ("describe", "claims"),
    ]


@pytest.fixture(scope="module")
def pager(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pager that says that it ran and how many lines it got."""
    path = tmp_path_factory.mktemp("bin") / "pager"
    path.write_text('#!/bin/sh\necho "PAGER got $(wc -l) lines, LESS=$LESS"\n', encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture(scope="module")
def seen(town_build: Path, pager: Path) -> Callable[[Typed], str]:
    """Everything that this file types, typed in one sitting."""
    every = [Typed(argv, width) for width in WIDTHS for argv in commands(town_build)] + list(
        special(town_build, pager).values()
    )
    shown = type_all(every)
    return lambda typed: shown[every.index(typed)]


def special(build: Path, pager: Path) -> dict[str, Typed]:
    show, paged = ("show", str(build), "bridge"), {"PAGER": str(pager)}
    return {
        "short page": Typed(show, 80, 10, paged),
        "long page": Typed(show, 80, 400, paged),
        "told not to": Typed((*show, "--no-pager"), 80, 10, paged),
        "cat": Typed(show, 80, 10, {"PAGER": "cat"}),
        "none": Typed(show, 80, 10, {"PAGER": "no-such-pager"}),
        "less": Typed(("actors", "list", str(build)), 80, 5, {"PAGER": "less -E"}),
        "plain": Typed(show, 80, 400, {"NO_COLOR": "1"}),
        "coloured": Typed(show, 80, 400),
        "linked": Typed(("show", str(build), "gazette/ferry"), 80, 400),
        "linkless": Typed(("show", str(build), "gazette/ferry"), 80, 400, {"TERM": "linux"}),
        "json": Typed((*show, "--json"), 80, 5, paged),
        "error": Typed(("show", str(build), "no such article"), 40, 5, paged),
    }


def test_nothing_is_wider_than_the_terminal_and_no_word_is_lost(seen: Callable[[Typed], str], town_build: Path) -> None:
    for argv in commands(town_build):
        words = {}
        for width in WIDTHS:
            text = ESCAPES.sub("", seen(Typed(argv, width)))
            widest = max(map(cell_len, text.splitlines()))
            assert widest <= width, (argv, width)
            words[width] = "".join(re.findall(r"\w", text))
            assert "Traceback" not in text
        if argv[0] == "show":
            assert len(set(words.values())) == 1


def test_what_is_longer_than_the_terminal_goes_through_the_pager_and_what_is_not_does_not(
    seen: Callable[[Typed], str], town_build: Path, pager: Path
) -> None:
    typed = special(town_build, pager)
    whole = seen(typed["long page"])
    assert "Council votes to keep the old bridge" in whole
    assert seen(typed["short page"]).strip() == f"PAGER got {whole.count(chr(10))} lines, LESS=FRX"
    assert seen(typed["told not to"]) == whole == seen(typed["cat"]) == seen(typed["none"])


def test_less_shows_the_first_page_and_its_colours(seen: Callable[[Typed], str], town_build: Path, pager: Path) -> None:
    shown = seen(special(town_build, pager)["less"])
    assert "actors" in shown
    assert "ESC[" not in shown


def test_colours_heed_no_color_and_machines_get_neither_colours_nor_a_pager(
    seen: Callable[[Typed], str], town_build: Path, pager: Path
) -> None:
    typed = special(town_build, pager)
    colour = re.compile(r"\x1b\[[0-9;]*3[0-7]m")
    assert colour.search(seen(typed["coloured"]))
    assert not colour.search(seen(typed["plain"]))
    assert "\x1b" not in seen(typed["json"])
    assert seen(typed["json"]).startswith('{"article"')


def test_an_article_with_an_address_is_a_link_where_the_terminal_makes_links(
    seen: Callable[[Typed], str], town_build: Path, pager: Path
) -> None:
    typed = special(town_build, pager)
    assert re.search(re.escape(LINK) + r"id=\d+;https://[!-~]+\x1b\\", seen(typed["linked"]))
    assert LINK not in seen(typed["linkless"])
    assert "https://" in seen(typed["linkless"])
    assert LINK not in seen(typed["coloured"])  # the bridge has no address


def test_an_error_is_a_message_that_no_pager_gets(seen: Callable[[Typed], str], town_build: Path, pager: Path) -> None:
    shown = seen(special(town_build, pager)["error"])
    assert ESCAPES.sub("", shown).startswith("error: ")
    assert "PAGER" not in shown


def test_nothing_but_text_is_piped(town_build: Path, pager: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "from builder.cli.main import run; run()", "show", str(town_build), "gazette/ferry"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"PAGER": str(pager), "TERM": "xterm-256color", "PATH": ""},
    )
    assert "\x1b" not in ran.stdout
    assert "PAGER" not in ran.stdout
    assert "https://" in ran.stdout


def test_what_strangers_wrote_never_steers_the_terminal() -> None:
    assert visible("a\x1b[2Jb\x9b2Jc\x07\r\n\td") == "a\ufffd[2Jb\ufffd2Jc\ufffd\ufffd\n\td"
    console = Console(force_terminal=True, width=80)
    with console.capture() as captured:
        console.print(linked("a\x1b]0;title\x07", "https://example.org/\x1b]0;x", console))
        console.print(linked("b", "javascript:alert(1)", console))
    assert "\x1b]" not in captured.get()
