"""Commands typed at a real pseudo-terminal of a chosen size: what a person would see, byte for byte.

One process types all of them, because starting the interpreter takes longer than any of the commands.
"""

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
_END = "\x1e"
_PATIENCE = 120.0
# What less shows when it waits for a key.
_PROMPT = b":\x1b[K"
_TYPIST = """
import json, os, sys
from builder.cli.main import run
from tests.cli.terminal import resize
for typed in json.loads(os.environ["TYPED"]):
    resize(1, typed["width"], typed["height"])
    os.environ.update(typed["env"])
    sys.argv = ["onrecord", *typed["argv"]]
    try:
        run()
    except SystemExit:
        pass
    print("\\x1e", end="", flush=True)
    for name in typed["env"]:
        del os.environ[name]
"""


@dataclass(frozen=True)
class Typed:
    """A command line, the terminal's size and what is set in its environment."""

    argv: tuple[str, ...]
    width: int = 80
    height: int = 400
    env: dict[str, str] = field(default_factory=dict)


def resize(descriptor: int, width: int, height: int) -> None:
    """Give the terminal behind the descriptor another size."""
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))


def type_all(commands: Sequence[Typed], term: str = "xterm-256color") -> list[str]:
    """What the terminal got of each command, its line feeds as the program wrote them."""
    ours, theirs = pty.openpty()
    attributes = termios.tcgetattr(theirs)
    attributes[1] &= ~termios.OPOST
    termios.tcsetattr(theirs, termios.TCSANOW, attributes)
    typed = json.dumps([vars(command) for command in commands])
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "PAGER", "LESS")}
    process = subprocess.Popen(
        [sys.executable, "-c", _TYPIST],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=kept | {"TERM": term, "TYPED": typed},
    )  # fmt: skip
    os.close(theirs)
    text = _read(ours).decode("utf-8", "replace")
    assert process.wait() == 0, text
    return text.split(_END)[:-1]


def _read(descriptor: int) -> bytes:
    """Everything until the other side hangs up."""
    got, ends_at = b"", time.monotonic() + _PATIENCE
    try:
        while time.monotonic() < ends_at:
            if select.select([descriptor], [], [], 1)[0]:
                piece = os.read(descriptor, 65536)
                if not piece:
                    break
                got += piece
            elif got.endswith(_PROMPT):
                os.write(descriptor, b"q")
    except OSError:  # Linux's way to say that nobody holds the terminal any more
        pass
    finally:
        os.close(descriptor)
    return got
