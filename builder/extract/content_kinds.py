"""The kind of a claim by its content's first main clause, where no cue fixes it (CODEBOOK, Claim).

Imports `wording`, `clauses`, `cues` and `phrases`; the words are data (`lexicon/content.toml`, `grammar.toml`).
Every rule is a question about one `Reading`; they are asked in the codebook's order, and the first yes decides.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from builder.extract.clauses import Clause
from builder.extract.cues import Cue
from builder.extract.phrases import Hit, inflections, read_words
from builder.extract.wording import Wording

_WORDS = read_words("grammar")
_NEGATORS = _WORDS["negators"]
_MODALS = _WORDS["modals"]
_OUTCOMES = frozenset(form for verb in sorted(_WORDS["outcomes"]) for form in inflections(verb))
_DIRECTIVES = frozenset({"should", "must", "ought to", "need to", "have to", "have got to", "had better"})
_QUESTION = re.compile(
    r"(?:what|why|how|who|whom|whose|where|when|which|is|are|was|were|do|does|did|can|could|will|would|should|has|have|if)\b",
    re.IGNORECASE,
)
# A cue that vouches for a fact (found, showed) is believed over words of judgement in what it introduces.
_OVERRULED = frozenset({"accusation", "warning", "support", "criticism", "assessment"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One clause with its words in lower case, what the lexicon finds in it (by list), and its cue."""

    clause: Clause
    words: tuple[str, ...]
    hits: dict[str, list[Hit]]
    cue: Cue

    @property
    def subject(self) -> str:
        """The first word, which is the subject where that is a pronoun."""
        return self.words[0] if self.words else ""

    def before(self, hit: Hit) -> frozenset[str]:
        """The words that stand before the hit."""
        return frozenset(self.words[: hit.first])

    def of(self, label: str) -> list[Hit]:
        """The hits of one list."""
        return self.hits.get(label, [])


def content_kind(wording: Wording) -> str:
    """The first kind from the top of the codebook's table that the words of the content's first clause show.

    >>> from builder.extract.wording import read_wording
    >>> content_kind(read_wording("said", "“We should close the bridge.”"))
    'demand'
    """
    clause, cue = wording.clause, wording.reading
    hits: dict[str, list[Hit]] = {}
    for hit in wording.hits:
        hits.setdefault(hit.label, []).append(hit)
    reading = Reading(clause, tuple(token.word for token in clause.tokens), hits, cue)
    for kind, shows in _RULES:
        if not (cue.kind == "assertion" and kind in _OVERRULED) and shows(reading):
            return kind
    return cue.kind or "assertion"


def _is_question(reading: Reading) -> bool:
    """A question mark after a question's word order."""
    return reading.clause.sentence.rstrip(" .”’'\"").endswith("?") and _QUESTION.match(reading.clause.text) is not None


def _is_denial(reading: Reading) -> bool:
    """A word for falsehood, an insisting “not”, or the speaker's “did not”, “never”."""
    words = reading.words
    if reading.of("falsehood") or (reading.cue.phrase in {"insist", "maintain"} and {"not", "never"} & {*words[:12]}):
        return True
    if reading.subject not in {"he", "i", "she"}:
        return False
    return words[1:2] == ("never",) or (
        words[1:2] in {("did",), ("had",), ("has",), ("have",)} and words[2:3] == ("not",)
    )


def _is_accusation(reading: Reading) -> bool:
    """Somebody other than the speaker did something from the list of wrongs."""
    if reading.clause.is_conditional or reading.subject in {"i", "we"}:
        return False
    return any(_is_done(reading, hit) for hit in reading.of("wrongdoing"))


def _is_done(reading: Reading, hit: Hit) -> bool:
    """Whether the hit is a verb in the past, or going on, with a subject before it, and not negated or passive."""
    before, form = reading.words[: hit.first], reading.words[hit.first]
    if not before or {*before} & (_NEGATORS | _MODALS | {"if"}) or before[-1] in _WORDS["no_subject"] - {"and"}:
        return False
    if form.endswith("ing"):
        return bool({*before[-3:]} & {"is", "are", "was", "were", "been", "'s", "'re"})
    if before[-1] == "to":
        return bool({*before[-3:]} & {"trying", "tried", "sought", "seeking", "conspired"})
    return " " in hit.phrase or (form != hit.phrase and not form.endswith("s"))


def _is_refusal(reading: Reading) -> bool:
    """The speaker's “will not”, “cannot” with a verb of granting, a plain “I oppose”, an announced “would not”."""
    words = reading.words[:8]
    if reading.cue.phrase == "announce" and any(a in _MODALS and b == "not" for a, b in pairwise(words)):
        return True
    if reading.subject not in _WORDS["speakers"]:
        return False
    if words[1:2] and words[1] in {"oppose", "opposes", "opposed", "reject", "rejects", "refuse", "refuses"}:
        return True
    negated = any(a in _MODALS | {"do", "does"} and b in {"not", "never"} for a, b in pairwise(words[1:]))
    return negated and any(
        word in _WORDS["refused"] or word.removesuffix("ing") in _WORDS["refused"] for word in words[3:7]
    )


def _is_threat(reading: Reading) -> bool:
    """“We will” with a verb of harming."""
    words = {*reading.words[:7]}
    return (
        reading.subject in {"i", "we"}
        and bool(words & {"will", "'ll"} and words & _WORDS["harming"])
        and "not" not in words
    )


