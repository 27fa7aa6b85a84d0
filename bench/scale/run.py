"""One build of a made archive, measured: a process of its own for each, so that peaks do not mix. Imports the pipeline.

Peak memory is the kernel's: of the parent stage by stage (VmHWM, set back at every stage's start), of workers the
largest one's (VmHWM of the parent's children, looked at with every shard that comes back). Processor time stands beside
wall time: on a shared machine only it compares.
"""

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from builder.pipeline import Plan, build

_MB = 1024


@dataclass(frozen=True, slots=True)
class Stage:
    """What one stage of a build took: seconds by the clock and of the parent's processor, peak memory of the parent."""

    name: str
    wall: float
    cpu: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Ran:
    """A measured build. `cpu` is of all processes, `worker_mb` 0 where there were none of ours."""

    articles: int
    words: int
    wall: float
    cpu: float
    parent_mb: float
    worker_mb: float
    stages: tuple[Stage, ...]
    fingerprint: str

    @property
    def join_cpu(self) -> float:
        """Seconds of the parent's processor after all articles have passed their workers."""
        return sum(stage.cpu for stage in self.stages if stage.name not in ("start", "extract"))


class Watch:
    """Told by a build which stage it is in; keeps what each took."""

    def __init__(self) -> None:
        self.stages: list[Stage] = []
        self.worker_mb = 0.0
        self._begin("start")

    def __call__(self, stage: str, _done: int) -> None:
        """A new stage ends the one before."""
        self.worker_mb = max([self.worker_mb, *map(_peak_mb, _children())])
        if stage != self._name:
            self.end()
            self._begin(stage)

    def end(self) -> None:
        """Keep what the stage took."""
        wall, cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu
        self.stages.append(Stage(self._name, round(wall, 2), round(cpu, 2), round(_peak_mb())))

    def _begin(self, stage: str) -> None:
        self._name, self._wall, self._cpu = stage, time.perf_counter(), time.process_time()
        Path("/proc/self/clear_refs").write_text("5")


def _peak_mb(process: str = "self") -> float:
    """0 of a process that has ended meanwhile."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0) / _MB


def _children() -> list[str]:
    return [child for task in Path("/proc/self/task").glob("*/children") for child in task.read_text().split()]


def measure(raw: Path, out: Path, cache: Path | None, workers: int, cluster: str | None = None) -> Ran:
    """Build here and say what it took."""
    watch, began = Watch(), time.perf_counter()
    build(Plan(raw, out, cache, workers=workers, cluster=cluster), watch)
    watch.end()
    wall = time.perf_counter() - began
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    manifest = json.loads((out / "manifest.json").read_bytes())
    return Ran(
        articles=manifest["tables"]["articles"]["rows"],
        words=_words(out),
        wall=round(wall, 2),
        cpu=round(sum(use.ru_utime + use.ru_stime for use in (own, others)), 2),
        parent_mb=max(stage.peak_mb for stage in watch.stages),
        worker_mb=round(watch.worker_mb) if workers > 1 else 0,
        stages=tuple(watch.stages),
        fingerprint=manifest["fingerprint"],
    )


def _words(out: Path) -> int:

    return int(
        pl.scan_parquet(out / "data" / "articles" / "*.parquet").select(pl.col("n_words").sum()).collect().item()
    )


def in_a_process(raw: Path, out: Path, cache: Path | None, workers: int, cluster: str | None = None) -> Ran:
    """`measure` in a process of its own."""
    asked = {
        "raw": str(raw), "out": str(out), "cache": str(cache) if cache else None, "workers": workers, "cluster": cluster
    }  # fmt: skip
    command = [sys.executable, "-m", "bench.scale.run", json.dumps(asked)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(ran.stdout.splitlines()[-1])
    return Ran(**{**told, "stages": tuple(Stage(**stage) for stage in told["stages"])})


def main() -> None:
    """Measure what the one argument asks for; print JSON."""
    asked = json.loads(sys.argv[1])
    cache = Path(asked["cache"]) if asked["cache"] else None
    ran = measure(Path(asked["raw"]), Path(asked["out"]), cache, asked["workers"], asked["cluster"])
    print(json.dumps(asdict(ran)))


if __name__ == "__main__":
    main()
