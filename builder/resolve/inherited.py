"""Who speaks where an attribution has no source of its own. Imports `scene`, `actor`, `builder.extract.attribution`."""

import re
from collections.abc import Sequence

from builder.extract.attribution import Attribution
from builder.resolve.actor import Mention, Speaker
from builder.resolve.scene import Scene

_NOBODY = Speaker((), "none")
_PARTICIPLE = re.compile(r"\w+ing(?: \w+)?")
# "Noting that …, Orm": a participle that opens a sentence has the subject that comes behind its content.
_OPENING = re.compile(r"(?:In|By|While|After|Before|Despite|Besides|In addition to|On|Upon)?\s*", re.IGNORECASE)
_TO_SUBJECT = re.compile(r"\s*,?[”\"’']*\s*(?:the |[A-Z][a-z]+\. )?")
# A verb in the active voice with a subject before it: not "was called", "is said", "when asked".
_FINITE = re.compile(r"(?:(?:has|have|had|also|will|would|then|later|publicly)\s+)*(\w+)", re.IGNORECASE)
_PAST = frozenset(
    {"said", "told", "wrote", "thought", "knew", "found", "made", "gave", "spoke", "began", "swore", "meant", "felt"}
    | {"held", "saw", "read", "tweeted", "vow", "run", "promises", "says", "plans", "wants", "hopes", "demands", "asks"}
)
_NOT_ACTIVE = re.compile(
    r"(?:\b(?:was|were|is|are|be|been|being|when|if|as|once|than|by|the|a|an|of|to|n[o']t)\s+)$", re.I
)
_STATES = frozenset({"seemed", "appeared", "supposed", "based", "known", "seen", "considered", "expected", "asked"})


def inherit(scene: Scene, attributions: Sequence[Attribution], speakers: Sequence[Speaker], n: int) -> Speaker:
    """Whose words an attribution without a source is, where the words around it tell."""
    own = attributions[n]
    if not own.content:
        return _NOBODY
    if own.cue and (subject := _subject(scene, own)) is not None:
        return Speaker((subject,), "inherited")
    return _from_before(scene.text, attributions, speakers, n) if n and speakers[n - 1].actors else _NOBODY


def _from_before(text: str, attributions: Sequence[Attribution], speakers: Sequence[Speaker], n: int) -> Speaker:
    """The speaker of the attribution before, where this one goes with it.

    A participle goes with the sentence that it is in ("… said Anna Orm, adding that …"); a direct quotation goes on
    with the one before it, in its paragraph or quoted in the next.
    """
    before, own = attributions[n - 1], attributions[n]
    end = max((span[1] for span in before.content + before.cue), default=0)
    cue = text[slice(*own.cue[0])] if own.cue else ""
    if _PARTICIPLE.fullmatch(cue):
        between = text[max(span[1] for span in before.source + before.cue + before.content[:1]) : own.cue[0][0]]
        return Speaker(speakers[n - 1].actors, "inherited") if not re.search(r"[.!?\n]", between) else _NOBODY
    gap = text[end : own.content[0][0]]
    is_quoted = own.quote_type == "direct" and before.quote_type != "indirect"
    if is_quoted and gap.count("\n") <= 2 and len(gap) <= 200:
        return Speaker(speakers[n - 1].actors, "inherited")
    return _NOBODY


def _subject(scene: Scene, own: Attribution) -> int | None:
    """The actor whose verb a cue is, where its source was not seen: who leads its sentence, or follows it."""
    start, end = own.cue[0]
    sentence = scene.sentence_start(start)
    cue, before = scene.text[start:end], scene.text[sentence:start]
    if own.content[0][0] < start:
        return None
    if re.match(r"\s*\w+ing\b", cue):
        behind = _TO_SUBJECT.match(scene.text, own.content[-1][1])
        is_opening = _OPENING.fullmatch(before.strip(' \n(“"')) is not None
        return _mention_at(scene, behind.end()) if behind and is_opening else None
    verb = _FINITE.match(cue)
    if not verb or _NOT_ACTIVE.search(before) or not _is_active(verb[1].casefold()):
        return None
    leading = [m for m in scene.mentions_in(sentence, start) if m.actor is not None and not scene.quoted[m.start]]
    return leading[0].actor if leading and _is_subject(scene, leading[0], sentence) else None


def _is_active(verb: str) -> bool:
    return (verb.endswith("ed") or verb in _PAST) and verb not in _STATES


def _is_subject(scene: Scene, mention: Mention, sentence: int) -> bool:
    """Whether a mention may be the subject of its sentence: nobody's, and no preposition opens what is before it."""
    before = scene.text[sentence : mention.start]
    is_owner = re.match(r"['’]s?\b", scene.text[mention.end : mention.end + 3]) is not None
    return not is_owner and len(before.split()) <= 8 and not re.match(r"\s*[^,]*\b(?:of|for|to|by|with)\s+$", before)


def _mention_at(scene: Scene, offset: int) -> int | None:
    """The actor of the mention that begins at an offset, give or take a title."""
    found = [m for m in scene.mentions_in(offset - 5, offset + 120) if m.start <= offset + 22 and m.actor is not None]
    return found[0].actor if found and scene.text[offset : found[0].start].count(".") <= 1 else None
