"""A Dask scheduler with two workers of one thread on this machine, for as long as it is measured."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def two_workers(folder: Path) -> Iterator[str]:
    """The scheduler's address, once it has both workers. Needs the extra `cluster`."""
    from distributed import Client

    found = folder / "scheduler.json"
    found.unlink(missing_ok=True)
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(found)]
    started = [_start("dask_scheduler", options)]
    try:
        while not (found.exists() and found.read_bytes()):
            time.sleep(0.1)
        address = str(json.loads(found.read_bytes())["address"])
        started += [_start("dask_worker", [address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]) for _ in "12"]
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield address
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()
        found.unlink(missing_ok=True)


def _start(program: str, options: list[str]) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", f"distributed.cli.{program}", *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
