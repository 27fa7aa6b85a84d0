"""An attribution's content, which may stand in several pieces, as one text to look for clauses in.

Imports `attribution`, `clause_heads`, `phrases`, `quotations`, `sentences`, `speech`.
"""

import re
from collections.abc import Sequence

from builder.extract.attribution import Span
from builder.extract.clause_heads import is_sentence
from builder.extract.phrases import words_of
from builder.extract.quotations import find_quotations
from builder.extract.sentences import split_sentences
from builder.extract.speech import claims_something

_STOP = re.compile(r"(?:[.!?…][\"'”’»)\]]*|\n)\s*$")
# What may stand between the beginning of a sentence and a quotation that is a clause of its own.
_LEADS = frozenset({"", "that"})
_LOOSE = " \t\n\r,;:—–-"


class JoinedContent:
    """The pieces joined by single spaces: `text`, whose offsets `spans` takes back to the article's text."""

    def __init__(self, article: str, content: Sequence[Span]) -> None:
        """`content`: the pieces, in the article's order."""
        self._article, self._content = article, content
        self.text = " ".join(article[start:end] for start, end in content)
        self._offsets = [sum(e - s + 1 for s, e in content[:number]) for number in range(len(content))]
        self._marked = [
            (q.start + offset, q.end + offset, q.is_open)
            for offset, (start, end) in zip(self._offsets, content, strict=True)
            for q in find_quotations(article[start:end])
            if not q.is_unmarked
        ]
        self._nested = [
            (q.start + first + 1, q.end + first + 1)
            for first, last, _ in self._marked
            for q in find_quotations(self.text[first + 1 : last - 1])
            if not q.is_unmarked
        ]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The stretch of `text` as spans of the article's text."""
        found = []
        for offset, (first, last) in zip(self._offsets, self._content, strict=True):
            s, e = max(start - offset, 0) + first, min(end - offset + first, last)
            if s < e:
                found.append((s, e))
        return tuple(found)

    def sentences(self) -> list[Span]:
        """The sentences as stretches of `text`; one that claims nothing, a greeting or a fragment, goes with another.

        A piece goes on with the sentence before it, unless that ended there or between the pieces.
        """
        found: list[Span] = []
        ended = 0
        for offset, (start, end) in zip(self._offsets, self._content, strict=True):
            goes_on = bool(found) and not _STOP.search(self._article, max(ended - 3, 0), start)
            for s, e in split_sentences(self._article[start:end]):
                if goes_on or (found and self.is_quoted_within(found[-1][0], s + offset)):
                    found[-1] = found[-1][0], e + offset
                else:
                    found.append((s + offset, e + offset))
                goes_on = False
            ended = end
        return self._that_claim(found)

    def is_quoted(self, at: int) -> bool:
        """Whether a quotation holds that place."""
        return any(first < at < last for first, last, _ in self._marked)

    def is_quoted_within(self, start: int, at: int) -> bool:
        """Whether a quotation holds that place which is only a part of the sentence that begins at `start`."""
        ends = {last + 1 for _, last, _ in self._marked}
        # What opens a piece behind a quotation goes on with that: a tag stood between them.
        parted = [(first, last) for first, last, _ in self._marked if first not in ends or first not in self._offsets]
        marked = [*self._nested, *parted]
        return any(
            start < first < at < last and self.text[start:first].strip().casefold() not in _LEADS
            for first, last in marked
        )

    def trimmed(self, start: int, end: int) -> Span:
        """The stretch without what joins it to others, and without a mark whose other half is outside."""
        start, end = self._tight(start, end)
        for first, last, is_open in self._marked:
            if first == end - 1:  # of the quotation only its mark is inside
                end = first
            elif last == start + 1:
                start = last
            elif start == first and end < last:
                start += 1
            elif end == last and start > first and not is_open:
                end -= 1
        return self._tight(start, end)

    def _tight(self, start: int, end: int) -> Span:
        words = self.text[start:end]
        return end - len(words.lstrip(_LOOSE)), start + len(words.rstrip(_LOOSE))

    def _that_claim(self, sentences: Sequence[Span]) -> list[Span]:
        found: list[Span] = []
        is_waiting = False  # the first ones claim nothing so far
        for start, end in sentences:
            claims = claims_something(self.text[start:end]) and is_sentence(words_of(self.text[start:end]))
            if found and (is_waiting or not claims):
                found[-1] = found[-1][0], end
                is_waiting = is_waiting and not claims
            else:
                found.append((start, end))
                is_waiting = not claims
        return found
