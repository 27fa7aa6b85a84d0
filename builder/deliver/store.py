"""A build to an address that fsspec opens (`s3://`, `gs://`, `memory://`, …). Imports publish's readers, errors, sums.

An object store puts one object in place at once and never several. So a build there is whole where its manifest.json
is: a run takes the former manifest away before it touches anything else, and puts its own when all else is there. A
reader who begins with manifest.json finds the files it lists, each with its sum in SHA256SUMS, or no build. What a run
has under way is said by a mark, so that the next run knows what a killed one has left; two runs to one address at once
are not kept apart: no store can. Credentials and endpoints are fsspec's own configuration, never ours.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec

from builder.addresses import opening
from builder.errors import OutputError
from builder.publish.checksums import SUMS, parse_sums, sum_folder
from builder.publish.recognize import FORMAT, MANIFEST

# What a run that is under way, or was killed, writes or takes away there.
MARK = ".onrecord-writing.json"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a run did at the address, as numbers of files."""

    sent: int
    kept: int
    removed: int


@contextmanager
def built_for(address: str) -> Iterator[Path]:
    """A folder of this machine to build in; when the block ends without an error, the build stands at the address.

    Raises OutputError, before any work, where something stands there that is not ours to replace.
    """
    _Place.open(address).check()
    with tempfile.TemporaryDirectory(prefix="onrecord-") as aside:
        folder = Path(aside) / "dataset"
        yield folder
        send_build(folder, address)


def send_build(folder: Path, address: str) -> Sent:
    """Make the address hold exactly the build in `folder`; files that it holds already are not sent again.

    Raises OutputError, touching nothing, where the address holds anything but an unreleased build of ours; OutputError
    as well for what the store refuses: the address holds no build then, until the same command is run again.
    """
    place = _Place.open(address)
    place.check()
    ours = sum_folder(folder)
    ours[SUMS] = ""  # is the last but one to be sent, whatever stood there
    with _store_errors(address):
        there = place.files()
        known = place.sums() if SUMS in there and MARK not in there else {}
        same = {name for name, sum_ in ours.items() if name in there and known.get(name) == sum_}
        if same == ours.keys() - {SUMS} and there.keys() == ours.keys():
            return Sent(0, len(ours), 0)
        gone = there.keys() - ours.keys() - {MARK}
        place.put(MARK, json.dumps({"format": FORMAT, "files": sorted({*ours, *there} - {MARK})}).encode())
        place.remove([MANIFEST] if MANIFEST in there else [])
        wanted = sorted(ours.keys() - same - {MANIFEST, SUMS})
        for name in [*wanted, SUMS]:
            place.send(folder / name, name)
        place.remove(sorted(gone))
        place.send(folder / MANIFEST, MANIFEST)
        place.remove([MARK])
    kept = len(same - {MANIFEST})
    return Sent(len(ours) - kept, kept, len(gone))


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder of a store: its file system, the path there, and the address as it was typed."""

    system: Any
    root: str
    address: str

    @classmethod
    def open(cls, address: str) -> "_Place":
        """SettingsError where nothing opens such addresses."""
        with opening(address, "s3://bucket/…"):
            system, root = fsspec.core.url_to_fs(address)
        return cls(system, root.rstrip("/"), address)

    def files(self) -> dict[str, int]:
        """The files there and their sizes, as they are now."""
        self.system.invalidate_cache()
        if not self.system.exists(self.root):
            return {}
        found = self.system.find(self.root, detail=True)
        return {path.removeprefix(self.root).strip("/"): int(info["size"] or 0) for path, info in found.items()}

    def sums(self) -> dict[str, str]:
        """The sums of the build that stands there."""
        return parse_sums(self._read(SUMS).decode("utf-8"))

    def check(self) -> None:
        """Raise OutputError unless the place is free, or holds an unreleased build of ours or the rest of one."""
        with _store_errors(self.address):
            there = self.files()
            manifest, mark = self._json(MANIFEST, there), self._json(MARK, there)
            sums = self.sums() if SUMS in there else {}
        if manifest.get("version") is not None:
            raise OutputError(
                f"{self.address}: is release {manifest['version']}, and releases are never overwritten. "
                "Choose another --out"
            )
        is_ours = FORMAT in (manifest.get("format"), mark.get("format"))
        others = sorted(there.keys() - ({MARK, SUMS, *sums, *mark.get("files", ())} if is_ours else set()))
        if others:
            raise OutputError(
                f"{self.address}: holds files that are no build of onrecord's, the first {others[0]}; nothing was "
                "touched. Choose another --out, or move them away"
            )

    def put(self, name: str, content: bytes) -> None:
        """Put a small object there."""
        self.system.pipe_file(f"{self.root}/{name}", content)

    def send(self, path: Path, name: str) -> None:
        """Put a file there."""
        self.system.put_file(str(path), f"{self.root}/{name}")

    def remove(self, names: list[str]) -> None:
        """Take files away."""
        for name in names:
            self.system.rm_file(f"{self.root}/{name}")

    def _json(self, name: str, there: dict[str, int]) -> dict[str, Any]:
        try:
            value = json.loads(self._read(name)) if name in there else {}
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    def _read(self, name: str) -> bytes:
        content: bytes = self.system.cat_file(f"{self.root}/{name}")
        return content


@contextmanager
def _store_errors(address: str) -> Iterator[None]:
    """What the store refuses, as an OutputError."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{address}: the store refused ({type(error).__name__}: {error}); check the address, the credentials and "
            "the network, then run again: no reader finds a half-written build there"
        ) from error
