"""Words that a line's end broke. Imports `builder.normalize.traced`.

"govern- ment" is put together only where the article itself has the word, whole or hyphenated, somewhere else: "two-
and three-year terms" is no broken word, and which hyphens are the typesetter's cannot be told from the word alone.
"""

import re

from builder.normalize.traced import Traced, concatenate

_BROKEN = re.compile(r"(?<![\w-])(?P<head>[^\W\d_]{2,})(?P<break>[-\u2010] )(?P<tail>[^\W\d_]{2,})(?![\w-])")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


def join_broken_words(traced: Traced) -> Traced:
    """The text with the words joined that it holds unbroken elsewhere; a hyphen stays where it has one there.

    >>> from builder.normalize.traced import trace
    >>> join_broken_words(trace("The govern- ment, a well- known one, fell. No government is well-known.")).text
    'The government, a well-known one, fell. No government is well-known.'
    """
    broken = list(_BROKEN.finditer(traced.text))
    if not broken:
        return traced
    known = {word.casefold() for word in _WORD.findall(traced.text)}
    parts: list[Traced] = []
    end = 0
    for match in broken:
        hyphen = match["break"][0]
        if (match["head"] + hyphen + match["tail"]).casefold() in known:
            kept = match.start("break") + 1
        elif match["tail"].islower() and (match["head"] + match["tail"]).casefold() in known:
            kept = match.start("break")
        else:
            continue
        parts.append(traced[end:kept])
        end = match.end("break")
    return concatenate([*parts, traced[end:]], "")
