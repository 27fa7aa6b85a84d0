"""The article that the project was commissioned with, read from beside the repository; skipped where it is absent."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.extract.attribution import Attribution, Extraction, Name
from builder.normalize.article import Article
from builder.resolve.actor import LocalActor, Resolution
from builder.resolve.authority import built_in_authority
from builder.resolve.stage import resolve_article

SEED = Path(__file__).parents[2].parent / "shared" / "seed"
pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the seed article is not beside the repository")

# Source and cue right before or after each quoted passage, as short patterns.
SOURCES = (
    r"(Russian President Vladimir Putin) (reiterated)",
    r"(Putin) (warned)",
    r"(the Kremlin) (needs)",
    r"(He) (pointed out)",
    r"(Putin) (said the)",
    r"(Putin) (added)",
    r"(he) (explained), is",
)
KINDS = {
    "Vladimir Putin": "person", "Putin": "person", "Biden": "person", "NATO": "organization", "United States": "place",
    "US": "place", "U.S.": "place", "Russia": "place", "Ukraine": "place", "Moscow": "place", "Kremlin": "organization",
    "Crimea": "place", "Europe": "place", "Russian": "other", "Soviet": "other",
}  # fmt: skip


def names(text: str) -> Iterator[Name]:
    pattern = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(KINDS, key=len, reverse=True))
    for match in re.finditer(pattern, text):
        yield Name(match.start(), match.end(), KINDS[match[0]])


def resolve() -> tuple[Resolution, Extraction]:
    text = next(SEED.glob("*.txt")).read_text(encoding="utf-8")
    attributions = []
    for pattern in SOURCES:
        match = re.search(pattern, text)
        assert match, pattern
        attributions.append(Attribution(((match.end(), match.end() + 20),), (match.span(2),), (match.span(1),), 1.0))
    extraction = Extraction(tuple(attributions), tuple(names(text)))
    article = Article(
        "seed", "seed", 0, "seed", "", "", None, None, (), None, None, None, None, "en", text, (), "extracted"
    )
    return resolve_article(article, extraction, built_in_authority()), extraction


def actor(resolution: Resolution, name: str) -> LocalActor:
    return next(actor for actor in resolution.actors if actor.name == name)


@pytest.mark.parametrize("number", [0, 1, 3, 4, 5, 6])
def test_every_passage_is_spoken_by_putin_also_where_the_source_is_a_pronoun(number: int) -> None:
    resolution, _ = resolve()
    assert [resolution.actors[n].name for n in resolution.speakers[number].actors] == ["Vladimir Putin"]


def test_the_resolution_says_how_the_speaker_was_told() -> None:
    resolution, _ = resolve()
    told = [speaker.resolution for speaker in resolution.speakers]
    assert told == ["named", "alias", "alias", "pronoun", "alias", "alias", "pronoun"]


def test_the_kremlin_speaks_for_russia() -> None:
    resolution, _ = resolve()
    assert [resolution.actors[n].name for n in resolution.speakers[2].actors] == ["Russia"]


def test_russia_is_one_state_with_its_metonyms_among_its_aliases() -> None:
    resolution, _ = resolve()
    russia = [a for a in resolution.actors if a.country_code == "RUS" and a.kind == "state"]
    assert [(a.name, a.entry) for a in russia] == [("Russia", "state/RUS")]
    assert {"Moscow", "Kremlin"} <= set(russia[0].aliases)


def test_states_alliances_and_people_are_told_apart() -> None:
    resolution, _ = resolve()
    assert actor(resolution, "NATO").kind == "organization"
    assert actor(resolution, "Ukraine").entry == "state/UKR"
    assert actor(resolution, "United States").entry == "state/USA"
    assert actor(resolution, "Biden").kind == "person"


def test_an_office_before_the_name_is_a_role_and_its_adjective_a_country() -> None:
    resolution, _ = resolve()
    putin = actor(resolution, "Vladimir Putin")
    assert ("President" in putin.roles, putin.country_code, "Putin" in putin.aliases) == (True, "RUS", True)
