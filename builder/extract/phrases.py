"""Lists of English words and phrases, and where a text holds them. Reads the package's own `lexicon/*.toml`.

An entry is written in its dictionary form; its first word is found in every inflection (`take aim at` finds “took
aim at”). Adverbs may stand between an entry's words; a table made with `gap` also lets that many other words stand
there (“took careful aim at”). Inflecting what is
listed, instead of reducing what is read, needs no dictionary of English and never guesses a word nobody listed.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*", re.UNICODE)
_CLITIC = re.compile(r"(?<=[a-z])(?:'(?:s|re|ve|ll|d|m)|n't|(?<=can)not)$")
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: where it stands, and itself in lower case with straight apostrophes."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Words `first` to `last` (numbers, inclusive) of a text are `phrase`, which stands in the list `label`."""

    first: int
    last: int
    label: str
    phrase: str


def read_lexicon(name: str) -> dict[str, list[str]]:
    """The lists of `lexicon/<name>.toml`."""
    found: dict[str, list[str]] = tomllib.loads(
        (files("builder.extract") / "lexicon" / f"{name}.toml").read_text("utf-8")
    )
    return found


def read_words(name: str) -> dict[str, frozenset[str]]:
    """The lists of `lexicon/<name>.toml` as sets, for words that are looked up one by one."""
    return {label: frozenset(words) for label, words in read_lexicon(name).items()}


def words_of(text: str) -> list[Token]:
    """The words of `text`; a verb's short form after an apostrophe is a word of its own, and so is a short “not”.

    >>> [token.word for token in words_of("She’ll say it isn’t Ann's.")]
    ['she', "'ll", 'say', 'it', 'is', 'not', 'ann', "'s"]
    """
    tokens = []
    for match in _WORD.finditer(text):
        word = match[0].casefold().replace("’", "'") if match[0].isascii() or "’" in match[0] else match[0].lower()
        clitic = _CLITIC.search(word)
        if clitic is None or len(word) != match.end() - match.start():  # case folding can change the length: ß, ŉ
            tokens.append(Token(match.start(), match.end(), word))
        else:
            cut = match.start() + clitic.start()
            tokens.append(Token(match.start(), cut, word[: clitic.start()]))
            tokens.append(Token(cut, match.end(), "not" if clitic[0] == "n't" else clitic[0]))
    return tokens


# An entry of a table: its place in the lists, its list, the forms of the words after its first, itself.
_Entry = tuple[int, str, tuple[tuple[str, ...], ...], str]


class PhraseTable:
    """Several lists in one, to be looked up in one pass over a text's words.

    Entries of several words are found by their first two: “be” alone begins hundreds.
    """

    def __init__(self, lists: Mapping[str, Iterable[str]], gap: int = 0) -> None:
        self._gap = gap
        self._alone: dict[str, list[_Entry]] = {}
        self._joined: dict[str, dict[str, list[_Entry]]] = {}
        place = 0
        for label, phrases in lists.items():
            for phrase in phrases:
                first, *others = phrase.split()
                negated = first == "not"  # the word after it is the one that is inflected
                rest = tuple(inflections(w) if negated and n == 0 else (w,) for n, w in enumerate(others))
                for form in (first,) if negated else inflections(first):
                    self._add(form, (place, label, rest, phrase))
                    place += 1

    def _add(self, form: str, entry: _Entry) -> None:
        if not entry[2]:
            self._alone.setdefault(form, []).append(entry)
        for second in entry[2][0] if entry[2] else ():
            self._joined.setdefault(form, {}).setdefault(second, []).append(entry)

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Every hit, in the order of its first word; overlapping ones included."""
        hits: list[Hit] = []
        for number, token in enumerate(tokens):
            alone, joined = self._alone.get(token.word), self._joined.get(token.word)
            found = [(place, number, label, phrase) for place, label, _, phrase in alone] if alone else []
            for place, label, rest, phrase in self._begun(joined, tokens, number) if joined else ():
                last = _match_rest(tokens, number, rest, 0 if phrase.startswith("be ") else self._gap)
                if last is not None:
                    found.append((place, last, label, phrase))
            if found:
                hits.extend(Hit(number, last, label, phrase) for _, last, label, phrase in sorted(set(found)))
        return hits

    def _begun(self, joined: Mapping[str, list[_Entry]], tokens: Sequence[Token], number: int) -> list[_Entry]:
        """The entries whose second word stands near enough behind the word of that number; one may come twice."""
        found: list[_Entry] = []
        skipped = 0
        for at in range(number + 1, len(tokens)):
            word = tokens[at].word
            if word in joined:
                found += joined[word]
            skipped += not _may_stand_between(word)
            if skipped > self._gap:
                break
        return found


def _match_rest(tokens: Sequence[Token], number: int, rest: tuple[tuple[str, ...], ...], gap: int) -> int | None:
    """The number of the last word of an entry that began at `number`, None where it does not go on."""
    for forms in rest:
        skipped = 0
        number += 1
        while number < len(tokens) and tokens[number].word not in forms:
            word = tokens[number].word
            skipped += not _may_stand_between(word)
            if skipped > gap:
                return None
            number += 1
        if number >= len(tokens):
            return None
    return number


def _may_stand_between(word: str) -> bool:
    return word.endswith("ly") or word in _grammar()["adverbs"]


@cache
def _grammar() -> dict[str, frozenset[str]]:
    return read_words("grammar")


@cache
def _irregular() -> dict[str, list[str]]:
    return read_lexicon("irregular")


def inflections(word: str) -> tuple[str, ...]:
    """The word with the forms that a verb (or a noun's plural) of that spelling takes, without repetition.

    >>> inflections("deny"), inflections("think")
    (('deny', 'denies', 'denied', 'denying'), ('think', 'thinks', 'thinking', 'thought'))
    """
    irregular = _irregular().get(word)
    if irregular is not None and word in {"be", "have", "do"}:
        return (word, *irregular)
    s = _with_s(word)
    ing = _stem(word, "ing") + "ing"
    past = irregular if irregular is not None else [_stem(word, "ed") + "ed"]
    return tuple(dict.fromkeys((word, s, *([ing] if irregular else []), *past, *([] if irregular else [ing]))))


def _with_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _stem(word: str, ending: str) -> str:
    """What the ending is put to: denied, denying; hoped, hoping; banned; agreed, agreeing."""
    if word.endswith("y") and word[-2:-1] not in _VOWELS and ending == "ed":
        return word[:-1] + "i"
    if word.endswith("ie") and ending == "ing":
        return word[:-2] + "y"
    if word.endswith("e") and (ending == "ed" or not word.endswith(("ee", "oe", "be"))):
        return word[:-1]
    if word in _grammar()["doubling"] or re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", word):
        return word + word[-1]
    return word
