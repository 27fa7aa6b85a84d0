"""A release is made of a build, compared with the last one, or refused with nothing left behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from builder.errors import ReleaseError
from builder.pipeline import Plan, build
from builder.publish.reopen import read_table
from builder.release.difference import compare
from builder.release.opened import fetched, open_folder
from builder.release.verify import verify_folder
from tests.release.conftest import build_changed, release_town

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def releases(town: Path, changed_town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases: the town, and the town with one article changed."""
    folder = tmp_path_factory.mktemp("releases")
    release_town(town, folder, "0.1.0", day=1)
    release_town(changed_town, folder, "0.2.0", day=2)
    return folder


def list_files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_every_file_of_a_release_carries_its_version_and_the_sums_hold(releases: Path) -> None:
    folder = releases / "0.2.0"
    for name in ("README.md", "DATASHEET.md", "CITATION.cff", "datapackage.json", "manifest.json", "CHANGELOG.md"):
        assert "0.2.0" in (folder / name).read_text(encoding="utf-8"), name
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert (manifest["version"], manifest["released_on"]) == ("0.2.0", "2026-11-02")
    checked = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, check=False)
    assert checked.returncode == 0
    assert verify_folder(folder) == []


def test_the_difference_names_exactly_what_changed_and_other_rows_keep_their_ids(releases: Path) -> None:
    before, after = (open_folder(releases / version) for version in ("0.1.0", "0.2.0"))
    changed = before.tables["articles"].filter(pl.col("locator") == "bridge.txt")["article_id"][0]
    difference = compare(before, after)
    assert difference.columns["articles"].keys() == {"text", "text_sha256", "n_chars", "n_words", "raw_sha256"}
    assert difference.counts["articles"] == {"added": 0, "removed": 0, "changed": 1}
    assert difference.counts["collections"] == difference.counts["dropped"] == {"added": 0, "removed": 0, "changed": 0}
    for table, key in (("quotes", "quote_id"), ("claims", "claim_id"), ("mentions", "mention_id")):
        old, new = (side.tables[table].filter(pl.col("article_id") != changed) for side in (before, after))
        assert old.equals(new)
        named = difference.changes.filter(pl.col("table") == table)["row"]
        own = pl.concat([side.tables[table].filter(pl.col("article_id") == changed) for side in (before, after)])
        assert set(named) <= set(own[key])
        assert len(named) > 0


