"""Who is who in one article. Imports nothing of the project.

Inside an article an actor is known by its number in `Resolution.actors`; ids come with `across_articles`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LocalActor:
    """One actor of one article: canonical name and kind after the codebook, and what the article adds.

    `entry` is the id of the authority file's actor that it is (state/RUS), where it is one; `aliases` are its other
    names and metonyms in this article, in the text's order, without the canonical name.
    """

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    country_code: str | None = None
    authority_ids: tuple[str, ...] = ()
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """text[start:end] mentions `actor` (a number in the article's list; None where that could not be told)."""

    start: int
    end: int
    mention_type: str
    actor: int | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """The actors that one attribution's source stands for, in the text's order, and how that was told."""

    actors: tuple[int, ...]
    resolution: str


@dataclass(frozen=True, slots=True)
class ClaimActors:
    """Who makes a claim and whom it is aimed at (at most three, never a claimant)."""

    claimants: tuple[int, ...]
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """One article resolved: `speakers` is aligned with its attributions, `claims` with its claims."""

    actors: tuple[LocalActor, ...]
    mentions: tuple[Mention, ...]
    speakers: tuple[Speaker, ...]
    claims: tuple[ClaimActors, ...]
