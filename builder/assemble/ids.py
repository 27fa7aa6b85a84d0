"""Ids that survive: short hashes of what a row is, never of where it stands among others. Imports `schemas.columns`.

16 hexadecimal digits of SHA-256: among ten million articles two share one with a probability of three in a million,
and the build's validation would say so.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

from schemas.columns import ID_PREFIXES

# Encodes a string at once; for a list of parts it would set up an encoder each time, which takes longer than the ids.
_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def article_id(collection_id: str, locator: str, revision: int) -> str:
    """The id of the article that its collection knows by this locator and revision.

    >>> article_id("harbour-gazette", "https://gazette.example/fish", 0)
    'art-0979f537e5e74921'
    """
    return hashed_id("article", collection_id, locator, revision)


def quote_id(article: str, words: str, occurrence: int) -> str:
    """The id of the quote with this content; `occurrence` tells equal ones of an article apart, from 1."""
    return hashed_id("quote", article, own_words(words), occurrence)


def claim_id(article: str, words: str, occurrence: int) -> str:
    """The id of the claim in these words; `occurrence` tells equal ones of an article apart, from 1."""
    return hashed_id("claim", article, own_words(words), occurrence)


def mention_id(article: str, start: int, end: int) -> str:
    """The id of the mention at this place of the article."""
    return hashed_id("mention", article, start, end)


def own_words(text: str) -> str:
    """The text with every stretch of white space as one space: what an id keeps of a quote or claim.

    >>> own_words("We sail   at dawn. ")
    'We sail at dawn.'
    """
    return " ".join(text.split())


def count_occurrences(texts: Iterable[str]) -> list[int]:
    """For each text, in order, how often its words have come up so far, itself included.

    >>> count_occurrences(["No.", "Yes.", " No."])
    [1, 1, 2]
    """
    seen: Counter[str] = Counter()
    occurrences = []
    for text in texts:
        seen[own_words(text)] += 1
        occurrences.append(seen[own_words(text)])
    return occurrences


def hashed_id(kind: str, *parts: str | int | bool | list[str]) -> str:
    """The kind's prefix and a hash of kind and parts, told apart by JSON (“a”, “b” is another id than “ab”, “”)."""
    written = f"[{','.join(map(_as_json, (kind, *parts)))}]"
    return f"{ID_PREFIXES[kind]}-{hashlib.sha256(written.encode('ascii')).hexdigest()[:16]}"


def _as_json(part: str | int | bool | list[str]) -> str:
    return str(part) if type(part) is int else _encode(part)
