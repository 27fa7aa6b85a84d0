"""The way of the data, from a raw folder to a published build: the order of the stages, shards, cache, workers.

The only place beside read and publish that touches the disk: it loads the model's hash, authority files and the cache,
and passes them in. Imports every stage.
"""

import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

import polars as pl
import pyarrow

from builder.assemble.stage import VERSION as ASSEMBLE_VERSION
from builder.assemble.stage import assemble, dropped_table, shard_tables
from builder.assemble.validate import validate
from builder.cache import Cache
from builder.errors import SettingsError
from builder.extract.encoder import SHIPPED, Encoder, model_sha256
from builder.extract.stage import VERSION as EXTRACT_VERSION
from builder.extract.word_vectors import WordVectors, load_word_vectors
from builder.normalize.duplicates import cluster_duplicates
from builder.normalize.stage import VERSION as NORMALIZE_VERSION
from builder.publish.datasheet import Answers, parse_answers
from builder.publish.facts import BuildFacts
from builder.publish.stage import VERSION as PUBLISH_VERSION
from builder.publish.stage import publish
from builder.read.checksums import verify_sums
from builder.read.manifest import Collection, load_collections
from builder.read.record import Record
from builder.read.repeated import drop_repeated
from builder.read.stage import read
from builder.resolve.across_articles import link_actors
from builder.resolve.authority import Authority, built_in_authority, join_authorities, read_authority
from builder.resolve.stage import VERSION as RESOLVE_VERSION
from builder.shard import Model, Shard, Task, entry_key, process_shard, shared_encoder
from builder.tally import Dropped, Tally
from schemas.derive import polars_schema

# Large enough that handing a shard over costs nothing beside the work, small enough that progress is seen.
SHARD = 32
# Shards under way for each worker: one in hand, one waiting.
AHEAD = 2

Watch = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build is asked to do. `workers` and `cache` change how long it takes and nothing else."""

    raw: Path
    out: Path
    cache: Path | None = None
    model: Path = SHIPPED
    workers: int = 1
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """The raw folder, read and checked before any work: collections, sums by path, authority by collection."""

    collections: tuple[Collection, ...]
    sums: dict[str, dict[str, str]]
    authorities: dict[str, Authority]
    answers: Answers


@dataclass(slots=True)
class Progress:
    """The running state of a build."""

    watch: Watch
    tally: Tally = field(default_factory=Tally)
    dropped: list[Dropped] = field(default_factory=list)
    shards: list[dict[str, pl.DataFrame]] = field(default_factory=list)


def open_sources(raw: Path) -> Sources:
    """Everything that a person set about the raw files, checked; raises SettingsError or RawFilesError."""
    base = built_in_authority()
    collections = tuple(load_collections(raw))
    sums = {collection.id: dict(verify_sums(collection)) for collection in collections}
    authorities = {}
    for collection in collections:
        own = collection.path / "actors.toml"
        authorities[collection.id] = read_authority(own, base) if own.is_file() else base
    sheet = raw / "datasheet.toml"
    answers = parse_answers(sheet.read_text(encoding="utf-8"), str(sheet)) if sheet.is_file() else Answers()
    return Sources(collections, sums, authorities, answers)


def _unwatched(stage: str, done: int) -> None:
    """Nobody asked."""


def build(plan: Plan, watch: Watch = _unwatched) -> dict[str, pl.DataFrame]:
    """Build `plan.raw` into `plan.out`; the published tables are also returned.

    `watch` is told the stage and how many articles have passed it. Raises an OnrecordError before work begins where
    the settings or raw files are wrong; nothing is published where a table breaks its schema.
    """
    if plan.workers < 1:
        raise SettingsError(f"--workers {plan.workers}: expected 1 or more")
    sources = open_sources(plan.raw)
    encoder = shared_encoder(plan.model, model_sha256(plan.model))
    vectors = load_word_vectors(plan.model)
    progress = Progress(watch)
    with ExitStack() as stack:
        cache = stack.enter_context(Cache(plan.cache)) if plan.cache else None
        records = _read_records(sources, plan.limit, progress)
        tasks = _look_up(records, sources, encoder.sha256, cache)
        for shard in _run_shards(tasks, sources, (plan.model, encoder.sha256), plan.workers, stack):
            _take(shard, cache, progress)
    tables = _join(sources, progress, vectors)
    progress.tally.check()
    watch("publish", tables["articles"].height)
    publish(tables, facts_of(plan, sources, progress, encoder), plan.out)
    return tables


def _read_records(sources: Sources, limit: int | None, progress: Progress) -> Iterator[Record]:
    """The records of all collections in their order; what read drops is counted here."""
    found = chain.from_iterable(read(collection, sources.sums[collection.id]) for collection in sources.collections)
    count = progress.tally.stages["read"]
    for item in drop_repeated(found):
        count.into += 1
        if isinstance(item, Dropped):
            count.dropped += 1
            progress.dropped.append(item)
            continue
        count.kept += 1
        yield item
        if limit is not None and count.kept >= limit:
            return


def _look_up(records: Iterator[Record], sources: Sources, model_sum: str, cache: Cache | None) -> Iterator[list[Task]]:
    """Shards of tasks, each with its cache entry where there is one."""
    by_id = {collection.id: collection for collection in sources.collections}
    while some := list(islice(records, SHARD)):
        keys = [entry_key(record, by_id[record.collection_id], model_sum) for record in some]
        entries = cache.get(keys) if cache is not None else {}
        yield [Task(record, key, entries.get(key)) for record, key in zip(some, keys, strict=True)]


def _run_shards(
    shards: Iterator[list[Task]], sources: Sources, model: Model, workers: int, stack: ExitStack
) -> Iterator[Shard]:
    """The results in the order of the shards, whatever the workers' order."""
    collections = {collection.id: collection for collection in sources.collections}
    arguments = (collections, sources.authorities, model)
    if workers == 1:
        yield from (process_shard(tasks, *arguments) for tasks in shards)
        return
    # Spawned, not forked: polars, onnxruntime and tokenizers all hold threads.
    executor = stack.enter_context(ProcessPoolExecutor(workers, mp_context=get_context("spawn")))
    yield from _in_order(executor, shards, arguments, workers * AHEAD)


