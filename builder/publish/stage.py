"""publish: tables to a folder that anybody can load, check and cite. Imports the leaves of publish, schemas, errors.

The folder is whole or not there: see `folder`. What stood at the path is replaced only if it is a build of ours with
nothing else in it.
"""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import polars as pl

from builder.bins import Bins
from builder.errors import OutputError, SchemaError
from builder.publish.card import render_card
from builder.publish.checksums import SUMS, parse_sums, render_sums, sum_folder
from builder.publish.citation import cite
from builder.publish.citation_formats import render_bibtex, render_cff
from builder.publish.croissant import CROISSANT, render_croissant
from builder.publish.datapackage import DATAPACKAGE, render_datapackage
from builder.publish.datasheet import render_datasheet
from builder.publish.facts import BuildFacts
from builder.publish.figures import count_figures
from builder.publish.folder import writing_aside
from builder.publish.licence import render_license
from builder.publish.manifest import fingerprint_tables, render_manifest
from builder.publish.parquet import PART_ROWS, TableWriter
from builder.publish.recognize import MANIFEST, is_build, read_json
from builder.publish.validations import tell
from builder.publish.written import WrittenTable
from schemas.tables import TABLES

VERSION = "publish.v2"


Tables = Mapping[str, pl.DataFrame]


def publish(tables: Tables | Iterable[Tables], facts: BuildFacts, out: Path, part_rows: int = PART_ROWS) -> None:
    """Write the build folder `out`; raise OutputError, touching nothing, where `out` is not ours to replace.

    For `tables` and `part_rows` see `write_build`.
    """
    check_replaceable(out)
    with writing_aside(out) as folder:
        check_replaceable(out)  # again, now that no other run can write to it
        write_build(tables, facts, folder, part_rows)


def write_build(tables: Tables | Iterable[Tables], facts: BuildFacts, folder: Path, part_rows: int = PART_ROWS) -> None:
    """Write everything that a build consists of into the empty `folder`, its sums last.

    `tables` are all tables, or an iterator of pieces of them that holds the rows of each in their order. `facts` are
    read when the last piece has come. Files have `part_rows` rows, the last one of a table fewer.
    """
    pieces = [tables] if isinstance(tables, Mapping) else tables
    written = _write_tables(pieces, folder, part_rows)
    # A release's fingerprints are of the words that it shows; what was measured is the rows with all their words.
    whole = {
        name: (table.rows, facts.full_fingerprints.get(name, table.fingerprint)) for name, table in written.items()
    }
    counted = count_figures({name: scan_parquet(folder, table) for name, table in written.items()})
    figures = replace(counted, validations=tell(facts.validations, whole))
    fingerprint = fingerprint_tables(written)
    citation = cite(facts, figures.collections, fingerprint)
    texts = {
        "README.md": render_card(facts, figures, written, citation),
        "DATASHEET.md": render_datasheet(facts, figures),
        "CITATION.cff": render_cff(citation),
        "CITATION.bib": render_bibtex(citation),
        "LICENSE": render_license(figures.licenses),
        DATAPACKAGE: render_datapackage(facts, figures, written),
        CROISSANT: render_croissant(facts, figures, written, citation),
        MANIFEST: render_manifest(facts, written),
        **facts.beside,
    }
    for name, text in texts.items():
        write_text(folder / name, text)
    for name, parts in facts.long_beside.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)
    write_sums(folder)


def _write_tables(pieces: Iterable[Tables], folder: Path, part_rows: int) -> dict[str, WrittenTable]:
    """Write the pieces as they come; what was written, in the tables' order."""
    came: set[str] = set()
    with ExitStack() as stack:
        bins = stack.enter_context(closing(Bins(folder)))
        writers = {name: TableWriter(name, folder, bins, part_rows) for name in TABLES}
        for piece in pieces:
            came |= piece.keys()
            for name in piece:
                if name in writers:
                    writers[name].add(piece[name])
        if came != TABLES.keys():
            raise SchemaError(f"publish: expected the tables {', '.join(TABLES)}; found {', '.join(sorted(came))}")
        return {name: writer.close() for name, writer in writers.items()}


def scan_parquet(folder: Path, table: WrittenTable) -> pl.LazyFrame:
    """The rows that were written, read as they are asked for."""
    return pl.scan_parquet([folder / path for path in table.files])


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 with line feeds, whatever the system's habits."""
    path.write_bytes(text.encode("utf-8"))


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS over all other files of the folder."""
    write_text(folder / SUMS, render_sums(sum_folder(folder)))


def check_replaceable(out: Path) -> None:
    """Raise OutputError unless `out` is free, empty, or an unreleased build of ours with nothing else in it."""
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError(f"{out}: is a file; expected a folder or nothing. Choose another --out, or move it away")
    if not any(out.iterdir()):
        return
    if not is_build(out):
        raise OutputError(
            f"{out}: holds files and is no build of onrecord ({MANIFEST} is missing or another program's); nothing was "
            "touched. Choose another --out, or move it away"
        )
    version = read_json(out / MANIFEST).get("version")
    if version is not None:
        raise OutputError(f"{out}: is release {version}, and releases are never overwritten. Choose another --out")
    listed = parse_sums((out / SUMS).read_text("utf-8")) if (out / SUMS).is_file() else {}
    others = sorted(
        {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir()} - {*listed, SUMS}
    )
    if others:
        raise OutputError(
            f"{out}: beside the build it holds {', '.join(others[:3])}{' …' if others[3:] else ''}, which "
            "replacing the build would delete; nothing was touched. Move them away, or choose another --out"
        )
