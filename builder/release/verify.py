"""Whether a build or release is what its own files say. Imports publish, `findings`, schemas.

In this order: the sums of the files, the tables' form and fingerprints, every rule of the schemas (keys, offsets,
texts at spans, counts), and what the card and the files beside it say of the rows.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet
import yaml

from builder.errors import OnrecordError
from builder.publish.checksums import SUMS, parse_sums, sum_folder
from builder.publish.fingerprint import fingerprint_table
from builder.publish.recognize import FORMAT, MANIFEST, is_build, read_manifest
from builder.publish.reopen import read_facts, read_tables
from builder.publish.stage import write_build
from builder.release.findings import Finding
from schemas.derive import arrow_schema, polars_schema
from schemas.relations import violations
from schemas.tables import TABLES

CARD = "README.md"
CHANGELOG = "CHANGELOG.md"
CHANGES = "changes.parquet"


def verify_folder(folder: Path) -> list[Finding]:
    """Everything in a build or release that does not hold; an empty list where all does."""
    found = list(check_sums(folder))
    if not is_build(folder):
        return [*found, Finding(MANIFEST, f"is no manifest of ours (expected JSON with the format {FORMAT!r})")]
    try:
        manifest = read_manifest(folder)
        form = list(_check_form(folder, manifest))
        if form:
            return found + form
        tables = read_tables(folder)
        other_rows = list(_check_fingerprints(tables, manifest))
        found += [*other_rows, *_check_rules(tables, manifest), *_check_card(folder, manifest)]
        found += _check_changelog(folder, manifest)
        if not other_rows:  # else every file that states a fingerprint or a figure would be named too
            found += _check_texts(folder, tables, manifest)
    except (OSError, LookupError, TypeError, ValueError, AttributeError, OnrecordError) as error:
        found.append(Finding(MANIFEST, f"cannot be followed ({type(error).__name__}: {error})"))
    return found


def check_sums(folder: Path) -> Iterator[Finding]:
    """Files that are missing, changed or unlisted in SHA256SUMS."""
    try:
        recorded = parse_sums((folder / SUMS).read_text("utf-8"))
    except (OSError, ValueError) as error:
        yield Finding(SUMS, f"cannot be read ({error}); expected one line a file, as sha256sum writes it")
        return
    found = sum_folder(folder)
    for name, recorded_sum in recorded.items():
        if name not in found:
            yield Finding(name, f"is missing: {SUMS} lists it")
        elif found[name] != recorded_sum:
            yield Finding(name, f"has sha256 {found[name]}; {SUMS} has {recorded_sum}")
    for name in found.keys() - recorded.keys():
        yield Finding(name, f"is not listed in {SUMS}")


def file_of(table: str, manifest: Mapping[str, Any]) -> str:
    """The file, or files, that hold a table."""
    return ", ".join(sorted(manifest["tables"][table]["files"])) if table in manifest["tables"] else MANIFEST


def _check_form(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """Tables that are not there, cannot be read, or have other columns than the schemas say."""
    for name in TABLES:
        if name not in manifest["tables"]:
            yield Finding(MANIFEST, f"the table {name} is missing", table=name)
            continue
        for path in sorted(manifest["tables"][name]["files"]):
            try:
                schema = pyarrow.parquet.ParquetFile(folder / path).schema_arrow
                pl.read_parquet(folder / path)
            except (OSError, pyarrow.ArrowException, pl.exceptions.PolarsError) as error:
                yield Finding(path, f"cannot be read ({error})", table=name, is_unreadable=True)
                continue
            if not schema.equals(arrow_schema(name)):
                columns = ", ".join(f"{field.name}: {field.type}" for field in schema)
                yield Finding(path, f"has other columns than the schema of onrecord {_here()}: {columns}", table=name)


def _check_fingerprints(tables: Mapping[str, pl.DataFrame], manifest: Mapping[str, Any]) -> Iterator[Finding]:
    for name, rows in tables.items():
        recorded, file = manifest["tables"][name], file_of(name, manifest)
        if rows.height != recorded["rows"]:
            yield Finding(file, f"has {rows.height} rows; {MANIFEST} has {recorded['rows']}", table=name)
        if (fingerprint := fingerprint_table(rows)) != recorded["fingerprint"]:
            yield Finding(
                file, f"has the fingerprint {fingerprint}; {MANIFEST} has {recorded['fingerprint']}", table=name
            )


def _check_rules(tables: Mapping[str, pl.DataFrame], manifest: Mapping[str, Any]) -> Iterator[Finding]:
    for table, column, rule, row, value in violations(tables).iter_rows():
        yield Finding(file_of(table, manifest), f"expected “{rule}”, found {value!r}", table, row, column)


def _check_card(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """What the card's front matter says of versions, rows and fingerprints, which loaders go by."""
    try:
        front_matter = yaml.safe_load((folder / CARD).read_text("utf-8").split("---\n")[1])
        configs = {config["config_name"]: config for config in front_matter["configs"]}
        infos = {info["config_name"]: info for info in front_matter["dataset_info"]}
    except (OSError, ValueError, LookupError, TypeError, yaml.YAMLError) as error:
        yield Finding(CARD, f"has no front matter that says what the tables are ({type(error).__name__}: {error})")
        return
    expected_version = manifest["version"] or "0.0.0"
    for name, recorded in manifest["tables"].items():
        if configs[name]["version"] != expected_version:
            yield Finding(CARD, f"has version {configs[name]['version']}; {MANIFEST} has {expected_version}", name)
        rows = infos[name]["splits"][0]["num_examples"]
        if rows != recorded["rows"]:
            yield Finding(CARD, f"says {rows} rows; {MANIFEST} has {recorded['rows']}", name)
        if recorded["fingerprint"] not in infos[name]["description"]:
            yield Finding(CARD, f"does not have the fingerprint {recorded['fingerprint']} of {MANIFEST}", name)


