"""Words per second, stage by stage, on one core: `make bench`.

Reads a raw folder (the project's own by default), runs every stage on all of its articles several times and prints each
stage's median as words per second and as a share of the whole. Machines differ and are shared: compare the shares, or
two versions measured in turn on one machine, not the words per second of different runs.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from builder.assemble.stage import Processed, shard_tables
from builder.extract.encoder import load_encoder
from builder.extract.stage import extract
from builder.normalize.article import Article
from builder.normalize.stage import normalize
from builder.pipeline import Plan, build
from builder.read.record import Record
from builder.read.stage import read
from builder.resolve.stage import resolve_article
from builder.sources import open_sources

T = TypeVar("T")
SECONDS = dict[str, list[float]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("raw", nargs="?", type=Path, default=Path("raw"))
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    seconds: SECONDS = {}
    words = 0
    for _ in range(arguments.runs):
        words = run_stages(arguments.raw, seconds)
    warm_rebuild(arguments.raw, seconds, arguments.runs)
    print_table(seconds, words, arguments.runs)


def timed(stage: str, seconds: SECONDS, work: Callable[[], T]) -> T:
    """What `work` gives, its duration kept under `stage`."""
    began = time.perf_counter()
    result = work()
    seconds.setdefault(stage, []).append(time.perf_counter() - began)
    return result


def run_stages(raw: Path, seconds: SECONDS) -> int:
    """Every stage once over all articles; the number of words."""
    sources = open_sources(raw)
    collections = {collection.id: collection for collection in sources.collections}
    encoder = load_encoder()
    records = timed(
        "read",
        seconds,
        lambda: [
            item
            for collection in sources.collections
            for item in read(collection, sources.sums[collection.id])
            if isinstance(item, Record)
        ],
    )
    normalized = timed("normalize", seconds, lambda: [normalize(r, collections[r.collection_id]) for r in records])
    articles = [article for article in normalized if isinstance(article, Article)]
    extracted = timed("extract", seconds, lambda: [extract(article, encoder) for article in articles])
    pairs = list(zip(articles, extracted, strict=True))
    resolved = timed(
        "resolve",
        seconds,
        lambda: [resolve_article(a, e, sources.authorities[a.collection_id]) for a, e in pairs],
    )
    processed = [Processed(a, e, r) for (a, e), r in zip(pairs, resolved, strict=True)]
    timed("assemble, a shard", seconds, lambda: shard_tables(processed))
    return sum(len(article.text.split()) for article in articles)


def warm_rebuild(raw: Path, seconds: SECONDS, runs: int) -> None:
    """The whole command, first without and then with everything in the cache."""
    with tempfile.TemporaryDirectory() as aside:
        out, cache = Path(aside) / "out", Path(aside) / "cache"
        timed("build, cold", seconds, lambda: build(Plan(raw, out, cache)))
        for _ in range(runs):
            timed("build, warm", seconds, lambda: build(Plan(raw, out, cache)))


def print_table(seconds: SECONDS, words: int, runs: int) -> None:
    """A row a stage: median words per second, and its share of the stages together."""
    median = {stage: statistics.median(values) for stage, values in seconds.items()}
    whole = sum(value for stage, value in median.items() if not stage.startswith("build"))
    table = Table("stage", "words/s", "share", "min–max s", title=f"{words:,} words, median of {runs} runs, one core")
    for stage, value in median.items():
        share = "" if stage.startswith("build") else f"{100 * value / whole:.1f} %"
        table.add_row(stage, f"{words / value:,.0f}", share, f"{min(seconds[stage]):.3f}–{max(seconds[stage]):.3f}")
    Console().print(table)


if __name__ == "__main__":
    main()
