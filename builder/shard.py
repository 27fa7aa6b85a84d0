"""One shard of records through normalize, extract and resolve: what a worker does. Imports the stages.

An article that a stage fails on is dropped with the reason; it never fails the build. What the first two stages made of
it is given back as a cache entry, and what all made of the whole shard as its memo, each keyed by what determines it.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import polars as pl
from pydantic import TypeAdapter

from builder.assemble.stage import VERSION as ASSEMBLE_VERSION
from builder.assemble.stage import Processed, shard_tables
from builder.cache import content_key
from builder.errors import OnrecordError, SettingsError
from builder.extract.attribution import Extraction
from builder.extract.encoder import Encoder, load_encoder
from builder.extract.model_folder import SHIPPED
from builder.extract.stage import VERSION as EXTRACT_VERSION
from builder.extract.stage import extract
from builder.memo import memo_key, pack, unpack
from builder.normalize.article import Article
from builder.normalize.sketches import sign_texts
from builder.normalize.stage import VERSION as NORMALIZE_VERSION
from builder.normalize.stage import normalize
from builder.read.manifest import Collection
from builder.read.record import Record
from builder.resolve.authority import Authority
from builder.resolve.stage import VERSION as RESOLVE_VERSION
from builder.resolve.stage import resolve_article
from builder.tally import Dropped

T = TypeVar("T")
# A model's folder, None for the shipped one, and its sha256.
Model = tuple[Path | None, str]
# Articles of a shard: so many that handing it over costs nothing beside the work, so few that progress is seen. `SHARD`
# is the mean of what would come between two keys that end one, `MOST` the end where none comes.
SHARD, MOST = 32, 64


@dataclass(frozen=True, slots=True)
class Entry:
    """What the cache keeps of an article: it normalized and extracted, or why it was dropped."""

    article: Article | None
    extraction: Extraction | None
    dropped: Dropped | None


@dataclass(frozen=True, slots=True)
class Task:
    """A record, the key of its cache entry, and the entry where there is one."""

    record: Record
    key: bytes
    entry: bytes | None


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build sets for all of its shards: collections and authorities by collection, the model."""

    collections: Mapping[str, Collection]
    authorities: Mapping[str, Authority]
    model: Model

    def to_bytes(self) -> bytes:
        """To be sent to workers."""
        return pickle.dumps(self)


@dataclass(frozen=True, slots=True)
class Shard:
    """What a worker gives back: tables of the kept articles, what it dropped, new cache entries by key.

    `signatures` has a row an article, by which duplicates are found; `memos` holds all of this as bytes, by its key,
    unless an article failed: it may not the next time.
    """

    tables: dict[str, pl.DataFrame]
    dropped: tuple[Dropped, ...]
    signatures: pl.DataFrame
    entries: dict[bytes, bytes] = field(default_factory=dict)
    memos: dict[bytes, bytes] = field(default_factory=dict)


_ENTRY = TypeAdapter(Entry)
_RECORD = TypeAdapter(Record)
_COLLECTION = TypeAdapter(Collection)
# Where a record lies in its file does not change what becomes of it; one changed line of a file is one article's work.
_PLACELESS = {"raw_sha256", "place"}
# The settings of a collection that normalize and extract read.
_READ_SETTINGS = {"id", "publisher", "language", "text", "speaker"}


def made_by(model_sha256: str) -> str:
    """What a cache entry says it was made by: the versions of the two stages and the model."""
    return f"{NORMALIZE_VERSION} {EXTRACT_VERSION} model {model_sha256[:12]}"


def entry_key(record: Record, collection: Collection, model_sha256: str) -> bytes:
    """The key of a record's cache entry: its content, what its collection sets, the stages' versions, the model."""
    return content_key(
        [
            NORMALIZE_VERSION.encode(),
            EXTRACT_VERSION.encode(),
            model_sha256.encode(),
            _RECORD.dump_json(record, exclude=_PLACELESS),
            _COLLECTION.dump_json(collection, include=_READ_SETTINGS),
        ]
    )


def in_use(model_sha256: str) -> tuple[str, ...]:
    """What made all that the next build with this model can use."""
    return made_by(model_sha256), shards_made_by(model_sha256), groups_made_by(model_sha256)


def shards_made_by(model_sha256: str) -> str:
    """The same for the memo of a shard: two stages more had a part in it."""
    versions = f"{NORMALIZE_VERSION} {EXTRACT_VERSION} {RESOLVE_VERSION} {ASSEMBLE_VERSION}"
    return f"shards: {versions} model {model_sha256[:12]}"


def groups_made_by(model_sha256: str) -> str:
    """The same for the groups of claims."""
    return f"claim groups: {EXTRACT_VERSION} {ASSEMBLE_VERSION} model {model_sha256[:12]}"


def shard_key(tasks: Sequence[Task], authorities: Mapping[str, Authority]) -> bytes:
    """The key of a shard's memo: what keys its entries, what resolve looks up, the versions of the further stages."""
    known = [authorities[task.record.collection_id].sum for task in tasks]
    return memo_key([RESOLVE_VERSION, ASSEMBLE_VERSION], [task.key for task in tasks], known)


