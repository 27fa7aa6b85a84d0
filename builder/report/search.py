"""The index that the search page reads in the browser. Imports leaves of report.

A page that was opened from disk may load scripts of its folder and nothing else, so the index is scripts, each small:
the words in alphabetical order, cut into shards, each word with the numbers of the rows that hold it; and the rows, in
shards again. A search loads the shards of its words and then those of the rows that it shows. Filters are words too,
which no text can hold (`kind:denial`).
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from builder.report.entries import Entry
from builder.report.site import Site, article_page

ROWS_A_SHARD = 250
# Bytes of JSON in one shard of words, unless one word alone needs more.
WORDS_A_SHARD = 150_000
_WORD = re.compile(r"\w+")


def split_words(text: str) -> list[str]:
    """The words that are found, without case and accents; report.js does the same to what is typed.

    >>> split_words("Zoë’s ferry")
    ['zoe', 's', 'ferry']
    """
    plain = text.lower()
    if not plain.isascii():
        plain = "".join(one for one in unicodedata.normalize("NFD", plain) if unicodedata.category(one)[0] != "M")
    return _WORD.findall(plain)


def make_index(entries: Mapping[str, Iterable[Entry]], site: Site) -> Iterator[tuple[str, str]]:
    """All files of the index as (address, text)."""
    postings: dict[str, list[int]] = defaultdict(list)
    rows: list[list[object]] = []
    n_rows = n_shards = 0
    for article, of_article in entries.items():
        for entry in of_article:
            for word in {*_words(entry, site)}:
                postings[word].append(n_rows)
            rows.append(_row(entry, article, site))
            n_rows += 1
            if len(rows) == ROWS_A_SHARD:
                yield f"search/rows-{n_shards}.js", _script("rows", n_shards, rows)
                rows, n_shards = [], n_shards + 1
    if rows:
        yield f"search/rows-{n_shards}.js", _script("rows", n_shards, rows)
    firsts = []
    for number, shard in enumerate(_cut(postings)):
        firsts.append(next(iter(shard)))
        yield f"search/words-{number}.js", _script("words", number, list(shard.items()))
    yield "search/index.js", _script("index", 0, {"rows": n_rows, "size": ROWS_A_SHARD, "firsts": firsts})


def _words(entry: Entry, site: Site) -> Iterator[str]:
    yield from split_words(entry.text or "")
    for actor in entry.speakers:
        yield from split_words(site.name(actor))
    for kind in entry.kinds:
        yield f"kind:{kind}"
    yield f"type:{entry.quote_type or 'own'}"
    yield f"in:{site.articles[entry.article_id]['collection_id']}"


def _row(entry: Entry, article: str, site: Site) -> list[object]:
    """What a hit shows: words, kinds, type, confidence, speakers with addresses, place, title, day."""
    return [
        entry.text,
        list(entry.kinds),
        entry.quote_type,
        entry.confidence,
        site.links(entry.speakers),
        f"{article_page(article)}#q{entry.number}",
        site.headline(article),
        site.day(article),
    ]


def _cut(postings: Mapping[str, list[int]]) -> Iterator[dict[str, list[int]]]:
    """The words in order, in shards; the numbers of each as differences, which are shorter to write."""
    shard: dict[str, list[int]] = {}
    size = 0
    for word in sorted(postings, key=lambda word: word.encode("utf-16-be")):  # as JavaScript compares
        numbers = postings[word]
        steps = [one - before for one, before in zip(numbers, [0, *numbers], strict=False)]
        length = len(word) + sum(len(str(step)) + 1 for step in steps)
        if shard and size + length > WORDS_A_SHARD:
            yield shard
            shard, size = {}, 0
        shard[word] = steps
        size += length
    if shard:
        yield shard


def _script(kind: str, number: int, value: object) -> str:
    """One call of report.js; JSON is JavaScript (ECMAScript 2019), and `<` is written so that it opens no element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'onrecord.take("{kind}",{number},{text});\n'
