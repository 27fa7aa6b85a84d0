"""A build at an object store: read from it and written to it over HTTP, by a server that speaks S3."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import fsspec
import pytest
from typer.testing import CliRunner

from builder.cli.main import app
from builder.deliver.store import MARK, Sent, built_for, send_build
from builder.errors import OutputError, SettingsError
from builder.pipeline import Plan, build

ROOT = Path(__file__).parents[2]
TOWN = ROOT / "tests" / "worlds" / "town-council" / "raw"
AT = "s3://archive/dataset"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A server that speaks S3, on a port of this machine."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty bucket `archive`; address and credentials are in the environment, where s3fs looks for them."""
    pytest.importorskip("s3fs")
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    store = fsspec.filesystem("s3")
    store.mkdir("archive")
    yield store
    store.invalidate_cache()
    store.rm("archive", recursive=True)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("plain") / "dataset"
    build(Plan(TOWN, out))
    return out


def held(store: Any) -> dict[str, bytes]:
    store.invalidate_cache()
    return {path.removeprefix("archive/dataset/"): store.cat_file(path) for path in store.find("archive/dataset")}


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_raw_files_in_a_bucket_are_built_into_a_bucket_with_the_same_bytes(
    bucket: Any, plain: Path, tmp_path: Path
) -> None:
    bucket.put(str(TOWN), "archive/raw", recursive=True)
    command = ["build", "s3://archive/raw", "--out", AT, "--cache", str(tmp_path / "cache"), "--workers", "1", "--json"]
    ran = CliRunner().invoke(app, command, catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.stdout)["out"] == AT
    assert held(bucket) == files(plain)


def test_what_is_there_already_is_not_sent_again(bucket: Any, plain: Path, tmp_path: Path) -> None:
    n = len(files(plain))
    assert send_build(plain, AT) == Sent(n, 0, 0)
    assert send_build(plain, AT) == Sent(0, n, 0)
    build(Plan(TOWN, tmp_path / "less", limit=2))
    sent = send_build(tmp_path / "less", AT)
    assert 0 < sent.kept < n
    assert held(bucket) == files(tmp_path / "less")


class Broken:
    """A store whose connection breaks after so many writes."""

    def __init__(self, store: Any, writes: int) -> None:
        self._store, self.left, self.seen = store, writes, list[set[str]]()

    def __getattr__(self, name: str) -> Any:
        does = getattr(self._store, name)
        if name not in ("put_file", "pipe_file", "rm_file"):
            return does

        def counted(*arguments: Any) -> Any:
            if not self.left:
                raise ConnectionError("the line is down")
            self.left -= 1
            return does(*arguments)

        return counted


def test_wherever_a_run_breaks_off_there_is_no_half_build_and_the_next_run_mends_it(
    bucket: Any, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    less = tmp_path / "less"
    build(Plan(TOWN, less, limit=2))
    whole = [files(plain), files(less)]
    send_build(less, AT)
    for writes in range(40):
        broken = Broken(bucket, writes)
        with monkeypatch.context() as patched:
            patched.setattr(fsspec.core, "url_to_fs", lambda _, broken=broken: (broken, "archive/dataset"))
            with suppress(OutputError):
                send_build(plain, AT)
        there = held(bucket)
        assert "manifest.json" not in there or {n: b for n, b in there.items() if n != MARK} in whole
        if broken.left:
            break
        send_build(less, AT)
        assert held(bucket) == whole[1]
    assert writes > 5
    assert held(bucket) == whole[0]


def test_what_is_no_build_of_ours_is_refused_before_any_work(bucket: Any, plain: Path) -> None:
    bucket.pipe_file("archive/dataset/letter.txt", b"Dear reader")
    with pytest.raises(OutputError, match=r"the first letter\.txt"), built_for(AT):
        pytest.fail("work began")
    bucket.rm_file("archive/dataset/letter.txt")
    send_build(plain, AT)
    bucket.pipe_file("archive/dataset/letter.txt", b"Dear reader")
    with pytest.raises(OutputError, match=r"the first letter\.txt"):
        send_build(plain, AT)
    assert held(bucket) == files(plain) | {"letter.txt": b"Dear reader"}


def test_a_release_is_never_overwritten(bucket: Any, plain: Path) -> None:
    manifest = json.loads((plain / "manifest.json").read_bytes()) | {"version": "1.0.0"}
    bucket.pipe_file("archive/dataset/manifest.json", json.dumps(manifest).encode())
    with pytest.raises(OutputError, match=r"is release 1\.0\.0"):
        send_build(plain, AT)


def test_a_bucket_that_is_not_there_and_an_address_that_nothing_opens_are_named(bucket: Any, plain: Path) -> None:
    with pytest.raises(OutputError, match="s3://no-such-bucket/dataset: the store refused"):
        send_build(plain, "s3://no-such-bucket/dataset")
    with pytest.raises(SettingsError, match="expected one that fsspec knows"):
        send_build(plain, "unheard-of://bucket/dataset")


def test_a_failed_build_sends_nothing(bucket: Any, plain: Path) -> None:
    send_build(plain, AT)
    with suppress(OutputError), built_for(AT) as folder:
        folder.write_text("no folder", encoding="utf-8")
        build(Plan(TOWN, folder))
    assert held(bucket) == files(plain)
