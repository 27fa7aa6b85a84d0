"""A second verb of saying inside a content: “denied | the charge and accused the bank of lying”.

It repeats the form of the cue's verb behind a conjunction, and nothing in the content before it has that form: else it
may go on with that instead (“said | the mayor denied the charge and accused the bank”). Imports `clause_heads`,
`phrases`, `tense`.
"""

from collections.abc import Sequence
from functools import cache

from builder.extract.clause_heads import WORDS, after_adverbs, is_finite
from builder.extract.phrases import Token, inflections, read_words
from builder.extract.tense import is_past

_UNSURE = read_words("tense")["unsure"] - {"has", "'ve"}
_BASE, _THIRD, _GERUND, _PAST = "base", "third", "gerund", "past"
# Words before a cue's verb that show its plain form.
_WITH_BASE = frozenset({"to", "will", "would", "'ll", "'d", "can", "could", "may", "might", "must", "shall", "should"})
_PERFECT = frozenset({"had", "has", "have"})
_PASSIVE_BEFORE = frozenset({"to", "of", "by"})
_NO_GERUNDS = frozenset({"during", "morning", "evening", "something", "nothing", "anything", "everything", "king"})
_FEWEST_BEFORE, _FEWEST_BEHIND = 2, 3


def form_of_cue(cue: Sequence[Token]) -> str | None:
    """The form of the cue's verb, its last word that can be one; None where there is none.

    >>> from builder.extract.phrases import words_of
    >>> [form_of_cue(words_of(cue)) for cue in ("flatly denied", "denies", "would deny", "critics of")]
    ['past', 'third', 'base', None]
    """
    for number in range(len(cue) - 1, -1, -1):
        word = cue[number].word
        if word in _saying():
            form = _saying()[word]
            before = cue[number - 1].word if number else ""
            return form if form != _BASE or before in _WITH_BASE else None
        if is_past(word):
            return _PAST
    return None


def find_second_cue(words: Sequence[Token], form: str) -> tuple[int, int] | None:
    """The numbers of the conjunction and of the verb behind it, of the first that repeats the form; None without.

    >>> from builder.extract.phrases import words_of
    >>> text = "the charge and later accused the bank of lying"
    >>> find_second_cue(words_of(text), "past")
    (2, 4)
    """
    for number in range(_FEWEST_BEFORE, len(words) - _FEWEST_BEHIND + 1):
        if words[number].word not in WORDS["conjunctions"]:
            continue
        verb = after_adverbs(words, number + 1)
        if verb < len(words) and words[verb].word in _PERFECT:
            verb = after_adverbs(words, verb + 1)
        if verb + _FEWEST_BEHIND > len(words) or _saying().get(words[verb].word) != form:
            continue
        if not _is_passive(words, verb) and not _has_rival(words[:number], form):
            return number, verb
    return None


def _is_passive(words: Sequence[Token], verb: int) -> bool:
    """Whether the verb lacks the object that it wants: “ready and urged to go”."""
    following = words[verb + 1].word
    needs_object = any(words[verb].word in inflections(lemma) for lemma in WORDS["addressing"])
    return following == "by" or (needs_object and following in _PASSIVE_BEFORE)


def _has_rival(words: Sequence[Token], form: str) -> bool:
    """Whether one of the words could be what the second verb is joined to."""
    if any(token.word in WORDS["conditions"] | WORDS["subordinators"] - {"that"} for token in words):
        return True
    if "that" in [token.word for token in words[1:]]:
        return True
    return any(_is_rival(words, number, form) for number in range(len(words)))


def _is_rival(words: Sequence[Token], number: int, form: str) -> bool:
    word, before = words[number].word, words[number - 1].word if number else ""
    if form == _PAST:
        is_attribute = before in WORDS["determiners"] and number + 1 < len(words)
        return (is_past(word) and not is_attribute) or (word in _UNSURE and before in WORDS["subjects"])
    if form == _THIRD:
        is_verb = before in WORDS["subjects"] | WORDS["pronouns"] and word.endswith("s") and word not in {"is", "was"}
        return is_verb or (is_finite(words, number) and word.endswith("s") and word not in {"is", "was", "'s", "does"})
    if form == _GERUND:
        return word.endswith("ing") and word not in _NO_GERUNDS
    return word == "to" or is_finite(words, number)


@cache
def _saying() -> dict[str, str]:
    """The forms of the verbs of saying: base, third person, gerund, past."""
    found: dict[str, str] = {}
    for verb in sorted(WORDS["saying"]):
        for form in inflections(verb):
            if form == verb:
                found[form] = _BASE
            elif form.endswith("ing"):
                found[form] = _GERUND
            else:
                found[form] = _THIRD if form.endswith("s") else _PAST
    return found