def remembered(tasks: Sequence[Task], memo: bytes) -> Shard:
    """The shard that a memo was made of, where its records lie now."""
    tables, dropped = unpack(memo, [task.record for task in tasks])
    return Shard(tables, dropped, tables.pop("signatures"))


@lru_cache(maxsize=1)
def shared_encoder(folder: Path | None, sha256: str) -> Encoder:
    """Loaded once a process; by its sum too, so that a folder that was trained into anew is loaded anew."""
    encoder = load_encoder(folder or SHIPPED)
    if encoder.sha256 != sha256:
        raise SettingsError(
            f"{folder or SHIPPED}: not the model that the build began with; it changed meanwhile, or a worker has "
            "another one; build again"
        )
    return encoder


def cut_shards(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    """Shards of tasks that follow on one another.

    The last one's key says that a shard ends with it, whatever came before (content-defined chunking): an article more
    leaves all shards but its own as they are, and their memos of use.
    """
    shard: list[Task] = []
    for task in tasks:
        shard.append(task)
        if task.key[-1] % SHARD == 0 or len(shard) == MOST:
            yield shard
            shard = []
    if shard:
        yield shard


def process_elsewhere(tasks: Sequence[Task], settings: bytes) -> Shard:
    """`process_shard` on a worker, which gets the same settings with every shard and reads them once."""
    return process_shard(tasks, _read_settings(settings))


@lru_cache(maxsize=1)
def _read_settings(settings: bytes) -> Settings:
    found = pickle.loads(settings)  # noqa: S301 - what the parent packed, as all that an executor sends
    assert isinstance(found, Settings)
    return found


def process_shard(tasks: Sequence[Task], settings: Settings) -> Shard:
    """Normalize, extract and resolve the records of a shard, in their order."""
    collections, authorities, model = settings.collections, settings.authorities, settings.model
    processed: list[Processed] = []
    dropped: dict[int, Dropped] = {}
    entries: dict[bytes, bytes] = {}
    for number, task in enumerate(tasks):
        entry = _ENTRY.validate_json(task.entry) if task.entry else None
        if entry is None:
            entry = _make_entry(task.record, collections[task.record.collection_id], model)
            if entry.dropped is None or entry.dropped.reason != "failed":
                entries[task.key] = _ENTRY.dump_json(entry)
        outcome = _resolve(_placed(entry, task.record), authorities[task.record.collection_id])
        if isinstance(outcome, Dropped):
            dropped[number] = outcome
        else:
            processed.append(outcome)
    tables = shard_tables(processed)
    signatures = sign_texts(tables["articles"]["text"].to_list())
    memos = {}
    if all(row.reason != "failed" for row in dropped.values()):
        memos[shard_key(tasks, authorities)] = pack({**tables, "signatures": signatures}, dropped)
    return Shard(tables, tuple(dropped.values()), signatures, entries, memos)


def lost_article(task: Task) -> Shard:
    """What stands for an article that its worker died on, each time it was tried: a row of `dropped`."""
    record = task.record
    dropped = Dropped("extract", record.collection_id, record.raw_path, record.place, "failed", "the worker died on it")
    return Shard(shard_tables([]), (dropped,), sign_texts([]))


def _make_entry(record: Record, collection: Collection, model: Model) -> Entry:
    article = guarded("normalize", record, lambda: normalize(record, collection))
    if isinstance(article, Dropped):
        return Entry(None, None, article)
    extraction = guarded("extract", record, lambda: extract(article, shared_encoder(*model)))
    if isinstance(extraction, Dropped):
        return Entry(None, None, extraction)
    return Entry(article, extraction, None)


def _placed(entry: Entry, record: Record) -> Entry:
    """An entry as of this record: the cache may have kept it from another file or line."""
    if entry.dropped is not None:
        return replace(entry, dropped=replace(entry.dropped, place=record.place))
    assert entry.article is not None
    return replace(entry, article=replace(entry.article, raw_sha256=record.raw_sha256, place=record.place))


def _resolve(entry: Entry, authority: Authority) -> Processed | Dropped:
    if entry.dropped is not None:
        return entry.dropped
    article, extraction = entry.article, entry.extraction
    assert article is not None
    assert extraction is not None
    resolution = guarded("resolve", article, lambda: resolve_article(article, extraction, authority))
    return resolution if isinstance(resolution, Dropped) else Processed(article, extraction, resolution)


def guarded(stage: str, of: Record | Article, work: Callable[[], T]) -> T | Dropped:
    """What `work` gives, or the article dropped as failed; a mistake in the settings still ends the build."""
    try:
        return work()
    except OnrecordError:
        raise
    except Exception as error:  # noqa: BLE001, RUF100 - whatever it was, it is this article's alone
        detail = f"{type(error).__name__}: {error}"[:300]
        return Dropped(stage, of.collection_id, of.raw_path, of.place, "failed", detail)
