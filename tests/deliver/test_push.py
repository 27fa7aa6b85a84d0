"""`onrecord push` against a Hub of this machine: the client library does the talking, over HTTP."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from huggingface_hub import close_session, constants
from typer.testing import CliRunner, Result

from builder.cli.main import app
from builder.errors import OnrecordError, OutputError, ReleaseError
from builder.publish.checksums import sum_folder
from tests.deliver.conftest import Release
from tests.deliver.hub import TOKEN, Hub, Repository, running_hub

# The client's own way to its HTTP library is deprecated there.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

Tables = dict[str, pl.DataFrame]
REPO = "bay/papers"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A running Hub at which the client looks; the storage that only the real one has (Xet) is off."""
    with running_hub() as running:
        monkeypatch.setattr(constants, "ENDPOINT", running.url)
        monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "HF_TOKEN_PATH", "/nowhere")
        monkeypatch.setenv("HF_TOKEN", TOKEN)
        yield running
        close_session()


def run_push(release: Path) -> Result:
    return CliRunner().invoke(app, ["push", str(release), REPO, "--json"])


def complaint(ran: Result, kind: type[OnrecordError]) -> str:
    """What an error of ours says."""
    assert isinstance(ran.exception, kind), ran.exception
    return str(ran.exception)


def repository(hub: Hub) -> Repository:
    return hub.repositories[REPO]


def head(hub: Hub) -> dict[str, bytes]:
    return {path: file.content for path, file in repository(hub).commits[-1][2].items() if path != ".gitattributes"}


def bytes_of(release: Path) -> dict[str, bytes]:
    return {path.relative_to(release).as_posix(): path.read_bytes() for path in release.rglob("*") if path.is_file()}


def with_reviewed(tables: Tables) -> Tables:
    return tables | {"quotes": tables["quotes"].with_columns(is_reviewed=pl.lit(value=True))}


def test_a_push_is_one_commit_of_exactly_the_releases_files_and_a_tag(
    hub: Hub, release: Release, tables: Tables
) -> None:
    first, second = release("1.0.0", tables), release("1.1.0", with_reviewed(tables))
    (first / "CHANGELOG.md").write_text("# 1.0.0\n")  # a file that the next release lacks
    (first / "SHA256SUMS").write_text("".join(f"{digest}  {name}\n" for name, digest in sum_folder(first).items()))
    pushed = run_push(first)
    assert pushed.exit_code == 0, pushed.exception
    assert head(hub) == bytes_of(first)
    assert [title for _, title, _ in repository(hub).commits] == ["initial commit", "Release 1.0.0"]
    assert repository(hub).tags == {"1.0.0": repository(hub).commits[1][0]}

    assert run_push(second).exit_code == 0
    assert head(hub) == bytes_of(second)
    assert [title for _, title, _ in repository(hub).commits][2:] == ["Release 1.1.0"]
    assert set(repository(hub).tags) == {"1.0.0", "1.1.0"}
    assert max(hub.sent.values()) == 1  # the tables that did not change were not sent again


def test_a_push_that_broke_off_goes_on_and_sends_nothing_twice(hub: Hub, release: Release, tables: Tables) -> None:
    folder = release("1.0.0", tables)
    hub.fail["commit"] = 1
    assert "push again: what was sent is not sent twice" in complaint(run_push(folder), OutputError)
    assert [title for _, title, _ in repository(hub).commits] == ["initial commit"]
    sent = dict(hub.sent)
    assert sent

    hub.fail["tag"] = 1
    complaint(run_push(folder), OutputError)  # the commit is there, the tag is not
    assert repository(hub).tags == {}
    done = run_push(folder)
    assert done.exit_code == 0, done.exception
    assert json.loads(done.stdout)["sent"] == 0
    assert [title for _, title, _ in repository(hub).commits] == ["initial commit", "Release 1.0.0"]
    assert repository(hub).tags == {"1.0.0": repository(hub).commits[1][0]}
    assert dict(hub.sent) == sent


def test_a_tag_is_never_overwritten(hub: Hub, release: Release, tables: Tables, tmp_path: Path) -> None:
    folder = release("1.0.0", tables)
    assert run_push(folder).exit_code == 0
    before = (list(repository(hub).commits), dict(repository(hub).tags))
    assert run_push(folder).exit_code == 0  # the same files: nothing to do
    folder.rename(tmp_path / "moved")
    refused = run_push(release("1.0.0", with_reviewed(tables)))
    assert "has a tag 1.0.0 already, with other files" in complaint(refused, OutputError)
    assert (repository(hub).commits, repository(hub).tags) == before


def test_an_older_release_is_not_pushed_over_a_newer_one(hub: Hub, release: Release, tables: Tables) -> None:
    assert run_push(release("1.10.0", tables)).exit_code == 0
    refused = run_push(release("1.9.0", tables))
    assert "has version 1.10.0 already, and 1.9.0 is older" in complaint(refused, ReleaseError)


def test_a_folder_that_is_no_whole_release_is_refused_before_anything_is_sent(
    hub: Hub, release: Release, tables: Tables
) -> None:
    folder = release("1.0.0", tables)
    (folder / "README.md").write_text("changed")
    (folder / "notes.txt").write_text("mine")
    said = complaint(run_push(folder), ReleaseError)
    assert "README.md has another sum, notes.txt is not listed" in said
    assert "is no build of onrecord" in complaint(run_push(folder.parent), OutputError)
    assert hub.calls == []


def test_who_is_not_logged_in_or_has_a_wrong_token_is_told_so(
    hub: Hub, release: Release, tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = release("1.0.0", tables)
    monkeypatch.setenv("HF_TOKEN", "hf_wrong")
    assert "the Hub refused (401" in complaint(run_push(folder), OutputError)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert "HF_HUB_OFFLINE forbids" in complaint(run_push(folder), OutputError)
    monkeypatch.delenv("HF_TOKEN")
    assert "nobody is logged in to the Hub; set HF_TOKEN" in complaint(run_push(folder), OutputError)
    assert hub.repositories == {}


READ = """
import json, sys
from datasets import load_dataset
from typer.testing import CliRunner
from builder.cli.main import app
repo, *tags = sys.argv[1:]
rows = [list(load_dataset(repo, "quotes", split="train", revision=tag)) for tag in tags]
compared = CliRunner().invoke(app, ["diff", *(f"hf://datasets/{repo}@{tag}" for tag in tags), "--json"])
print(json.dumps([rows, json.loads(compared.stdout)]))
"""


def test_each_version_is_loaded_from_the_hub_by_its_tag_and_compared_by_its_address(
    hub: Hub, release: Release, tables: Tables
) -> None:
    for version, rows in (("1.0.0", tables), ("1.1.0", with_reviewed(tables))):
        folder = release(version, rows)
        assert run_push(folder).exit_code == 0
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    own = {"HF_ENDPOINT": hub.url, "HF_HOME": str(folder.parent / "home"), "HF_HUB_DISABLE_XET": "1"}
    command = [sys.executable, "-c", READ, REPO, "1.0.0", "1.1.0"]
    done = subprocess.run(command, env=kept | own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded, compared = json.loads(done.stdout)
    assert loaded == [tables["quotes"].to_dicts(), with_reviewed(tables)["quotes"].to_dicts()]
    assert (compared["step"], compared["tables"]["quotes"]["changed"]) == ("MINOR", 2)
