"""Whom a pronoun stands for. Imports `scene`, `lexicon`."""

from collections.abc import Collection

from builder.resolve.lexicon import FEMALE_PRONOUNS, MALE_PRONOUNS, NEUTER_PRONOUNS, PLURAL_PRONOUNS
from builder.resolve.scene import Scene
from builder.resolve.within_article import Draft

# An actor of unknown gender answers to he and she, if nobody surer is about as near.
_UNSURE = 0.6


def pronoun_class(word: str) -> str | None:
    """m, f, n (it), p (they), or None for a word that is no third-person pronoun."""
    lower = word.casefold()
    for kind, words in (("m", MALE_PRONOUNS), ("f", FEMALE_PRONOUNS), ("n", NEUTER_PRONOUNS), ("p", PLURAL_PRONOUNS)):
        if lower in words:
            return kind
    return None


def resolve_pronoun(scene: Scene, kind: str, before: int, barred: Collection[int] = ()) -> int | None:
    """The actor most on the reader's mind whom a pronoun of that class fits; `barred` it cannot be.

    An actor whose gender was unknown has the pronoun's from here on.
    """
    scores = {
        number: score * _fit(scene.draft(number), kind)
        for number, score in scene.salience(before).items()
        if number not in barred
    }
    best = max(scores, key=lambda number: (scores[number], number), default=None)
    if best is None or scores[best] <= 0:
        best = _latest(scene, kind, before, barred)
    if best is not None and kind in "mf" and scene.draft(best).gender is None:
        scene.draft(best).gender = kind
    return best


def _fit(draft: Draft, kind: str) -> float:
    if kind in "mf":
        if draft.kind not in {"person", "unnamed"} or draft.is_plural:
            return 0.0
        fits = 1.0 if draft.gender == kind else _UNSURE if draft.gender is None else 0.0
        return fits if draft.kind == "person" else fits * 0.8
    if kind == "n":
        return {"organization": 1.0, "state": 1.0, "document": 1.0, "place": 0.1}.get(draft.kind, 0.0)
    if draft.is_plural:
        return 1.0
    return {"organization": 0.5, "group": 1.0}.get(draft.kind, 0.0)


def _latest(scene: Scene, kind: str, before: int, barred: Collection[int]) -> int | None:
    """The latest fitting actor of all that was read: for a text in which nobody was named for long."""
    earlier = (t for t in reversed(scene.traces) if t.start < before and t.number not in barred)
    return next((t.number for t in earlier if _fit(scene.draft(t.number), kind) > 0), None)
