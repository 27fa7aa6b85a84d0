"""How far a claim states something specific that a record could settle. Imports `builder.extract.phrases`.

A sum of weights that a reader can follow, not a model: what is countable, dated, named or past counts for it; feeling,
wishing, asking and telling the future count against it. Weights were set by eye on half of PoliClaim's golden part.
"""

import re

from builder.extract.phrases import PhraseTable, Token, read_lexicon, read_words, words_of

_START = 0.35
_KINDS = {
    "accusation": 0.18,
    "denial": 0.12,
    "assertion": 0.10,
    "refusal": 0.0,
    "criticism": -0.05,
    "support": -0.08,
    "warning": -0.08,
    "assessment": -0.08,
    "commitment": -0.12,
    "threat": -0.12,
    "demand": -0.15,
    "prediction": -0.15,
    "question": -0.2,
}
_COUNTED, _DATED, _NAMED, _MOST_NAMED, _TOLD_AS_DONE, _COMPARED = 0.2, 0.1, 0.06, 0.18, 0.18, 0.08
_FELT, _TO_COME, _SHORT, _ASKED = 0.2, 0.12, 0.1, 0.25

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


def checkworthiness(content: str, kind: str) -> float:
    """0 to 1: how far `content`, a claim of this kind, is specific and could be settled.

    >>> checkworthiness("The city spent $4 million in 2014.", "assertion")
    0.83
    """
    tokens = words_of(content)
    if len(tokens) < 3:
        return 0.05
    score = _START + _KINDS.get(kind, 0.0)
    score += _COUNTED * bool(_NUMBER.search(content)) + _DATED * bool(_DATE.search(content))
    score += min(_NAMED * len(_NAME.findall(content)), _MOST_NAMED)
    score += _TOLD_AS_DONE * _is_past(tokens) + _COMPARED * _holds(tokens, "comparisons")
    score -= _FELT * bool(_FEELINGS.find(tokens)) + _TO_COME * _holds(tokens, "future")
    score -= _SHORT * (len(tokens) < 8) + _ASKED * content.rstrip(" ”\"'’").endswith("?")
    return round(min(max(score, 0.0), 1.0), 3)


def _holds(tokens: list[Token], label: str) -> bool:
    return any(token.word in _WORDS[label] for token in tokens)


def _is_past(tokens: list[Token]) -> bool:
    """Whether something in it is told as done: a past tense or a perfect."""
    for number, token in enumerate(tokens):
        if token.word in _WORDS["past"] or (len(token.word) > 4 and token.word.endswith("ed")):
            return True
        if (
            token.word in {"has", "have", "'ve"}
            and number + 1 < len(tokens)
            and tokens[number + 1].word in {"been", "become", "seen"}
        ):
            return True
    return False
