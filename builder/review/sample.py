"""A sample of articles for a validation: drawn by chance, with the chance of each recorded. Imports `builder.errors`.

Simple random samples without replacement within each collection (Cochran, Sampling Techniques, 1977, ch. 5): in
proportion to its articles, two at least where it has two, since one alone does not tell how articles differ.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from builder.errors import SettingsError

NAME = "sample.csv"
COLUMNS = ["article_id", "collection_id", "n_articles", "n_drawn", "inclusion_probability"]
LEAST = 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn article: `n_drawn` of the `n_articles` of its collection were, each with the same chance."""

    article_id: str
    collection_id: str
    n_articles: int
    n_drawn: int

    @property
    def probability(self) -> float:
        """The chance with which the article came into the sample."""
        return self.n_drawn / self.n_articles


def allot(sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """How many articles of each collection are drawn, `total` together (all, where there are no more).

    >>> allot({"bay": 90, "port": 10, "quay": 1}, 12)
    {'bay': 9, 'port': 2, 'quay': 1}
    """
    found = {name: min(LEAST, size) for name, size in sorted(sizes.items())}
    if total < sum(found.values()):
        raise SettingsError(f"--articles {total}: expected {sum(found.values())} or more: {LEAST} of each collection")
    whole = sum(sizes.values())
    for _ in range(min(total, whole) - sum(found.values())):
        open_ones = (name for name in found if found[name] < sizes[name])
        # The collection that lacks most of its share is next.
        name = max(open_ones, key=lambda name: (sizes[name] * total / whole - found[name], name))
        found[name] += 1
    return found


def draw(articles: Mapping[str, Sequence[str]], total: int, seed: int) -> list[Drawn]:
    """The sample out of the article ids of each collection; the same for the same ids, in whatever order, and seed."""
    sizes = {name: len(ids) for name, ids in articles.items()}
    found = []
    random = np.random.default_rng(seed)
    for name, count in allot(sizes, total).items():
        chosen = random.choice(len(articles[name]), count, replace=False)
        ids = sorted(articles[name])
        found += [Drawn(ids[at], name, sizes[name], count) for at in sorted(chosen.tolist())]
    return found


def render_sample(sample: Sequence[Drawn]) -> str:
    """The sample as CSV."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(
        (one.article_id, one.collection_id, one.n_articles, one.n_drawn, round(one.probability, 9)) for one in sample
    )
    return out.getvalue()


def parse_sample(content: bytes, path: str) -> list[Drawn]:
    """What `render_sample` wrote; SettingsError with file and line where it is anything else."""
    rows = csv.reader(io.StringIO(content.decode("utf-8", "replace")))
    if next(rows, None) != COLUMNS:
        raise SettingsError(f"{path}:1: expected the header {','.join(COLUMNS)}, as `onrecord review sample` writes it")
    found = []
    for row in rows:
        try:
            article, collection, size, count, _ = row
            drawn = Drawn(article, collection, int(size), int(count))
        except ValueError:
            raise SettingsError(f"{path}:{rows.line_num}: found {row}; expected {', '.join(COLUMNS)}") from None
        if not 0 < drawn.n_drawn <= drawn.n_articles:
            raise SettingsError(f"{path}:{rows.line_num}: drew {count} of {size}; expected no more than there are")
        found.append(drawn)
    return found
