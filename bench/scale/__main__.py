"""The whole table of what a build costs and how that grows: `make bench-scale`.

Makes an archive (`made` is its recipe), and measures each build in a process of its own. The encoder runs on the
smallest size alone; the larger runs replay its recorded extraction out of the cache, which holds nothing else then. The
rebuild, of the middle size, has a cache as a build left it. Writes bench/RESULTS.md, or another file with --to.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.__main__ import SECONDS, run_stages
from bench.scale.archive import record_extraction, write_archive
from bench.scale.cluster import two_workers
from bench.scale.run import in_a_process
from bench.scale.table import Measured, render
from bench.scale.templates import read_moulds
from builder.cache import Cache
from builder.extract.model_folder import SHIPPED, model_sha256
from builder.pipeline import instruction_set
from builder.shard import made_by

SIZES = (1_000, 10_000, 100_000)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--articles", type=int, nargs=3, default=SIZES, help="the three sizes, rising")
    parser.add_argument("--raw", type=Path, default=Path("raw"), help="the articles that others are made of")
    parser.add_argument("--to", type=Path, default=Path("bench/RESULTS.md"))
    parser.add_argument("--work", type=Path, help="folder for the archives and builds; kept, and used again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        measured = measure_all(arguments.raw, tuple(arguments.articles), arguments.work or Path(aside))
    arguments.to.write_text(render(measured), encoding="utf-8")
    print(f"written to {arguments.to}")


def measure_all(raw: Path, sizes: tuple[int, ...], work: Path) -> Measured:
    """Every figure of the table; `sizes` are three, rising."""
    cache = prepare(raw, sizes, work)
    small, middle = work / f"raw-{sizes[0]}", work / f"raw-{sizes[1]}"
    seconds: SECONDS = {}
    words = run_stages(small, seconds)
    alone, pair = (in_a_process(small, work / "out", None, workers) for workers in (1, 2))
    with two_workers(work) as address:
        dask = in_a_process(small, work / "out", None, 1, address)
    _keep_extraction(cache)
    replayed_alone = in_a_process(small, work / "out", cache, 1)
    replays = []
    for size in sizes:
        _keep_extraction(cache)
        replays.append(in_a_process(work / f"raw-{size}", work / "out", cache, 2))
        if size == sizes[1]:
            with changed_article(middle, work / "raw-changed") as changed:
                rebuild = in_a_process(changed, work / "out", cache, 1)
    return Measured(
        machine=f"{os.cpu_count()} cores, {instruction_set()}, Python {platform.python_version()}",
        words=words,
        stages={stage: statistics.median(values) for stage, values in seconds.items()},
        alone=alone,
        pair=pair,
        dask=dask,
        replayed_alone=replayed_alone,
        replays=tuple(replays),
        rebuild=rebuild,
        load=os.getloadavg()[2],
    )


def prepare(raw: Path, sizes: tuple[int, ...], work: Path) -> Path:
    """Write the archives that are not there yet, and the cache of the largest, which serves the others."""
    cache = work / "cache"
    work.mkdir(parents=True, exist_ok=True)
    if cache.exists() and all((work / f"raw-{size}").exists() for size in sizes):
        return cache
    moulds = read_moulds(raw)
    for size in sizes:
        shutil.rmtree(work / f"raw-{size}", ignore_errors=True)
        write_archive(moulds, work / f"raw-{size}", size)
    record_extraction(moulds, work / f"raw-{sizes[-1]}", cache)
    return cache


def _keep_extraction(cache: Path) -> None:
    """Take all out of the cache that builds put there: a replay is a first build, but for its encoder."""
    with Cache(cache) as entries:
        entries.prune([made_by(model_sha256(SHIPPED))])


@contextmanager
def changed_article(raw: Path, copy: Path) -> Iterator[Path]:
    """A copy of a raw folder with one word put before one article."""
    shutil.copytree(raw, copy, dirs_exist_ok=True)
    path = min(copy.rglob("*.jsonl"))
    first, *others = path.read_text(encoding="utf-8").splitlines(keepends=True)
    row = json.loads(first)
    row["body"] = f"Yesterday {row['body']}"
    path.write_text("".join([json.dumps(row, ensure_ascii=False) + "\n", *others]), encoding="utf-8")
    yield copy
    shutil.rmtree(copy)


if __name__ == "__main__":
    main()
