"""How far a claim states something specific that a record could settle. Imports `clauses` and `phrases`.

A sum of weights that a reader can follow, not a model: what is countable, dated, named or past counts for it; feeling,
wishing, asking and telling the future count against it. Weights were set by eye on half of PoliClaim's golden part.
"""

import re

from builder.extract.phrases import PhraseTable, Token, read_lexicon, words_of

_START = 0.35
_KINDS = {
    "assertion": 0.10, "accusation": 0.18, "denial": 0.12, "refusal": 0.0, "support": -0.08, "criticism": -0.05, "warning": -0.08,
    "assessment": -0.08, "commitment": -0.12, "demand": -0.15, "threat": -0.12, "prediction": -0.15, "question": -0.2,
}  # fmt: skip
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?|billions?|half|percent|quarter|third|double[ds]?|twice)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:last|this) (?:year|month|week)\b|\byesterday\b|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
)
_NAME = re.compile(r"(?<=[a-z0-9,’'\"”] )[“\"‘]?(?!I\b|I['’])[A-Z][\w.&’'-]+")
_COMPARED = frozenset(
    "more less fewer most least highest lowest largest biggest first only every majority increased decreased rose fell grew cut record".split()
)
_FEELING = PhraseTable(read_lexicon("feelings"))
_PAST = frozenset(
    "was were had did went came took made gave got said told found won lost paid left met saw voted began became fell rose grew sent spent built brought held ran knew kept led put".split()
)
_HAVE = frozenset({"has", "have", "'ve"})
_FUTURE = frozenset("will 'll shall should must would could can may might let".split())


def checkworthiness(content: str, kind: str) -> float:
    """0 to 1: how far `content`, a claim of this kind, is specific and could be settled.

    >>> checkworthiness("The city spent $4 million on Elm Street in 2014.", "assertion") > checkworthiness("I love it here.", "support")
    True
    """
    tokens = words_of(content)
    if len(tokens) < 3:
        return 0.05
    score = _START + _KINDS.get(kind, 0.0)
    score += 0.2 * bool(_NUMBER.search(content)) + 0.1 * bool(_YEAR.search(content))
    score += min(0.06 * len(_NAME.findall(content)), 0.18)
    score += 0.18 * _is_past(tokens) + 0.08 * any(token.word in _COMPARED for token in tokens)
    score -= 0.2 * bool(_FEELING.find(tokens)) + 0.12 * any(token.word in _FUTURE for token in tokens)
    score -= 0.1 * (len(tokens) < 8) + 0.25 * content.rstrip(" ”\"'’").endswith("?")
    return round(min(max(score, 0.0), 1.0), 3)


def _is_past(tokens: list[Token]) -> bool:
    """Whether something in it is told as done: a past tense or a perfect."""
    for number, token in enumerate(tokens):
        if token.word in _PAST or (len(token.word) > 4 and token.word.endswith("ed")):
            return True
        if token.word in _HAVE and number + 1 < len(tokens) and tokens[number + 1].word in {"been", "become", "seen"}:
            return True
    return False
