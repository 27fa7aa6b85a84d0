"""What lies in a folder of raw files: formats, columns, and which of them is what. May import `builder.read`'s leaves.

A column is told by its name first, then by what stands in it; what cannot be told is left out for a person to map.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from builder.read.compressed import Budget, DamagedStreamError, OverLimitError, decompress, seekable
from builder.read.files import RawFile
from builder.read.limits import LIMITS
from builder.read.stage import CONTAINERS, READERS, split_suffixes

_SAMPLE = 20
_LINE = 1024 * 1024
_ROWS = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".arrow")
# Names in the order in which they are believed, without case, spaces and marks.
_NAMES = {
    "text": "text body content articletext fulltext maintext articlebody story article contents document",
    "id": "id key guid uuid articleid docid documentid storyid itemid identifier",
    "title": "title headline heading hed articletitle",
    "authors": "authors author byline writers writer by creator",
    "published_at": "publishedat published datepublished publisheddate publishdate publicationdate pubdate datepublish "
    "date datetime timestamp createdat created",
    "url": "url link sourceurl articleurl canonicalurl permalink",
    "language": "language lang",
    "publisher": "publisher publication outlet newspaper medium source site domain",
    "revision": "revision version",
}
_DATE = re.compile(r"(?:\D*\b)?(1[6-9]|20|21)\d\d\b")
# What at least a text has, on average, where no column bears the name of one.
_TEXT_LENGTH = 200

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Survey:
    """`formats` counts files by suffix, `unread` names those without a reader; `columns` is {our name: column}.

    `others` names files of rows that lack one of these columns.
    """

    formats: Mapping[str, int]
    unread: tuple[str, ...]
    columns: Mapping[str, str]
    others: tuple[str, ...]


def survey(files: Sequence[RawFile]) -> Survey:
    """Look at every file's name, and at the first rows of those that hold rows."""
    kinds = {file.name: kind_of(file.name) for file in files}
    unread = tuple(name for name, kind in kinds.items() if not kind)
    rows = {file.name: _first_rows(file, kinds[file.name]) for file in files if kinds[file.name] in _ROWS}
    columns = _common_columns([sample for sample in rows.values() if sample])
    others = tuple(name for name, sample in rows.items() if sample and not set(columns.values()) <= _keys(sample))
    return Survey(Counter(kind for kind in kinds.values() if kind), unread, columns, others)


def kind_of(name: str) -> str:
    """The suffix that tells a file's format, compression apart; "" where there is no reader."""
    stem = split_suffixes(name)[0]
    return next((kind for kind in (*READERS, *CONTAINERS) if stem.endswith(kind)), "")


def guess_columns(rows: Sequence[Row]) -> dict[str, str]:
    """{our name: column} as far as names and contents tell.

    >>> guess_columns([{"Headline": "Gate shut", "Body": "The gate is shut.", "link": "https://t.example/1"}])
    {'text': 'Body', 'title': 'Headline', 'url': 'link'}
    """
    found: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for key in _in_order(rows):
        by_name.setdefault(re.sub(r"[^a-z]", "", key.lower()), key)
    for ours, names in _NAMES.items():
        known = [by_name[name] for name in names.split() if name in by_name]
        column = next((key for key in known if key not in found.values() and _fits(ours, key, rows)), None)
        if column is not None:
            found[ours] = column
    if "text" not in found and (column := _longest(rows)):
        found = {"text": column, **{ours: key for ours, key in found.items() if key != column}}
    return found


def _fits(ours: str, key: str, rows: Sequence[Row]) -> bool:
    """Whether what stands in a column can be what its name says."""
    values = [row[key] for row in rows if row.get(key) not in (None, "")]
    if not values:
        return False
    if ours == "authors":
        return all(isinstance(value, (str, list)) for value in values)
    if any(isinstance(value, (dict, list)) for value in values):
        return False
    strings = [str(value) for value in values]
    return {
        "text": all(isinstance(value, str) for value in values),
        "id": len(set(strings)) == len(rows),
        "published_at": all(_DATE.match(text) for text in strings),
        "url": all(re.match(r"https?://", text) for text in strings),
        "language": all(re.fullmatch(r"[A-Za-z]{2,3}([-_]\w+)?", text) for text in strings),
        "revision": all(text.isdigit() for text in strings),
    }.get(ours, True)


def _longest(rows: Sequence[Row]) -> str | None:
    """The column whose strings are the longest, if they are as long as texts are."""
    lengths = {
        key: sum(len(row[key]) for row in rows if isinstance(row.get(key), str)) / max(len(rows), 1)
        for key in _in_order(rows)
    }
    best = max(lengths, key=lambda key: lengths[key], default=None)
    return best if best is not None and lengths[best] >= _TEXT_LENGTH else None


def _common_columns(samples: Sequence[Sequence[Row]]) -> dict[str, str]:
    """The mapping that the most files agree on."""
    guesses = [tuple(guess_columns(sample).items()) for sample in samples]
    usable = [guess for guess in guesses if dict(guess).get("text")]
    return dict(Counter(usable).most_common(1)[0][0]) if usable else {}


def _keys(rows: Sequence[Row]) -> set[str]:
    return set(_in_order(rows))


def _in_order(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))


def _first_rows(file: RawFile, kind: str) -> list[Row]:
    """Some rows of a file; none of one that cannot be read: building says why."""
    if file.problem:
        return []
    try:
        with file.path.open("rb") as raw:
            budget = Budget(LIMITS, file.path.stat().st_size)
            stream: BinaryIO = raw
            for packing in split_suffixes(file.name)[1]:
                stream = decompress(stream, packing, budget)
            return list(islice(_rows(stream, kind), _SAMPLE))
    except (DamagedStreamError, OverLimitError, OSError, ValueError, csv.Error, pa.ArrowException):
        return []


def _rows(stream: BinaryIO, kind: str) -> Iterator[Row]:
    if kind in (".jsonl", ".ndjson"):
        for line in islice(iter(lambda: stream.readline(_LINE), b""), _SAMPLE):
            row = json.loads(line) if line.strip() else None
            if isinstance(row, dict):
                yield row
    elif kind in (".csv", ".tsv"):
        lines = io.StringIO(stream.read(_LINE).decode("utf-8-sig", "replace"), newline="")
        header = lines.readline()
        marks = ("\t",) if kind == ".tsv" else (",", ";", "\t")
        lines.seek(0)
        yield from csv.DictReader(lines, delimiter=next((mark for mark in marks if mark in header), ","))
    else:
        with seekable(stream) as file:
            yield from _columnar_rows(file, kind)


def _columnar_rows(file: BinaryIO, kind: str) -> Iterator[Row]:
    if kind == ".parquet":
        with pq.ParquetFile(file) as parquet:
            for batch in islice(parquet.iter_batches(batch_size=_SAMPLE, use_threads=False), 1):
                yield from batch.to_pylist()
        return
    with pa.ipc.open_stream(file) as reader:
        for batch in islice(reader, 1):
            yield from batch.slice(0, _SAMPLE).to_pylist()
