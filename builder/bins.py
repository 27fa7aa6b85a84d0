"""Tables that are too long for memory, in numbered bins: rows go to a bin as they come and come back a bin at a time.

What has come in waits in memory up to a limit; then it goes to a temporary file of its table, as Arrow IPC streams. The
files have no name: the system removes them however the process ends, and a build of a few articles makes none. Imports
`builder.errors` only.
"""

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import polars as pl
import pyarrow

from builder.errors import OutputError

# Bytes of rows that wait in memory.
WAITING = 48_000_000
# Where a bin's rows stand in its table's file: offset and length of each stream.
Places = dict[int, list[tuple[int, int]]]


@dataclass(slots=True)
class Bins:
    """Rows by table and bin. `folder` is where the files lie, the system's for such files where it is None."""

    folder: Path | None = None
    limit: int = WAITING
    _waiting: dict[str, dict[int, list[pl.DataFrame]]] = field(default_factory=lambda: defaultdict(dict))
    _size: int = 0
    _files: dict[str, BinaryIO] = field(default_factory=dict)
    _places: dict[str, Places] = field(default_factory=lambda: defaultdict(dict))

    def add(self, table: str, number: int, rows: pl.DataFrame) -> None:
        """Put rows behind those that the table's bin holds."""
        if rows.height:
            self._waiting[table].setdefault(number, []).append(rows)
            self._size += int(rows.estimated_size())
            if self._size > self.limit:
                self._file_all()

    def add_split(self, table: str, rows: pl.DataFrame, by: str) -> None:
        """Put each row into the bin that its column `by` says, without that column."""
        for (number,), some in rows.partition_by(by, as_dict=True, include_key=False, maintain_order=True).items():
            self.add(table, int(number), some)

    def get(self, table: str, number: int, schema: pl.Schema) -> pl.DataFrame:
        """The bin's rows in the order in which they came, in one frame of this schema."""
        filed = self._read(table, self._places[table].get(number, []))
        return pl.concat([schema.to_frame(), *filed, *self._waiting[table].get(number, [])])

    def numbers(self, table: str) -> list[int]:
        """The numbers of the table's bins that hold rows, in their order."""
        return sorted({*self._waiting[table], *self._places[table]})

    def drop(self, table: str) -> None:
        """Forget a table and give its room back."""
        waiting = self._waiting.pop(table, {})
        self._size -= sum(int(rows.estimated_size()) for frames in waiting.values() for rows in frames)
        self._places.pop(table, None)
        if table in self._files:
            self._files.pop(table).close()

    def close(self) -> None:
        """Forget everything."""
        for table in {*self._waiting, *self._files}:
            self.drop(table)

    def _file_all(self) -> None:
        try:
            for table, bins in self._waiting.items():
                for number, frames in bins.items():
                    self._file(table, number, pl.concat(frames))
        except OSError as error:
            raise OutputError(
                f"{self.folder}: no room for what a build keeps there while it runs ({error.strerror or error}); "
                "what stood in the output folder is unchanged. Make room, then run again"
            ) from error
        self._waiting.clear()
        self._size = 0

    def _file(self, table: str, number: int, rows: pl.DataFrame) -> None:
        if table not in self._files:
            self._files[table] = tempfile.TemporaryFile(dir=self.folder)  # noqa: SIM115 - closed by `drop`
        stream = BytesIO()
        rows.write_ipc_stream(stream, compression="lz4", compat_level=pl.CompatLevel.oldest())
        file = self._files[table]
        begin = file.seek(0, os.SEEK_END)
        file.write(stream.getbuffer())
        file.flush()
        self._places[table].setdefault(number, []).append((begin, len(stream.getbuffer())))

    def _read(self, table: str, places: list[tuple[int, int]]) -> Iterator[pl.DataFrame]:
        for begin, length in places:
            stream = pyarrow.py_buffer(os.pread(self._files[table].fileno(), length, begin))
            read = pl.from_arrow(pyarrow.ipc.open_stream(stream).read_all())
            if isinstance(read, pl.DataFrame):
                yield read