def test_a_release_holds_its_changes_as_a_table_and_as_a_changelog(releases: Path) -> None:
    changes = pl.read_parquet(releases / "0.2.0" / "changes.parquet")
    expected = compare(*(open_folder(releases / version) for version in ("0.1.0", "0.2.0"))).changes
    assert changes.equals(expected)
    assert pl.read_parquet(releases / "0.1.0" / "changes.parquet").height == 0
    changelog = (releases / "0.2.0" / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog.index("## 0.2.0 (2026-11-02)") < changelog.index("MINOR since 0.1.0")
    assert changelog.index("MINOR since 0.1.0") < changelog.index("## 0.1.0 (2026-11-01)")
    assert "| `articles` | 3 | 3 | 0 | 0 | 1 | `n_chars` (1)" in changelog
    assert changelog.endswith("The first release.\n")


def test_too_small_a_step_is_refused_naming_the_one_that_will_do(
    town: Path, changed_town: Path, tmp_path: Path
) -> None:
    release_town(town, tmp_path)
    with pytest.raises(ReleaseError, match=r"0\.1\.1 is too small a step .* a MINOR one, .* Give 0\.2\.0 or higher"):
        release_town(changed_town, tmp_path, "0.1.1")
    assert [path.name for path in tmp_path.iterdir()] == ["0.1.0"]
    release_town(town, tmp_path, "0.1.1")  # the same rows once more


def test_an_existing_a_lower_or_an_earlier_version_is_refused(releases: Path, town: Path) -> None:
    before = list_files(releases)
    for version, day, says in (
        ("0.1.0", 3, "exists, and releases are never changed"),
        ("0.1.5", 3, r"comes before 0\.2\.0"),
        ("0.3.0", 1, r"before 2026-11-02, the date of 0\.2\.0"),
        ("0.3", 3, r"expected MAJOR\.MINOR\.PATCH"),
    ):
        with pytest.raises(ReleaseError, match=says):
            release_town(town, releases, version, day)
    with pytest.raises(ReleaseError, match=r"is release 0\.1\.0 already"):
        release_town(releases / "0.1.0", releases, "0.3.0", 3)
    assert list_files(releases) == before


def test_a_collection_without_settings_is_refused(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("The mill closed, said Ann Holt.", encoding="utf-8")
    build(Plan(tmp_path / "raw", tmp_path / "out"))
    with pytest.raises(ReleaseError, match=r"the collection raw has no stated licence; expected a collection\.toml"):
        release_town(tmp_path / "out", tmp_path / "releases")
    assert not list((tmp_path / "releases").rglob("*"))


def test_a_build_that_does_not_verify_is_refused_naming_the_file(town: Path, tmp_path: Path) -> None:
    broken = shutil.copytree(town, tmp_path / "broken")
    (broken / "README.md").write_text("rewritten", encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"does not verify(?s:.)*README\.md: has sha256"):
        release_town(broken, tmp_path / "releases")


def test_a_last_release_that_is_not_whole_is_refused(town: Path, tmp_path: Path) -> None:
    folder = release_town(town, tmp_path)
    (folder / "data" / "claims" / "part-00000.parquet").unlink()
    with pytest.raises(
        ReleaseError, match=r"the last release is not whole(?s:.)*claims/part-00000\.parquet: is missing"
    ):
        release_town(town, tmp_path, "0.1.1")


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from builder.publish import folder as folders
from builder.release import stage

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[3] == "before the sums are written anew":
    stage.write_sums = die
else:
    folders._put_in_place = die
stage.release(stage.ReleasePlan("0.1.0", date(2026, 11, 1), Path(sys.argv[1]), Path(sys.argv[2])))
"""


@pytest.mark.parametrize("where", ["before the sums are written anew", "before it is put in place"])
def test_a_release_killed_half_way_is_not_there_and_can_be_made_again(town: Path, tmp_path: Path, where: str) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(town), str(tmp_path), where], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "0.1.0").exists()
    folder = release_town(town, tmp_path)
    assert verify_folder(folder) == []
    assert [path.name for path in tmp_path.iterdir()] == ["0.1.0"]


def test_what_was_withdrawn_is_in_the_changelog_and_in_no_table(town: Path, tmp_path: Path) -> None:
    release_town(town, tmp_path / "releases")
    line = "collection_id,locator,withdrawn_on,reason\ngazette,bridge.txt,2026-11-20,the mayor asked for it\n"
    without = build_changed(tmp_path, withdrawn_dot_csv=line)
    folder = release_town(without, tmp_path / "releases", "0.2.0")
    changelog = (folder / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "Withdrawn: 1 article, because it was asked for." in changelog
    assert "- gazette/bridge.txt, on 2026-11-20: the mayor asked for it" in changelog
    assert "bridge.txt" not in read_table(folder, "articles")["locator"].to_list()
    again = release_town(without, tmp_path / "releases", "0.2.1")
    assert (again / "CHANGELOG.md").read_text(encoding="utf-8").count("Withdrawn") == 1


LOAD = """
import json, sys
from datasets import load_dataset
folder = sys.argv[1]
rows = load_dataset(folder, "articles", split="train")["text"]
streamed = [row["text"] for row in load_dataset(folder, "articles", split="train", streaming=True)]
print(json.dumps([list(rows), streamed]))
"""


def test_load_dataset_of_two_versions_from_one_folder_gives_no_stale_rows(releases: Path, tmp_path: Path) -> None:
    for version in ("0.1.0", "0.2.0"):
        shutil.rmtree(tmp_path / "current", ignore_errors=True)
        shutil.copytree(releases / version, tmp_path / "current")
        ran = subprocess.run(
            [sys.executable, "-c", LOAD, str(tmp_path / "current")],
            env=os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path / "hf")},
            capture_output=True,
            text=True,
            check=True,
        )
        texts = read_table(releases / version, "articles")["text"].to_list()
        assert json.loads(ran.stdout.splitlines()[-1]) == [texts, texts]


def test_a_release_at_an_address_is_fetched_and_compared(releases: Path) -> None:
    with fetched(f"file://{releases / '0.2.0'}") as folder:
        there = open_folder(folder, "there")
    assert compare(open_folder(releases / "0.2.0"), there).changes.is_empty()
