"""Pronouns and offices outside sources: he, her, "the president".

Imports `scene`, `pronouns`, `antecedents`, `nominals`, `lexicon`.
"""

import re
from collections.abc import Sequence

from builder.extract.attribution import Attribution
from builder.resolve.actor import Speaker
from builder.resolve.pronouns import pronoun_class, resolve_pronoun
from builder.resolve.scene import Scene
from builder.resolve.voices import FIRST

PRONOUN = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)


def note_pronoun(scene: Scene, start: int, end: int, barred: Sequence[int] = ()) -> None:
    """Record whom the pronoun at text[start:end] stands for."""
    kind = pronoun_class(scene.text[start:end])
    assert kind is not None
    number = resolve_pronoun(scene, kind, start, barred)
    is_subject = scene.text[start:end].casefold() in {"he", "she"}
    scene.note(start, end, "pronoun", number, 0.9 if is_subject else 0.5)


def note_quoted(scene: Scene, attributions: Sequence[Attribution], speakers: Sequence[Speaker]) -> None:
    """Pronouns inside quotations: I is the speaker, he and she are anybody else."""
    for attribution, speaker in zip(attributions, speakers, strict=True):
        for start, end in attribution.content:
            for match in PRONOUN.finditer(scene.text, start, end):
                if scene.quoted[match.start()] and match.span() not in scene.mentions:
                    note_pronoun(scene, *match.span(), barred=speaker.actors)
            for match in FIRST.finditer(scene.text, start, end):
                if scene.quoted[match.start()] and match.span() not in scene.mentions and len(speaker.actors) == 1:
                    scene.note(*match.span(), "pronoun", speaker.actors[0], 0.0)
