"""How near two claims are in meaning. Imports `builder.extract.phrases`; reads the package's own `meaning.toml`.

A claim is its content words, each with a weight (how much it tells) and a vector (the encoder's, passed in). Words are
aligned: the same lemma, synonyms, forms of one name; else by the square of their vectors' cosine, so that near words
(teachers, nurses) count for less than the same. Similarity is the weighted share of words that have their like, both
ways, less what is put in the place of what. Claims clash, and have no similarity, where one is negated and the other is
not, where one has the opposite of a word of the other, where each has a name that the other lacks, and where one has a
number in whose place the other has anything else.
"""

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from builder.extract.phrases import Token, read_lexicon, words_of

Vectors = Callable[[str], tuple[NDArray[np.float32], float]]

_DIGITS = {
    word: str(number)
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
}
_ORDINALS = {"first", "second", "third", "fourth", "fifth"}
_MONTHS = {
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
}  # fmt: skip
_REVERSING = ("un", "in", "im", "il", "ir", "dis", "non", "non-")
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
# A part of the weight of what is put in another's place: chosen with the threshold, see `groups`.
SUBSTITUTION = 0.45
_ALIKE = 0.999
# Letters that words which begin alike share at least.
_BEGINNING = 5
# A number that has no like clashes with a word of this weight that has none: the one may stand for the other.
_TELLING = 0.6
# One word in common makes no claim of a fragment, unless it is all that both have.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Word:
    """One content word: its lemma, its synonyms' sets, and what else decides whether another is its like."""

    lemma: str
    classes: frozenset[int]
    weight: float
    is_name: bool
    is_number: bool


@dataclass(frozen=True, slots=True)
class Meaning:
    """A claim to be compared: its words, their vectors as float32[n, 384], whether it is negated."""

    words: tuple[Word, ...]
    vectors: NDArray[np.float32]
    is_negated: bool


def read_meaning(text: str, vectors: Vectors) -> Meaning:
    """The content words of a claim; a claim of nothing but grammar keeps all its words."""
    tokens = words_of(text)
    every = [(lemma(token.word), token) for token in tokens]
    lists, synonyms = _lists(), _synonyms()
    units = _units([one for one in every if one[0] not in lists["grammar"]] or every)
    first = tokens[0].start if tokens else 0
    found = [vectors(token.word) for _, token in units]
    words = tuple(
        Word(
            unit,
            synonyms.get(unit, frozenset()),
            weight,
            is_name=text[token.start].isupper() and token.start > first and token.word not in _MONTHS,
            is_number=unit[:1].isdigit() or token.word in _ORDINALS | _MONTHS,
        )
        for (unit, token), (_, weight) in zip(units, found, strict=True)
    )
    matrix = np.array([vector for vector, _ in found], dtype=np.float32)
    return Meaning(words, matrix, any(unit in lists["negators"] for unit, _ in every))


def similarity(one: Meaning, other: Meaning) -> float:
    """0 (nothing in common, or a clash) to 1 (the same words), the same both ways.

    Two claims without a word have nothing in common.
    """
    if one.is_negated != other.is_negated or not one.words or not other.words:
        return 0.0
    likeness = _align(one, other)
    ours, theirs = likeness.max(axis=1), likeness.max(axis=0)
    in_common = min(int((ours >= _ALIKE).sum()), int((theirs >= _ALIKE).sum()))
    if in_common < min(FEWEST, max(len(one.words), len(other.words))) or _clash(one.words, ours, other.words, theirs):
        return 0.0
    our_weights = np.array([word.weight for word in one.words], dtype=np.float32)
    their_weights = np.array([word.weight for word in other.words], dtype=np.float32)
    mine, yours = _share(our_weights, ours), _share(their_weights, theirs)
    shared = 2 * mine * yours / max(mine + yours, 1e-6)
    lost = min(float((our_weights * (1 - ours)).max()), float((their_weights * (1 - theirs)).max()))
    return max(0.0, round(shared - SUBSTITUTION * lost, 6))


def traits_of(meaning: Meaning) -> frozenset[str]:
    """What two words that are alike have in common: how they begin, or a set of synonyms; each word has some."""
    beginnings = {word.lemma[:_BEGINNING] for word in meaning.words}
    return frozenset(beginnings | {f"set {number}" for word in meaning.words for number in word.classes})


def _share(weights: NDArray[np.float32], likeness: NDArray[np.float32]) -> float:
    return float((weights * likeness).sum() / max(float(weights.sum()), 1e-6))


