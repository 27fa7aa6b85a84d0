"""The articles that somebody holds, read and normalized as a build does, without the model.

Imports the stages read and normalize, `sources`, `shard`.
"""

from dataclasses import dataclass, field
from pathlib import Path

from builder.assemble.ids import article_id
from builder.extract.model_folder import SHIPPED, model_sha256
from builder.normalize.article import Article
from builder.normalize.stage import normalize
from builder.read.record import Record
from builder.shard import Settings, Task, guarded, process_shard
from builder.sources import Sources, open_sources, read_sources
from builder.tally import Dropped

# Where a dropped row stands: stage, collection, raw path, place, reason.
Place = tuple[str, str, str, str, str]


@dataclass(slots=True)
class Originals:
    """Articles by id, and the details of what was dropped by its place, in the order of the table `dropped`."""

    articles: dict[str, Article] = field(default_factory=dict)
    details: dict[Place, list[str | None]] = field(default_factory=dict)

    def add_dropped(self, dropped: Dropped) -> None:
        """Keep the detail of what was dropped."""
        place = (dropped.stage, dropped.collection_id, dropped.raw_path, dropped.place, dropped.reason)
        details = [*self.details.get(place, []), dropped.detail]
        self.details[place] = sorted(details, key=lambda detail: (detail is None, detail or ""))


def read_originals(raw: Path, failed: set[tuple[str, str]]) -> Originals:
    """Everything in a raw folder; `failed` are the places (raw path, place) of articles that a later stage failed on.

    What a stage said when it failed is found only by letting it fail again: these go through all stages.
    """
    sources = open_sources(raw)
    by_id = {collection.id: collection for collection in sources.collections}
    found = Originals()
    for arranged in read_sources(sources):  # what is withdrawn is in no release, so it may be here or not
        item = arranged.item
        if isinstance(item, Dropped):
            found.add_dropped(item)
        elif (item.raw_path, item.place) in failed:
            settings = Settings(by_id, sources.authorities, (SHIPPED, model_sha256(SHIPPED)))
            for dropped in process_shard([Task(item, b"", None)], settings).dropped:
                found.add_dropped(dropped)
        else:
            _add_article(item, sources, found)
    return found


def _add_article(record: Record, sources: Sources, found: Originals) -> None:
    collection = next(one for one in sources.collections if one.id == record.collection_id)
    article = guarded("normalize", record, lambda: normalize(record, collection))
    if isinstance(article, Dropped):
        found.add_dropped(article)
    else:
        found.articles[article_id(record.collection_id, record.locator, record.revision)] = article
