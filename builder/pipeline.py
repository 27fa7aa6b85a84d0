"""The way of the data, from a raw folder to a published build: the order of the stages, shards, cache, workers.

The only place beside read and publish that touches the disk: it loads the model's hash, authority files and the cache,
and passes them in. Imports every stage.
"""

import os
import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

import polars as pl
import pyarrow

from builder.assemble.collections import collections_table
from builder.assemble.ids import article_id
from builder.assemble.remembered import Memory
from builder.assemble.stage import VERSION as ASSEMBLE_VERSION
from builder.assemble.stage import dropped_table
from builder.cache import Cache, Shelf
from builder.collected import Collected, Found, Sizes, Tables, assemble_checked, collecting, find_duplicates, link
from builder.errors import OutputError, SettingsError
from builder.extract.encoder import Encoder
from builder.extract.model_folder import SHIPPED, model_sha256
from builder.extract.stage import VERSION as EXTRACT_VERSION
from builder.extract.word_vectors import WordVectors, load_word_vectors
from builder.lookup import kept, look_up
from builder.normalize.stage import VERSION as NORMALIZE_VERSION
from builder.publish.facts import BuildFacts
from builder.publish.reopen import Published
from builder.publish.stage import VERSION as PUBLISH_VERSION
from builder.publish.stage import check_replaceable, publish
from builder.read.record import Record
from builder.read.withdrawn import drop_withdrawn
from builder.resolve.authority import join_authorities
from builder.resolve.ids import COLUMNS as ID_COLUMNS
from builder.resolve.ids import NAME as IDS
from builder.resolve.links import Links
from builder.resolve.pieces import render_csv
from builder.resolve.reasons import COLUMNS as LINK_COLUMNS
from builder.resolve.reasons import NAME as LINKS
from builder.resolve.stage import VERSION as RESOLVE_VERSION
from builder.review.apply import apply_corrections, unmet
from builder.shard import (
    Settings,
    Shard,
    Task,
    groups_made_by,
    lost_article,
    process_elsewhere,
    process_shard,
    shared_encoder,
)
from builder.sources import Sources, open_sources, read_sources
from builder.tally import Dropped, Tally
from builder.workers import Known, cluster_workers, local_workers, run_in_order

Watch = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build is asked to do. `workers`, `cluster` and `cache` change how long it takes and nothing else.

    `cluster` is the address of a Dask scheduler, whose workers then do the work of `workers`; for `sizes` see there.
    """

    raw: Path
    out: Path
    cache: Path | None = None
    model: Path = SHIPPED
    workers: int = 1
    limit: int | None = None
    cluster: str | None = None
    sizes: Sizes = field(default_factory=Sizes)


@dataclass(slots=True)
class Progress:
    """The running state of a build; `met` are the articles that it has had corrections of, `stale` lost corrections.

    `is_cut`: the limit ended the reading, so that articles may be there that were not read.
    """

    watch: Watch
    collected: Collected
    tally: Tally = field(default_factory=Tally)
    dropped: list[Dropped] = field(default_factory=list)
    withdrawn: list[Record] = field(default_factory=list)
    stale: list[Dropped] = field(default_factory=list)
    met: set[str] = field(default_factory=set)
    is_cut: bool = False


def _unwatched(stage: str, done: int) -> None:
    """Nobody asked."""


def build(plan: Plan, watch: Watch = _unwatched) -> Published:
    """Build `plan.raw` into `plan.out`; the published tables are given back, to be read as they are asked for.

    `watch` is told the stage and how many articles have passed it. Raises an OnrecordError before work begins where
    the settings or raw files are wrong; nothing is published where a table breaks its schema.
    """
    if plan.workers < 1:
        raise SettingsError(f"--workers {plan.workers}: expected 1 or more")
    check_out(plan.raw, plan.out)
    sources = open_sources(plan.raw, plan.cache)
    encoder = shared_encoder(plan.model, model_sha256(plan.model))
    vectors = load_word_vectors(plan.model)
    with ExitStack() as stack:
        progress = Progress(watch, stack.enter_context(collecting(plan.out, plan.sizes)))
        cache = stack.enter_context(Cache(plan.cache)) if plan.cache else None
        records = _read_records(sources, plan.limit, progress)
        tasks = look_up(records, sources, encoder.sha256, cache)
        watch("extract", 0)
        for shard in kept(_run_shards(tasks, sources, encoder.sha256, plan), cache, encoder.sha256):
            _take(_corrected(shard, sources, progress), progress)
        _count_stale(sources, progress)
        watch("resolve", progress.collected.n_articles)
        duplicates = find_duplicates(progress.collected)
        links = link(progress.collected, join_authorities(sources.authorities.values()), sources.known)
        facts = facts_of(plan, sources, progress, encoder, links)
        found = Found(links, duplicates)
        watch("assemble", progress.collected.n_articles)
        memory = Shelf(cache, groups_made_by(encoder.sha256)) if cache is not None else None
        pieces = _assemble(sources, progress, found, vectors, memory)
        publish(pieces, facts, plan.out, plan.sizes.part_rows)
    return Published(plan.out)


def check_out(raw: Path, out: Path) -> None:
    """Raise OutputError where a build of `raw` could not be put at `out`: told now, not after hours of work."""
    folder, articles = out.resolve(), raw.resolve()
    if folder.is_relative_to(articles) or articles.is_relative_to(folder):
        raise OutputError(
            f"{out}: the raw folder {raw} and the dataset would lie in each other, and the next build would read its "
            "own output as articles; choose an --out beside it"
        )
    check_replaceable(out)
    parent = next(place for place in folder.parents if place.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
        what = "no folder may be made in it" if parent.is_dir() else "it is a file"
        raise OutputError(f"{out}: cannot be made in {parent}: {what}; choose another --out")


def _read_records(sources: Sources, limit: int | None, progress: Progress) -> Iterator[Record]:
    """The records of all collections in their order; what read splits, joins and drops is counted here.

    What comes in is counted before it is split, joined and looked up among the seen, so that the tally's check would
    tell what these steps lost; with a limit, what they hold back when it is reached does not count as having come in.
    """
    count = progress.tally.stages["read"]
    passed = 0
    for found in drop_withdrawn(read_sources(sources, count), sources.withdrawals, progress.withdrawn):
        passed += found.of
        count.split += found.of == 0
        count.joined += max(found.of - 1, 0)
        if isinstance(found.item, Dropped):
            count.dropped += 1
            progress.dropped.append(found.item)
            continue
        count.kept += 1
        yield found.item
        if limit is not None and count.kept >= limit:
            count.into = passed
            progress.is_cut = True
            return


def _run_shards(
    shards: Iterator[list[Task] | Known[Shard]], sources: Sources, model_sum: str, plan: Plan
) -> Iterator[Shard]:
    """The results in the order of the shards, whatever the workers' order."""
    # A cluster's workers find the shipped model in their own installation.
    model = (None if plan.cluster and plan.model == SHIPPED else plan.model, model_sum)
    collections = {collection.id: collection for collection in sources.collections}
    settings = Settings(collections, sources.authorities, model)
    work = partial(process_elsewhere, settings=settings.to_bytes())
    if plan.cluster is not None:
        with cluster_workers(plan.cluster) as workers:
            yield from run_in_order(workers, work, lost_article, shards)
    elif plan.workers > 1:
        yield from run_in_order(local_workers(plan.workers), work, lost_article, shards)
    else:
        yield from (one.result if isinstance(one, Known) else process_shard(one, settings) for one in shards)


