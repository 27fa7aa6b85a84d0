"""A raw folder of made articles, and a cache that holds what the encoder would find in them.

A build then reads, resolves, joins and publishes as ever, but no encoder runs: extraction is replayed. Imports `made`,
the cache and what keys its entries.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from pydantic import TypeAdapter

from bench.scale.made import COLLECTIONS, Made, collection_of, make_article
from bench.scale.templates import Moulds
from builder.cache import Cache
from builder.errors import SchemaError
from builder.extract.model_folder import SHIPPED, model_sha256
from builder.normalize.article import Article
from builder.normalize.stage import normalize
from builder.read.record import Record
from builder.resolve.authority import Entry
from builder.shard import Entry as CacheEntry
from builder.shard import entry_key, made_by
from builder.sources import open_sources, read_sources

SEED = 10
# Articles a file: an archive's month of one paper.
A_FILE = 1_000
_SOME = 500
_ENTRY = TypeAdapter(CacheEntry)


def write_archive(moulds: Moulds, raw: Path, n: int, seed: int = SEED) -> None:
    """Write the first `n` articles of the seed's archive as JSON lines, a folder a collection."""
    with ExitStack() as files:
        for number in range(min(COLLECTIONS, n)):
            folder = raw / collection_of(number)
            folder.mkdir(parents=True)
            (folder / "collection.toml").write_text(_settings(folder.name), encoding="utf-8")
            (folder / "actors.toml").write_text("\n".join(map(_actor, moulds.states)), encoding="utf-8")
        for first in range(0, n, A_FILE * COLLECTIONS):
            with ExitStack() as files:
                opened = {
                    collection_of(number): files.enter_context(
                        (raw / collection_of(number) / f"{first // COLLECTIONS // A_FILE:05}.jsonl").open(
                            "w", encoding="utf-8"
                        )
                    )
                    for number in range(first, min(first + COLLECTIONS, n))
                }
                for number in range(first, min(first + A_FILE * COLLECTIONS, n)):
                    made = make_article(moulds, seed, number)
                    opened[made.collection].write(_line(made))


def record_extraction(moulds: Moulds, raw: Path, cache: Path, seed: int = SEED) -> int:
    """Put the entry of every article of an archive into the cache; how many there are.

    Every article is read and normalized as a build would; one whose text that changed would have its spans in the wrong
    places, so that is an error.
    """
    model = model_sha256(SHIPPED)
    with Cache(cache) as entries:
        found = _entries(moulds, raw, model, seed)
        count = 0
        while some := dict(islice(found, _SOME)):
            entries.put(some, made_by(model))
            count += len(some)
    return count


def _entries(moulds: Moulds, raw: Path, model: str, seed: int) -> Iterator[tuple[bytes, bytes]]:
    sources = open_sources(raw)
    collections = {collection.id: collection for collection in sources.collections}
    for found in read_sources(sources):
        record = found.item
        assert isinstance(record, Record)
        collection = collections[record.collection_id]
        article, made = normalize(record, collection), make_article(moulds, seed, int(record.locator))
        if not isinstance(article, Article) or article.text != made.text:
            raise SchemaError(f"{record.raw_path}, {record.place}: normalize changed a made text; make it another way")
        entry = CacheEntry(article, made.extraction, None)
        yield entry_key(record, collection, model), _ENTRY.dump_json(entry)


def _line(made: Made) -> str:
    row = {
        "id": f"{made.number:08}",
        "headline": made.title,
        "byline": made.author,
        "date": made.published_at.isoformat(),
        "link": f"https://{made.collection}.example/{made.number}",
        "body": made.text,
    }
    return json.dumps(row, ensure_ascii=False) + "\n"


def _settings(name: str) -> str:
    return f"""title = "{name}"
language = "en"
license = "CC0-1.0"
text_may_be_published = true
[columns]
id = "id"
title = "headline"
authors = "byline"
published_at = "date"
url = "link"
text = "body"
"""


def _actor(state: Entry) -> str:
    lists = {name: list(getattr(state, name)) for name in ("aliases", "capitals", "demonyms", "context")}
    rows = {"id": state.id, "name": state.name, "kind": state.kind, "country": state.country, **lists}
    said = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in rows.items() if value)
    return "\n".join(["[[actor]]", *said, ""])
