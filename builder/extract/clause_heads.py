"""Where a clause with a subject of its own begins, and whether what stands before it is one.

Imports `phrases`, `tense`. There is no parser: subject and finite verb are told by closed lists
(`lexicon/coordination.toml`), by the forms of the irregular verbs, and by endings. In doubt there is no clause.
"""

import re
from collections.abc import Sequence
from functools import cache

from builder.extract.phrases import Token, inflections, read_lexicon, read_words
from builder.extract.tense import is_past

WORDS = read_words("coordination")
_AUXILIARIES = WORDS["auxiliaries"]
_NEITHER = WORDS["subordinators"] | WORDS["conditions"] | WORDS["conjunctions"] | WORDS["no_subjects"]
_PART = re.compile(r"[,;:()\[\]—–“”\"«»]")
# So many words may a subject have, its verb included.
_REACH = 9
_OWN_SUBJECTS = frozenset({"it", "you", "there"})
# Before the month: “in May”.
_BEFORE_MAY = WORDS["no_subjects"] | {"last", "next", "since", "this"}
_GRAMMAR = read_words("grammar")
_RELATIVES = frozenset({"which", "whose", "whom"})
_THIRD = frozenset({"he", "she"})


def opens_clause(text: str, words: Sequence[Token]) -> bool:
    """Whether `words`, of `text`, begin with a subject and its finite verb.

    >>> from builder.extract.phrases import words_of
    >>> cases = "they left early", "the town will pay", "the houses burned in May", "left the town"
    >>> [opens_clause(text, words_of(text)) for text in cases]
    [True, True, False, False]
    """
    at = after_adverbs(words, 0)
    if at >= len(words):
        return False
    first = words[at].word
    if first in WORDS["subjects"] or first in WORDS["pronouns"] - WORDS["determiners"]:
        return _is_finite_after(words, at)
    if first in WORDS["pronouns"] and _is_finite_after(words, at):
        return True
    return _is_noun(text, words, at) and verb_of_noun(text, words, at) is not None


def verb_of_noun(text: str, words: Sequence[Token], at: int) -> int | None:
    """The number of the finite verb whose subject is the noun phrase that begins at `at`; None where there is none."""
    for number in range(at + 1, min(at + _REACH, len(words))):
        word = words[number].word
        if _PART.search(text, words[number - 1].end, words[number].start) or word in WORDS["conditions"]:
            return None
        if word in WORDS["subordinators"] - {"as", "since"} or word in WORDS["conjunctions"] or word == "to":
            return None
        if word in WORDS["subjects"] or word in _OWN_SUBJECTS:
            return None  # “the trouble it has with the town”
        if is_finite(words, number):
            return number
    return None


def is_finite(words: Sequence[Token], number: int) -> bool:
    """Whether the word of that number is a finite verb: an auxiliary, a past that is no participle, a known present."""
    word, before = words[number].word, words[number - 1].word if number else ""
    if before == "to" or before in WORDS["determiners"] - WORDS["pronouns"]:
        return False
    if word in _AUXILIARIES:
        return word != "may" or before not in _BEFORE_MAY
    if word == "'s":
        return before in WORDS["pronouns"] | WORDS["subjects"]
    following = words[number + 1].word if number + 1 < len(words) else ""
    if is_past(word):
        is_participle = before in _AUXILIARIES | {"be", "been", "being", "not", "'s"} and word != "said"
        return not is_participle and following not in WORDS["after_participles"]
    return word in _presents() and before not in _NEITHER


def is_main_clause(words: Sequence[Token]) -> bool:
    """Whether the words are a main clause, behind a “that” perhaps: a finite verb stands before any clause within it.

    >>> from builder.extract.phrases import words_of
    >>> [is_main_clause(words_of(text)) for text in ("that it rained all day", "people who were hurt", "the dam")]
    [True, False, False]
    """
    words = words[1:] if words and words[0].word == "that" else words
    if not words or words[0].word in WORDS["conditions"] | (WORDS["subordinators"] - {"that"}):
        return False
    ends = (n for n, token in enumerate(words) if token.word in WORDS["subordinators"] | WORDS["conditions"])
    end = next(ends, len(words))
    return any(is_finite(words, number) for number in range(end)) or _speaks(words[:end])


