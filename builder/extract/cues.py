"""What an attribution's cue says: which kind of claim it makes, and which kind of attribution it is.

Imports `builder.extract.phrases`; the cues themselves are data (`lexicon/cues.toml`, `lexicon/attributions.toml`).
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from builder.extract.phrases import Hit, PhraseTable, Token, read_lexicon, read_words, words_of

_WORDS = read_words("grammar")


def _cue_lists() -> dict[str, Any]:
    text = (files("builder.extract") / "lexicon" / "cues.toml").read_text("utf-8")
    return tomllib.loads(text)


_CUES = _cue_lists()
_LEANING = "leaning:"
_TABLE = PhraseTable(
    {kind: phrases for kind, phrases in _CUES.items() if isinstance(phrases, list)}
    | {_LEANING + kind: phrases for kind, phrases in _CUES["leaning"].items()},
    gap=2,
)
_CARRYING = frozenset(_CUES["carrying"]["verbs"])
_TYPES = PhraseTable(read_lexicon("attributions"), gap=2)


@dataclass(frozen=True, slots=True)
class Cue:
    """`kind` is what the cue says the claim is (None: it says nothing); `decides` where the content cannot overrule it.

    `phrase` is the lexicon's entry that told, `is_negated` whether the cue negates it (“did not endorse”).
    """

    kind: str | None
    decides: bool
    phrase: str
    is_negated: bool


def read_cue(cue: str, content: str) -> Cue:
    """What the cue says of the claim's kind; the content's first word may complete it (agreed | to go).

    >>> read_cue("refused", "to answer").kind, read_cue("asked", "whether it was so").kind
    ('refusal', 'question')
    """
    tokens = _joined(cue, content)
    hits = [hit for hit in _longest(_TABLE.find(tokens)) if not _is_noun_phrase_only(hit, tokens)]
    deciding = [hit for hit in hits if not hit.label.startswith(_LEANING)]
    carried = [hit for hit in deciding if hit.phrase not in _CARRYING]
    if carried or (deciding and not (hits and hits[-1].label == _LEANING + "assessment")):
        chosen = (carried or deciding[-1:])[0]
        return Cue(chosen.label, True, chosen.phrase, _is_negated(tokens, chosen))
    if hits:
        chosen = hits[-1]
        kind = chosen.label.removeprefix(_LEANING)
        return Cue(None if kind == "content" else kind, False, chosen.phrase, _is_negated(tokens, chosen))
    return Cue(None, False, "", any(token.word in _WORDS["negators"] for token in words_of(cue)))


def _joined(cue: str, content: str) -> list[Token]:
    """The cue's words, and the content's first word where it can belong to the cue's verb."""
    tokens = words_of(cue)
    following = words_of(content[:40])[:1]
    if following and following[0].word in _WORDS["joints"]:
        tokens.append(Token(len(cue) + 1, len(cue) + 1, following[0].word))
    return tokens


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """The hits without those that lie in a longer one; of equal ones the list that comes first in the codebook."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.first - hit.last, hit.first)):
        if not any(other.first <= hit.first and hit.last <= other.last for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.first)


def _is_noun_phrase_only(hit: Hit, tokens: Sequence[Token]) -> bool:
    """Whether the hit is a noun that only names the occasion: “said in his victory speech”, “told a question time”."""
    return hit.first > 0 and tokens[hit.first - 1].word in _WORDS["occasions"] and hit.first > 1


def _is_negated(tokens: Sequence[Token], hit: Hit) -> bool:
    """Whether a negator stands before the hit, or inside it without being a part of it."""
    own = set(hit.phrase.split())
    return any(token.word in _WORDS["negators"] and token.word not in own for token in tokens[: hit.last + 1])


def attribution_type(cue: str, content: str) -> str:
    """communication, belief, knowledge or intention (Penn Discourse Treebank), by the cue's words.

    >>> attribution_type("has agreed", "to leave"), attribution_type("agreed", "that it was late")
    ('intention', 'communication')
    """
    tokens = _joined(cue, content)
    hits = _longest(_TYPES.find(tokens))
    return hits[-1].label if hits else "communication"
