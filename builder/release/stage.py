"""release: from a build to an immutable release folder. Imports the leaves of release, publish, `builder.errors`.

A release is refused where its build does not verify, a collection has no stated licence, the version exists, or the
step from the last version is smaller than the difference asks for. It is whole or not there (`publish.folder`).
"""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from builder.assemble.validate import validate
from builder.errors import ReleaseError
from builder.publish.facts import BuildFacts
from builder.publish.fingerprint import fingerprint_table
from builder.publish.folder import writing_aside
from builder.publish.licence import UNKNOWN
from builder.publish.parquet import write_beside
from builder.publish.recognize import read_manifest
from builder.publish.reopen import read_facts, read_table, read_tables
from builder.publish.stage import write_build, write_sums, write_text
from builder.read.withdrawn import REASON as WITHDRAWN
from builder.release.changelog import join_changelog, render_entry
from builder.release.difference import Difference, compare
from builder.release.findings import list_findings
from builder.release.opened import Opened, open_folder
from builder.release.rows import CHANGES_SCHEMA
from builder.release.step import gravest
from builder.release.verify import CHANGELOG, CHANGES, check_sums, verify_folder
from builder.release.versions import Version, next_version, parse_version, step_between
from builder.release.withheld_files import withhold_files
from builder.release.withhold import withhold

# What is made from the last release too, and not from the build alone.
BESIDE_TABLES = (CHANGELOG, CHANGES)


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """What to release: the build's folder as `version`, dated `released_on`, into a folder of its own in `releases`.

    `doi` is one that an archive has reserved for it.
    """

    version: str
    released_on: date
    build: Path
    releases: Path
    doi: str | None = None


@dataclass(frozen=True, slots=True)
class Released:
    """What was released: its folder, and the difference from the last release (None for the first one)."""

    folder: Path
    difference: Difference | None


def release(plan: ReleasePlan) -> Released:
    """Make the release; raise ReleaseError, leaving nothing behind, where it may not be made."""
    version = parse_version(plan.version)
    former = last_release(plan.releases)
    out = plan.releases / str(version)
    _check_order(version, plan, former)
    _check_new(out)
    _check_build(plan.build)
    _check_rights(read_table(plan.build, "collections"))
    facts = replace(read_facts(plan.build), version=str(version), released_on=plan.released_on, doi=plan.doi)
    with writing_aside(out) as folder:
        _check_new(out)  # again, now that no other run can write to it
        write_release(plan.build, facts, folder)
        made = open_folder(folder)
        before = open_folder(former) if former else None
        difference = compare(before, made) if before else None
        if before and difference:
            _check_step(version, parse_version(before.name), difference)
        entry = render_entry(
            str(version), plan.released_on, made.fingerprint, difference, newly_withdrawn(before, made)
        )
        changelog = join_changelog(entry, (former / CHANGELOG).read_text("utf-8") if former else None)
        write_beside_tables(folder, changelog, difference)
    return Released(out, difference)


def write_release(build: Path, facts: BuildFacts, folder: Path) -> None:
    """Write the tables of a build and everything beside them as the release that `facts` describe.

    Words that may not be passed on are left out; what is needed to put them back is in `withheld.json`.
    """
    tables = read_tables(build)
    withheld = withhold(tables)
    if withheld is None:
        write_build(tables, facts, folder)
        return
    texts = withhold_files(facts.beside, tables, withheld)
    full = {name: fingerprint_table(table) for name, table in tables.items()}
    validate(withheld.tables)
    write_build(withheld.tables, replace(facts, full_fingerprints=full, beside=texts), folder)


def write_beside_tables(folder: Path, changelog: str, difference: Difference | None) -> None:
    """Write what a release has beyond a build, and the sums anew."""
    changes = difference.changes if difference else pl.DataFrame(schema=CHANGES_SCHEMA)
    write_beside("changes", changes, folder / CHANGES)
    write_text(folder / CHANGELOG, changelog)
    write_sums(folder)


def last_release(releases: Path) -> Path | None:
    """The folder of the highest version among the releases; None where there is none yet."""
    if not releases.is_dir():
        return None
    versions = []
    for child in releases.iterdir():
        if child.is_dir() and not child.name.startswith("."):
            try:
                versions.append(parse_version(child.name))
            except ReleaseError as error:
                raise ReleaseError(
                    f"{child}: is no release; expected only folders named for their version in {releases}"
                ) from error
    return releases / str(max(versions)) if versions else None


def newly_withdrawn(before: Opened | None, after: Opened) -> list[str]:
    """The articles withdrawn since the last release, each with its collection, date and reason."""
    key = ["collection_id", "raw_path", "place", "reason"]
    withdrawn = after.tables["dropped"].filter(pl.col("reason") == WITHDRAWN)
    if before is not None and set(key) <= set(before.tables["dropped"].columns):
        withdrawn = withdrawn.join(before.tables["dropped"], on=key, how="anti", maintain_order="left")
    return [f"{collection}/{detail}" for collection, detail in withdrawn.select("collection_id", "detail").iter_rows()]


def _check_order(version: Version, plan: ReleasePlan, former: Path | None) -> None:
    """The version and date follow those of the last release, which is whole."""
    if former is None:
        return
    if (plan.releases / str(version)).exists():
        raise ReleaseError(
            f"{plan.releases / str(version)} exists, and releases are never changed; the last is {former.name}: "
            "give a higher version"
        )
    if version < parse_version(former.name):
        raise ReleaseError(f"{version} comes before {former.name}, the last release; give a higher version")
    broken = list(check_sums(former))
    if broken:
        raise ReleaseError(
            f"{former}: the last release is not whole, so nothing can be compared with it; restore it\n"
            f"{list_findings(broken)}"
        )
    released_on = date.fromisoformat(read_manifest(former)["released_on"])
    if plan.released_on < released_on:
        raise ReleaseError(
            f"--date {plan.released_on} is before {released_on}, the date of {former.name}; give that day or later"
        )


def _check_new(out: Path) -> None:
    if out.exists():
        raise ReleaseError(f"{out} exists, and releases are never changed; give a higher version")


def _check_build(build: Path) -> None:
    """The folder is a build, not a release, and everything in it holds."""
    if (version := read_manifest(build).get("version")) is not None:
        raise ReleaseError(f"{build}: is release {version} already; give the folder of a build with --from")
    if broken := verify_folder(build):
        raise ReleaseError(f"{build}: does not verify, so it is not released; build it again\n{list_findings(broken)}")


def _check_rights(collections: pl.DataFrame) -> None:
    """Every collection says under which licence its texts are."""
    unknown = collections.filter(pl.col("license") == UNKNOWN)["collection_id"].to_list()
    if unknown:
        raise ReleaseError(
            f"the collection {', '.join(unknown)} has no stated licence; expected a collection.toml with `license` and "
            "`text_may_be_published` in its folder (README, Your own articles). Write one and build again"
        )


def _check_step(version: Version, former: Version, difference: Difference) -> None:
    if step_between(former, version) >= difference.step:
        return
    causes = gravest(difference.changes)
    (what, table, row, column) = causes.select("change", "table", "row", "column").row(0)
    place = " ".join(part for part in (f"{table}.{column}" if column else table, row) if part)
    raise ReleaseError(
        f"{version} is too small a step from {former}: {causes.height:,} changes ask for a {difference.step.name} one, "
        f"the first: {what} in {place}. Give {next_version(former, difference.step)} or higher; "
        "`onrecord diff` shows all changes"
    )
