"""Noun phrases outside sources that may stand for an actor: "the company", "a woman of 41", "his brother".

Imports `lexicon`, `nominals`. Only heads that the word lists have are seen: a tagger of parts of speech would see more
and cost more than all of `resolve` does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.resolve.lexicon import (
    DOCUMENTS,
    ORGANIZATIONS,
    PERSONS,
    POST_MODIFIERS,
    ROLE_NOUNS,
    SHORT_ROLES,
    UNNAMED,
    word_set,
)
from builder.resolve.nominals import Nominal, is_plural_noun, read_nominal

_TOKEN = re.compile(r"[^\W_](?:[\w.&/]*[^\W_]|)(?:[’'-][^\W_]+)*[’']?|[^\w\s]|\n")
_OPENERS = word_set("the a an this that these those his her its their our my your one two three several some both")
_HEADS = ORGANIZATIONS | DOCUMENTS | ROLE_NOUNS | UNNAMED | PERSONS
# Words that no noun phrase goes on with.
_ENDS = POST_MODIFIERS | word_set("""
    and or but nor so yet is are was were be been being am has have had do does did will would can could may might shall
    should must not never also then there here it he she they we you i him them us me himself herself itself themselves
    as than because although though while if unless until since whether how why what once again too only even just now
    today yesterday tomorrow said says say told tells asked asks added adds wrote writes called calls made makes went
    goes came comes took takes gave gives got gets knew knows thought thinks saw sees left leaves became becomes began
    begins kept keeps held holds won wins lost loses met meets paid pays put puts ran runs sat sits stood stands spoke
    speaks spent sent set felt fell found finds brought bought built broke chose drew drove grew led let meant read rose
    sold sought taught threw understood wore wants needs plans hopes expects believes argues claims denies agrees
    announced later soon still already alone instead meanwhile however per last next this that these those his her its
    their the a an who whom whose which where when each every any no
    """)
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Phrase:
    """text[start:end] is a noun phrase up to its head, read as `nominal`."""

    start: int
    end: int
    nominal: Nominal


def find_phrases(text: str) -> Iterator[Phrase]:
    """The noun phrases that a determiner opens and whose head is a word for actors, in the text's order."""
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    words = [text[start:end] for start, end in tokens]
    lower = [word.casefold() for word in words]
    for at, word in enumerate(lower):
        opens_sentence = words[at][0].isupper() and (at == 0 or not words[at - 1][0].isalnum())
        if opens_sentence and word in _HEADS and is_plural_noun(word) and _may_end(lower[at + 1 : at + 2]):
            yield from _read(text, *tokens[at])
        if word not in _OPENERS and not (word.endswith(("'s", "’s")) and words[at][0].isupper()):
            continue
        head = _head(lower, words, at)
        if head:
            yield from _read(text, tokens[at][0], tokens[head][1])


def _read(text: str, start: int, end: int) -> Iterator[Phrase]:
    nominal = read_nominal(text[start:end])
    if nominal and nominal.head in _HEADS | set(SHORT_ROLES):
        yield Phrase(start, end, nominal)


def _head(lower: list[str], words: list[str], at: int) -> int:
    """The number of the phrase's head token; 0 where it has none that is known, or goes on behind it."""
    head = 0
    last = min(len(lower), at + _LONGEST + 1)
    for n in range(at + 1, last):
        word = lower[n]
        if not word[0].isalnum() or word in _ENDS or (n > at + 1 and word in _OPENERS):
            break
        if word in _HEADS and (_may_end(lower[n + 1 : n + 2]) or words[n + 1][0].isupper()):
            head = n
        elif head and not word.endswith(("'s", "’s")):
            break
        if lower[n].endswith(("'s", "’s")) and word not in _HEADS and words[n][0].islower():
            head = 0
    return head


def _may_end(following: Sequence[str]) -> bool:
    """Whether a noun phrase may be over before that word, if there is one."""
    return not following or (
        not following[0][0].isalnum()
        or following[0] in _ENDS
        or following[0] in _HEADS
        or following[0].endswith(("ed", "ly", "'d", "’d"))
    )
