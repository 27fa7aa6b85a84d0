"""What the cache knows of the records that come in, and what it is given of the shards that come back. Imports `shard`.

A shard whose memo is there is no worker's business; of another, articles whose entries are there are resolved alone.
"""

from collections.abc import Iterator
from dataclasses import replace

from builder.cache import Cache
from builder.read.record import Record
from builder.shard import Shard, Task, cut_shards, entry_key, made_by, remembered, shard_key, shards_made_by
from builder.sources import Sources
from builder.workers import Known


def look_up(
    records: Iterator[Record], sources: Sources, model_sum: str, cache: Cache | None
) -> Iterator[list[Task] | Known[Shard]]:
    """Shards whose memo the cache has, and of the others their tasks, each with its cache entry where there is one."""
    by_id = {collection.id: collection for collection in sources.collections}
    keyed = (Task(record, entry_key(record, by_id[record.collection_id], model_sum), None) for record in records)
    for tasks in cut_shards(keyed):
        if cache is None:
            yield tasks
            continue
        key = shard_key(tasks, sources.authorities)
        if memo := cache.get([key]).get(key):
            yield Known(remembered(tasks, memo))
        else:
            entries = cache.get([task.key for task in tasks])
            yield [replace(task, entry=entries.get(task.key)) for task in tasks]


def kept(shards: Iterator[Shard], cache: Cache | None, model_sum: str) -> Iterator[Shard]:
    """The shards, once the cache has what is new in them."""
    for shard in shards:
        if cache is not None:
            cache.put(shard.entries, made_by(model_sum))
            cache.put(shard.memos, shards_made_by(model_sum))
        yield shard
