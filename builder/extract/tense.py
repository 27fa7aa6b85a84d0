"""Whether what is said of a time has happened or is to come. Imports `phrases`.

Told from the nearest verb before the time in its clause, else from the first one after it: tense and auxiliaries,
modals, infinitives of what is wanted or planned. The words are data (`lexicon/tense.toml`, `irregular.toml`).
"""

import re
from collections.abc import Sequence
from functools import cache

from builder.extract.phrases import read_lexicon, read_words, words_of

_ENDS = re.compile(r"[.;:!?](?=[\s”’\"')]|$)|\n")
_TO_NAME = re.compile(r"\bto(?= [A-Z])")
_WORDS = read_words("tense")


def direction(before: str, after: str) -> str | None:
    """`past` or `ahead`, by the words before and after a time; None where they do not tell.

    >>> direction("She resigned on ", "."), direction("On ", " she will resign."), direction("on ", "")
    ('past', 'ahead', None)
    """
    ends = [end.end() for end in _ENDS.finditer(before)]
    clause = before[ends[-1] if ends else 0 :]
    words = _verbs_words(clause)
    for at in range(len(words) - 1, -1, -1):
        told = _told(words, at)
        if told:
            return told if told != "neither" else None
    end = _ENDS.search(after)
    words = _verbs_words(after[: end.start() if end else len(after)])
    for at in range(len(words)):
        told = _told(words, at)
        if told:
            return told if told != "neither" else None
    return None


def _verbs_words(clause: str) -> list[str]:
    """The words of a clause; the “to” before a name leads to no verb."""
    return [token.word for token in words_of(_TO_NAME.sub("toward", clause))]


def _told(words: Sequence[str], at: int) -> str | None:
    """What one word tells: past, ahead, neither (it has no tense that would tell); None for no verb that counts."""
    word = words[at]
    following = words[at + 1 : at + 3]
    if word == "to":
        return _infinitive(words, at)
    if word == "going" and following[:1] == ["to"]:
        return "ahead"
    if word in _WORDS["ahead"] or (word == "could" and "have" in following):
        return "past" if "have" in following and word not in {"will", "'ll", "shall"} else "ahead"
    if word in _WORDS["planned"] or (word in {"set", "left"} and following[:1] == ["for"]):
        return "neither" if {*words[max(0, at - 2) : at]} & {"was", "were", "had"} else "ahead"
    if word in _WORDS["past"]:
        return "past"
    if word in _WORDS["neither"]:
        return "ahead" if any(next_word.endswith("ing") for next_word in following[:1]) else "neither"
    if is_past(word):
        return _participle(words, at)
    return None


def _participle(words: Sequence[str], at: int) -> str | None:
    """A past tense, or a participle: none of its own after “be”, an adjective after an article."""
    earlier = [word for word in words[max(0, at - 3) : at] if word != "not" and not word.endswith("ly")][-1:]
    if earlier and earlier[0] in _WORDS["passive"] | _WORDS["determiners"]:
        return None
    return "past"


def _infinitive(words: Sequence[str], at: int) -> str | None:
    """“To pay” is to come, but for what happened (“failed to pay”, “is said to have paid”)."""
    following = [word for word in words[at + 1 : at + 4] if word != "not"]
    governors = words[max(0, at - 2) : at]
    if not following or following[0] in _WORDS["not_infinitive"] | _WORDS["nouns"] or following[0][:1].isdigit():
        return None
    if governors[-1:] and governors[-1] in _WORDS["no_to"]:
        return None
    if following[0] == "have" and following[1:2] and (is_past(following[1]) or following[1] == "been"):
        return "past"
    if governors[-1:] and governors[-1] in _WORDS["happened"]:
        return "past"
    return "neither" if "had" in governors else "ahead"


def is_past(word: str) -> bool:
    """Whether a word, in lower case, looks like a verb's past tense or participle and like no other form.

    >>> is_past("resigned"), is_past("took"), is_past("hundred")
    (True, True, False)
    """
    if word in _WORDS["not_past"] | _WORDS["unsure"]:
        return False
    return (len(word) > 3 and word.endswith("ed")) or word in _irregular_pasts()


@cache
def _irregular_pasts() -> frozenset[str]:
    """Pasts and participles of the irregular verbs, without those that look like another form."""
    forms = {form for verb, past in read_lexicon("irregular").items() if verb not in {"be", "do"} for form in past}
    return frozenset(forms - set(read_lexicon("irregular")) - _WORDS["unsure"])