def _check_changelog(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """A release's changelog begins with its own entry, and its table of changes can be read."""
    if manifest["version"] is None:
        return
    head = f"## {manifest['version']} ({manifest['released_on']})\n"
    if head not in (folder / CHANGELOG).read_text("utf-8"):
        yield Finding(CHANGELOG, f"has no entry of this release; expected {_cut(head)}")
    if pl.read_parquet(folder / CHANGES).schema != polars_schema("changes"):
        yield Finding(CHANGES, "has other columns than `schemas.changes` says")


def _check_texts(folder: Path, tables: Mapping[str, pl.DataFrame], manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """Files whose text is not what the tables give: they are written once more and compared.

    Another version of onrecord may word them differently: then only the front matter can be checked.
    """
    if manifest["package"]["version"] != _here():
        return
    with tempfile.TemporaryDirectory() as aside:
        write_build(tables, read_facts(folder), Path(aside))
        for path in sorted(Path(aside).iterdir()):
            if path.is_file() and path.name != SUMS:
                yield from _compare_texts(folder / path.name, path)


def _compare_texts(found: Path, expected: Path) -> Iterator[Finding]:
    if not found.is_file():
        return  # the sums have said so
    lines = [path.read_bytes().decode("utf-8", "replace").splitlines() for path in (found, expected)]
    if lines[0] == lines[1]:
        return
    length = max(map(len, lines))
    left, right = (one + [""] * (length - len(one)) for one in lines)
    at = next(number for number in range(length) if left[number] != right[number])
    yield Finding(found.name, f"line {at + 1} is {_cut(left[at])}; the tables and {MANIFEST} give {_cut(right[at])}")


def _cut(line: str) -> str:
    return json.dumps(line if len(line) <= 120 else line[:120] + "…", ensure_ascii=False)


def _here() -> str:
    return version("onrecord")
