"""The two systems as processes on one core, asked in turn. Imports `builder.errors`, `figures` and `worker`."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.extraction.figures import Round, turns
from builder.errors import SettingsError

ROOT = Path(__file__).parents[2]
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "POLARS_MAX_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


@dataclass(frozen=True, slots=True)
class System:
    """A running process that answers as `worker.serve` does."""

    name: str
    process: "subprocess.Popen[str]"

    def ask(self, texts: Sequence[str]) -> dict[str, Any]:
        """Hand texts over and wait for the answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(list(texts)) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = self.hear()
        return answer

    def hear(self) -> Any:
        """The next line that it says; SettingsError where it ended instead."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SettingsError(
                f"{self.name}: the process ended with status {self.process.wait()} before it answered; "
                "its own message stands above"
            )
        return json.loads(line)


@contextmanager
def started(name: str, command: Sequence[str]) -> Iterator[System]:
    """A system that has loaded all that it needs; it ends with the block."""
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | ONE_THREAD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        system = System(name, process)
        system.hear()
        yield system


def keep_to_one_core() -> None:
    """Pin this process, and with it those that it starts, to one core where the system can."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def measure(systems: Sequence[System], texts: Sequence[str], rounds: int, turn: int) -> Mapping[str, list[Round]]:
    """Every system's rounds over the texts; in a round they take turns of `turn` words, A B A B and so on.

    A first turn each warms up and is not counted.
    """
    shares = turns(texts, turn)
    for system in systems:
        system.ask(shares[0])
    taken: dict[str, list[Round]] = {system.name: [] for system in systems}
    for _ in range(rounds):
        total = {system.name: Round(0, 0.0, 0.0) for system in systems}
        for share in shares:
            words = sum(len(text.split()) for text in share)
            for system in systems:
                answer, before = system.ask(share), total[system.name]
                total[system.name] = Round(
                    before.words + words, before.cpu + answer["cpu"], before.wall + answer["wall"]
                )
        for name, one in total.items():
            taken[name].append(one)
    return taken
