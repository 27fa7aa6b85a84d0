"""The stage read: a collection's files to records. May import `builder.read`'s leaves and `builder.tally`.

Whatever lies in the files comes out as a Record or as a Dropped that says why not; nothing is passed over in silence.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from builder.read.compressed import SUFFIXES, DamagedStreamError, OverLimitError, open_bytes
from builder.read.decoding import BinaryDataError, UndecodableError, decode
from builder.read.delimited import read_delimited
from builder.read.files import RawFile, list_files
from builder.read.jsonl import read_jsonl
from builder.read.limits import LIMITS, Limits
from builder.read.manifest import Collection
from builder.read.parquet import read_parquet
from builder.read.record import Metadata, Record
from builder.read.rows import Source
from builder.tally import Dropped

VERSION = "read.v1"

DOCUMENTS = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}
ROWS = {".jsonl": read_jsonl, ".ndjson": read_jsonl, ".csv": read_delimited, ".tsv": read_delimited}
PARQUET = ".parquet"


def read(collection: Collection, sums: Mapping[str, str], limits: Limits = LIMITS) -> Iterator[Record | Dropped]:
    """Every record of a collection, files in path order, records in the file's order, never a whole file of rows.

    `sums` is what `verify_sums` gave: {path in the collection: sha256}. A file without a sum could not be opened.
    """
    for file in list_files(collection):
        yield from _read_file(file, Source(collection, file.name, sums.get(file.name, "")), limits)


def _read_file(file: RawFile, source: Source, limits: Limits) -> Iterator[Record | Dropped]:
    if file.problem:
        yield source.dropped(*file.problem)
        return
    if not source.sha256:
        yield source.dropped("unreadable-file", "the file could not be opened; check its permissions")
        return
    kind, is_compressed = _kind(file.name)
    if kind in DOCUMENTS:
        yield from _until_broken(_document(file, source, DOCUMENTS[kind], limits), source)
    elif kind in ROWS:
        yield from _until_broken(_rows(file, source, kind, limits), source)
    elif kind == PARQUET and not is_compressed:
        yield from _until_broken(read_parquet(source, file.path, limits), source)
    else:
        known = " ".join((*DOCUMENTS, *ROWS, PARQUET))
        yield source.dropped("unsupported-format", f"no reader for {file.name!r}; there are readers for {known}")


def _until_broken(items: Iterator[Record | Dropped], source: Source) -> Iterator[Record | Dropped]:
    """The items, and where the file breaks off or holds none, a Dropped that says so."""
    last = "the start"
    try:
        for item in items:
            yield item
            last = item.place or "the header"
    except DamagedStreamError as error:
        yield source.dropped("truncated-file", f"{error}; nothing could be read after {last}")
    except OverLimitError as error:
        yield source.dropped("over-limit", f"{error}; nothing was read after {last}")
    except OSError as error:
        yield source.dropped("unreadable-file", f"{error.strerror or type(error).__name__}, after {last}")
    else:
        if last == "the start":
            yield source.dropped("empty", "the file holds no records")


def _kind(name: str) -> tuple[str, bool]:
    """The suffix that tells the format, and whether a suffix of compression follows it."""
    path = PurePosixPath(name.lower())
    is_compressed = path.suffix in SUFFIXES
    return (PurePosixPath(path.stem).suffix if is_compressed else path.suffix), is_compressed


def _rows(file: RawFile, source: Source, kind: str, limits: Limits) -> Iterator[Record | Dropped]:
    with open_bytes(file.path, limits) as stream:
        yield from ROWS[kind](source, stream, limits)


def _document(file: RawFile, source: Source, media_type: str, limits: Limits) -> Iterator[Record | Dropped]:
    """A file that is one article; its locator is its path in the collection."""
    with open_bytes(file.path, limits) as stream:
        data = stream.read(limits.record + 1)
    if len(data) > limits.record:
        yield source.dropped("over-limit", f"more than {limits.record} bytes")
        return
    if not data.strip():
        yield source.dropped("empty", "the file holds no text")
        return
    try:
        body = decode(data, is_markup=media_type == "text/html")
    except BinaryDataError as error:
        yield source.dropped("binary", str(error))
        return
    except UndecodableError as error:
        yield source.dropped("undecodable", str(error))
        return
    yield Record(
        collection_id=source.collection.id,
        locator=file.name,
        revision=0,
        raw_path=source.raw_path,
        place="",
        raw_sha256=source.sha256,
        media_type=media_type,
        body=body,
        metadata=Metadata(),
    )
