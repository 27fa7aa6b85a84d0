"""Articles that tell the same, word for word or nearly. Imports nothing of the project.

Two articles are near duplicates where at least 0.7 of their runs of five words are common (Jaccard). MinHash finds the
pairs to compare, the runs themselves decide; so nothing below the threshold is ever joined, and few above it are missed
(none of 215 made-up pairs from 0.70 up).
"""

import re
from collections.abc import Iterator
from hashlib import blake2b
from zlib import crc32

import polars as pl
from datasketch import MinHash, MinHashLSH

THRESHOLD = 0.7
SHINGLE = 5
# 25 bands of 5 rows find a pair at 0.7 with probability 0.99 and at 0.3 with 0.06; datasketch's own choice for the
# threshold (13 of 9) found two thirds of the pairs between 0.7 and 0.75.
BANDS, BAND_ROWS = 25, 5
PERMUTATIONS = BANDS * BAND_ROWS
SEED = 1

_WORD = re.compile(r"\w+")
OUT_SCHEMA = {"article_id": pl.String, "duplicate_cluster_id": pl.String, "is_cluster_head": pl.Boolean}


def cluster_duplicates(articles: pl.DataFrame) -> pl.DataFrame:
    """The cluster of every article, alone in it or not, in the order of article ids.

    Takes `article_id`, `published_at` and `text`. The head is the earliest published (those without date last, then by
    article id); the cluster is named for it. The rows' order makes no difference.
    """
    ordered = articles.select("article_id", "published_at", "text").sort("published_at", "article_id", nulls_last=True)
    ids: list[str] = ordered["article_id"].to_list()
    texts: list[str] = ordered["text"].to_list()
    leaders = list(range(len(ids)))
    for one, other in [*_equal_pairs(texts), *_near_pairs(texts)]:
        _join(leaders, one, other)
    heads = [_leader(leaders, n) for n in range(len(ids))]
    rows = {
        "article_id": ids,
        "duplicate_cluster_id": [f"dup-{ids[head]}" for head in heads],
        "is_cluster_head": [head == n for n, head in enumerate(heads)],
    }
    return pl.DataFrame(rows, schema=OUT_SCHEMA).sort("article_id")


def _equal_pairs(texts: list[str]) -> Iterator[tuple[int, int]]:
    """Each text of the same words as an earlier one, with the first such; texts without words are equal to none."""
    first: dict[bytes, int] = {}
    for n, text in enumerate(texts):
        if words := _words(text):
            key = blake2b("\0".join(words).encode(), digest_size=16).digest()
            if (earlier := first.setdefault(key, n)) != n:
                yield earlier, n


def _near_pairs(texts: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs that share at least THRESHOLD of their shingles."""
    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, BAND_ROWS))
    for n, text in enumerate(texts):
        shingles = _shingles(text)
        if not shingles:
            continue
        sketch = MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=crc32)
        sketch.update_batch(sorted(shingles))
        for earlier in sorted(index.query(sketch)):
            if jaccard(shingles, _shingles(texts[earlier])) >= THRESHOLD:
                yield earlier, n
        index.insert(n, sketch)


def jaccard(one: set[bytes], other: set[bytes]) -> float:
    """Shared members to all members.

    >>> jaccard({b"a", b"b"}, {b"b", b"c"})
    0.3333333333333333
    """
    return len(one & other) / len(one | other)


def _shingles(text: str) -> set[bytes]:
    """Every run of five words; none in a text of fewer."""
    words = _words(text)
    return {" ".join(words[n : n + SHINGLE]).encode() for n in range(len(words) - SHINGLE + 1)}


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _join(leaders: list[int], one: int, other: int) -> None:
    """Put two clusters into one; the smaller number, the earlier article, leads."""
    first, second = sorted((_leader(leaders, one), _leader(leaders, other)))
    leaders[second] = first


def _leader(leaders: list[int], member: int) -> int:
    while leaders[member] != member:
        leaders[member] = leaders[leaders[member]]
        member = leaders[member]
    return member
