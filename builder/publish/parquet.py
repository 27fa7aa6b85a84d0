"""A table as Parquet files: the same rows give the same bytes. Imports `bins`, `fingerprint`, `written`, schemas.

Rows come in any pieces; files and row groups break at fixed numbers of rows. Chunk layout changes the bytes that a
writer gives, so each row group is rechunked first. Content-defined chunks let the Hub store only what changed between
two versions: 16 to 25 % of the bytes were new, 30 to 74 % with polars' own writer.
"""

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pyarrow
import pyarrow.parquet

from builder.bins import Bins
from builder.publish.fingerprint import Fingerprint
from builder.publish.written import WrittenTable
from builder.sums import sum_file
from schemas.derive import arrow_schema, describe_columns, polars_schema

# Rows a file: parts of one table break here, so all parts but the last are equally long.
PART_ROWS = 250_000
# Rows a row group at most, the least that a reader and the writer take at once: 12 MB of mentions.
ROW_GROUP_ROWS = 25_000
# Of articles, texts and all: 10 MB where they have 2,000 characters each.
_ARTICLE_ROWS = 5_000
# Columns of few different values, beside the vocabularies: only these get dictionaries (on all: 40 % larger files).
FEW_VALUES = ("collection_id", "country_code", "language", "license", "publisher")


@dataclass(slots=True)
class TableWriter:
    """One table on its way to files below `folder`, from rows in the table's order; `close` says what was written.

    A table without rows is one part without rows. `bins` holds what its fingerprint needs until the end.
    """

    name: str
    folder: Path
    bins: Bins
    part_rows: int = PART_ROWS
    _fingerprint: Fingerprint = field(init=False)
    _waiting: list[pl.DataFrame] = field(default_factory=list)
    _n_waiting: int = 0
    _part: "_Part | None" = None
    _written: list["_Part"] = field(default_factory=list)
    _rows: int = 0

    def __post_init__(self) -> None:
        self._fingerprint = Fingerprint(f"fingerprint of {self.name}", polars_schema(self.name), self.bins)
        (self.folder / "data" / self.name).mkdir(parents=True)

    def add(self, rows: pl.DataFrame) -> None:
        """Take rows in; what makes a row group whole is written."""
        self._fingerprint.add(rows)
        self._rows += rows.height
        while self._n_waiting + rows.height >= self._wanted():
            head = rows.head(self._wanted() - self._n_waiting)
            rows = rows.slice(head.height)
            self._wait(head)
            self._write()
        self._wait(rows)

    def close(self) -> WrittenTable:
        """Write what is left."""
        if self._n_waiting or not self._rows:
            self._write()
        if self._part is not None:
            self._finish(self._part)
        return WrittenTable(
            self._rows,
            self._fingerprint.hexdigest(),
            {part.name: sum_file(part.path) for part in self._written},
            sum(part.path.stat().st_size for part in self._written),
            sum(part.n_page_bytes for part in self._written),
        )

    def _wanted(self) -> int:
        """Rows of the row group that is being gathered."""
        most = _ARTICLE_ROWS if self.name == "articles" else ROW_GROUP_ROWS
        return min(most, self.part_rows - (self._part.rows if self._part else 0))

    def _wait(self, rows: pl.DataFrame) -> None:
        if rows.height:
            self._waiting.append(rows)
            self._n_waiting += rows.height

    def _write(self) -> None:
        """Write the rows that wait as a row group."""
        if self._part is None:
            name = f"data/{self.name}/part-{len(self._written):05}.parquet"
            self._part = _Part(name, self.folder / name, self.name)
        schema = polars_schema(self.name)
        self._part.write(to_arrow(pl.concat([schema.to_frame(), *self._waiting]), arrow_schema(self.name)))
        self._waiting, self._n_waiting = [], 0
        if self._part.rows >= self.part_rows:
            self._finish(self._part)

    def _finish(self, part: "_Part") -> None:
        part.close()
        self._written.append(part)
        self._part = None


def write_beside(name: str, table: pl.DataFrame, path: Path) -> None:
    """Write a table that lies beside the data as one file."""
    part = _Part(path.name, path, name)
    for rows in table.iter_slices(ROW_GROUP_ROWS):
        part.write(to_arrow(rows, arrow_schema(name)))
    part.close()


def to_arrow(table: pl.DataFrame, schema: pyarrow.Schema) -> pyarrow.Table:
    """The rows under exactly this Arrow schema, in one chunk."""
    return table.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest()).cast(schema).combine_chunks()


@dataclass(slots=True)
class _Part:
    """One file: `name` is its path in the folder, `n_page_bytes` the size of its pages before compression."""

    name: str
    path: Path
    table: str
    rows: int = 0
    n_page_bytes: int = 0
    _collected: list[pyarrow.parquet.FileMetaData] = field(default_factory=list)
    _writer: pyarrow.parquet.ParquetWriter = field(init=False)

    def __post_init__(self) -> None:
        self._writer = pyarrow.parquet.ParquetWriter(
            self.path,
            arrow_schema(self.table),
            compression="zstd",
            use_content_defined_chunking=True,
            use_dictionary=_dictionary_columns(self.table),
            write_page_index=True,
            metadata_collector=self._collected,
        )

    def write(self, group: pyarrow.Table) -> None:
        """Write a row group; one of no rows is none, for `load_dataset` fails on it."""
        if group.num_rows:
            self._writer.write_table(group, row_group_size=group.num_rows)
            self.rows += group.num_rows

    def close(self) -> None:
        """End the file."""
        self._writer.close()
        (metadata,) = self._collected
        self.n_page_bytes = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))


def _dictionary_columns(name: str) -> list[str]:
    return [column.name for column in describe_columns(name) if column.vocabulary or column.name in FEW_VALUES]
