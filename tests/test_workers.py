"""Work on other processes: its order, and what a worker's death costs."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from builder.workers import Known, local_workers, run_in_order

POISON = 13


def double(items: Sequence[int]) -> list[int]:
    time.sleep(0.05 * (items[0] % 3))
    return [2 * item for item in items]


def die_of_poison(items: Sequence[int]) -> list[int]:
    if POISON in items:
        os._exit(9)
    return double(items)


class DieOnce:
    """Work that ends its process the first time that it is called: a file remembers that it was."""

    def __init__(self, remember: Path) -> None:
        self.remember = remember

    def __call__(self, items: Sequence[int]) -> list[int]:
        if items[0] == 4 and not self.remember.exists():
            self.remember.write_bytes(b"")
            os._exit(9)
        return double(items)


class TellAndWait:
    """Work that writes its process' number and goes on for minutes."""

    def __init__(self, told: Path) -> None:
        self.told = told

    def __call__(self, items: Sequence[int]) -> list[int]:
        self.told.write_text(f"{os.getpid()}\n", encoding="utf-8")
        time.sleep(300)
        return list(items)


def given_up(item: int) -> list[int]:
    return [-item]


def shards(until: int, size: int = 4) -> Iterator[list[int]]:
    yield from (list(range(at, min(until, at + size))) for at in range(0, until, size))


def test_results_come_in_the_order_of_the_shards() -> None:
    found = [item for result in run_in_order(local_workers(2), double, given_up, shards(30)) for item in result]
    assert found == [2 * item for item in range(30)]


def test_a_worker_that_dies_once_costs_nothing_but_time(tmp_path: Path) -> None:
    work = DieOnce(tmp_path / "died")
    found = [item for result in run_in_order(local_workers(2), work, given_up, shards(20)) for item in result]
    assert work.remember.exists()
    assert found == [2 * item for item in range(20)]


def test_what_kills_its_worker_each_time_is_given_up_alone_and_in_its_place() -> None:
    found = [item for result in run_in_order(local_workers(2), die_of_poison, given_up, shards(20)) for item in result]
    assert found == [-item if item == POISON else 2 * item for item in range(20)]


def fail(items: Sequence[int]) -> list[int]:
    raise ValueError(f"cannot do {items[0]}")


def test_what_the_work_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="cannot do 0"):
        list(run_in_order(local_workers(2), fail, given_up, shards(20)))


def test_results_that_are_there_already_come_in_their_turn_and_are_no_workers_work() -> None:
    work: Iterator[Sequence[int] | Known[list[int]]] = iter([Known([-1]), [1, 2], Known([-2]), Known([-3]), [3]])
    found = list(run_in_order(local_workers(1), double, given_up, work))
    assert found == [[-1], [2, 4], [-2], [-3], [6]]


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"  # a process that has ended and that nobody has waited for


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="tells by /proc whether a process runs")
def test_no_worker_outlives_a_build_that_is_killed(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    line = (
        "from pathlib import Path; from builder.workers import *; from tests.test_workers import *\n"
        f"list(run_in_order(local_workers(1), TellAndWait(Path({str(told)!r})), given_up, shards(4)))"
    )
    root = str(Path(__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": root}
    command = [sys.executable, "-c", line]
    with subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.DEVNULL) as build:
        wait_until(lambda: told.exists() and told.read_text("utf-8").endswith("\n"))
        worker = int(told.read_text("utf-8"))
        assert is_running(worker)
        build.send_signal(signal.SIGKILL)
    wait_until(lambda: not is_running(worker))


def wait_until(come: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + 120
    while not come():
        assert time.monotonic() < ends_at, "it never came"
        time.sleep(0.05)
