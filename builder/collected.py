"""What a build has collected while its shards come in, and the steps that see all of it. Imports the stages.

Tables are longer than memory, so they wait in bins beside the output until the places of all articles are known; what
the steps across articles find is kept as small tables, and joined back a bin of articles at a time.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

import polars as pl

from builder.assemble.places import ARTICLES_A_BIN, PLACED, arrived, place_articles
from builder.assemble.remembered import Memory
from builder.assemble.shards import SHARD_SCHEMAS
from builder.assemble.stage import Across, Linked, assemble
from builder.assemble.validate import Checked
from builder.bins import WAITING, Bins
from builder.extract.word_vectors import WordVectors
from builder.normalize.duplicates import cluster_duplicates
from builder.normalize.sketches import Sketches
from builder.publish.parquet import PART_ROWS
from builder.resolve.across_articles import Known, link_actors
from builder.resolve.authority import Authority
from builder.resolve.links import Links
from builder.texts import Texts

Tables = dict[str, pl.DataFrame]
_PLACED = pl.Schema({name: SHARD_SCHEMAS["articles"][name] for name in PLACED})


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is held in memory, written into one file: `part_rows` changes files and no row, the others nothing."""

    waiting: int = WAITING
    articles_a_bin: int = ARTICLES_A_BIN
    part_rows: int = PART_ROWS


@dataclass(slots=True)
class Collected:
    """The tables of the shards that have come in, and the texts of their articles in the same order.

    `sketches` hold what these are found by.
    """

    sizes: Sizes
    bins: Bins
    texts: Texts
    sketches: Sketches
    _placed: list[pl.DataFrame] = field(default_factory=lambda: [_PLACED.to_frame()])
    n_articles: int = 0

    def add(self, tables: Mapping[str, pl.DataFrame], signatures: pl.DataFrame) -> None:
        """Take the tables of a shard in, and its articles' signatures."""
        self.sketches.add(signatures)
        for text in tables["articles"]["text"]:
            self.texts.add(text)
        self._placed.append(tables["articles"].select(PLACED))
        for table, rows in tables.items():
            self.bins.add(arrived(table), self.n_articles // self.sizes.articles_a_bin, rows)
        self.n_articles += tables["articles"].height
        if len(self._placed) > self.sizes.articles_a_bin:
            self._placed = [self.placed()]

    def placed(self) -> pl.DataFrame:
        """What says where each article stands, in the order in which they came."""
        return pl.concat(self._placed).rechunk()


@dataclass(frozen=True, slots=True)
class Found:
    """What was found across articles: their actors (see `link_actors`), their duplicates (see `cluster_duplicates`)."""

    links: Links
    duplicates: pl.DataFrame


@contextmanager
def collecting(out: Path, sizes: Sizes) -> Iterator[Collected]:
    """A place for the tables of a build; what does not fit into memory goes to files without a name beside `out`."""
    folder = _standing(out.resolve().parent)
    with closing(Bins(folder, sizes.waiting)) as bins, closing(Texts(folder)) as texts:
        yield Collected(sizes, bins, texts, Sketches(bins))


def _standing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there already."""
    return next(parent for parent in (folder, *folder.parents) if parent.is_dir())


def find_duplicates(collected: Collected) -> pl.DataFrame:
    """(article_id, duplicate_cluster_id, is_cluster_head) of every article."""
    found = cluster_duplicates(collected.placed(), collected.sketches, collected.texts.__getitem__)
    collected.texts.close()
    return found


def link(collected: Collected, authority: Authority, known: Known) -> Links:
    """The actors of all articles."""
    n_bins = max(1, ceil(collected.n_articles / collected.sizes.articles_a_bin))
    return link_actors(_local_actors(collected.bins), authority, known, collected.bins, n_bins)


def _local_actors(bins: Bins) -> Iterator[pl.DataFrame]:
    """The actors of each article in pieces, for the last time; at least one piece."""
    name, schema = arrived("local_actors"), SHARD_SCHEMAS["local_actors"]
    yield schema.to_frame()
    for number in bins.numbers(name):
        yield bins.get(name, number, schema)
    bins.drop(name)


def assemble_checked(
    collected: Collected, found: Found, collections: pl.DataFrame, vectors: WordVectors, memory: Memory | None
) -> Iterator[Tables]:
    """The published tables but `dropped` in pieces, each checked; SchemaError where a rule is broken.

    For `memory` see `assemble`.
    """
    links, duplicates = found.links, found.duplicates
    places = place_articles(collected.placed(), collected.sizes.articles_a_bin)
    across = Across(places, collections, duplicates, links.ranges)
    checked = Checked(collections.select("collection_id"), duplicates, links.ranges, collected.bins)
    linked = Linked(links.take("actor_of"), links.take("actors"))
    for piece in assemble(collected.bins, linked, across, vectors, memory):
        checked.check(piece)
        yield piece
    checked.check_ids()