def is_sentence(words: Sequence[Token]) -> bool:
    """Whether the words of a sentence hold a finite verb or begin with an order, and hang on none before it.

    >>> from builder.extract.phrases import words_of
    >>> [is_sentence(words_of(text)) for text in ("It rained.", "Send it back!", "To be sure.", "Which was a lie.")]
    [True, True, False, False]
    """
    if not words or words[0].word in _RELATIVES:
        return False
    if words[0].word in _GRAMMAR["imperatives"]:
        return True
    return any(
        is_past(words[number].word) or is_finite(words, number) or _is_lexical_after(words, number)
        for number in range(len(words))
    )


def embeds_clause(text: str, words: Sequence[Token]) -> bool:
    """Whether a clause hangs on another one: what comes behind may hang on the same verb (“he thinks it is safe”).

    >>> from builder.extract.phrases import words_of
    >>> cases = "he thinks it is safe", "I think it is safe", "a man who was there", "it is safe"
    >>> [embeds_clause(text, words_of(text)) for text in cases]
    [True, False, True, False]
    """
    if any(token.word in WORDS["subordinators"] for token in words[1:]):
        return True
    return any(
        words[number].word in _embedding()
        and not _is_speakers(words, number)
        and opens_clause(text, words[number + 1 :])
        for number in range(len(words))
    )


def ends_open(words: Sequence[Token]) -> bool:
    """Whether the words break off before a verb or what is said: “so it is fair to say (and I do)”, “she and I”."""
    last = next((token.word for token in reversed(words) if token.word not in WORDS["adverbs"]), "")
    return last in WORDS["subjects"] or last in _embedding()


def _is_speakers(words: Sequence[Token], number: int) -> bool:
    """Whether the verb's subject is the speaker: what is joined to “I think he is safe” is the speaker's as well."""
    return any(token.word in {"i", "we"} for token in words[max(0, number - 3) : number])


def _speaks(words: Sequence[Token]) -> bool:
    """Whether a pronoun stands right before its verb, whatever verb that is."""
    return any(_is_lexical_after(words, number) for number in range(len(words)))


def _is_lexical_after(words: Sequence[Token], number: int) -> bool:
    """Whether the word is a pronoun, and a verb that no list holds follows it."""
    if words[number].word not in WORDS["subjects"]:
        return False
    at = after_adverbs(words, number + 1)
    return at < len(words) and not is_finite(words, at) and _is_finite_after(words, number)


def _is_finite_after(words: Sequence[Token], number: int) -> bool:
    """Whether the pronoun of that number has its finite verb right after it, adverbs aside."""
    at = after_adverbs(words, number + 1)
    if at >= len(words):
        return False
    word, pronoun = words[at].word, words[number].word
    if word in _AUXILIARIES or word == "'s":
        return True
    if pronoun not in WORDS["subjects"]:
        return pronoun not in {"this", "that", "these", "those"} and (is_past(word) or word in _presents())
    if word in _NEITHER | WORDS["determiners"] | WORDS["subjects"] | WORDS["pronouns"] or word.endswith("ing"):
        return False
    return is_past(word) or (word.endswith("s") if pronoun in _THIRD else True)


def _is_noun(text: str, words: Sequence[Token], at: int) -> bool:
    """Whether a noun phrase may begin there: an article, a name, a number; a bare noun right before its verb."""
    word = words[at].word
    if word in _NEITHER | _AUXILIARIES or (is_past(word) and not text[words[at].start].isupper()):
        return False
    if word in WORDS["determiners"] or text[words[at].start].isupper() or word[:1].isdigit():
        return True
    return at + 1 < len(words) and words[at + 1].word in _AUXILIARIES


def after_adverbs(words: Sequence[Token], at: int) -> int:
    """The number of the first word from `at` on that is no adverb."""
    while at < len(words) and (words[at].word in WORDS["adverbs"] or words[at].word.endswith("ly")):
        at += 1
    return at


@cache
def _presents() -> frozenset[str]:
    """Verbs in the third person singular."""
    verbs = (set(read_lexicon("irregular")) | WORDS["present"] | WORDS["saying"]) - {"be", "have", "do"}
    return frozenset(inflections(verb)[1] for verb in verbs)


@cache
def _embedding() -> frozenset[str]:
    """Verbs of saying and thinking, on which clauses hang."""
    return frozenset(form for verb in WORDS["saying"] | WORDS["thinking"] for form in inflections(verb))
