"""What goes to which stream: what programs read, a reader who leaves, a full disk, Ctrl-C."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.errors import OutputError
from tests.cli.conftest import PHONE, ROOT, Onrecord

OUTPUT, INTERRUPTED = OutputError.exit_code, 130


@pytest.mark.parametrize(
    "line",
    [
        "check raw --json",
        "show dataset bridge --json",
        "describe --build dataset --json",
        "describe claims --json",
        "actors list dataset --json",
        "actors search dataset forsbi --json",
        "actors show dataset 'Lena Forsby' --json",
        "actors why dataset 'Lena Forsby' --json",
        "actors suspects dataset --json",
        "diff releases/0.1.0 dataset --json",
        "verify dataset --json",
    ],
)
def test_what_a_program_reads_is_json_and_nothing_else(onrecord: Onrecord, at_the_desk: Path, line: str) -> None:
    ran = onrecord(line, PHONE)
    assert (ran.code, ran.err) == (0, "")
    assert isinstance(json.loads(ran.out), dict)


def test_claims_for_programs_are_one_json_object_a_line_or_csv(onrecord: Onrecord, at_the_desk: Path) -> None:
    lines = onrecord("claims dataset --json", PHONE).out.splitlines()
    assert all(isinstance(json.loads(line), dict) for line in lines)
    rows = onrecord("claims dataset --csv", PHONE).out.splitlines()
    assert len(rows) > len(lines) > 0
    assert rows[0].startswith("claim_id,")


def test_a_search_that_finds_nobody_says_so(onrecord: Onrecord, at_the_desk: Path) -> None:
    ran = onrecord("actors search dataset qqqqqq")
    assert (ran.code, ran.out) == (0, "No actor is like 'qqqqqq'.\n")


def spawn(line: str, cwd: Path, **options: object) -> "subprocess.Popen[str]":
    """The command as a process of its own."""
    command = [sys.executable, "-c", "from builder.cli.main import run\nif __name__ == '__main__': run()"]
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [*command, *shlex.split(line)], cwd=cwd, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE, text=True, **({"stdout": subprocess.PIPE} | options),
    )  # fmt: skip


@pytest.mark.parametrize("line", ["describe claims", "claims dataset --json", "show dataset bridge", "--help"])
def test_a_reader_who_has_seen_enough_ends_a_command_without_a_word(desk: Path, line: str) -> None:
    process = spawn(line, desk)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()  # as `| true` does
    assert (process.stderr.read(), process.wait()) == ("", 0)
    process.stderr.close()


def test_a_full_disk_is_told_and_is_no_defect_to_be_reported(desk: Path) -> None:
    with Path("/dev/full").open("w") as full:
        process = spawn("claims dataset --json", desk, stdout=full)
    _, err = process.communicate()
    assert (process.returncode, "report it" in err) == (OUTPUT, False)
    assert "No space left on device" in err
    assert "make room where the output goes" in err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_told_before_the_work(
    onrecord: Onrecord, at_the_desk: Path, tmp_path: Path
) -> None:
    tmp_path.chmod(0o555)
    ran = onrecord(f"build raw --out {tmp_path / 'x'}")
    assert (ran.code, "no folder may be made in it; choose another --out" in ran.said) == (OUTPUT, True)


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_ends_a_build_with_a_word_and_leaves_nothing_half_made(tmp_path: Path, workers: int) -> None:
    raw = ROOT / "raw"
    process = spawn(f"build {raw} --out out --cache cache --workers {workers}", tmp_path, start_new_session=True)
    wait_for(tmp_path / "cache" / "entries.sqlite")
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the command and its workers
    out, err = process.communicate(timeout=120)
    assert process.returncode == INTERRUPTED
    assert err.strip().startswith("interrupted; what was published before is whole")
    assert len(err.split("\n")) <= 3
    assert out == ""
    assert not (tmp_path / "out").exists()


def wait_for(path: Path) -> None:
    ends_at = time.monotonic() + 120
    while not path.exists():
        assert time.monotonic() < ends_at, f"{path} never came"
        time.sleep(0.05)
