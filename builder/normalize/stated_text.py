"""The text that a page's JSON-LD states. May import `builder.normalize`'s fragment, breaks and traced, and
`builder.linked_data`.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from builder.linked_data import inside, load_linked_data
from builder.normalize.breaks import end_paragraphs
from builder.normalize.fragment import fragment_paragraphs
from builder.normalize.traced import clean_text

_LINKED_DATA = re.compile(r"<script\b[^<>]{0,500}ld\+json[^<>]{0,500}>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script\b", re.IGNORECASE)
_TAG = re.compile(r"</?(?:p|br|div|b|i|em|strong|a|span|h\d)\b[^<>]{0,500}>", re.IGNORECASE)


def stated_body(body: str) -> list[list[str]]:
    """The longest `articleBody`, in paragraphs of cleaned lines; none where there is none."""
    bodies = [stated for found in _objects(body) if isinstance(stated := found.get("articleBody"), str)]
    return _paragraphs(max(bodies, key=len, default=""))


def _paragraphs(text: str) -> list[list[str]]:
    if _TAG.search(text):
        return fragment_paragraphs(end_paragraphs(text))
    return [[line] for part in unescape(text).splitlines() if (line := clean_text(part))]


def _objects(body: str) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, however deep."""
    for script in _LINKED_DATA.finditer(body):
        if (end := _SCRIPT_END.search(body, script.end())) is None:
            break
        yield from _below(load_linked_data(body[script.end() : end.start()]))


def _below(value: object) -> Iterator[dict[str, Any]]:
    for entry in inside(value):
        yield from _below(entry)
    if isinstance(value, dict):
        yield value