def _corrected(shard: Shard, sources: Sources, progress: Progress) -> Shard:
    """The shard with people's corrections applied; those that are stale are kept as dropped."""
    applied = apply_corrections(shard.tables, sources.corrections, sources.authorities)
    progress.stale.extend(applied.stale)
    progress.met.update(set(shard.tables["articles"]["article_id"]) & sources.corrections.keys())
    return replace(shard, tables=applied.tables)


def _count_stale(sources: Sources, progress: Progress) -> None:
    """Corrections that no row was left for are dropped by assemble, as rows beside those that it was given.

    Nothing is known of those of articles that the limit left unread.
    """
    if not progress.is_cut:
        progress.stale.extend(unmet(sources.corrections, progress.met))
    progress.dropped.extend(progress.stale)
    count = progress.tally.stages["assemble"]
    count.split += len(progress.stale)
    count.dropped += len(progress.stale)


def _take(shard: Shard, progress: Progress) -> None:
    """Keep a shard's tables and count what it kept and dropped."""
    progress.collected.add(shard.tables, shard.signatures)
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


def _assemble(
    sources: Sources, progress: Progress, found: Found, vectors: WordVectors, memory: Memory | None
) -> Iterator[Tables]:
    """The published tables in pieces, checked, and at the end the tally, which `facts_of` has passed on."""
    collections, n_articles = collections_table(sources.collections), 0
    for piece in assemble_checked(progress.collected, found, collections, vectors, memory):
        n_articles += piece["articles"].height if "articles" in piece else 0
        progress.watch("publish", n_articles)
        yield piece
    for stage in ("assemble", "publish"):
        count = progress.tally.stages[stage]
        count.into, count.kept = progress.collected.n_articles, n_articles
    yield {"dropped": dropped_table(progress.dropped)}
    progress.tally.check()


def facts_of(plan: Plan, sources: Sources, progress: Progress, encoder: Encoder, links: Links) -> BuildFacts:
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
        input_sums=sources.input_sums,
        long_beside=_without_withdrawn(links, progress.withdrawn),
        authors=answers.authors,
        answers=answers.answers,
        validations=sources.validations,
    )


def _without_withdrawn(links: Links, withdrawn: Sequence[Record]) -> dict[str, Iterator[str]]:
    """ids.csv and links.csv, which keep rows of articles that are gone, but not of those that were withdrawn."""
    gone = [article_id(record.collection_id, record.locator, record.revision) for record in withdrawn]
    ids = (rows.filter(~pl.col("article_id").is_in(gone)) for rows in links.take("ids"))
    is_gone = pl.any_horizontal(pl.col("article_id", "other_article_id").is_in(gone))
    reasons = (rows.filter(~is_gone) for rows in links.take("links"))
    return {IDS: render_csv(ids, ID_COLUMNS), LINKS: render_csv(reasons, LINK_COLUMNS)}


def instruction_set() -> str:
    """The CPU's, which the encoder's bits are promised for: int8 sums round alike only where they are done alike."""
    return f"{platform.machine()} {pyarrow.runtime_info().detected_simd_level}"
