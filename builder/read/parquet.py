"""Records out of Parquet and Arrow files, a few rows at a time. Leaf of `builder.read`; may import its other leaves."""

import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from builder.read.compressed import seekable
from builder.read.limits import Limits
from builder.read.record import Record
from builder.read.rows import BadRowError, mapping, to_record
from builder.read.source import Source
from builder.tally import Dropped

_BATCH = 64
_ARROW = b"ARROW1"


def read_parquet(source: Source, stream: BinaryIO, limits: Limits) -> Iterator[Record | Dropped]:
    """A record per row; a damaged file drops what comes after the damage. `read_table` is avoided (FACTS, Parquet)."""
    return _until_damage(source, _parquet_records(source, stream, limits))


def read_arrow(source: Source, stream: BinaryIO, limits: Limits) -> Iterator[Record | Dropped]:
    """A record per row of an Arrow stream or file, as `datasets` saves them to disk."""
    return _until_damage(source, _arrow_records(source, stream, limits))


def _until_damage(source: Source, items: Iterator[Record | Dropped]) -> Iterator[Record | Dropped]:
    """The items, and where the file turns out to be damaged, a Dropped behind the last row."""
    row = 0
    try:
        for item in items:
            yield item
            row += 1
    except BadRowError as error:
        yield source.dropped(error.reason, error.detail)
    except (pa.ArrowException, OSError) as error:
        place = f"row {row + 1}" if row else ""
        said = (str(error).splitlines() or [type(error).__name__])[0]
        yield source.dropped("truncated-file", f"not a whole columnar file: {said[:200]}", place)


def _parquet_records(source: Source, stream: BinaryIO, limits: Limits) -> Iterator[Record | Dropped]:
    with seekable(stream) as file, pq.ParquetFile(file) as parquet:
        columns = mapping(source.collection, parquet.schema_arrow.names)
        _refuse_bomb(parquet, file, limits)
        names = sorted(set(columns.values()))
        batches = parquet.iter_batches(batch_size=_BATCH, columns=names, use_threads=False)
        yield from _records(source, batches, columns, limits)


def _arrow_records(source: Source, stream: BinaryIO, limits: Limits) -> Iterator[Record | Dropped]:
    with seekable(stream) as file:
        is_file = file.read(len(_ARROW)) == _ARROW
        file.seek(0)
        with pa.ipc.open_file(file) if is_file else pa.ipc.open_stream(file) as reader:
            batches = (reader.get_batch(n) for n in range(reader.num_record_batches)) if is_file else reader
            yield from _records(source, batches, mapping(source.collection, reader.schema.names), limits)


def _records(
    source: Source, batches: Iterable[pa.RecordBatch], columns: dict[str, str], limits: Limits
) -> Iterator[Record | Dropped]:
    row = 0
    for batch in batches:
        for name in sorted(set(columns.values())):
            _check(batch.column(name))
        for index in range(batch.num_rows):
            row += 1
            yield _record(source, f"row {row}", batch, index, columns, limits)


def _check(column: pa.Array) -> None:
    """Raise ArrowException where offsets lead out of the buffers: Arrow believes a stream, and reads foreign memory.

    Strings are looked at as bytes, so that one that is no UTF-8 costs its row alone.
    """
    plain = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary()}.get(column.type)
    (column.view(plain) if plain else column).validate(full=True)


def _record(
    source: Source, place: str, batch: pa.RecordBatch, index: int, columns: dict[str, str], limits: Limits
) -> Record | Dropped:
    row: dict[str, object] = {}
    for name in sorted(set(columns.values())):
        try:
            row[name] = batch.column(name)[index].as_py()
        except UnicodeDecodeError:
            return source.dropped("undecodable", f"the column {name!r} is not UTF-8", place)
    text = row.get(columns["text"])
    if isinstance(text, str) and len(text) > limits.record:
        return source.dropped("over-limit", f"a text of more than {limits.record} characters", place)
    return to_record(source, place, row, columns)


def _refuse_bomb(parquet: pq.ParquetFile, file: BinaryIO, limits: Limits) -> None:
    """What the footer says the row groups unfold to, against the limits of any other compressed file."""
    metadata = parquet.metadata
    size = sum(metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups))
    packed = max(file.seek(0, io.SEEK_END), 1)
    if size > limits.decompressed or (size > limits.ratio_from and size > limits.ratio * packed):
        raise BadRowError("over-limit", f"unfolds from {packed} to {size} bytes")
