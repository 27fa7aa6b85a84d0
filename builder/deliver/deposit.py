"""A release for an archive: one file to upload, and its metadata. Imports leaves of deliver and publish, errors."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from builder.deliver.archive import write_archive
from builder.deliver.metadata import Deposit, render_datacite, render_zenodo
from builder.deliver.whole import check_whole
from builder.errors import OutputError
from builder.publish.citation import cite, slug
from builder.publish.folder import writing_aside
from builder.publish.recognize import read_manifest
from builder.publish.reopen import read_facts, read_table
from builder.publish.stage import write_text
from builder.publish.summary import summarize
from builder.sums import sum_file


@dataclass(frozen=True, slots=True)
class Deposited:
    """What was written into `out`: the archive's name, sha256 and size in bytes."""

    out: Path
    archive: str
    sha256: str
    n_bytes: int


def deposit(release: Path, out: Path) -> Deposited:
    """Write the release as one ZIP, `zenodo.json` and `datacite.json` into `out`, all of it or nothing.

    The same release gives the same bytes. OutputError where `out` is not free, ReleaseError where the folder is no
    whole release.
    """
    version = check_whole(release)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise OutputError(f"{out}: is not empty; nothing was touched. Choose another --out, or move it away")
    facts, manifest = read_facts(release), read_manifest(release)
    collections = read_table(release, "collections")
    citation = cite(facts, collections.iter_rows(named=True), manifest["fingerprint"])
    rows = {name: table["rows"] for name, table in manifest["tables"].items()}
    name = f"{slug(facts.title)}-{version}"
    with writing_aside(out) as folder:
        archive = folder / f"{name}.zip"
        assert facts.released_on is not None  # a release was given its date
        write_archive(release, archive, name, facts.released_on)
        filled = Deposit(
            citation=citation,
            summary=summarize(facts, rows),
            licenses=tuple(sorted(set(collections["license"]))),
            languages=_languages(release, list(manifest["tables"]["articles"]["files"])),
            rows=rows,
            n_bytes=archive.stat().st_size,
        )
        write_text(folder / "zenodo.json", render_zenodo(filled))
        write_text(folder / "datacite.json", render_datacite(filled))
        return Deposited(out, archive.name, sum_file(archive), filled.n_bytes)


def _languages(release: Path, parts: list[str]) -> tuple[str, ...]:
    """The articles' languages, where they are known."""
    found = pl.concat([pl.read_parquet(release / part, columns=["language"]) for part in sorted(parts)])
    return tuple(sorted(set(found["language"]) - {"und"}))
