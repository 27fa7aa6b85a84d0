"""What was measured, as the page bench/RESULTS.md. Imports `run`; pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from bench.scale.run import Ran


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures of one run of the table: `stages` are seconds on one core over `words`, `replays` by rising size.

    `alone`, `pair` and `dask` build the smallest size without a cache: one worker, two, two of a Dask cluster;
    `replayed_alone` is as `alone` with its extraction replayed.
    """

    machine: str
    words: int
    stages: Mapping[str, float]
    alone: Ran
    pair: Ran
    dask: Ran
    replayed_alone: Ran
    replays: tuple[Ran, ...]
    rebuild: Ran
    load: float

    @property
    def reading_cpu(self) -> float:
        """Seconds that reading one article takes."""
        return self.stages["read"] / self.alone.articles

    @property
    def encoding_cpu(self) -> float:
        """Seconds of the processor that the encoder and normalize take of one article: a first build less a replay."""
        return max(self.alone.cpu - self.replayed_alone.cpu, 0.0) / self.alone.articles

    def first_build_cpu(self, replay: Ran) -> float:
        """What a first build of as many articles takes: the replay, and what was replayed."""
        return replay.cpu + self.encoding_cpu * replay.articles


def render(measured: Measured) -> str:
    """The page, in Markdown."""
    parts = [_head(measured), _stages(measured), _workers(measured), _growth(measured), _rebuild(measured)]
    return "\n".join(parts)


def _head(of: Measured) -> str:
    return f"""# Results at scale

`make bench-scale` writes this page. One run on {of.machine}; mean load of its last quarter of an hour {of.load:.1f}.
Compare ratios, not seconds of different machines; CPU is the processor's time of all processes, wall that of the clock.
"""


def _stages(of: Measured) -> str:
    articles, whole = of.alone.articles, sum(of.stages.values())
    rows = [
        f"| {stage} | {articles / seconds:,.1f} | {of.words / seconds:,.0f} | {seconds / whole:.1%} |"
        for stage, seconds in of.stages.items()
    ]
    return _table(f"## By stage, one core, {articles:,} articles", ("stage", "articles/s", "words/s", "share"), rows)


def _workers(of: Measured) -> str:
    rows = [
        f"| {name} | {ran.wall:,.1f} | {_shards(ran):,.1f} | {ran.cpu:,.1f} | {_shards(of.alone) / _shards(ran):.2f} |"
        for name, ran in (("1 worker", of.alone), ("2 workers", of.pair), ("2 workers of Dask", of.dask))
    ]
    same = len({ran.fingerprint for ran in (of.alone, of.pair, of.dask)}) == 1
    return _table(
        f"## Workers, {of.alone.articles:,} articles, the encoder running",
        ("", "wall s", "wall s, read to resolve", "CPU s", "times one worker"),
        rows,
    ) + (
        f"\nThe fingerprints of the three are {'one' if same else 'NOT one'}. The processor's time of Dask's workers "
        "is not in its row: they are no children of the build.\n"
    )


def _shards(ran: Ran) -> float:
    return sum(stage.wall for stage in ran.stages if stage.name == "extract")


def _growth(of: Measured) -> str:
    rows, first = [], of.replays[0]
    for ran in of.replays:
        whole = of.first_build_cpu(ran)
        grown = (ran.cpu / ran.articles) / (first.cpu / first.articles)
        rows.append(
            f"| {ran.articles:,} | {ran.wall:,.0f} | {ran.cpu:,.0f} | {1000 * ran.cpu / ran.articles:.1f} "
            f"| {grown:.2f} | {ran.parent_mb:,.0f} | {ran.worker_mb:,.0f} "
            f"| {ran.join_cpu / whole:.1%} | {(ran.cpu - of.reading_cpu * ran.articles) / whole:.1%} |"
        )
    head = (
        "articles",
        "wall s",
        "CPU s",
        "CPU ms each",
        "to the smallest",
        "parent MB",
        "worker MB",
        "joins",
        "outside",
    )
    stages = [
        f"| {ran.articles:,} | {stage.name} | {stage.wall:,.1f} | {stage.cpu:,.1f} | {stage.peak_mb:,.0f} |"
        for ran in of.replays
        for stage in ran.stages
    ]
    return (
        _table("## Growth, two workers, extraction replayed", head, rows)
        + "\nJoins: the parent's processor time after the last shard, as a share of a first build as large (the replay "
        "and the encoder's time of the smallest size for each article). Outside: all that a build does but read, "
        "normalize and extract, as a share of the same: looking up, replaying, resolving, tables, joins, writing.\n\n"
        + _table("### The parent, by stage", ("articles", "stage", "wall s", "CPU s", "peak MB"), stages)
    )


def _rebuild(of: Measured) -> str:
    middle = of.replays[-2]
    whole = of.first_build_cpu(middle)
    return f"""## One article changed of {middle.articles:,}

The rebuild took {of.rebuild.cpu:,.0f} s of the processor, a first build would take {whole:,.0f}:
{of.rebuild.cpu / whole:.1%}.
"""


def _table(title: str, head: tuple[str, ...], rows: list[str]) -> str:
    return "\n".join([title, "", f"| {' | '.join(head)} |", "|" + " --- |" * len(head), *rows, ""])
