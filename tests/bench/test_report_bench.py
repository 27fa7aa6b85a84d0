"""bench/report: what it measures is the command, on an archive of the size that was asked for."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_small_archive_is_built_once_and_its_report_measured_as_often_as_asked(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.report", "--articles", "24", "--json", "--runs", "2"]
    command += ["--raw", str(ROOT / "tests" / "worlds" / "town-council" / "raw"), "--work", str(tmp_path)]
    ran = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(ran.stdout)
    assert found["rows"]["articles"] == 24
    files = [path for path in (tmp_path / "report").rglob("*") if path.is_file()]
    assert [run["files"] for run in found["runs"]] == [len(files)] * 2
    assert found["runs"][0]["bytes"] == sum(path.stat().st_size for path in files)
    assert all(run["cpu_seconds"] > 0 and run["peak_mb"] > 0 for run in found["runs"])
