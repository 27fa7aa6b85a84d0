"""Records out of CSV and TSV, streaming, with the line of every mistake. Leaf of `builder.read`; may import its leaves.

The standard library's parser is used and not a faster one because it goes on after a broken row and knows the line.
"""

import csv
from collections.abc import Iterator
from typing import BinaryIO

from builder.read.decoding import BinaryDataError, UndecodableError, find_encoding
from builder.read.limits import Limits
from builder.read.lines import read_lines
from builder.read.record import Record
from builder.read.rows import BadRowError, mapping, to_record
from builder.read.source import Source
from builder.tally import Dropped

SAMPLE = 64 * 1024


def read_delimited(source: Source, stream: BinaryIO, limits: Limits) -> Iterator[Record | Dropped]:
    """A record per row below the header; a row with too few or too many cells is dropped and the others kept.

    An over-long field or line ends the file: where the parser stands then, inside quotation marks or not, is unknown,
    and made-up records are worse than none.
    """
    csv.field_size_limit(limits.record)  # process-wide, but nothing else here parses CSV
    try:
        lines = _decoded_lines(stream, limits)
        rows = _rows(lines, source.name)
        _, header = next(rows, ("", []))
        if isinstance(header, csv.Error):
            raise BadRowError("broken-record", f"the header cannot be parsed: {header}")
        if not header:
            yield source.dropped("empty", "no header and no rows")
            return
        columns = mapping(source.collection, header)
        for place, cells in rows:
            yield _record(source, place, header, cells, columns)
    except BadRowError as error:
        yield source.dropped(error.reason, error.detail)


def _record(
    source: Source, place: str, header: list[str], cells: "list[str] | csv.Error", columns: dict[str, str]
) -> Record | Dropped:
    if isinstance(cells, csv.Error):
        return source.dropped("broken-record", f"cannot be parsed: {cells}", place)
    if len(cells) != len(header):
        return source.dropped("broken-record", f"{len(cells)} cells, expected {len(header)} as in the header", place)
    row = {name: cell or None for name, cell in zip(header, cells, strict=True)}
    row[columns["text"]] = row[columns["text"]] or ""  # an empty text is an empty article, not a missing column
    return to_record(source, place, row, columns)


def _rows(lines: Iterator[str], name: str) -> Iterator[tuple[str, "list[str] | csv.Error"]]:
    """("line N", cells) of every row that is not blank; the parser's error in place of cells that it cannot parse."""
    first = next(lines, "")
    reader = csv.reader(_again(first, lines), delimiter=_delimiter(first, name), strict=True)
    while True:
        place = f"line {reader.line_num + 1}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                raise BadRowError("over-limit", f"{place}: a field is too long, or its quotation never ends") from error
            yield place, error
            continue
        if cells:
            yield place, cells


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from rest


def _delimiter(header: str, name: str) -> str:
    """A tab in .tsv; in .csv a comma, or where the header has none, the semicolon or tab that it has."""
    if ".tsv" in name.lower():
        return "\t"
    return next((mark for mark in (",", ";", "\t") if mark in header), ",")


def _decoded_lines(stream: BinaryIO, limits: Limits) -> Iterator[str]:
    """Lines as characters; bytes that are none become lone surrogates, which drop their row and no other."""
    encoding = ""
    for line in read_lines(stream, limits.record):
        if line.data is None:
            detail = f"line {line.number} is longer than {limits.record} bytes; the rest is unread"
            raise BadRowError("over-limit", detail)
        if not encoding:
            encoding = _encoding(line.data + _peek(stream))
            if encoding in ("utf-16", "utf-32"):
                raise BadRowError("undecodable", f"{encoding.upper()}; save the file as UTF-8")
        yield line.data.decode("utf-8" if line.number > 1 and encoding == "utf-8-sig" else encoding, "surrogateescape")


def _peek(stream: BinaryIO) -> bytes:
    """Some whole lines of what comes next."""
    sample: bytes = stream.peek(SAMPLE)  # type: ignore[attr-defined]  # both kinds of stream are BufferedReader
    return sample[: sample.rfind(b"\n") + 1]


def _encoding(sample: bytes) -> str:
    try:
        return find_encoding(sample)
    except BinaryDataError as error:
        raise BadRowError("binary", str(error)) from error
    except UndecodableError:
        return "utf-8"