def _align(one: Meaning, other: Meaning) -> NDArray[np.float32]:
    """How alike every word is to every other, 0 to 1: float32[n, m]."""
    likeness: NDArray[np.float32] = np.maximum(one.vectors @ other.vectors.T, 0) ** 2
    for i, ours in enumerate(one.words):
        for j, theirs in enumerate(other.words):
            if _is_like(ours, theirs):
                likeness[i, j] = 1
    return likeness


def _is_like(ours: Word, theirs: Word) -> bool:
    """Of one lemma, synonyms, or long words that begin alike (Norrland, Norrlandic)."""
    if ours.lemma == theirs.lemma or ours.classes & theirs.classes:
        return True
    shorter, longer = sorted((ours.lemma, theirs.lemma), key=len)
    is_long = len(shorter) >= _BEGINNING and not ours.is_number
    return is_long and longer.startswith(shorter[: max(_BEGINNING, len(shorter) - 2)])


def _clash(
    ours: Sequence[Word], our_likeness: NDArray[np.float32], theirs: Sequence[Word], their_likeness: NDArray[np.float32]
) -> bool:
    """Whether each has a name that the other lacks, one a number for another word, or the opposite of a word."""
    ours_left = [word for word, like in zip(ours, our_likeness, strict=True) if like < _ALIKE]
    theirs_left = [word for word, like in zip(theirs, their_likeness, strict=True) if like < _ALIKE]
    for left, others in ((ours_left, theirs_left), (theirs_left, ours_left)):
        if any(word.is_number for word in left) and any(word.is_number or word.weight > _TELLING for word in others):
            return True
    if any(w.is_name for w in ours_left) and any(w.is_name for w in theirs_left):
        return True
    return any(_is_opposite(word.lemma, other.lemma) for word in ours_left for other in theirs_left)


def _is_opposite(one: str, other: str) -> bool:
    """Listed so, or one is the other with a prefix that turns it round (safe, unsafe)."""
    shorter, longer = sorted((one, other), key=len)
    is_reversed = any(longer.startswith(prefix + shorter[:-1]) for prefix in _REVERSING) or longer == shorter + "less"
    return other in _antonyms().get(one, ()) or (len(shorter) > 3 and is_reversed)


def _units(told: Sequence[tuple[str, Token]]) -> list[tuple[str, Token]]:
    """The lemmas with the word that each begins at; two that the lists know as one phrase are one."""
    synonyms = _synonyms()
    units: list[tuple[str, Token]] = []
    at = 0
    while at < len(told):
        pair = f"{told[at][0]} {told[at + 1][0]}" if at + 1 < len(told) else ""
        if pair in synonyms:
            units.append((pair, told[at][1]))
            at += 2
        else:
            units.append(told[at])
            at += 1
    return units


def lemma(word: str) -> str:
    """What the forms of a word share; no dictionary form, but the same for all of them.

    >>> lemma("confiscated") == lemma("confiscates"), lemma("took"), lemma("denied"), lemma("eleven")
    (True, 'tak', 'deny', '11')
    """
    word = _irregular().get(word, _DIGITS.get(word, word))
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("'s", "ing", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending)
            word = word[:-1] if ending in {"ing", "ed"} and _DOUBLED.search(word) else word
            break
    return word.rstrip("e") if len(word) > 3 else word


@cache
def _file() -> dict[str, list[list[str]] | list[str]]:
    found: dict[str, list[list[str]] | list[str]] = tomllib.loads(
        (files("builder.assemble") / "meaning.toml").read_text("utf-8")
    )
    return found


@cache
def _lists() -> dict[str, frozenset[str]]:
    """The lemmas of negators, and those of all words that carry no claim, negators included."""
    negators = frozenset(lemma(str(word)) for word in _file()["negators"])
    return {"negators": negators, "grammar": negators | {lemma(str(word)) for word in _file()["grammar"]}}


@cache
def _irregular() -> dict[str, str]:
    """The dictionary form of every irregular verb form that belongs to one verb alone."""
    forms: dict[str, str] = {}
    for base, others in sorted(read_lexicon("irregular").items()):
        for form in others:
            forms.setdefault(form, base)
    return {form: base for form, base in forms.items() if form not in read_lexicon("irregular")}


@cache
def _synonyms() -> dict[str, frozenset[int]]:
    """By lemma, the numbers of the sets that it is in."""
    found: dict[str, set[int]] = {}
    for number, words in enumerate(_file()["synonyms"]):
        for word in words:
            found.setdefault(" ".join(map(lemma, word.split())), set()).add(number)
    return {unit: frozenset(numbers) for unit, numbers in found.items()}


@cache
def _antonyms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in _file()["antonyms"]:
        one, other = map(lemma, pair)
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {unit: frozenset(others) for unit, others in found.items()}
