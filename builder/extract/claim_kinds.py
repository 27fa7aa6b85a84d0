"""The kind of a claim, by its cue where that fixes it, otherwise by its content's first main clause (CODEBOOK, Claim).

Imports `builder.extract.clauses`, `cues` and `phrases`; the words are data (`lexicon/content.toml`).
"""

import re
from collections.abc import Callable

from builder.extract.clauses import Clause, first_clause
from builder.extract.cues import NEGATORS, Cue, read_cue
from builder.extract.phrases import Hit, PhraseTable, inflections, read_lexicon

_TABLE = PhraseTable(read_lexicon("content"))
_SPEAKER = frozenset({"i", "we", "he", "she", "they"})
_WILL = frozenset({"will", "'ll", "wo", "would", "'d", "shall", "gonna"})
_MODALS = _WILL | {"can", "ca", "could", "may", "might", "should", "must"}
_QUESTION = re.compile(
    r"(?:what|why|how|who|whom|whose|where|when|which|is|are|was|were|do|does|did|can|could|will|would|should|has|have|if|whether)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\W*(?:if|whether|what|why|how|who|when|where|which)\b|.*\?\W*$", re.IGNORECASE | re.DOTALL)
_FOR_DOING = re.compile(
    r"\bfor (?:(?:not|never|being|having|allegedly|repeatedly|also|once)\s+)?\w+ing\b|\bof \w+ing\b", re.IGNORECASE
)
_REFUSED = frozenset(
    "support vote endorse back accept apologize apologise answer comment release allow let agree sign take negotiate "
    "pay tolerate stop quit resign drop discuss join attend speak respond give do".split()
)


def claim_kind(cue: str, content: str) -> str:
    """The kind of the claim whose cue and content are these words.

    >>> claim_kind("denied", "that he had met her"), claim_kind("said", "“They should leave at once.”")
    ('denial', 'demand')
    """
    reading = read_cue(cue, content)
    clause = first_clause(content)
    if reading.decides:
        return _by_cue(reading, content)
    return _by_content(reading, clause)


def _by_cue(cue: Cue, content: str) -> str:
    """What a deciding cue says, with the two cases in which content or negation turns it."""
    if cue.phrase == "ask":
        return "question" if _ASKED.match(content) else "demand"
    if cue.kind == "criticism" and _FOR_DOING.search(content):
        return "accusation"
    if cue.is_negated:
        return _NEGATED.get(cue.kind or "", cue.kind or "assertion")
    return cue.kind or "assertion"


_NEGATED = {
    "denial": "assertion",
    "support": "refusal",
    "commitment": "refusal",
    "refusal": "support",
    "warning": "assessment",
}


def content_kind(content: str) -> str:
    """The kind of a sentence by its own words alone, as the article's own voice is read."""
    return _by_content(Cue(None, False, "", False), first_clause(content))


def _by_content(cue: Cue, clause: Clause) -> str:
    """The first kind from the top of the codebook's table that the clause's words show."""
    seen: dict[str, list[Hit]] = {}
    for hit in _TABLE.find(clause.tokens):
        seen.setdefault(hit.label, []).append(hit)
    for kind, shows in _RULES:
        if not (cue.kind == "assertion" and kind in _OVERRULED) and shows(clause, seen, cue):
            return kind
    return cue.kind or "assertion"


# A cue that vouches for a fact (found, showed) is believed over words of judgement in what it introduces.
_OVERRULED = {"accusation", "warning", "support", "criticism", "assessment"}
Seen = dict[str, list[Hit]]


def _subject(clause: Clause) -> str:
    """The clause's first word, which is its subject where that is a pronoun."""
    return clause.tokens[0].word if clause.tokens else ""


def _words(clause: Clause, first: int, last: int) -> set[str]:
    return {token.word for token in clause.tokens[max(0, first) : last]}


def _is_denial(clause: Clause, seen: Seen, cue: Cue) -> bool:
    """A word for falsehood, or the speaker's “did not”, “never”."""
    if "falsehood" in seen:
        return True
    if cue.phrase in {"insist", "maintain"} and _words(clause, 0, 12) & {"not", "never"}:
        return True
    early = [token.word for token in clause.tokens[1:5]]
    if _subject(clause) not in _SPEAKER - {"we", "they"}:
        return False
    return early[:1] == ["never"] or (
        early[:2] in (["did", "not"], ["had", "not"], ["have", "not"], ["has", "not"], ["had", "never"])
    )


def _is_accusation(clause: Clause, seen: Seen, cue: Cue) -> bool:
    """Somebody other than the speaker did something from the list of wrongs."""
    if clause.is_conditional or _subject(clause) in {"i", "we"}:
        return False
    return any(_is_done(clause, hit) for hit in seen.get("wrongdoing", []))


def _is_done(clause: Clause, hit: Hit) -> bool:
    """Whether the hit is a verb in the past, or going on, with a subject before it, and not negated or passive."""
    words = [token.word for token in clause.tokens]
    before, form = words[: hit.first], words[hit.first]
    if not before or set(before) & (NEGATORS | _MODALS | {"if"}) or before[-1] in _NO_SUBJECT:
        return False
    if form.endswith("ing"):
        return bool(set(before[-3:]) & {"is", "are", "was", "were", "been", "'s", "'re"})
    if before[-1] == "to":
        return bool(set(before[-3:]) & {"trying", "tried", "sought", "seeking", "conspired"})
    return form != hit.phrase.split()[0] and not form.endswith("s") or " " in hit.phrase


_NO_SUBJECT = frozenset(
    "a an the his her their its this that these those of in by for with and or is are was were be been being".split()
)


