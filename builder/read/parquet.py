"""Records out of Parquet, a few rows at a time. Leaf of `builder.read`; may import its other leaves."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from builder.read.limits import Limits
from builder.read.record import Record
from builder.read.rows import BadRowError, Source, mapping, to_record
from builder.tally import Dropped

_BATCH = 64


def read_parquet(source: Source, path: Path, limits: Limits) -> Iterator[Record | Dropped]:
    """A record per row; a damaged file drops what comes after the damage. `read_table` is avoided (FACTS, Parquet)."""
    row = 0
    try:
        with pq.ParquetFile(path) as file:
            columns = mapping(source.collection, file.schema_arrow.names)
            _refuse_bomb(file, path, limits)
            batches = file.iter_batches(batch_size=_BATCH, columns=sorted(set(columns.values())), use_threads=False)
            for batch in batches:
                for index in range(batch.num_rows):
                    row += 1
                    yield _record(source, f"row {row}", batch, index, columns, limits)
    except BadRowError as error:
        yield source.dropped(error.reason, error.detail)
    except (pa.ArrowException, OSError) as error:
        place = f"row {row + 1}" if row else ""
        yield source.dropped("truncated-file", f"not a whole Parquet file: {str(error).splitlines()[0][:200]}", place)


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


def _refuse_bomb(file: pq.ParquetFile, path: Path, limits: Limits) -> None:
    """What the footer says the row groups unfold to, against the limits of any other compressed file."""
    metadata = file.metadata
    size = sum(metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups))
    packed = max(path.stat().st_size, 1)
    if size > limits.decompressed or (size > limits.ratio_from and size > limits.ratio * packed):
        raise BadRowError("over-limit", f"unfolds from {packed} to {size} bytes")
