"""Where sentences end, well enough to measure how far apart two words are. Imports nothing of the project."""

import re
from bisect import bisect_right

_END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9À-Þ])|\n+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"‘'])(?:[A-Za-z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Capt|Sgt|Adm|Prof|Rev|"
    r"Hon|St|Jr|Sr|No|vs|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|Inc|Corp|Co|Ltd|D|R)\.$"
)


def sentence_starts(text: str) -> list[int]:
    """The offsets at which sentences (or lines) begin, ascending, the first 0.

    >>> sentence_starts("Mr. Orm left. She stayed.")
    [0, 14]
    """
    starts = [0]
    for match in _END.finditer(text):
        before = text[max(0, match.start() - 12) : match.start() + 1]
        if "\n" in match[0] or not _ABBREVIATION.search(before):
            starts.append(match.end())
    return starts


def sentence_of(starts: list[int], offset: int) -> int:
    """The number of the sentence that holds `offset`."""
    return bisect_right(starts, offset) - 1
