"""Articles that tell the same in the same words: equal, nearly equal, or one within the other.

Imports `builder.bins`, `shingles` and `sketches`.

Equal: the same words. Near: at least 0.8 of the longer one's words stand in the other, in order (1 − Levenshtein
distance over words / words of the longer; a copy with at most a fifth of its words edited), or at least 0.7 of their
runs of five words are common (Jaccard; a copy with its paragraphs in another order). Reports out of one mould (weather,
results, prices) have most words in common as well: texts with three numbers and more are near only where half of these
are common too. Contained: at least 0.8 of the shorter one's runs stand in the longer one, of which they make at least a
quarter; an article that so contains two different ones is a round-up, and joins neither.

Sketches find the pairs to compare, the words themselves decide, so nothing below the thresholds is joined by itself.
What a text is found by (`sign_texts`) is a function of it alone: it is made with the article, and kept with it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import polars as pl
from rapidfuzz.distance import Levenshtein

from builder.normalize.shingles import Hashes, WordHashes, number_words, shingles_of, words_of
from builder.normalize.sketches import Sketches

# One word in so many may be another.
EDITED_ONE_IN = 5
COMMON_RUNS = 0.7
COMMON_NUMBERS = 0.5
CONTAINED_RUNS = 0.8
LEAST_PART = 0.25
# Fewer runs than these make no article: a caption that returns in another article is no duplicate.
LEAST_RUNS = 30
_NUMBERS = 3
# Texts whose words are kept while their pairs are compared: 10 kB each.
_REMEMBERED = 5_000

# A text by its number.
TextOf = Callable[[int], str]
OUT_SCHEMA = pl.Schema(
    {"article_id": pl.String(), "duplicate_cluster_id": pl.String(), "is_cluster_head": pl.Boolean()}
)


def cluster_duplicates(articles: pl.DataFrame, sketches: Sketches, text_of: TextOf) -> pl.DataFrame:
    """The cluster of every article, alone in it or not, in the order of article ids.

    Takes `article_id` and `published_at`; what their texts are found by, and the text of each row by its number. The
    head is the earliest published (those without date last, then by article id); the cluster is named for it. The rows'
    order makes no difference.
    """
    numbered = articles.select("article_id", "published_at").with_row_index("row")
    ordered = numbered.sort("published_at", "article_id", nulls_last=True)
    leaders = pl.Series(find_leaders(ordered["row"], sketches, text_of), dtype=pl.UInt32)
    found = ordered.select(
        "article_id",
        duplicate_cluster_id=pl.lit("dup-") + ordered["article_id"].gather(leaders),
        is_cluster_head=pl.int_range(pl.len(), dtype=pl.UInt32) == leaders,
    )
    return found.cast(OUT_SCHEMA).sort("article_id")


def find_leaders(rows: pl.Series, sketches: Sketches, text_of: TextOf) -> list[int]:
    """For each text in the order of `rows`, their numbers: the place of its cluster's first, its own where it is that.

    Texts with the same words are one; of these the first alone is looked for among the others.
    """
    firsts = sketches.first_equals(rows)
    clusters = Clusters(firsts.to_list())
    row_of = rows.to_list()
    _join_near(lambda n: text_of(row_of[n]), sketches.pairs_to_compare(rows, firsts), clusters)
    return [clusters.leader(n) for n in range(len(rows))]


@dataclass(slots=True)
class Clusters:
    """Which texts belong together: the smallest number, the earliest article, leads."""

    leaders: list[int] = field(default_factory=list)

    def join(self, one: int, other: int) -> None:
        """Put two clusters into one."""
        first, second = sorted((self.leader(one), self.leader(other)))
        self.leaders[second] = first

    def leader(self, member: int) -> int:
        """The first of a text's cluster."""
        while self.leaders[member] != member:
            self.leaders[member] = self.leaders[self.leaders[member]]
            member = self.leaders[member]
        return member


@dataclass(frozen=True, slots=True)
class Words:
    """What is compared of a text: its words as numbers, their runs, and its numerals."""

    words: Hashes
    runs: Hashes
    numerals: Counter[str]


def _join_near(text_of: TextOf, pairs: Iterable[tuple[int, int]], clusters: Clusters) -> None:
    """Join what is near; then what contains one story and no other."""
    known = WordHashes()

    @lru_cache(maxsize=_REMEMBERED)
    def read(n: int) -> Words:
        words = words_of(text_of(n))
        numbers = number_words(words, known)
        return Words(numbers, shingles_of(numbers), Counter(filter(str.isdigit, words)))

    contained: dict[int, list[int]] = {}
    for one, other in pairs:
        if clusters.leader(one) == clusters.leader(other):
            continue
        if is_near(read(one), read(other)):
            clusters.join(one, other)
        else:
            for inner, outer in ((one, other), (other, one)):
                if is_contained(read(inner), read(outer)):
                    contained.setdefault(outer, []).append(inner)
    for outer, inner in list(_of_one_story(contained, clusters)):
        clusters.join(outer, inner)


def _of_one_story(contained: dict[int, list[int]], clusters: Clusters) -> Iterator[tuple[int, int]]:
    """(container, contained) where all that the container holds are copies of one another."""
    for outer, parts in contained.items():
        if len({clusters.leader(part) for part in parts}) == 1:
            yield outer, parts[0]


def is_near(one: Words, other: Words) -> bool:
    """Whether two texts are near duplicates."""
    fewer, more = sorted((one.numerals.total(), other.numerals.total()))
    if fewer >= _NUMBERS and (one.numerals & other.numerals).total() < COMMON_NUMBERS * more:
        return False
    shared = _shared(one.runs, other.runs)
    if shared >= COMMON_RUNS * (len(one.runs) + len(other.runs) - shared):
        return True
    most = max(len(one.words), len(other.words)) // EDITED_ONE_IN
    return bool(Levenshtein.distance(one.words.tolist(), other.words.tolist(), score_cutoff=most) <= most)


def is_contained(inner: Words, outer: Words) -> bool:
    """Whether a text stands in a longer one and makes a good part of it."""
    part, whole = len(inner.runs), len(outer.runs)
    if part < LEAST_RUNS or part > whole or part < LEAST_PART * whole:
        return False
    return _shared(inner.runs, outer.runs) >= CONTAINED_RUNS * part


def _shared(one: Hashes, other: Hashes) -> int:
    return len(np.intersect1d(one, other, assume_unique=True))
