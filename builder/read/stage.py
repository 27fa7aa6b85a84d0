"""The stage read: a collection's files to records. May import `builder.read`'s leaves and `builder.tally`.

Whatever lies in the files comes out as a Record or as a Dropped that says why not; nothing is passed over in silence.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO

from builder.read.archives import tar_members, zip_members
from builder.read.compressed import SUFFIXES, Budget, DamagedStreamError, OverLimitError, decompress
from builder.read.delimited import read_delimited
from builder.read.document import read_document
from builder.read.files import RawFile, list_files
from builder.read.jsonl import read_jsonl
from builder.read.limits import LIMITS, Limits
from builder.read.mail import read_mail
from builder.read.manifest import Collection
from builder.read.office import read_docx
from builder.read.parquet import read_arrow, read_parquet
from builder.read.pdf import read_pdf
from builder.read.record import Record
from builder.read.source import Member, Source
from builder.read.warc import read_warc
from builder.read.xml_news import read_xml_news
from builder.tally import Dropped

VERSION = "read.v3"

Reader = Callable[[Source, BinaryIO, Limits], Iterator[Record | Dropped]]

_page = partial(read_document, media_type="text/html")
_markdown = partial(read_document, media_type="text/markdown")
READERS: dict[str, Reader] = {
    ".txt": partial(read_document, media_type="text/plain"),
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _page,
    ".htm": _page,
    ".xhtml": _page,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".parquet": read_parquet,
    ".arrow": read_arrow,
    ".warc": read_warc,
    ".xml": read_xml_news,
    ".rss": read_xml_news,
    ".rdf": read_xml_news,
    ".atom": read_xml_news,
    ".nitf": read_xml_news,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
# Files that hold files, and what else is in them.
CONTAINERS: dict[str, Callable[[Source, BinaryIO, Budget], Iterator[Member | Record | Dropped]]] = {
    ".zip": zip_members,
    ".tar": tar_members,
    ".eml": read_mail,
}
# One suffix for two: what it stands for.
_SHORT = {".tgz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz", ".tzst": ".tar.zst"}


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file or member being read: where it comes from, its bytes, and how deep in archives it lies."""

    source: Source
    stream: BinaryIO
    budget: Budget
    depth: int = 0


def read(collection: Collection, sums: Mapping[str, str], limits: Limits = LIMITS) -> Iterator[Record | Dropped]:
    """Every record of a collection, files in path order, records in the file's order, never a whole file of rows.

    `sums` is what `verify_sums` gave: {path in the collection: sha256}. A file without a sum could not be opened.
    """
    for file in list_files(collection):
        yield from read_file(file, Source(collection, file.name, sums.get(file.name, "")), limits)


def read_file(file: RawFile, source: Source, limits: Limits = LIMITS) -> Iterator[Record | Dropped]:
    """Every record of one file."""
    if file.problem:
        yield source.dropped(*file.problem)
    elif not source.sha256:
        yield source.dropped("unreadable-file", "the file could not be opened; check its permissions")
    else:
        with file.path.open("rb") as stream:
            size = file.path.stat().st_size
            if not size:
                yield source.dropped("empty", "the file has no bytes")
                return
            budget = Budget(limits, size)
            yield from _until_broken(_read_opened(_Opened(source, stream, budget)), source)


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
    except Exception as error:  # noqa: BLE001, RUF100 - a library's own failure on a hostile file is that file's alone
        yield source.dropped("failed", f"{type(error).__name__}: {error}"[:300] + f", after {last}")
    else:
        if last == "the start":
            yield source.dropped("empty", "the file holds no records")


def _read_opened(opened: _Opened) -> Iterator[Record | Dropped]:
    """The records of a file or member, by its suffix, decompressed as often as it says."""
    stem, packings = split_suffixes(opened.source.path)
    stream = opened.stream
    for packing in packings:
        stream = decompress(stream, packing, opened.budget)
    kind = PurePosixPath(stem).suffix
    if kind in CONTAINERS:
        yield from _read_container(_Opened(opened.source, stream, opened.budget, opened.depth), kind)
    elif kind in READERS:
        yield from READERS[kind](opened.source, stream, opened.budget.limits)
    else:
        known = " ".join((*READERS, *CONTAINERS))
        name = PurePosixPath(opened.source.path).name
        yield opened.source.dropped("unsupported-format", f"no reader for {name!r}; there are readers for {known}")


def split_suffixes(path: str) -> tuple[str, list[str]]:
    """The path without the suffixes of compression, and these, the outermost first."""
    name = path.lower()
    short = PurePosixPath(name).suffix
    name = name.removesuffix(short) + _SHORT[short] if short in _SHORT else name
    packings: list[str] = []
    while (suffix := PurePosixPath(name).suffix) in SUFFIXES:
        packings.append(suffix)
        name = name.removesuffix(suffix)
    return name, packings


def _read_container(opened: _Opened, kind: str) -> Iterator[Record | Dropped]:
    """The records of a container's members; a container in it is read like a folder."""
    deepest = opened.budget.limits.depth
    if opened.depth >= deepest:
        yield opened.source.dropped("over-limit", f"it lies in {opened.depth} archives, at most {deepest} are opened")
        return
    for member in CONTAINERS[kind](opened.source, opened.stream, opened.budget):
        if isinstance(member, Member):
            source = opened.source.inside(member.name)
            with member.stream:
                inner = _Opened(source, member.stream, opened.budget, opened.depth + 1)
                yield from _until_broken(_read_opened(inner), source)
        else:
            yield member
