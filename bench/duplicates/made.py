"""Articles made of invented words, and copies of them with a known share of their words edited.

The recipe, all of it drawn from one seed: words after Zipf's law from 30,000 invented ones, one in a hundred a numeral;
sentences of 8 to 25 words; articles of 80 to 600 words. An original has one copy, edited by a share drawn evenly from 0
to 60 % in one of four ways:

- `words`: words anywhere replaced by others;
- `sentences`: whole sentences replaced by new ones;
- `cut`: sentences left out, from the end on, as an editor shortens;
- `added`: new sentences put in between.

The share is that of the longer text's words. A pair is a true one where at most a fifth is edited; in the last two ways
always, for there one text holds the other, of which it is never less than two fifths.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

KINDS = ("words", "sentences", "cut", "added")
WORDS = 30_000
MOST_EDITED = 0.6
THRESHOLD = 0.2

Sentences = list[list[str]]


@dataclass(frozen=True, slots=True)
class Pair:
    """An original and its copy, how the copy was edited and how much of the longer one that is."""

    original: str
    copy: str
    kind: str
    edited: float

    @property
    def is_true(self) -> bool:
        """Whether the two are duplicates by the recipe."""
        return self.kind in ("cut", "added") or self.edited <= THRESHOLD


class Writer:
    """Makes articles and copies, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        weights = 1 / np.arange(1, WORDS + 1)
        self._weights = np.cumsum(weights / weights.sum())

    def words(self, n: int) -> list[str]:
        """That many words."""
        numbers = np.searchsorted(self._weights, self._chance.random(n))
        is_numeral = self._chance.random(n) < 0.01
        return [str(1000 + k) if numeral else f"w{k:x}o" for k, numeral in zip(numbers, is_numeral, strict=True)]

    def sentences(self, n_words: int) -> Sentences:
        """Sentences of at least so many words together."""
        made: Sentences = []
        while n_words > 0:
            made.append(self.words(int(self._chance.integers(8, 26))))
            n_words -= len(made[-1])
        return made

    def article(self) -> Sentences:
        """A new article."""
        return self.sentences(int(self._chance.integers(80, 601)))

    def pair(self, kind: str) -> Pair:
        """An article and its copy."""
        original = self.article()
        share = float(self._chance.random()) * MOST_EDITED
        copy, edited = getattr(self, f"_{kind}")(original, share)
        longer = max(_length(original), _length(copy))
        return Pair(_text(original), _text(copy), kind, edited / longer)

    def _words(self, original: Sentences, share: float) -> tuple[Sentences, int]:
        copy = [list(sentence) for sentence in original]
        places = [(n, k) for n, sentence in enumerate(copy) for k in range(len(sentence))]
        chosen = self._chance.choice(len(places), int(share * len(places)), replace=False)
        for number in chosen:
            n, k = places[number]
            copy[n][k] = f"e{number}"
        return copy, len(chosen)

    def _sentences(self, original: Sentences, share: float) -> tuple[Sentences, int]:
        copy, edited = list(original), 0
        for n in self._chance.permutation(len(copy)):
            if edited + len(copy[n]) > share * _length(original):
                break
            edited += len(copy[n])
            copy[n] = self.words(len(copy[n]))
        return copy, edited

    def _cut(self, original: Sentences, share: float) -> tuple[Sentences, int]:
        kept = list(original)
        while len(kept) > 1 and _length(original) - _length(kept[:-1]) <= share * _length(original):
            kept.pop()
        return kept, _length(original) - _length(kept)

    def _added(self, original: Sentences, share: float) -> tuple[Sentences, int]:
        copy, added = list(original), 0
        for sentence in self.sentences(int(share / (1 - share) * _length(original))):
            if added + len(sentence) > share * (_length(copy) + len(sentence)):
                break
            copy.insert(int(self._chance.integers(len(copy) + 1)), sentence)
            added += len(sentence)
        return copy, added


def _length(sentences: Sequence[Sequence[str]]) -> int:
    return sum(map(len, sentences))


def _text(sentences: Sequence[Sequence[str]]) -> str:
    return " ".join(" ".join(sentence).capitalize() + "." for sentence in sentences)
