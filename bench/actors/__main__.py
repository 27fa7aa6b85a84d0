"""Seconds and peak memory of linking actors across articles, at two sizes: `make bench-actors`.

Each size is linked in a process of its own, whose processor time, wall time and peak memory are taken; making the
invented actors is not counted, their memory is. What must hold: a million in two minutes on two cores and under 4 GB,
and a cost per actor that grows less than 1.5-fold from the smaller size to the larger one.
"""

import argparse
import json
import resource
import subprocess
import sys
import time

from rich.console import Console
from rich.table import Table

from bench.actors.corpus import invent_actors
from builder.resolve.across_articles import link_actors
from builder.resolve.authority import Authority, Entry

SIZES = (100_000, 1_000_000)
KB_OF_MB = 1024


def main() -> None:
    """Measure each size in a process of its own and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.actors", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(arguments.one)))
        return
    rows = [_in_a_process(size) for size in arguments.sizes]
    if arguments.json:
        print(json.dumps({"runs": rows, "ratio": ratio(rows)}))
    else:
        print_table(rows)


def measure(size: int) -> dict[str, float]:
    """Link `size` invented actors here."""
    actors = invent_actors(size)
    codes = sorted(set(actors["entry"].drop_nulls()))
    authority = Authority(tuple(Entry(code, code[-3:], "state", code[-3:]) for code in codes))
    wall, processor = time.perf_counter(), time.process_time()
    links = link_actors(actors, authority)
    return {
        "mentions": size,
        "names": actors["name"].n_unique(),
        "actors": links.actors.height,
        "seconds": round(time.perf_counter() - wall, 2),
        "cpu_seconds": round(time.process_time() - processor, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB_OF_MB),
    }


def _in_a_process(size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.actors", "--one", str(size)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(ran.stdout)
    return result


def ratio(rows: list[dict[str, float]]) -> float:
    """Processor time per actor at the last size to that at the first."""
    first, last = rows[0], rows[-1]
    return round((last["cpu_seconds"] / last["mentions"]) / (first["cpu_seconds"] / first["mentions"]), 2)


def print_table(rows: list[dict[str, float]]) -> None:
    """A row a size, then the ratio."""
    table = Table("mentions", "names", "actors", "seconds", "CPU s", "CPU µs each", "peak MB")
    for row in rows:
        each = 1e6 * row["cpu_seconds"] / row["mentions"]
        counts = (f"{row[key]:,}" for key in ("mentions", "names", "actors"))
        table.add_row(
            *counts, f"{row['seconds']:.1f}", f"{row['cpu_seconds']:.1f}", f"{each:.0f}", f"{row['peak_mb']:,}"
        )
    Console().print(table)
    Console().print(f"cost per mention, largest to smallest size: {ratio(rows):.2f}")


if __name__ == "__main__":
    main()
