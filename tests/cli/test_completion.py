"""What the shells offer: a line is typed into bash, zsh and fish at a terminal, Tab and Enter pressed.

The completion asks the program; the line itself runs a function of the same name, which writes down what it was given.
A shell that is not installed is skipped.
"""

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.vocabulary import CLAIM_KINDS

ROOT = Path(__file__).parents[2]
SHELLS = {"bash": ("bash", "--norc", "-i"), "zsh": ("zsh", "-f", "-i"), "fish": ("fish", "--no-config", "-i")}
WRITES = "onrecord() { printf '%s\\n' \"$*\" >> said; }"
TAKES_THE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""
# What makes a fresh shell know the command.
SET_UP = {
    "bash": ("eval \"$(onrecord --show-completion bash)\"", WRITES),
    "zsh": (
        "autoload -U compinit && compinit -u -D",
        "eval \"$(onrecord --show-completion zsh)\"",
        WRITES,
    ),
    "fish": ("onrecord --show-completion fish | source", "function onrecord; echo \"$argv\" >> said; end"),
}  # fmt: skip
# What is typed before Tab, and what the line is then.
LINES = {
    "actors sea": "actors search",
    "claims dataset --published-f": "claims dataset --published-from",
    "describe quot": "describe quotes",
    "claims dataset --kind den": "claims dataset --kind denial",
    "claims dataset --collection gaz": "claims dataset --collection gazette",
    "claims dataset --claimant person/le": "claims dataset --claimant person/lena-forsby",
    "show dataset brid": "show dataset bridge.txt",
    "describe --build data": "describe --build dataset",
}


@pytest.fixture
def desk(town_build: Path, tmp_path: Path) -> Path:
    """A folder with a dataset in it, and the command on the path."""
    (tmp_path / "dataset").symlink_to(town_build)
    command = tmp_path / "bin" / "onrecord"
    command.parent.mkdir()
    command.write_text(f"#!{sys.executable}\nfrom builder.cli.main import run\nrun()\n", encoding="utf-8")
    command.chmod(0o755)
    return tmp_path


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, desk: Path) -> Iterator[tuple[str, int]]:
    """The shell's name, and the terminal that it reads from."""
    name: str = request.param
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    ours, theirs = pty.openpty()
    environment = {
        "PATH": f"{desk / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(desk),
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", TAKES_THE_TERMINAL, *SHELLS[name]],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=desk,
        env=environment,
        start_new_session=True,
    )
    os.close(theirs)
    yield name, ours
    process.kill()
    process.wait()
    os.close(ours)


def press(terminal: int, keys: str, said: Path, lines: int) -> list[str]:
    """What has been written down once the keys have given so many lines."""
    os.write(terminal, keys.encode())
    shown, ends_at = b"", time.monotonic() + 60
    while time.monotonic() < ends_at:
        if select.select([terminal], [], [], 0.1)[0]:
            shown += os.read(terminal, 65536)  # a shell whose terminal nobody reads stands still
        written = said.read_text("utf-8").splitlines() if said.exists() else []
        if len(written) >= lines:
            return written
    raise AssertionError(f"the shell did not go on: {shown.decode('utf-8', 'replace')}")


def test_the_shell_completes_commands_options_and_what_a_build_holds(shell: tuple[str, int], desk: Path) -> None:
    name, terminal = shell
    said = desk / "said"
    press(terminal, "".join(f"{line}\r" for line in (*SET_UP[name], "onrecord ready")), said, 1)
    for number, (typed, whole) in enumerate(LINES.items(), 2):
        written = press(terminal, f"onrecord {typed}\t\r", said, number)
        assert written[-1].rstrip(" /") == whole


def offered(desk: Path, line: str) -> list[str]:
    """What bash is told of a line that is being typed."""
    words = line.split(" ")
    environment = os.environ | {
        "PATH": f"{desk / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
        "_ONRECORD_COMPLETE": "complete_bash",
    }
    ran = subprocess.run(["onrecord"], cwd=desk, env=environment, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return ran.stdout.split()


def test_every_kind_is_offered_and_an_article_by_its_id_too(desk: Path) -> None:
    assert offered(desk, "onrecord claims dataset --kind ") == list(CLAIM_KINDS)
    ids = offered(desk, "onrecord show dataset art-")
    assert len(ids) == 3
    assert all(one.startswith("art-") for one in ids)


@pytest.mark.parametrize("build", ["nowhere", "bin", "bin/onrecord"])
def test_where_there_is_no_build_nothing_is_offered_and_nothing_said(desk: Path, build: str) -> None:
    assert offered(desk, f"onrecord show {build} bri") == []
