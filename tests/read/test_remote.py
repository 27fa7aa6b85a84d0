"""Raw files at addresses: copied whole, once, and never outside the cache."""

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import fsspec
import pytest

from builder.errors import RawFilesError, SettingsError
from builder.pipeline import Plan, build, open_sources
from builder.read.remote import local_raw

ROW = '{"key": "w-1", "body": "The mill may open again, a worker said."}\n'
SETTINGS = """title = "Tarn Wire"
license = "CC0-1.0"
text_may_be_published = true
files_at = "memory://store/wire"
files = ["data/*.jsonl"]
[columns]
id = "key"
text = "body"
"""


@pytest.fixture
def store() -> Iterator[fsspec.AbstractFileSystem]:
    memory = fsspec.filesystem("memory")
    yield memory
    memory.rm("/store", recursive=True)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_path_stays_what_it_is(tmp_path: Path) -> None:
    assert local_raw(str(tmp_path), None) == tmp_path


def test_a_raw_folder_at_an_address_builds(store: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    store.pipe("/store/tarn/a.txt", b"The mill may open again, a worker said.")
    store.pipe("/store/tarn/sub/b.txt", b"The mill is shut, the owner said.")
    store.pipe("/store/tarn/.hidden/c.txt", b"not read")
    folder = local_raw("memory://store/tarn", tmp_path / "cache")
    assert folder.name == "tarn"
    assert names(folder) == ["a.txt", "sub/b.txt"]
    tables = build(Plan(folder, tmp_path / "out", tmp_path / "cache"))
    assert tables["articles"]["raw_path"].to_list() == ["a.txt", "sub/b.txt"]
    assert tables["collections"]["collection_id"].to_list() == ["tarn"]


def test_a_local_address_is_read_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "post").mkdir()
    (tmp_path / "post" / "a.txt").write_text("The mill is shut.", encoding="utf-8")
    assert names(local_raw((tmp_path / "post").as_uri(), tmp_path / "cache")) == ["a.txt"]


def test_the_files_of_a_collection_may_lie_elsewhere(store: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    store.pipe("/store/wire/data/train.jsonl", ROW.encode())
    store.pipe("/store/wire/data/train.parquet", b"not matched, not fetched")
    folder = tmp_path / "raw" / "wire"
    folder.mkdir(parents=True)
    (folder / "collection.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "actors.toml").write_text("", encoding="utf-8")
    tables = build(Plan(tmp_path / "raw", tmp_path / "out", tmp_path / "cache"))
    assert tables["articles"].select("locator", "raw_path").rows() == [("w-1", "wire/data/train.jsonl")]


def test_only_what_changed_is_fetched_again_and_what_went_is_gone(
    store: fsspec.AbstractFileSystem, tmp_path: Path
) -> None:
    for name in ("a", "b", "c"):
        store.pipe(f"/store/tarn/{name}.txt", name.encode())
    folder = local_raw("memory://store/tarn", tmp_path)
    before = {name: (folder / name).stat().st_mtime_ns for name in names(folder)}
    store.rm("/store/tarn/c.txt")
    store.pipe("/store/tarn/b.txt", b"changed")
    local_raw("memory://store/tarn", tmp_path)
    assert names(folder) == ["a.txt", "b.txt"]
    assert (folder / "b.txt").read_bytes() == b"changed"
    assert (folder / "a.txt").stat().st_mtime_ns == before["a.txt"]


@pytest.mark.parametrize(
    ("address", "error", "says"),
    [
        ("memory://store/none", RawFilesError, "holds no files"),
        ("nosuch://store", SettingsError, "nosuch"),
        ("file:///no/such/folder", RawFilesError, "holds no files"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(
    address: str, error: type[Exception], says: str, store: fsspec.AbstractFileSystem, tmp_path: Path
) -> None:
    store.pipe("/store/x.txt", b"x")
    with pytest.raises(error, match=says):
        local_raw(address, tmp_path)


def test_an_address_needs_a_cache(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--cache"):
        local_raw("hf://datasets/tarn/post", None)
    (tmp_path / "wire").mkdir()
    (tmp_path / "wire" / "collection.toml").write_text(SETTINGS, encoding="utf-8")
    with pytest.raises(SettingsError, match="--cache"):
        open_sources(tmp_path)


def test_files_at_must_be_an_address(tmp_path: Path) -> None:
    (tmp_path / "wire").mkdir()
    text = SETTINGS.replace("memory://store/wire", "../elsewhere")
    (tmp_path / "wire" / "collection.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"collection\.toml:4: files_at .*expected an address"):
        open_sources(tmp_path)


def test_what_datasets_writes_beside_its_rows_is_no_article(tmp_path: Path) -> None:
    datasets = import_module("datasets")
    rows = [{"key": f"w-{n}", "body": f"The mill may open again, worker {n} said."} for n in range(3)]
    folder = tmp_path / "raw" / "wire"
    datasets.Dataset.from_list(rows).save_to_disk(str(folder))
    (folder / "README.md").write_text("---\nconfigs: []\n---\n", encoding="utf-8")
    text = "\n".join(line for line in SETTINGS.splitlines() if not line.startswith("files"))
    (folder / "collection.toml").write_text(text, encoding="utf-8")
    tables = build(Plan(tmp_path / "raw", tmp_path / "out"))
    assert tables["articles"]["locator"].to_list() == ["w-0", "w-1", "w-2"]
    assert tables["dropped"].height == 0
    assert json.loads((folder / "state.json").read_text("utf-8"))
