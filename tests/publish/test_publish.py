import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import polars as pl
import pyarrow.parquet
import pytest

from builder.errors import OutputError, SchemaError
from builder.publish.facts import BuildFacts
from builder.publish.fingerprint import fingerprint_table
from builder.publish.reopen import read_facts, read_table, read_tables
from builder.publish.stage import publish
from schemas.derive import arrow_schema, empty_table, polars_schema
from schemas.tables import TABLES

Tables = dict[str, pl.DataFrame]


def read_bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def cut_into_chunks(table: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The same rows in other chunks of memory, some with a bitmap of nulls where none is needed."""
    cuts = sorted({0, table.height, *random.Random(seed).choices(range(table.height + 1), k=3)})
    pieces = [table[start:end] for start, end in pairwise(cuts)]
    with_nulls = pl.concat([table, pl.DataFrame([{}], schema=table.schema)], how="vertical")[: table.height]
    return pl.concat(pieces, rechunk=False) if seed % 2 else with_nulls


def test_the_small_world_keeps_its_schemas(tables: Tables) -> None:
    for name, table in tables.items():
        TABLES[name].validate(table)


def test_a_build_holds_these_files(tables: Tables, facts: BuildFacts, tmp_path: Path) -> None:
    publish(tables, facts, tmp_path / "out")
    assert sorted(read_bytes(tmp_path / "out")) == sorted(
        [
            "README.md",
            "DATASHEET.md",
            "CITATION.cff",
            "CITATION.bib",
            "croissant.json",
            "LICENSE",
            "SHA256SUMS",
            "datapackage.json",
            "manifest.json",
            *(f"data/{name}/part-00000.parquet" for name in TABLES),
        ]
    )


def test_the_same_rows_give_the_same_bytes_however_they_lie_in_memory(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    publish(tables, facts, tmp_path / "whole")
    for seed in range(4):
        cut = {name: cut_into_chunks(table, seed) for name, table in reversed(tables.items())}
        publish(cut, facts, tmp_path / "cut")
        assert read_bytes(tmp_path / "cut") == read_bytes(tmp_path / "whole")


def test_neither_clock_nor_locale_nor_hash_seed_nor_threads_show_in_the_bytes(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    publish(tables, facts, tmp_path / "here")
    program = (
        "import sys; from pathlib import Path; from builder.publish.stage import publish; "
        "from builder.publish.reopen import read_facts, read_tables; old = Path(sys.argv[1]); "
        "publish(read_tables(old), read_facts(old), Path(sys.argv[2]))"
    )
    elsewhere = os.environ | {
        "TZ": "Pacific/Chatham",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "POLARS_MAX_THREADS": "2",
        "PYTHONUTF8": "0",
    }
    command = [sys.executable, "-c", program, str(tmp_path / "here"), str(tmp_path / "there")]
    subprocess.run(command, env=elsewhere, cwd=Path(__file__).parents[2], check=True)
    assert read_bytes(tmp_path / "there") == read_bytes(tmp_path / "here")


def test_sha256sum_finds_every_file_as_it_was_summed(tables: Tables, facts: BuildFacts, tmp_path: Path) -> None:
    publish(tables, facts, tmp_path / "out")
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path / "out", check=False).returncode == 0
    listed = {line.split("  ")[1] for line in (tmp_path / "out" / "SHA256SUMS").read_text().splitlines()}
    assert listed == set(read_bytes(tmp_path / "out")) - {"SHA256SUMS"}
    (tmp_path / "out" / "data" / "quotes" / "part-00000.parquet").write_bytes(b"")
    assert subprocess.run(check, cwd=tmp_path / "out", check=False, capture_output=True).returncode == 1


def test_polars_and_pyarrow_read_the_rows_that_were_published(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    publish(tables, facts, tmp_path / "out")
    for name, table in tables.items():
        path = tmp_path / "out" / "data" / name / "part-00000.parquet"
        assert pl.read_parquet(path).equals(table)
        file = pyarrow.parquet.ParquetFile(path)
        assert file.schema_arrow.equals(arrow_schema(name))
        assert [column.metadata for column in file.schema_arrow] == [column.metadata for column in arrow_schema(name)]
        assert file.read().to_pylist() == table.to_dicts()


def test_a_long_table_breaks_into_parts_at_the_same_rows(tables: Tables, facts: BuildFacts, tmp_path: Path) -> None:
    publish(tables, facts, tmp_path / "out", part_rows=2)
    parts = sorted((tmp_path / "out" / "data" / "articles").iterdir())
    assert [part.name for part in parts] == ["part-00000.parquet", "part-00001.parquet"]
    assert [pl.read_parquet(part).height for part in parts] == [2, 1]
    assert read_table(tmp_path / "out", "articles").equals(tables["articles"])


def test_rows_that_come_in_any_pieces_give_the_same_bytes(tables: Tables, facts: BuildFacts, tmp_path: Path) -> None:
    for part_rows in (1, 2, 250_000):
        publish(tables, facts, tmp_path / "whole", part_rows)
        for length in (1, 2, 3):
            pieces = ({name: rows} for name, table in tables.items() for rows in table.iter_slices(length))
            publish(pieces, facts, tmp_path / "pieces", part_rows)
            assert read_bytes(tmp_path / "pieces") == read_bytes(tmp_path / "whole")


def test_only_columns_of_few_values_have_dictionaries(tables: Tables, facts: BuildFacts, tmp_path: Path) -> None:
    publish(tables, facts, tmp_path / "out")
    group = pyarrow.parquet.ParquetFile(tmp_path / "out/data/articles/part-00000.parquet").metadata.row_group(0)
    columns = {group.column(i).path_in_schema: group.column(i) for i in range(group.num_columns)}
    with_dictionary = {name for name, column in columns.items() if column.has_dictionary_page}
    assert {"collection_id", "language", "license", "extraction_status"} <= with_dictionary
    assert with_dictionary.isdisjoint({"article_id", "text", "title", "raw_sha256", "url"})
    assert {column.compression for column in columns.values()} == {"ZSTD"}
    assert all(column.has_column_index and column.has_offset_index for column in columns.values())


def test_the_manifest_says_what_determined_the_rows_and_their_sums(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    publish(tables, facts, tmp_path / "out")
    text = (tmp_path / "out" / "manifest.json").read_text()
    manifest = json.loads(text)
    assert text == json.dumps(manifest, sort_keys=True, indent=2, ensure_ascii=False) + "\n"
    assert manifest["package"] == {"name": "onrecord", "version": "0.1.0"}
    assert manifest["model"] == {"name": "small-encoder", "sha256": "ab" * 32}
    assert manifest["raw"]["port"] == {"story-3.txt": "33" * 32}
    assert {name: table["rows"] for name, table in manifest["tables"].items()} == {
        name: table.height for name, table in tables.items()
    }
    assert manifest["tables"]["quotes"]["fingerprint"] == fingerprint_table(tables["quotes"])
    sums = (tmp_path / "out" / "SHA256SUMS").read_text()
    for table in manifest["tables"].values():
        assert all(f"{digest}  {path}\n" in sums for path, digest in table["files"].items())


def test_a_published_folder_gives_back_its_tables_and_facts(tables: Tables, facts: BuildFacts, tmp_path: Path) -> None:
    publish(tables, facts, tmp_path / "out")
    assert read_facts(tmp_path / "out") == facts
    again = read_tables(tmp_path / "out")
    assert all(again[name].equals(table) for name, table in tables.items())
    publish(again, read_facts(tmp_path / "out"), tmp_path / "again")
    assert read_bytes(tmp_path / "again") == read_bytes(tmp_path / "out")


def test_reading_a_folder_that_is_no_build_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is no build of onrecord"):
        read_facts(tmp_path)


def test_a_dataset_without_any_row_is_published(facts: BuildFacts, tmp_path: Path) -> None:
    publish({name: empty_table(name) for name in TABLES}, facts, tmp_path / "out")
    assert read_table(tmp_path / "out", "quotes").schema == polars_schema("quotes")
    assert read_table(tmp_path / "out", "quotes").height == 0


def test_a_missing_or_unknown_table_is_refused_before_anything_is_written(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    without = {name: table for name, table in tables.items() if name != "claims"}
    for wrong in (without, tables | {"extra": tables["claims"]}):
        with pytest.raises(SchemaError, match="expected the tables collections, articles"):
            publish(wrong, facts, tmp_path / "out")
    assert not list(tmp_path.iterdir())


def test_a_build_replaces_a_build(tables: Tables, facts: BuildFacts, tmp_path: Path) -> None:
    publish(tables, facts, tmp_path / "out")
    publish(tables | {"quotes": tables["quotes"][:1]}, facts, tmp_path / "out")
    assert read_table(tmp_path / "out", "quotes").height == 1
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_is_filled(tables: Tables, facts: BuildFacts, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    publish(tables, facts, tmp_path / "out")
    assert read_facts(tmp_path / "out") == facts


@pytest.mark.parametrize("manifest", [None, "not json", "[]", '{"format": "another program"}'])
def test_a_folder_that_is_not_ours_is_refused_and_untouched(
    tables: Tables, facts: BuildFacts, tmp_path: Path, manifest: str | None
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("years of work")
    if manifest is not None:
        (tmp_path / "out" / "manifest.json").write_text(manifest)
    before = read_bytes(tmp_path)
    with pytest.raises(OutputError, match="no build of onrecord"):
        publish(tables, facts, tmp_path / "out")
    assert read_bytes(tmp_path) == before


def test_a_file_in_the_place_is_refused(tables: Tables, facts: BuildFacts, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError, match="is a file"):
        publish(tables, facts, tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_build_into_which_somebody_put_a_file_is_refused_and_untouched(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    publish(tables, facts, tmp_path / "out")
    (tmp_path / "out" / "data" / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"data/notes\.txt.*would delete"):
        publish(tables, facts, tmp_path / "out")
    assert (tmp_path / "out" / "data" / "notes.txt").read_text() == "mine"


def test_a_release_is_never_overwritten(tables: Tables, facts: BuildFacts, tmp_path: Path) -> None:
    publish(tables, replace(facts, version="1.0.0"), tmp_path / "out")
    before = read_bytes(tmp_path)
    for again in (facts, replace(facts, version="1.0.0")):
        with pytest.raises(OutputError, match=r"is release 1\.0\.0"):
            publish(tables, again, tmp_path / "out")
    assert read_bytes(tmp_path) == before


def test_a_table_that_cannot_be_written_leaves_the_former_build_whole(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    publish(tables, facts, tmp_path / "out")
    before = read_bytes(tmp_path)
    broken = tables | {"dropped": tables["dropped"].with_columns(place=pl.lit(None, pl.String))}  # never null
    with pytest.raises(Exception, match="place"):
        publish(broken, facts, tmp_path / "out")
    assert read_bytes(tmp_path) == before
