"""How far a claim states something specific that a record could settle. Imports leaves of `builder.extract`.

A logistic regression over words (`weights/worth.tsv`, fitted by `builder.training.worth` on speeches whose sentences
are labelled as stating a factual claim or not: Ni et al., AFaCTA, ACL 2024) and what the encoder's head sees.
"""

import itertools
import math
import re
from collections.abc import Iterator, Mapping

from builder.extract.labels import CLAIM_KINDS
from builder.extract.phrases import PhraseTable, read_lexicon, read_words
from builder.extract.regression import read_regression
from builder.extract.scores import Floats
from builder.extract.wording import Wording

_MODEL = read_regression("worth")
# The words' log odds and the head's are each an opinion on the same question: their sum says it too loudly. Chosen on
# speeches that neither was fitted to (RESULTS.md).
_TOGETHER = 0.6
# Fewer words state nothing that could be settled.
_FEWEST, _NOTHING = 3, 0.05

_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?|billions?|half|percent"
    r"|quarter|third|double[ds]?|twice)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:last|this) (?:year|month|week)\b|\byesterday\b"
    r"|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
)
# A capital inside a sentence, after a word or a mark; “I” is nobody's name.
_NAME = re.compile(r"(?<=[a-z0-9,’'\"”] )[“\"‘]?(?!I\b|I['’])[A-Z][\w.&’'-]+")
_FEELINGS = PhraseTable(read_lexicon("feelings"))
_WORDS = read_words("grammar")
_MOST_NAMED = 3
# Features of cue, source and how they join the content: speeches have none.
_NOT_OF_CONTENT = ("cue", "source", "joint", "infinitive", "rule", "quote", "outside")
_SIGNS = {"number": 2.0}  # rare but telling: held to zero less


def checkworthiness(wording: Wording, said: Mapping[str, float], kinds: Floats, seen: float | None = None) -> float:
    """0 to 1: how probable it is that readers would call the content a factual claim.

    `said`: what `kind_features` finds in the wording; `kinds`: float32[13], the probabilities of the kinds; `seen`: the
    encoder's log odds, None where there are none.
    """
    if len(wording.words) < _FEWEST:
        return _NOTHING
    told = float(_MODEL.scores(worth_features(wording, said, kinds))[0])
    odds = told if seen is None else _TOGETHER * (told + seen)
    return round(1 / (1 + math.exp(-odds)), 3)


def worth_features(wording: Wording, said: Mapping[str, float], kinds: Floats) -> dict[str, float]:
    """What speaks for or against a factual claim: words, numbers, dates, names, tense, the kind."""
    found = {name: value for name, value in said.items() if not name.startswith(_NOT_OF_CONTENT)}
    found |= {f"kind={kind}": float(share) for kind, share in zip(CLAIM_KINDS, kinds, strict=True)}
    words = [token.word for token in wording.words]
    found |= dict.fromkeys((f"word={word}" for word in words if word.isalpha()), 1.0)
    found |= {sign: _SIGNS.get(sign, 1.0) for sign in _signs(wording, words)}
    found["names"] = min(len(_NAME.findall(wording.content)), _MOST_NAMED) / 2
    found["length"] = math.log(1 + len(words))
    return found


def _signs(wording: Wording, words: list[str]) -> Iterator[str]:
    content = wording.content
    tests = {
        "number": _NUMBER.search(content) is not None,
        "date": _DATE.search(content) is not None,
        "past": _is_past(words),
        "future": not _WORDS["future"].isdisjoint(words),
        "compared": not _WORDS["comparisons"].isdisjoint(words),
        "felt": bool(_FEELINGS.find(wording.words)),
        "asked": content.rstrip(" ”\"'’").endswith("?"),
        "opinion": wording.clause.is_opinion,
        "short": len(words) < 8,
    }
    return (sign for sign, holds in tests.items() if holds)


def _is_past(words: list[str]) -> bool:
    """Whether something in it is told as done: a past tense or a perfect."""
    if any(word in _WORDS["past"] or (len(word) > 4 and word.endswith("ed")) for word in words):
        return True
    perfect = itertools.pairwise(words)
    return any(one in {"has", "have", "'ve"} and other in {"been", "become", "seen"} for one, other in perfect)