def _is_warning(reading: Reading) -> bool:
    """A harm that may come, from others: a harm's word after a modal, or somebody called a danger."""
    for hit in reading.of("harm"):
        before = reading.before(hit)
        if before & _NEGATORS:
            continue
        if before & {"could", "may", "might", "will", "'ll", "would"}:
            return reading.subject not in {"i", "we"}
        if hit.phrase in {"danger", "threat", "risk", "peril", "existential"}:
            return bool(before & {"a", "an", "at", "existential", "grave", "in", "real", "serious"})
        if hit.phrase == "threaten":
            return True
    return False


def _is_demand(reading: Reading) -> bool:
    """An obligation laid on somebody, a wish for somebody's act, an imperative."""
    if reading.subject in _WORDS["imperatives"] and len(reading.words) > 1:
        return True
    return any(_obliges(reading, hit) for hit in reading.of("obligation"))


def _obliges(reading: Reading, hit: Hit) -> bool:
    """“Have to” and “need to” oblige others, and only in the present and without a modal; other wishes stand early."""
    before = reading.before(hit)
    if before & _WORDS["asides"]:
        return False
    if hit.phrase in {"have to", "need to"}:
        is_past = reading.words[hit.first] in {"had", "needed", "having", "needing"}
        return not (is_past or before & (_MODALS | _NEGATORS) or reading.subject in {"he", "i", "it", "she"})
    return hit.phrase in _DIRECTIVES or hit.first <= 3


def _is_commitment(reading: Reading) -> bool:
    """The speaker's own “will”, “plan to” or indirect “he would”; or what is announced to come."""
    if reading.cue.phrase == "announce" and reading.of("commit"):
        return True
    if reading.subject not in _WORDS["speakers"] | {"her", "his", "my", "our"}:
        return False
    passive = frozenset() if reading.subject in {"i", "we"} else frozenset({"be"})
    for hit in reading.of("commit"):
        after = {*reading.words[hit.first : hit.last + 4]}
        if hit.first <= 3 and not after & (_OUTCOMES | passive | {"have", "like", "love", "not"}):
            return True
    return False


def _is_prediction(reading: Reading) -> bool:
    """What will or may be: a future verb of the main clause that bound nobody."""
    for hit in reading.of("future"):
        if hit.first > 12 or reading.before(hit) & (_WORDS["asides"] | {"whether", "that"}):
            continue
        wished = hit.phrase == "would" and {"have", "love", "like"} & {*reading.words[hit.first : hit.first + 3]}
        if not wished:
            return True
    return False


def _is_support(reading: Reading) -> bool:
    """The speaker's approval, or praise of somebody that no negation takes back."""
    for hit in reading.of("endorse"):
        is_own = reading.subject in {"he", "i", "my", "our", "she", "we"} and hit.first <= 5
        if (is_own or hit.first == 0) and not reading.before(hit) & _NEGATORS:
            return hit.phrase not in {"like", "love", "thank"} or reading.subject in {"i", "we"} or hit.first == 0
    return _balance(reading) > 0 and _is_about_somebody(reading)


def _is_about_somebody(reading: Reading) -> bool:
    """Whether the clause's subject is a person's pronoun or a name."""
    first = reading.clause.text[:1]
    return reading.subject in {"he", "she", "they", "you", "i", "we"} or (
        first.isupper() and reading.subject not in _WORDS["not_names"]
    )


def _is_criticism(reading: Reading) -> bool:
    """More words of blame than of praise."""
    return _balance(reading) < 0


def _balance(reading: Reading) -> int:
    """Words of praise less words of blame; a negator shortly before turns praise and stills blame."""
    total = 0
    for label, sign in (("good", 1), ("bad", -1)):
        for hit in reading.of(label):
            turned = {*reading.words[max(0, hit.first - 4) : hit.first]} & _NEGATORS
            total += sign if not turned else min(-sign, 0)  # “not great” blames, “not bad” praises nobody
    return total


def _is_assessment(reading: Reading) -> bool:
    """An opinion's opening, or a word of judgement where the cue does not vouch for a fact."""
    if reading.clause.is_opinion or reading.cue.kind == "assessment" or reading.of("judging") or _balance(reading):
        return True
    return reading.subject == "you" or "can" in reading.words or _is_characterized(reading)


def _is_characterized(reading: Reading) -> bool:
    """“X is Y” in the present with nothing counted: what X is like, not what it does."""
    for number, word in enumerate(reading.words[1:9], start=1):
        if word in {"is", "are", "'s", "'re", "'m"}:
            following = reading.words[number + 1 : number + 2]
            return bool(following) and not (
                following[0].endswith(("ing", "ed")) or any(map(str.isdigit, reading.clause.text))
            )
    return False


_RULES: tuple[tuple[str, Callable[[Reading], bool]], ...] = (
    ("question", _is_question),
    ("denial", _is_denial),
    ("accusation", _is_accusation),
    ("refusal", _is_refusal),
    ("threat", _is_threat),
    ("warning", _is_warning),
    ("demand", _is_demand),
    ("commitment", _is_commitment),
    ("prediction", _is_prediction),
    ("support", _is_support),
    ("criticism", _is_criticism),
    ("assessment", _is_assessment),
)
