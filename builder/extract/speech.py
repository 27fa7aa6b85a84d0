"""Sentences that are a speaker's own: of a speech, and of the turns of a transcript. Imports leaves of this folder.

In a speech every sentence is the speaker's but for what it reports of others, which is an attribution. A turn
(“NAME: …”) is one attribution, and each of its sentences may be a claim. What only greets, thanks or hands over, and
what has hardly a word or a verb in it, claims nothing.
"""

import re
from collections.abc import Sequence

from builder.extract.attribution import Attribution, Span
from builder.extract.phrases import read_lexicon, read_words, words_of
from builder.extract.sentences import split_sentences
from builder.extract.tense import is_past

_LISTS = {name: tuple(tuple(words.split()) for words in listed) for name, listed in read_lexicon("speech").items()}
_FINITE = read_words("grammar")["finite"]
# Words that a sentence wants where no verb shows that it is one, and that a courtesy may have.
_SHORTEST = 4
_COURTEOUS = 8
_STOP = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_DIRECTION = re.compile(r"[(\[][^()\[\]]*[)\]]\W*")


def find_speech_sentences(text: str, attributions: Sequence[Attribution]) -> list[Span]:
    """The sentences in which a speech's speaker claims something, in the text's order.

    >>> text = "Thank you. We shall build it. The mayor said no."
    >>> told = Attribution(((46, 48),), ((41, 45),), ((31, 40),), 0.9)
    >>> [text[start:end] for start, end in find_speech_sentences(text, [told])]
    ['We shall build it.']
    """
    taken = sorted(span for a in attributions for span in (*a.content, *a.cue, *a.source))
    return [
        (start, end)
        for start, end in split_sentences(text)
        if _STOP.search(text[start:end])
        and claims_something(text[start:end])
        and not any(a < end and start < b for a, b in taken)
    ]


def split_turn(text: str, attribution: Attribution) -> list[tuple[Span, ...]]:
    """The spans of each claim that a turn makes: its sentences, or, where none claims anything, its content.

    >>> text = "ORR: Good morning. The mill is open. It will stay so."
    >>> turn = Attribution(((5, 53),), ((3, 4),), ((0, 3),), 0.9)
    >>> [text[start:end] for ((start, end),) in split_turn(text, turn)]
    ['The mill is open.', 'It will stay so.']
    """
    sentences = [(s + start, s + end) for s, e in attribution.content for start, end in split_sentences(text[s:e])]
    return [(span,) for span in sentences if claims_something(text[slice(*span)])] or [attribution.content]


def is_turn(text: str, attribution: Attribution) -> bool:
    """Whether a label that opens a line, with nothing but its colon, attributes the content."""
    if len(attribution.cue) != 1 or len(attribution.source) != 1 or text[slice(*attribution.cue[0])].strip() != ":":
        return False
    start = attribution.source[0][0]
    return start == 0 or text[start - 1] == "\n"


def claims_something(sentence: str) -> bool:
    """Whether the sentence is more than a courtesy, a stage direction or a fragment.

    >>> [claims_something(words) for words in ("We have lost.", "Pigeons, mostly.", "Thank you, minister.")]
    [True, False, False]
    """
    if _DIRECTION.fullmatch(sentence):
        return False
    words = tuple(token.word.rstrip(".") for token in words_of(sentence))
    words = words[next((len(a) for a in _LISTS["addresses"] if words[: len(a)] == a), 0) :]
    is_courteous = len(words) <= _COURTEOUS and any(words[: len(c)] == c for c in _LISTS["courtesies"])
    has_verb = len(words) > 1 and any(word in _FINITE or is_past(word) for word in words)
    return not is_courteous and (len(words) >= _SHORTEST or has_verb)
