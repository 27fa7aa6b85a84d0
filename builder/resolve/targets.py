"""Whom a claim is aimed at, or is about. Imports `scene`, `builder.extract.attribution`.

The limits were chosen on 100 labelled articles: of names at a content's start three in four are targets, of those
thirty words on one in six; organizations and states are targets seldom, and hardly ever where they stand late.
"""

import re
from collections.abc import Collection, Iterable

from builder.extract.attribution import Attribution, Claim, Span
from builder.resolve.actor import Mention
from builder.resolve.scene import Scene

AIMED = frozenset({"accusation", "refusal", "threat", "demand", "criticism", "support", "denial"})
MOST = 3
# How many words into a claim an actor of that kind may first be mentioned.
_REACH = {"person": 28, "state": 8, "organization": 5}
_FREQUENT = 5
_ADDRESSING = frozenset({"told", "tells", "telling", "said", "says", "saying"})
_WORD = re.compile(r"\w+")


def tell_targets(
    scene: Scene, claim: Claim, attribution: Attribution | None, claimants: Collection[int]
) -> tuple[int, ...]:
    """The named actors, never a claimant, at most three: those aimed at, or those whom the content is about."""
    found: list[int] = []
    if attribution and claim.claim_kind in AIMED and _is_first(claim, attribution):
        found.extend(_aimed_at_before(scene, attribution, claimants))
    first = min((start for start, _ in claim.spans), default=0)
    for mention in _mentions(scene, sorted(claim.spans)):
        number = mention.actor
        if number is None or number in claimants or number in found:
            continue
        before = scene.text[first : mention.start]
        joined = before.rstrip().endswith((" and", " or", ","))
        if not _is_near(scene, number, before) or (found and claim.claim_kind in AIMED and not joined):
            continue
        found.append(number)
    return tuple(found[:MOST])


def _is_near(scene: Scene, number: int, before: str) -> bool:
    """Whether an actor comes early enough, `before` being the claim's text up to it."""
    draft = scene.draft(number)
    if draft.kind not in _REACH or draft.is_passing or before.count(". ") > 1:
        return False
    is_main = draft.kind == "person" and len(draft.spans) > _FREQUENT
    return is_main or len(_WORD.findall(before)) < _REACH[draft.kind]


def _is_first(claim: Claim, attribution: Attribution) -> bool:
    """Whether the claim is the first of its attribution: whom the words before it name, no later one is aimed at.

    A mark of quotation may stand before it.
    """
    start = attribution.content[0][0]
    return start <= claim.spans[0][0] <= start + 1


def _aimed_at_before(scene: Scene, attribution: Attribution, claimants: Collection[int]) -> list[int]:
    """Whom the words between a cue and its content name: "accused HER of". Whom somebody told is no target."""
    cue, content = attribution.cue, attribution.content
    if not cue or not content:
        return []
    words = _WORD.findall(scene.text[cue[0][0] : cue[0][1]])
    start, end = cue[0][0], content[0][0]
    if not words or words[0].casefold() in _ADDRESSING:
        return []
    spans = [(start, end)] if start < end <= start + 200 else list(cue)
    found = dict.fromkeys(m.actor for m in _mentions(scene, spans) if m.actor is not None)
    return [number for number in found if number not in claimants and _is_named(scene, number)]


def _is_named(scene: Scene, number: int) -> bool:
    draft = scene.draft(number)
    return draft.kind in _REACH and not draft.is_passing


def _mentions(scene: Scene, spans: Iterable[Span]) -> list[Mention]:
    return [mention for start, end in spans for mention in scene.mentions_in(start, end)]
