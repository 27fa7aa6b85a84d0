"""Records out of JSON lines, streaming. Leaf of `builder.read`; may import its other leaves."""

import codecs
import json
from collections.abc import Iterator
from typing import BinaryIO

from builder.read.limits import Limits
from builder.read.lines import read_lines
from builder.read.record import Record
from builder.read.rows import BadRowError, mapping, to_record
from builder.read.source import Source
from builder.tally import Dropped


def read_jsonl(source: Source, stream: BinaryIO, limits: Limits) -> Iterator[Record | Dropped]:
    """A record per line; a broken or over-long line is dropped and the others kept. Blank lines hold no record."""
    columns = mapping(source.collection)
    for line in read_lines(stream, limits.record):
        place = f"line {line.number}"
        if line.data is None:
            yield source.dropped("over-limit", f"a line of more than {limits.record} bytes", place)
            continue
        data = line.data.removeprefix(codecs.BOM_UTF8) if line.number == 1 else line.data
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and line.number == 1:
            yield source.dropped("undecodable", "UTF-16; JSON lines must be UTF-8")
            return
        if not data.strip():
            continue
        try:
            row = _parse(data)
        except BadRowError as error:
            yield source.dropped(error.reason, error.detail, place)
            continue
        yield to_record(source, place, row, columns)


def _parse(data: bytes) -> dict[str, object]:
    """The object on a line."""
    try:
        row = json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise BadRowError("undecodable", f"byte {error.start} of the line is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise BadRowError("broken-record", f"not JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise BadRowError("broken-record", f"not JSON that can be read: {error}") from error
    if not isinstance(row, dict):
        raise BadRowError("broken-record", f"expected a JSON object, found {type(row).__name__}")
    return row


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")
