"""One article while its actors are told apart: where everybody was mentioned, and who is on the reader's mind.

Imports `cast`, `sentences`, `nominals`, `lexicon` and `builder.extract.quotations`.
"""

import re
from bisect import bisect_left, insort
from dataclasses import dataclass, field
from itertools import pairwise

from builder.extract.quotations import quoted_mask
from builder.resolve.actor import Mention
from builder.resolve.authority import Authority
from builder.resolve.cast import Cast, Draft
from builder.resolve.lexicon import word_set
from builder.resolve.names import NameMention
from builder.resolve.nominals import Nominal, read_nominal
from builder.resolve.sentences import sentence_of, sentence_starts

# Weights of a mention for what a later pronoun means, chosen on 100 labelled articles.
_SUBJECT, _OBJECT, _POSSESSOR, _SPEAKER = 1.2, 0.4, 0.8, 1.5
_FADE = 0.5
_REACH = 6
_AND = re.compile(r"\s+and\s+(?:[\w.]+\s+){0,2}")
_BEFORE_OBJECT = word_set(
    "of in for by with to from on against about over at like than between and toward towards behind versus vs"
)


@dataclass(frozen=True, slots=True, order=True)
class Trace:
    """At `start`, in `sentence`, actor `number` was on the reader's mind, that much."""

    start: int
    sentence: int
    number: int
    weight: float


@dataclass(slots=True)
class Scene:
    """The article's text and its cast; `traces` are in the text's order, `mentions` as they were found.

    `joined` are actors named together ("Orm and Vik"), from where they are.
    """

    text: str
    authority: Authority
    cast: Cast
    starts: list[int] = field(init=False)
    quoted: bytearray = field(init=False)
    traces: list[Trace] = field(default_factory=list)
    mentions: dict[tuple[int, int], Mention] = field(default_factory=dict)
    joined: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    _spans: list[tuple[int, int]] = field(default_factory=list)
    _nominals: dict[str, Nominal | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Trace the names."""
        self.starts = sentence_starts(self.text)
        self.quoted = quoted_mask(self.text)
        for mention, number in self.cast.names:
            self.mentions[mention.start, mention.end] = Mention(mention.start, mention.end, "name", number)
            self.traces.append(self._trace(mention.start, number, self.weight_at(mention.start, mention.end)))
        for mention, number in self.cast.peoples:
            self.mentions[mention.start, mention.end] = Mention(mention.start, mention.end, "name", number)
            self.traces.append(self._trace(mention.start, number, 0.5 * self.weight_at(mention.start, mention.end)))
        self.traces.sort()
        self._spans = sorted(self.mentions)
        for (one, first), (other, second) in pairwise(self.cast.names):
            kinds = {self.draft(first).kind, self.draft(second).kind}
            if first != second and len(kinds) == 1 and _AND.fullmatch(self.text, one.end, other.start):
                self.joined.append((one.start, (first, second)))

    def _trace(self, start: int, number: int, weight: float) -> Trace:
        return Trace(start, sentence_of(self.starts, start), number, weight)

    def weight_at(self, start: int, end: int) -> float:
        """What a mention weighs: a subject most, which opens the sentence or has no preposition before it."""
        sentence = self.sentence_start(start)
        before = self.text[sentence:start].split()
        if re.match(r"['’]s?\b", self.text[end : end + 3]):
            return _POSSESSOR
        if before and before[-1].casefold().strip('("“,') in _BEFORE_OBJECT:
            return _OBJECT
        return _SUBJECT if len(before) <= 4 else 0.9

    def note(self, start: int, end: int, mention_type: str, number: int | None, weight: float = 0.8) -> None:
        """Record a mention that is no name, and that its actor is on the reader's mind."""
        if (start, end) not in self.mentions:
            self.mentions[start, end] = Mention(start, end, mention_type, number)
            insort(self._spans, (start, end))
        if number is not None:
            self.remember(start, number, weight)

    def remember(self, start: int, number: int, weight: float = _SPEAKER) -> None:
        """Have an actor on the reader's mind from `start` on: by default, as the source of an attribution."""
        insort(self.traces, self._trace(start, number, weight))

    def salience(self, before: int) -> dict[int, float]:
        """How much each actor is on the reader's mind right before an offset, from the last few sentences."""
        here = sentence_of(self.starts, before)
        found: dict[int, float] = {}
        at = bisect_left(self.traces, Trace(before, -1, -1, 0.0)) - 1
        while at >= 0 and here - self.traces[at].sentence <= _REACH:
            trace = self.traces[at]
            found[trace.number] = found.get(trace.number, 0.0) + trace.weight * _FADE ** (here - trace.sentence)
            at -= 1
        return found

    def sentence_start(self, offset: int) -> int:
        """Where the sentence begins that an offset lies in."""
        return self.starts[sentence_of(self.starts, offset)]

    def latest_joined(self, before: int) -> tuple[int, ...]:
        """Actors last named together in the last few sentences, if no group was on the reader's mind after them."""
        here = sentence_of(self.starts, before)
        for start, numbers in sorted(self.joined, reverse=True):
            if start < before and here - sentence_of(self.starts, start) <= 3:
                between = self.traces[bisect_left(self.traces, Trace(start, -1, -1, 0.0)) :]
                is_latest = not any(t.start < before and self.draft(t.number).is_plural for t in between)
                return numbers if is_latest else ()
        return ()

    def names_in(self, start: int, end: int) -> list[tuple[NameMention, int]]:
        """The names inside text[start:end]."""
        at = bisect_left(self.cast.names, start, key=lambda pair: pair[0].start)
        found = []
        while at < len(self.cast.names) and self.cast.names[at][0].start < end:
            found.append(self.cast.names[at])
            at += 1
        return found

    def draft(self, number: int) -> Draft:
        """The actor of that number."""
        return self.cast.drafts[number]

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """All mentions recorded so far inside text[start:end], in the text's order."""
        at, found = bisect_left(self._spans, (start, -1)), []
        while at < len(self._spans) and self._spans[at][0] < end:
            if self._spans[at][1] <= end:
                found.append(self.mentions[self._spans[at]])
            at += 1
        return found

    def nominal_of(self, draft: Draft) -> Nominal | None:
        """The noun phrase that an actor came in as."""
        phrase = next(iter(draft.forms))
        if phrase not in self._nominals:
            self._nominals[phrase] = read_nominal(phrase)
        return self._nominals[phrase]
