"""JSON-LD out of a page's scripts. Imports nothing of the project."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

# An escape of half a pair without its other half is no character: it could not be written anywhere.
_HALF_PAIR = re.compile(
    r"(?i)\\u(?:d[89ab][0-9a-f]{2}(?!\\ud[c-f][0-9a-f]{2})|(?<!\\ud[89ab][0-9a-f]{2}\\u)d[c-f][0-9a-f]{2})"
)
# No page needs more; what is deeper is read by no function that calls itself.
_DEEPEST = 100
# What old pages put around a script to hide it from older browsers.
_WRAPPING = re.compile(
    r"^(?:(?://|/\*)\s{0,9})?(?:<!\[CDATA\[|<!--)(?:\s{0,9}\*/)?|(?:(?://|/\*)\s{0,9})?(?:\]\]>|-->)(?:\s{0,9}\*/)?$"
)


def load_linked_data(script: str) -> object:
    r"""The value of a JSON-LD script; None where it cannot be read, as on many pages.

    >>> load_linked_data('{"headline": "Gate \\ud800shut"}'), load_linked_data('<!-- {"a": 1} -->')
    ({'headline': 'Gate �shut'}, {'a': 1})
    >>> load_linked_data('["\\ud83d\\udea2"]'), load_linked_data("{") is None
    (['🚢'], True)
    """
    try:
        value = json.loads(_HALF_PAIR.sub(r"\\ufffd", _WRAPPING.sub("", script.strip())), strict=False)
    except (ValueError, RecursionError):
        return None
    return value if _is_shallow(value) else None


def linked_values(tree: Any) -> Iterator[object]:
    """What each JSON-LD script of a page, given as lxml's tree, holds."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text:
            yield load_linked_data(script.text)


def _is_shallow(value: object) -> bool:
    """Whether whoever walks through a value comes to an end before Python's stack does."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for outer in level for inner in inside(outer)]
        if not level:
            return True
    return False


def inside(value: object) -> Iterable[object]:
    """The values right below an object or a list; none below anything else."""
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