def _is_refusal(clause: Clause, seen: Seen, cue: Cue) -> bool:
    """The speaker's “will not”, “cannot” with a verb of granting."""
    words = [token.word for token in clause.tokens[:8]]
    if not words or words[0] not in _SPEAKER:
        return False
    if words[1:2] in (["oppose"], ["opposes"], ["opposed"], ["reject"], ["rejects"], ["refuse"], ["refuses"]):
        return True
    negated = any(
        a in _MODALS | {"do", "does"} and b in {"not", "never"} for a, b in zip(words[1:], words[2:], strict=False)
    )
    return negated and any(word in _REFUSED or word.removesuffix("ing") in _REFUSED for word in words[3:7])


def _is_threat(clause: Clause, seen: Seen, cue: Cue) -> bool:
    """“We will” with a verb of harming."""
    words = [token.word for token in clause.tokens[:7]]
    if words[:1] not in (["i"], ["we"]) or not set(words) & {"will", "'ll"} or "not" in words:
        return False
    return bool(
        set(words) & {"retaliate", "sue", "punish", "destroy", "crush", "strike", "bomb", "shoot", "kill", "annihilate"}
    )


def _is_warning(clause: Clause, seen: Seen, cue: Cue) -> bool:
    """A harm that may come: a harm's word after a modal, or a threat or danger that something is."""
    harms = seen.get("harm", [])
    for hit in harms:
        before = _words(clause, 0, hit.first)
        if before & {"could", "may", "might", "will", "'ll", "would"} and not before & NEGATORS:
            return _subject(clause) not in {"i", "we"}
        if hit.phrase in {"danger", "threat", "threaten", "risk", "peril", "existential"} and not before & NEGATORS:
            return (
                before & {"in", "a", "at", "serious", "grave", "real", "existential"} != set()
                or hit.phrase == "threaten"
            )
    return False


_DIRECTIVES = {
    "should",
    "must",
    "ought to",
    "ought",
    "need to",
    "have to",
    "let 's",
    "let us",
    "please",
    "be time",
    "had better",
}


def _is_demand(clause: Clause, seen: Seen, cue: Cue) -> bool:
    """An obligation laid on somebody, a wish for somebody's act, an imperative."""
    for hit in seen.get("obligation", []):
        if hit.phrase in _DIRECTIVES or hit.first <= 3:
            before = _words(clause, 0, hit.first)
            if not (
                hit.phrase in {"have to", "need to"}
                and (before & (_MODALS | NEGATORS) or _subject(clause) in {"i", "he", "she"})
            ):
                return True
    return _subject(clause) in _IMPERATIVES and len(clause.tokens) > 1


_IMPERATIVES = frozenset(
    "stop go give take vote join look think imagine come leave keep make tell ask let get stand remember donate help send "
    "watch read check show put bring fight repeal end build wake please do don quit resign".split()
)


def _is_commitment(clause: Clause, seen: Seen, cue: Cue) -> bool:
    """The speaker's own “will”, “plan to”; an indirect “he would” counts as the speaker's."""
    if _subject(clause) not in _SPEAKER | {"his", "her", "our", "my"}:
        return False
    for hit in seen.get("commit", []):
        after = _words(clause, hit.first, hit.last + 4)
        if hit.first <= 3 and not after & (_STATIVE | {"not", "have", "love", "like"}):
            return True
    return False


_STATIVE = frozenset(
    form
    for verb in "be become beat feel find get happen know lose need prevail remember see succeed win".split()
    for form in inflections(verb)
    if form not in {"am", "are", "is", "was", "were", "'m", "'re", "'s"}
)


def _is_prediction(clause: Clause, seen: Seen, cue: Cue) -> bool:
    """What will be: a future verb of the main clause that bound nobody."""
    return any(
        hit.first <= 12 and not (hit.phrase == "would" and "love" in _words(clause, hit.first, hit.first + 3))
        for hit in seen.get("future", [])
    )


def _is_support(clause: Clause, seen: Seen, cue: Cue) -> bool:
    """The speaker's approval, or praise that is not taken back by a negation."""
    for hit in seen.get("endorse", []):
        before = _words(clause, 0, hit.first)
        if (
            _subject(clause) in {"i", "we", "he", "she", "our", "my"} and hit.first <= 5 or hit.first == 0
        ) and not before & NEGATORS:
            return (
                hit.phrase not in {"like", "love", "thank", "best"} or _subject(clause) in {"i", "we"} or hit.first == 0
            )
    return _balance(clause, seen) > 0


def _is_criticism(clause: Clause, seen: Seen, cue: Cue) -> bool:
    return _balance(clause, seen) < 0


def _balance(clause: Clause, seen: Seen) -> int:
    """Words of praise less words of blame; a negator up to three words before a word turns it."""
    total = 0
    for label, sign in (("good", 1), ("bad", -1)):
        for hit in seen.get(label, []):
            turned = bool(_words(clause, hit.first - 4, hit.first) & NEGATORS)
            total += -1 if turned else sign
    return total


def _is_question(clause: Clause, seen: Seen, cue: Cue) -> bool:
    return clause.sentence.rstrip(" .”’'\"").endswith("?") and _QUESTION.match(clause.text) is not None


def _is_assessment(clause: Clause, seen: Seen, cue: Cue) -> bool:
    """An opinion's opening, or a word of judgement where the cue does not vouch for a fact."""
    return clause.is_opinion or cue.kind == "assessment" or "judging" in seen


_RULES: tuple[tuple[str, Callable[[Clause, Seen, Cue], bool]], ...] = (
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
