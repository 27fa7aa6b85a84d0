"""A build that is killed over and over, and one that the disk has no room for: what was there stays whole."""

import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.cache import Cache
from builder.pipeline import Plan, build
from builder.publish.checksums import sum_folder

ROOT = Path(__file__).parents[1]
TOWN = ROOT / "tests" / "worlds" / "town-council" / "raw"
COMMAND = [sys.executable, "-c", "from builder.cli.main import run; run()"]


def start(raw: Path, folder: Path, *, quota: int | None = None) -> "subprocess.Popen[str]":
    """A build of `raw` into `folder`/out in another process, none of whose files may pass `quota` bytes."""

    def limited() -> None:
        # Beyond the limit a write fails as it does on a full disk, once the signal that would kill is not heard.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        if quota is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (quota, quota))

    arguments = ["build", str(raw), "--out", str(folder / "out"), "--cache", str(folder / "cache"), "--workers", "1"]
    return subprocess.Popen(
        [*COMMAND, *arguments], cwd=ROOT, preexec_fn=limited, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def end_of(process: "subprocess.Popen[str]") -> int:
    process.communicate()
    return process.returncode


@pytest.fixture(scope="module")
def two_versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two raw folders that differ in one article."""
    folder = tmp_path_factory.mktemp("raw")
    first, second = folder / "first", folder / "second"
    for raw in (first, second):
        shutil.copytree(TOWN, raw)
    bridge = second / "gazette" / "bridge.txt"
    bridge.write_text(bridge.read_text(encoding="utf-8").replace("old bridge", "new bridge"), encoding="utf-8")
    return first, second


@pytest.fixture(scope="module")
def first_cached(two_versions: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the first version's build and its cache; it is copied and never written to."""
    folder = tmp_path_factory.mktemp("first")
    build(Plan(two_versions[0], folder / "out", folder / "cache"))
    return folder


@pytest.fixture(scope="module")
def second_sums(two_versions: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The sums of the second version's build, made without a cache."""
    out = tmp_path_factory.mktemp("second") / "out"
    build(Plan(two_versions[1], out))
    return sum_folder(out)


@pytest.mark.slow
def test_killed_at_twenty_instants_the_last_build_stays_whole_and_the_next_is_as_ever(
    two_versions: tuple[Path, Path], tmp_path: Path
) -> None:
    first, second = two_versions
    build(Plan(first, tmp_path / "out"))
    build(Plan(second, tmp_path / "expected"))
    before, after = sum_folder(tmp_path / "out"), sum_folder(tmp_path / "expected")
    began = time.monotonic()
    assert end_of(start(second, tmp_path / "timed")) == 0
    whole = time.monotonic() - began
    draw = random.Random(20)
    killed = 0
    for _ in range(20):
        process = start(second, tmp_path)
        time.sleep(draw.uniform(0, whole))
        process.kill()
        killed += end_of(process) == -signal.SIGKILL
        assert sum_folder(tmp_path / "out") in (before, after)
    assert killed > 5
    assert end_of(start(second, tmp_path)) == 0
    assert sum_folder(tmp_path / "out") == after
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "expected", "out", "timed"]


@pytest.mark.parametrize("share", [0.05, 0.5, 0.99])
def test_a_disk_that_fills_up_leaves_the_last_build_and_the_cache_whole(
    two_versions: tuple[Path, Path], first_cached: Path, second_sums: dict[str, str], tmp_path: Path, share: float
) -> None:
    second = two_versions[1]
    shutil.copytree(first_cached, tmp_path, dirs_exist_ok=True)
    before = sum_folder(tmp_path / "out")
    with Cache(tmp_path / "cache") as cache:
        held = len(cache)
    largest = max(path.stat().st_size for path in (tmp_path / "out").rglob("*") if path.is_file())
    process = start(second, tmp_path, quota=int(share * largest))
    _, errors = process.communicate()
    assert process.returncode == 6, errors
    assert str(tmp_path) in errors
    assert sum_folder(tmp_path / "out") == before
    with Cache(tmp_path / "cache") as cache:
        read, damaged = cache.take_out_damaged()
    assert damaged == 0
    assert read >= held
    build(Plan(second, tmp_path / "out", tmp_path / "cache"))
    assert sum_folder(tmp_path / "out") == second_sums
