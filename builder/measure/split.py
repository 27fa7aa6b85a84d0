"""The two halves of the project's own gold. Imports nothing of the project.

Rules and models may be chosen on `dev`; nobody looks at `test`, and nothing is fitted to it. The half is told by the
sum of the article's name, so that an article that is added or taken away moves no other.
"""

import hashlib

HALVES = ("dev", "test")


def half_of(collection: str, stem: str) -> str:
    """The half, dev or test, of an article by its collection and its file's stem or record's id.

    >>> half_of("harbour-gazette", "pier-9-hearing"), half_of("harbour-gazette", "amber-line-bow-doors")
    ('dev', 'test')
    """
    return HALVES[hashlib.sha256(f"{collection}/{stem}".encode()).digest()[0] // 128]
