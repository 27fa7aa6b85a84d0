"""Whom a claim is aimed at, or is about. Imports `scene`."""

from collections.abc import Collection, Sequence

from builder.extract.attribution import Attribution, Claim, Span
from builder.resolve.scene import Scene

AIMED = frozenset({"accusation", "refusal", "threat", "demand", "criticism", "support", "denial"})
MOST = 3
_KINDS = {"person", "organization", "state"}


def tell_targets(
    scene: Scene, claim: Claim, attribution: Attribution | None, claimants: Collection[int]
) -> tuple[int, ...]:
    """The named actors, never a claimant, at most three: those aimed at, or those whom the content is about."""
    spans = list(claim.spans)
    if attribution and claim.claim_kind in AIMED:
        spans = sorted([*spans, *_between(attribution)])
    found = [number for number in _mentioned(scene, spans) if number not in claimants]
    return tuple(found[:MOST])


def _between(attribution: Attribution) -> list[Span]:
    """What stands between a cue and the content after it: whom "accused her of" accuses."""
    if not attribution.cue or not attribution.content:
        return []
    start, end = attribution.cue[0][0], attribution.content[0][0]
    return [(start, end)] if start < end <= start + 200 else [attribution.cue[0]]


def _mentioned(scene: Scene, spans: Sequence[Span]) -> list[int]:
    """Named actors mentioned in the spans, in their order."""
    found: dict[int, None] = {}
    for start, end in spans:
        for mention in scene.mentions_in(start, end):
            if mention.actor is not None and scene.draft(mention.actor).kind in _KINDS:
                found.setdefault(mention.actor)
    return list(found)
