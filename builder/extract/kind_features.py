"""What speaks for a claim's kind in its words: cue, opening, first clause, mood, and what the rules say.

A feature is a name and a number; `kind_model` has the weights. Capitalized words inside a sentence count as “@”, a
name: who is spoken about tells nothing of the kind that would hold in another country. Imports `wording`,
`claim_kinds`, `content_kinds`, `hedges`, `phrases`.
"""

from collections.abc import Iterator
from itertools import pairwise

from builder.extract.claim_kinds import claim_kind
from builder.extract.content_kinds import content_kind
from builder.extract.hedges import is_hedged, is_negated
from builder.extract.phrases import Token, read_lexicon, read_words
from builder.extract.wording import Wording

_WORDS = read_words("grammar")
# Features that are columns of the claims as well.
HEDGED, NEGATED = "hedged", "negated"
# Words that open a sentence with a capital and are nobody's name.
_OPENERS = frozenset(read_lexicon("sentences")["openers"]) | frozenset().union(
    *(_WORDS[name] for name in ("not_names", "speakers", "imperatives", "negators", "modals", "asides"))
)
_NEGATORS = frozenset({"never", "no", "not"})
_DATA = frozenset({"data", "figures", "numbers", "poll", "polls", "records", "report", "study", "survey"})
# The first clause's kind shows in its first words; a content's later sentences count half.
_CLAUSE, _EARLY, _OUTSIDE = 40, 6, 0.5
# The rules sum up many words: held to zero less.
_RULES = 2.0
_LENGTHS = (4, 8, 16, 30)


def features(wording: Wording) -> dict[str, float]:
    """The features of a claim by name, each once.

    >>> from builder.extract.wording import read_wording
    >>> sorted(name for name in features(read_wording("vowed", "to stay")) if name.startswith("cue"))
    ['cue kind=commitment!', 'cue phrase=vow', 'cue=vowed']
    """
    found = dict(_outside(wording)) | dict.fromkeys(_of_rules(wording), _RULES)
    words = _plain(wording)
    for names in (
        _of_cue(wording),
        _of_source(wording),
        _of_opening(wording, words),
        _of_clause(words),
        _of_lists(wording),
        _of_form(wording, words),
    ):
        found |= dict.fromkeys(names, 1.0)
    return found


def _of_cue(wording: Wording) -> Iterator[str]:
    """The cue's words and pairs of words, and the lexicon's entry."""
    is_headline = wording.cue.istitle()
    words = [
        token.word if is_headline or not number else _shape(token, wording.cue)
        for number, token in enumerate(wording.cue_words)
    ]
    yield from (f"cue={word}" for word in words)
    yield from (f"cue={one} {other}" for one, other in pairwise(words))
    yield f"cue phrase={wording.reading.phrase}"
    if wording.reading.is_negated:
        yield f"cue negated={wording.reading.kind}"


def _of_rules(wording: Wording) -> Iterator[str]:
    """What the lists of words make of cue and content; “!” where the cue decides by itself."""
    decides = "!" if wording.reading.decides else ""
    by_content = content_kind(wording)
    yield f"cue kind={wording.reading.kind}{decides}"
    yield f"rule={claim_kind(wording) if decides else by_content}{decides}"
    yield f"content rule={by_content}"


def _of_source(wording: Wording) -> Iterator[str]:
    """Whether the source is a pronoun, a name, a noun, data, or missing."""
    words = wording.source.split()
    if not words:
        yield "source=none"
        return
    last = words[-1].strip(",.;:’'").casefold()
    if len(words) == 1 and words[0].islower():
        yield f"source={last}"
    else:
        yield "source=name" if words[-1][:1].isupper() else "source=noun"
    if last in _DATA:
        yield "source=data"


def _of_opening(wording: Wording, words: list[str]) -> Iterator[str]:
    """The content's first word and what it joins to; the verb after “to”; the clause's first three words."""
    joint = _shape(wording.words[0], wording.content) if wording.words else ""
    yield f"joint={joint}"
    if wording.cue_words:
        yield f"joint={wording.cue_words[-1].word}+{joint}"
    if joint == "to" and len(wording.words) > 1:
        yield f"infinitive={wording.words[1].word}"
    yield from (f"opens={' '.join(words[:count])}" for count in (1, 2, 3) if len(words) >= count)


def _of_clause(words: list[str]) -> Iterator[str]:
    """The words and pairs of words of the first main clause, the early ones once more."""
    words = words[:_CLAUSE]
    yield from (f"word={word}" for word in words)
    yield from (f"early={word}" for word in words[:_EARLY])
    yield from (f"words={one} {other}" for one, other in pairwise(words))


def _of_lists(wording: Wording) -> Iterator[str]:
    """The lists of `content.toml` that the clause meets: at all, early, and negated or not."""
    words = [token.word for token in wording.clause.tokens]
    for hit in wording.hits:
        yield f"list={hit.label}"
        is_turned = not _NEGATORS.isdisjoint(words[max(0, hit.first - 4) : hit.first])
        yield f"list={hit.label}{'-' if is_turned else '+'}"
        if hit.first < _EARLY:
            yield f"list early={hit.label}"


def _of_form(wording: Wording, words: list[str]) -> Iterator[str]:
    """Mood, tense, quotation, negation, hedging, numbers, names, length."""
    content, clause = wording.content, wording.clause
    end = " .”’'\""
    tests = {
        "asks": content.rstrip(end).endswith("?"),
        "asks first": clause.sentence.rstrip(end).endswith("?"),
        "exclaims": "!" in content,
        "opinion": clause.is_opinion,
        "condition": clause.is_conditional,
        HEDGED: is_hedged(wording),
        NEGATED: is_negated(wording),
        "number": any(not word.isalpha() and any(map(str.isdigit, word)) for word in content.split()),
        "named": "@" in words,
    }
    yield from (name for name, holds in tests.items() if holds)
    if content[:1] in "“\"'‘":
        yield "quote=opens"
    else:
        yield "quote=inside" if "“" in content or '"' in content or "''" in content else "quote=none"
    yield f"length={sum(len(wording.words) >= length for length in _LENGTHS)}"
    for word in (token.word for token in clause.tokens[1:7]):
        if word in {"had", "did", "was", "were"}:
            yield "tense=past"
        elif word in {"'m", "'re", "'s", "am", "are", "is"}:
            yield "tense=present"
        elif word in {"'ve", "has", "have"}:
            yield "tense=perfect"
        elif len(word) > 4 and word.endswith("ed"):
            yield "tense=ed"


def _outside(wording: Wording) -> Iterator[tuple[str, float]]:
    """The content's words outside the first main clause."""
    inside = {token.word for token in wording.clause.tokens}
    for token in wording.words:
        is_name = wording.content[token.start].isupper() and token.word not in _OPENERS
        if token.word not in inside and not is_name and token.word.isalpha():
            yield f"outside={token.word}", _OUTSIDE


def _plain(wording: Wording) -> list[str]:
    """The clause's words, names as “@” and numbers as “0”."""
    return [_shape(token, wording.clause.text) for token in wording.clause.tokens]


def _shape(token: Token, text: str) -> str:
    if not token.word.isalpha() and any(map(str.isdigit, token.word)):
        return "0"
    is_name = text[token.start].isupper() and token.word not in _OPENERS
    return "@" if is_name else token.word