def _in_order(
    executor: Executor,
    shards: Iterator[list[Task]],
    arguments: tuple[Mapping[str, Collection], Mapping[str, Authority], Model],
    ahead: int,
) -> Iterator[Shard]:
    waiting: list[Future[Shard]] = []
    for tasks in shards:
        waiting.append(executor.submit(process_shard, tasks, *arguments))
        if len(waiting) >= ahead:
            yield waiting.pop(0).result()
    while waiting:
        yield waiting.pop(0).result()


def _take(shard: Shard, cache: Cache | None, progress: Progress) -> None:
    """Keep a shard's entries first: a build that is killed goes on from here."""
    if cache is not None and shard.entries:
        cache.put(shard.entries)
    progress.shards.append(shard.tables)
    progress.dropped.extend(shard.dropped)
    kept = shard.tables["articles"].height
    lost = {stage: sum(row.stage == stage for row in shard.dropped) for stage in ("normalize", "extract", "resolve")}
    remaining = kept + sum(lost.values())
    for stage, dropped in lost.items():
        count = progress.tally.stages[stage]
        count.into += remaining
        count.dropped += dropped
        remaining -= dropped
        count.kept += remaining
    progress.watch("extract", progress.tally.stages["resolve"].kept)


def _join(sources: Sources, progress: Progress, vectors: WordVectors) -> dict[str, pl.DataFrame]:
    """The steps that see all articles: duplicates, actors, tables; validated."""
    empty = shard_tables([])
    shards = [empty, *progress.shards]
    articles = pl.concat([shard["articles"] for shard in shards])
    local_actors = pl.concat([shard["local_actors"] for shard in shards])
    progress.watch("resolve", articles.height)
    duplicates = cluster_duplicates(articles.select("article_id", "published_at", "text"))
    links = link_actors(local_actors, join_authorities(sources.authorities.values()))
    progress.watch("assemble", articles.height)
    collections = collections_table(sources.collections)
    dropped = dropped_table(progress.dropped)
    tables = assemble(shards, collections, links.actor_of, links.actors, duplicates, dropped, vectors)
    for stage in ("assemble", "publish"):
        count = progress.tally.stages[stage]
        count.into, count.kept = articles.height, tables["articles"].height
    validate(tables)
    return tables


def collections_table(collections: Sequence[Collection]) -> pl.DataFrame:
    """The published table but for its counts."""
    schema = polars_schema("collections")
    rows = [
        {
            **{name: getattr(collection, name) for name in schema if name in Collection.__slots__},
            "collection_id": collection.id,
            "country_code": collection.country,
        }
        for collection in collections
    ]
    return pl.DataFrame(rows, schema={name: dtype for name, dtype in schema.items() if name != "n_articles"})


def facts_of(plan: Plan, sources: Sources, progress: Progress, encoder: Encoder) -> BuildFacts:
    """What determines the build's rows, beside the tables themselves; nothing about this run of it."""
    answers = sources.answers
    return BuildFacts(
        title=answers.title or " and ".join(collection.title for collection in sources.collections),
        tally=progress.tally,
        package_version=version("onrecord"),
        versions={
            "normalize": NORMALIZE_VERSION,
            "extract": EXTRACT_VERSION,
            "resolve": RESOLVE_VERSION,
            "assemble": ASSEMBLE_VERSION,
            "publish": PUBLISH_VERSION,
        },
        model_name=encoder.name,
        model_sha256=encoder.sha256,
        instruction_set=instruction_set(),
        settings={
            "limit": plan.limit,
            "collections": {
                collection.id: {"text": collection.text, "speaker": collection.speaker, "language": collection.language}
                for collection in sources.collections
            },
        },
        raw_sums=sources.sums,
        authors=answers.authors,
        answers=answers.answers,
    )


def instruction_set() -> str:
    """The CPU's, which the encoder's bits are promised for: int8 sums round alike only where they are done alike."""
    return f"{platform.machine()} {pyarrow.runtime_info().detected_simd_level}"
