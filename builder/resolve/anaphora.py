"""Pronouns and offices outside sources: he, her, "the president".

Imports `scene`, `pronouns`, `antecedents`, `nominals`, `lexicon`.
"""

import re
from collections.abc import Sequence

from builder.extract.attribution import Attribution
from builder.resolve.actor import Speaker
from builder.resolve.antecedents import person_of_role
from builder.resolve.lexicon import ROLE_MODIFIERS, ROLE_NOUNS
from builder.resolve.nominals import role_of
from builder.resolve.pronouns import pronoun_class, resolve_pronoun
from builder.resolve.scene import Scene
from builder.resolve.voices import FIRST

PRONOUN = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)
_OFFICE = re.compile(r"\b(?:the|this)\s+((?:[\w’'.-]+\s+){0,4}?)([\w-]+)\b(?!\s+(?:[A-Z]|of\b))", re.IGNORECASE)


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


def note_offices(scene: Scene) -> None:
    """Record "the president", "the former minister", where a person of the article has that role."""
    for match in _OFFICE.finditer(scene.text):
        head = role_of(match[2].casefold())
        words = [word.casefold() for word in match[1].split()]
        if head not in ROLE_NOUNS or not all(w in ROLE_MODIFIERS or w in ROLE_NOUNS or w[:1].isupper() for w in words):
            continue
        if any(start < match.end() and match.start() < end for start, end in scene.mentions):
            continue
        number = person_of_role(scene, head, words, match.start())
        if number is not None:
            scene.note(match.start(), match.end(), "nominal", number, 0.7)
