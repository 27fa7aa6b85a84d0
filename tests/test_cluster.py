"""A build on a Dask cluster: a real scheduler, two workers, one of them killed. Needs the extra `cluster`."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.errors import SettingsError
from builder.pipeline import Plan, build
from builder.publish.checksums import sum_folder
from builder.shard import SHARD

pytest.importorskip("distributed")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cluster") / "raw"
    folder.mkdir()
    people = ("Orla Brandt", "Piet Maas", "Ines Havel", "Tomas Weir", "Ruta Heslop")
    lines = [
        {"id": f"n-{n}", "text": f"{people[n % 5]} said that boat {n} had sailed. “It was late,” said {people[n % 3]}."}
        for n in range(4 * SHARD + 5)
    ]
    (folder / "wire.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return folder


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its two workers; no nanny starts a worker again."""
    found = tmp_path / "scheduler.json"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    quiet = {"cwd": tmp_path, "env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(found)]
    started = [subprocess.Popen([*command, *options], **quiet)]  # type: ignore[call-overload]
    for _ in range(600):
        if found.exists() and found.read_bytes():
            break
        time.sleep(0.1)
    address = json.loads(found.read_bytes())["address"]
    workers = [_start_worker(address, tmp_path) for _ in range(2)]
    _wait_for_workers(address)
    yield address, workers
    for process in (*workers, *started):
        process.kill()
        process.wait()


def _start_worker(address: str, folder: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "distributed.cli.dask_worker", address]
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    return subprocess.Popen(
        [*command, *options], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _wait_for_workers(address: str) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)


def test_a_cluster_gives_the_same_bytes_also_when_a_worker_is_killed_in_the_middle(
    raw: Path, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    build(Plan(raw, tmp_path / "alone"))
    build(Plan(raw, tmp_path / "all", cluster=address))
    seen = threading.Event()

    def kill_one(stage: str, done: int) -> None:
        if stage == "extract" and done and not seen.is_set():
            seen.set()
            workers[0].send_signal(signal.SIGKILL)

    build(Plan(raw, tmp_path / "killed", cluster=address), kill_one)
    assert seen.is_set()
    assert workers[0].wait(10) == -signal.SIGKILL
    assert sum_folder(tmp_path / "alone") == sum_folder(tmp_path / "all") == sum_folder(tmp_path / "killed")


@pytest.mark.slow
def test_a_worker_killed_at_five_instants_changes_no_fingerprint(
    raw: Path, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    build(Plan(raw, tmp_path / "alone"))
    expected = sum_folder(tmp_path / "alone")
    began = time.monotonic()
    build(Plan(raw, tmp_path / "timed", cluster=address))
    whole = time.monotonic() - began
    draw, killed = random.Random(5), 0
    for turn in range(5):
        victim = workers[turn % 2]
        timer = threading.Timer(draw.uniform(0.05, 0.9) * whole, victim.kill)
        timer.start()
        build(Plan(raw, tmp_path / f"out-{turn}", cluster=address))
        timer.join()
        killed += victim.wait(10) == -signal.SIGKILL
        assert sum_folder(tmp_path / f"out-{turn}") == expected
        workers[turn % 2] = _start_worker(address, tmp_path)
        _wait_for_workers(address)
    assert killed == 5


def test_an_address_where_no_scheduler_answers_is_named(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.workers.ANSWER", 1)  # nobody will answer, however long one waits
    with pytest.raises(SettingsError, match=r"tcp://127\.0\.0\.1:9: no Dask scheduler answers"):
        build(Plan(raw, tmp_path / "out", cluster="tcp://127.0.0.1:9"))
    assert not (tmp_path / "out").exists()
