"""A shard as bytes for the cache, and back: tables as Arrow, what was dropped as JSON. Imports the stages' row types.

Nothing in it says where the records lie in their files; that is put in anew when it is read, so that a line changed in
a file of a thousand articles leaves the shards of the others as they are.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from io import BytesIO

import polars as pl

from builder.assemble.shards import SHARD_SCHEMAS
from builder.cache import content_key
from builder.normalize.sketches import SIGNATURES
from builder.read.record import Record
from builder.tally import Dropped

_TABLES = {**SHARD_SCHEMAS, "signatures": SIGNATURES}
# Part of the key: bytes that another version of this module or of the tables wrote are never read.
_FORMAT = content_key([b"memo 1", *(f"{name} {schema}".encode() for name, schema in _TABLES.items())])
_PLACE = "raw_sha256"


def memo_key(versions: Sequence[str], records: Sequence[bytes], authorities: Sequence[bytes]) -> bytes:
    """The key of a shard's memo: the keys of its records' entries, the sums of what resolve knows, the versions."""
    return content_key([_FORMAT, *(version.encode() for version in versions), *records, *authorities])


def pack(tables: Mapping[str, pl.DataFrame], dropped: Mapping[int, Dropped]) -> bytes:
    """A shard's tables, signatures among them, and what was dropped, by the number of its record."""
    parts = {name: _to_bytes(tables[name]) for name in _TABLES}
    without_place = {number: asdict(replace(row, place="")) for number, row in dropped.items()}
    head = json.dumps({"lengths": [len(part) for part in parts.values()], "dropped": without_place}).encode()
    return b"".join([len(head).to_bytes(4, "big"), head, *parts.values()])


def unpack(packed: bytes, records: Sequence[Record]) -> tuple[dict[str, pl.DataFrame], tuple[Dropped, ...]]:
    """What `pack` was given, each article and dropped row at the place of its record."""
    at = 4 + int.from_bytes(packed[:4], "big")
    head = json.loads(packed[4:at])
    tables = {}
    for name, length in zip(_TABLES, head["lengths"], strict=True):
        tables[name] = pl.read_ipc_stream(BytesIO(packed[at : at + length]))
        at += length
    rows = {int(number): Dropped(**row) for number, row in head["dropped"].items()}
    placed = tuple(replace(row, place=records[number].place) for number, row in rows.items())
    sums = [record.raw_sha256 for number, record in enumerate(records) if number not in rows]
    tables["articles"] = tables["articles"].with_columns(pl.Series(_PLACE, sums, dtype=pl.String))
    return tables, placed


def _to_bytes(table: pl.DataFrame) -> bytes:
    if _PLACE in table.columns:
        table = table.with_columns(pl.lit("").alias(_PLACE))
    stream = BytesIO()
    table.write_ipc_stream(stream, compat_level=pl.CompatLevel.oldest())
    return stream.getvalue()
