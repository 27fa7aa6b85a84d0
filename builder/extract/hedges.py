"""Whether a claim's main predicate is negated, and whether the claimant marks it as uncertain.

Imports `wording`, `clauses` and `phrases`; the hedges are data (`lexicon/hedges.toml`).
"""

from collections.abc import Sequence

from builder.extract.clauses import Clause
from builder.extract.phrases import PhraseTable, Token, read_lexicon, read_words
from builder.extract.wording import Wording

_HEDGES = PhraseTable(read_lexicon("hedges"))
_WORDS = read_words("grammar")
_REACH = 12


def is_negated(wording: Wording) -> bool:
    """Whether the main predicate of the content, or the cue of a kind that is not itself a “no”, is negated.

    >>> from builder.extract.wording import read_wording
    >>> is_negated(read_wording("said", "that he was not there"))
    True
    """
    cue = wording.reading
    if cue.is_negated and cue.kind not in {"denial", "refusal", "question"}:
        return True
    words = [token.word for token in wording.clause.tokens]
    if words[:1] == ["no"] and words[1:2] not in (["matter"], ["thanks"]):
        return True
    seen_verb = False
    for number, word in enumerate(words[:_REACH]):
        if word in _WORDS["predicate_negators"] and not (
            word == "not" and words[number + 1 : number + 2] in (["only"], ["just"], ["even"])
        ):
            return True
        if word == "no" and seen_verb and words[number - 1] in {"is", "was", "are", "were", "have", "has", "had", "'s"}:
            return True
        if number > 0 and (word in _WORDS["asides"] or (word in _WORDS["subordinators"] and seen_verb)):
            return False
        seen_verb |= word in _WORDS["finite"]
    return False


def is_hedged(wording: Wording) -> bool:
    """Whether a hedge stands in the cue or in the content's first main clause.

    >>> from builder.extract.wording import read_wording
    >>> is_hedged(read_wording("said", "it may rain")), is_hedged(read_wording("said", "it rained in May"))
    (True, False)
    """
    told = wording.cue_words
    if any(_is_open(told, hit.last) for hit in _HEDGES.find(told)):
        return True
    clause = wording.clause
    return any(_is_near(clause, hit.first) and _is_open(clause.tokens, hit.last) for hit in _HEDGES.find(clause.tokens))


def _is_open(tokens: Sequence[Token], last: int) -> bool:
    """“Could not” and “could have” are no hedges."""
    following = tokens[last + 1].word if last + 1 < len(tokens) else ""
    return tokens[last].word != "could" or following not in {"not", "have", "n't"}


def _is_near(clause: Clause, number: int) -> bool:
    """A hedge late or in a subordinate clause is about something else; “May” inside a sentence is the month."""
    before = {token.word for token in clause.tokens[1:number]}
    is_month = number > 0 and clause.text[clause.tokens[number].start].isupper()
    return number <= _REACH and not is_month and not before & _WORDS["asides"]
