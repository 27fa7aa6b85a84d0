"""Whether a release is what its raw files give: built again and compared to the bit. Imports `pipeline`, publish,
leaves of release.

Where rows differ, table, row and column are named; where only bytes do, the files.
"""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from builder.pipeline import Plan, build, instruction_set
from builder.publish.checksums import SUMS, sum_folder
from builder.publish.recognize import MANIFEST, read_manifest
from builder.publish.reopen import read_facts, read_table
from builder.release.difference import compare
from builder.release.findings import Finding
from builder.release.opened import open_folder
from builder.release.stage import BESIDE_TABLES, write_release
from builder.release.verify import file_of, verify_folder
from builder.sources import open_sources
from builder.sums import sum_file


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What differs, and what may be the reason: another instruction set, another version of onrecord or the model."""

    findings: list[Finding]
    notes: list[str]


def verify_and_rebuild(release: Path, raw: Path, model: Path, workers: int) -> tuple[list[Finding], list[str]]:
    """All findings, and the notes of a rebuild: built again is whatever has a manifest and tables that can be read."""
    found = verify_folder(release)
    if any(one.file == MANIFEST for one in found) or any(one.is_unreadable for one in found):
        return found, []
    again = rebuild_and_compare(release, raw, model, workers)
    return found + again.findings, again.notes


def rebuild_and_compare(release: Path, raw: Path, model: Path, workers: int) -> Rebuilt:
    """Build `raw` as the release's manifest says and compare; raw files that differ are named, and nothing is built."""
    manifest = read_manifest(release)
    if changed := list(_compare_raw(release, raw, manifest)):
        return Rebuilt(changed, [])
    open_sources(raw)  # says what is wrong with the settings before any work
    with tempfile.TemporaryDirectory() as aside:
        built, again = Path(aside) / "build", Path(aside) / "release"
        build(Plan(raw, built, None, model, workers, manifest["settings"].get("limit")))
        facts = read_facts(release)
        again.mkdir()
        former = replace(read_facts(built), version=facts.version, released_on=facts.released_on, doi=facts.doi)
        write_release(built, former, again)
        notes = list(_explain(manifest, read_manifest(again)))
        found = list(_compare_rows(release, again, manifest)) or list(_compare_files(release, again))
    return Rebuilt(found, notes if found else [])


def _compare_raw(release: Path, raw: Path, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """Raw files and settings that are not those of the manifest, with the articles that were read from them."""
    recorded = {
        (Path(_folder_of(collection, raw)) / name).as_posix(): digest
        for collection, sums in manifest["raw"].items()
        for name, digest in sums.items()
    } | dict(manifest["inputs"])
    for name, digest in sorted(recorded.items()):
        path = raw / name
        found = sum_file(path) if path.is_file() else None
        if found == digest:
            continue
        what = f"has sha256 {found}; the manifest has {digest}" if found else f"is missing; the manifest has {digest}"
        articles = read_table(release, "articles").filter(pl.col("raw_path") == name)["article_id"].to_list()
        yield from (Finding(name, what, "articles", article) for article in articles)
        if not articles:
            yield Finding(name, what)


def _folder_of(collection: str, raw: Path) -> str:
    """Where a collection's files lie below the raw folder: in a folder of its name, or loose where there is none."""
    return collection if (raw / collection).is_dir() else ""


def _compare_rows(release: Path, again: Path, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """Rows and cells that the rebuild gives otherwise."""
    changes = compare(open_folder(release), open_folder(again)).changes
    words = {"added": "the rebuild has this row, the release has not", "removed": "the rebuild does not give this row"}
    for change, table, row, column, before, after in changes.iter_rows():
        what = words.get(
            change, f"{change}: the release has {before or 'other words'}, the rebuild {after or 'others'}"
        )
        yield Finding(file_of(table, manifest), what, table, row, column)


def _compare_files(release: Path, again: Path) -> Iterator[Finding]:
    """Files with other bytes, where all rows are the same; what compares with the last release is not rebuilt."""
    found, expected = sum_folder(release), sum_folder(again)
    for name in sorted(found.keys() | expected.keys()):
        if name != SUMS and name not in BESIDE_TABLES and found.get(name) != expected.get(name):
            yield Finding(name, "the rows are the same, the bytes are not: another Parquet writer, or another wording")


def _explain(recorded: Mapping[str, Any], here: Mapping[str, Any]) -> Iterator[str]:
    """What this machine and this onrecord have that the manifest does not."""
    if recorded["instruction_set"] != instruction_set():
        yield (
            f"the instruction set is {instruction_set()} here and {recorded['instruction_set']} in the manifest: the "
            "encoder's bits are promised for one instruction set only"
        )
    else:
        yield f"the instruction set is the manifest's, {instruction_set()}"
    if recorded["package"]["version"] != version("onrecord"):
        yield f"onrecord is {version('onrecord')} here and {recorded['package']['version']} in the manifest"
    for key in ("model", "stages", "settings"):
        if recorded[key] != here[key]:
            yield f"{key}: {here[key]} here and {recorded[key]} in the manifest"
