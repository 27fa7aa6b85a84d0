"""Seconds and peak memory of `onrecord report` on a large archive: `make bench-report`.

Makes an archive of the given size (`bench/scale` holds its recipe; extraction is replayed, no encoder runs on it),
builds it once, and runs the command in a process of its own, whose wall time, processor time and peak memory are taken.
What must hold: 10,000 articles in a minute, and no file that a phone would not open. On a shared machine only the
processor's time compares.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.filesize import decimal
from rich.table import Table

from bench.scale.__main__ import prepare
from builder.pipeline import Plan, build
from builder.publish.recognize import read_manifest

COUNTED = ("articles", "quotes", "claims", "actors")
_KB_OF_MB = 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.report", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--raw", type=Path, default=Path("raw"), help="the articles that others are made of")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--work", type=Path, help="folder for archive, build and report; kept, and used again")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        work = arguments.work or Path(aside)
        dataset = built(arguments.raw, arguments.articles, work)
        runs = [measure(dataset, work / "report") for _ in range(arguments.runs)]
        held = {name: read_manifest(dataset)["tables"][name]["rows"] for name in COUNTED}
    if arguments.json:
        print(json.dumps({"rows": held, "runs": runs}))
    else:
        print_table(held, runs)


def built(raw: Path, articles: int, work: Path) -> Path:
    """The dataset of an archive of so many articles, built unless it is there."""
    dataset = work / f"dataset-{articles}"
    if not dataset.exists():
        cache = prepare(raw, (articles,), work)
        build(Plan(work / f"raw-{articles}", dataset, cache))
    return dataset


def measure(dataset: Path, out: Path) -> dict[str, float]:
    """One run of the command, in a process of its own, and what it wrote."""
    command = [sys.executable, "-c", "from builder.cli.main import run; run()", "report", str(dataset)]
    began = time.perf_counter()
    process = subprocess.Popen([*command, "--out", str(out)], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    sizes = [path.stat().st_size for path in out.rglob("*") if path.is_file()]
    return {
        "seconds": round(time.perf_counter() - began, 1),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
        "peak_mb": round(used.ru_maxrss / _KB_OF_MB),
        "files": len(sizes),
        "bytes": sum(sizes),
        "largest": max(sizes),
        "largest_page": max(path.stat().st_size for path in out.rglob("*.html")),
    }


def print_table(held: dict[str, int], runs: list[dict[str, float]]) -> None:
    """A row a run."""
    title = ", ".join(f"{count:,} {name}" for name, count in held.items())
    table = Table("seconds", "CPU s", "peak MB", "files", "size", "largest file", "largest page", title=title)
    for run in runs:
        table.add_row(
            f"{run['seconds']:.1f}",
            f"{run['cpu_seconds']:.1f}",
            f"{run['peak_mb']:,.0f}",
            f"{run['files']:,.0f}",
            *(decimal(int(run[name])) for name in ("bytes", "largest", "largest_page")),
        )
    Console().print(table)


if __name__ == "__main__":
    main()
