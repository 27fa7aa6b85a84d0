import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from builder.errors import OutputError
from builder.publish import folder as folder_module
from builder.publish.folder import writing_aside


def write_build(out: Path, text: str) -> None:
    with writing_aside(out) as folder:
        (folder / "data").mkdir()
        (folder / "data" / "rows").write_text(text)


def read_build(out: Path) -> str:
    return (out / "data" / "rows").read_text()


def test_a_new_folder_stands_alone_at_its_place(tmp_path: Path) -> None:
    write_build(tmp_path / "deep" / "out", "new")
    assert read_build(tmp_path / "deep" / "out") == "new"
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]


def test_a_folder_is_replaced_and_nothing_of_the_old_one_remains(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_build(out, "old")
    (out / "only-in-the-old").touch()
    write_build(out, "new")
    assert read_build(out) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert [path.name for path in out.iterdir()] == ["data"]


def test_without_an_exchange_in_the_system_the_folder_is_replaced_by_two_renames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "_exchange", lambda one, other: False)
    write_build(tmp_path / "out", "old")
    write_build(tmp_path / "out", "new")
    assert read_build(tmp_path / "out") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_error_while_writing_leaves_the_former_build_and_no_litter(tmp_path: Path) -> None:
    write_build(tmp_path / "out", "old")
    with pytest.raises(TypeError), writing_aside(tmp_path / "out") as folder:
        (folder / "half").write_text(None)  # type: ignore[arg-type]
    assert read_build(tmp_path / "out") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_disk_error_says_what_to_do(tmp_path: Path) -> None:
    write_build(tmp_path / "out", "old")
    with pytest.raises(OutputError, match=r"No space left.*unchanged.*has room"), writing_aside(tmp_path / "out"):
        raise OSError(28, os.strerror(28))
    assert read_build(tmp_path / "out") == "old"


def test_a_parent_that_is_a_file_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        write_build(tmp_path / "file" / "out", "new")


KILLED = """
import os, signal, sys
from pathlib import Path
from builder.publish import folder
from builder.publish.folder import writing_aside

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

where = sys.argv[2]
if where == "between the renames":
    folder._exchange = lambda one, other: False
    rename = Path.rename
    Path.rename = lambda self, target: die() if ".writing" in self.name else rename(self, target)
if where == "after the exchange":
    folder.shutil.rmtree = die
with writing_aside(Path(sys.argv[1])) as aside:
    (aside / "data").mkdir()
    (aside / "data" / "rows").write_text("new")
    if where == "while writing":
        die()
"""


@pytest.mark.parametrize(
    ("where", "stands"),
    [("while writing", "old"), ("between the renames", None), ("after the exchange", "new")],
)
def test_a_run_killed_at_any_point_loses_no_build(tmp_path: Path, where: str, stands: str | None) -> None:
    out = tmp_path / "out"
    write_build(out, "old")
    killed = subprocess.run([sys.executable, "-c", KILLED, str(out), where], cwd=Path(__file__).parents[2], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (read_build(out) if out.exists() else None) == stands
    with pytest.raises(ZeroDivisionError), writing_aside(out):
        raise ZeroDivisionError  # the next run puts things right before it writes, and fails before it ends
    assert read_build(out) == (stands or "old")
    write_build(out, "next")
    assert read_build(out) == "next"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_two_runs_into_one_folder_at_once_are_refused(tmp_path: Path) -> None:
    with writing_aside(tmp_path / "out") as first:
        (first / "data").mkdir()
        (first / "data" / "rows").write_text("first")
        with pytest.raises(OutputError, match="another run is writing"):
            write_build(tmp_path / "out", "second")
    assert read_build(tmp_path / "out") == "first"


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    write_build(tmp_path / "real", "old")
    (tmp_path / "link").symlink_to("real")
    write_build(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert read_build(tmp_path / "real") == "new"


def test_a_reader_never_finds_the_place_empty(tmp_path: Path) -> None:
    """A reader in another process opens the folder without a pause while it is replaced 200 times."""
    out = tmp_path / "out"
    write_build(out, "0")
    reader = subprocess.Popen([sys.executable, "-c", READER, str(out)], stdout=subprocess.PIPE, text=True)
    assert reader.stdout is not None
    assert reader.stdout.readline() == "reading\n"
    for number in range(200):
        write_build(out, str(number))
    (tmp_path / "stop").touch()
    assert reader.communicate(timeout=60)[0] == "missed 0 times\n"


READER = """
import sys
from pathlib import Path
out, missed = Path(sys.argv[1]), 0
print("reading", flush=True)
while not (out.parent / "stop").exists():
    missed += not out.is_dir()
print("missed", missed, "times")
"""


def test_sums_are_those_that_hashlib_gives(tmp_path: Path) -> None:
    from builder.publish.checksums import sum_folder

    write_build(tmp_path / "out", "rows")
    (tmp_path / "out" / "SHA256SUMS").write_text("not summed")
    assert sum_folder(tmp_path / "out") == {"data/rows": hashlib.sha256(b"rows").hexdigest()}
