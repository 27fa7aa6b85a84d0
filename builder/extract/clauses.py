"""The first main clause of a claim: what its kind is read from. Imports `builder.extract.phrases` and `sentences`."""

import re
from dataclasses import dataclass

from builder.extract.phrases import Token, words_of
from builder.extract.sentences import split_sentences

_MARKS = re.compile(r"''|[“”\"«»„]|(?<!\w)[‘']|['’](?!\w)")
_FILLER = re.compile(
    r"\s*(?:…|\.\.\.|that\b|and\b|but\b|so\b|because\b|well\b|look\b|listen\b|now\b|yes\b|no\b(?=,)|oh\b|okay\b"
    r"|frankly\b|honestly\b|again\b|actually\b|you know\b|i mean\b|in fact\b|of course\b|believe me\b|folks\b"
    r"|let me (?:say|tell you|be clear)\b|the (?:fact|truth|reality) is\b)[\s,:]*",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\s*(?:look,? )?(?:I|we) (?:(?:just|really|also|personally|do|honestly) )?"
    r"(?:think|believe|feel|guess|suppose)\b(?: like\b)?(?: that\b)?,?\s+",
    re.IGNORECASE,
)
# “If it rains, we stay”: the clause that is told comes after the comma.
_SUBORDINATE = re.compile(
    r"(?:if|when|whenever|while|as|because|since|although|though|after|before|unless|until|once|given|despite|in|at|on|for|during|"
    r"by|with|under|over|from|without)\b[^,]{3,160},\s+(?=\S+\s+\S)",
    re.IGNORECASE,
)
_END = re.compile(
    r";|\s[—–]\s|\s--\s|,\s(?:but|because|although|though|while|whereas|which|who|"
    r"and (?=I\b|we\b|he\b|she\b|they\b|it\b|you\b))"
)

_PAIR = re.compile(r"[^\W_]\s.*[^\W_]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Clause:
    """A first main clause: its words, the text they come from, and how it was introduced.

    `is_opinion`: “I think that …” stood before it; `is_conditional`: an “if …” did; `sentence` is all of its sentence.
    """

    text: str
    sentence: str
    tokens: tuple[Token, ...]
    is_opinion: bool
    is_conditional: bool


def first_clause(content: str) -> Clause:
    """The first main clause of `content`, without quotation marks, fillers and a subordinate clause before it.

    >>> first_clause("“Well, I think that, if it rains, we should stay, but who knows?” he").text
    'we should stay'
    """
    plain = re.sub(r"\s+", " ", _MARKS.sub("", content)).strip()
    sentences = split_sentences(plain)
    at = next((n for n, (start, end) in enumerate(sentences) if _has_words(plain[start:end])), 0)
    sentence = plain[slice(*sentences[at])] if sentences else ""
    rest, is_opinion, is_conditional = sentence, False, False
    for _ in range(4):
        for opening in (_FILLER, _OPINION, _SUBORDINATE):
            match = opening.match(rest)
            if match and match.end() < len(rest):
                is_opinion |= opening is _OPINION
                is_conditional |= opening is _SUBORDINATE and match[0][:2].casefold() == "if"
                rest = rest[match.end() :]
    end = next((m.start() for m in _END.finditer(rest) if m.start() > 12), len(rest))
    text = rest[:end]
    return Clause(text, sentence, tuple(words_of(text)), is_opinion, is_conditional)


def _has_words(sentence: str) -> bool:
    """Whether there are two words at least; most often the spaces tell."""
    return _PAIR.search(sentence) is not None or len(words_of(sentence)) > 1
