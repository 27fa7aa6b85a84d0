"""Whom a pronoun stands for. Imports `scene`, `lexicon`, `cast`."""

from collections.abc import Collection

from builder.resolve.cast import Draft
from builder.resolve.lexicon import FEMALE_PRONOUNS, MALE_PRONOUNS, NEUTER_PRONOUNS, PLURAL_PRONOUNS
from builder.resolve.scene import Scene

# An actor of unknown gender answers to he and she, if nobody surer is about as near.
_UNSURE = 0.6
_NO_NAME = 0.8
# How many times likelier than the next one an actor must be for the pronoun to tell its gender.
_SURE = 2.0


def pronoun_class(word: str) -> str | None:
    """m, f, n (it), p (they), or None for a word that is no third-person pronoun."""
    lower = word.casefold()
    for kind, words in (("m", MALE_PRONOUNS), ("f", FEMALE_PRONOUNS), ("n", NEUTER_PRONOUNS), ("p", PLURAL_PRONOUNS)):
        if lower in words:
            return kind
    return None


def resolve_pronoun(scene: Scene, kind: str, before: int, barred: Collection[int] = ()) -> int | None:
    """The actor most on the reader's mind whom a pronoun of that class fits; `barred` it cannot be.

    An actor whose gender was unknown has the pronoun's from here on, where no other was likely.
    """
    scores = {
        number: score * _fit(scene.draft(number), kind)
        for number, score in scene.salience(before).items()
        if number not in barred
    }
    ranked = sorted((n for n in scores if scores[n] > 0), key=lambda number: (-scores[number], -number))
    if not ranked:
        return _latest(scene, kind, before, barred)
    best = ranked[0]
    is_sure = len(ranked) == 1 or scores[best] > _SURE * scores[ranked[1]]
    if kind in "mf" and is_sure and scene.draft(best).gender is None:
        scene.draft(best).gender = kind
    return best


def _fit(draft: Draft, kind: str) -> float:
    if kind in "mf":
        return _human_fit(draft, kind)
    if kind == "n":
        return {"organization": 1.0, "state": 1.0, "document": 1.0, "place": 0.1}.get(draft.kind, 0.0)
    if draft.is_plural:
        return 1.0
    return {"organization": 0.5, "group": 1.0}.get(draft.kind, 0.0)


def _human_fit(draft: Draft, kind: str) -> float:
    if draft.kind not in {"person", "unnamed"} or draft.is_plural or draft.gender not in {None, kind}:
        return 0.0
    return (
        (1.0 if draft.gender else _UNSURE)
        * (1.0 if draft.kind == "person" else _NO_NAME)
        * (_NO_NAME if draft.is_passing else 1.0)
    )


def _latest(scene: Scene, kind: str, before: int, barred: Collection[int]) -> int | None:
    """The latest fitting actor of all that was read: for a text in which nobody was named for long."""
    earlier = (t for t in reversed(scene.traces) if t.start < before and t.number not in barred)
    return next((t.number for t in earlier if _fit(scene.draft(t.number), kind) > 0), None)
