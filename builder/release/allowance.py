"""How many characters of an article are shown, and whether more may be. Imports nothing of the project.

Counted are the code points of its text that somebody could fill in who has the release: the spans of every text
that is shown, and every place in the text where the same words stand, whatever their case and white space. A code point
counts once. Words that stand in no text (a headline, a byline) count by their length.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Spans = Sequence[tuple[int, int]]


@dataclass(slots=True)
class Allowance:
    """One withheld article: its text, how many characters may be shown, which code points are, and how many beside."""

    text: str
    quotable: int
    covered: bytearray = field(init=False)
    beside: int = 0

    def __post_init__(self) -> None:
        self.covered = bytearray(len(self.text))

    def places(self, words: str) -> Spans:
        """Where the words stand in the text.

        >>> Allowance("The port.  the  port", 0).places("the port")
        [(0, 8), (11, 20)]
        """
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        if not pattern:
            return []
        return [match.span(1) for match in re.finditer(f"(?=({pattern}))", self.text, re.IGNORECASE)]

    def cost(self, spans: Spans, beside: int) -> int:
        """How many characters more would be shown."""
        new = {at for start, end in spans for at in range(start, end) if not self.covered[at]}
        return len(new) + beside

    def left(self) -> int:
        """How many characters may still be shown."""
        return self.quotable - self.beside - sum(self.covered)

    def take(self, spans: Spans, beside: int) -> None:
        """Count them as shown."""
        self.beside += beside
        for start, end in spans:
            self.covered[start:end] = b"\1" * (end - start)


def show(
    allowances: Mapping[str, Allowance],
    articles: Iterable[str],
    words: Sequence[str],
    own: tuple[str, Spans] | None = None,
    beside: Mapping[str, int] | None = None,
) -> bool:
    """Whether the words may be shown, which then counts in all of the `articles`: all words or none.

    `own` is the article in whose spans they stand; `beside` says how much they count in an article whose text does not
    hold them.
    """
    wanted = {}
    for article in articles:
        allowance = allowances[article]
        spans = [place for one in words for place in allowance.places(one)]
        if own is not None and article == own[0]:
            spans += own[1]
        wanted[article] = (spans, (beside or {}).get(article, 0))
        if allowance.cost(*wanted[article]) > allowance.left():
            return False
    for article, (spans, extra) in wanted.items():
        allowances[article].take(spans, extra)
    return True
