"""The constructions in which an attribution stands, and what is measured by them."""

import pytest

from builder.extract.attribution import Attribution, Span
from builder.measure.constructions import CONSTRUCTIONS, add_construction_rates, constructions_of, rate_constructions
from builder.measure.found import Found, FoundClaim
from builder.measure.gold import GoldArticle, GoldAttribution
from builder.measure.labels import Labels


def mark(text: str, content: str, source: str = "", cue: str = "", labels: Labels | None = None) -> GoldAttribution:
    """An attribution of a text by its parts' words, pieces joined by a bar."""
    return GoldAttribution(spans(text, content), spans(text, source), spans(text, cue), labels)


def spans(text: str, words: str) -> tuple[Span, ...]:
    return tuple((at := text.index(piece), at + len(piece)) for piece in words.split("|") if piece)


@pytest.mark.parametrize(
    ("text", "content", "source", "cue", "constructions"),
    [
        ("“It is over,” Ann Holt said.", "“It is over,”", "Ann Holt", "said", ["direct"]),
        ("Ann Holt called it “a mess” then.", "it “a mess”", "Ann Holt", "called", ["partial"]),
        ("Ann Holt said it was over.", "it was over", "Ann Holt", "said", ["indirect"]),
        ("It was over, said Ann Holt.", "It was over", "Ann Holt", "said", ["indirect", "inverted"]),
        ("It was over, said on Monday Ann Holt.", "It was over", "Ann Holt", "said", ["indirect"]),
        ("It was over, she said.", "It was over", "she", "said", ["indirect", "pronoun"]),
        ("We’re told it was over.", "it was over", "We’re", "told", ["indirect", "pronoun"]),
        ("It was over, said he.", "It was over", "he", "said", ["indirect", "inverted", "pronoun"]),
        ("“It is over.\n\n“For all,” she said.", "“It is over.\n\n“For all,”", "she", "said",
         ["direct", "pronoun", "multi-paragraph"]),
        ("“It is over,” Ann said.\n\n“All.”", "“It is over,”|“All.”", "Ann", "said", ["direct", "multi-paragraph"]),
        ("“It is over,” Ann said. “All.”", "“It is over,”|“All.”", "Ann", "said", ["direct"]),
        ("It was over.", "It was over", "", "", ["indirect"]),
    ],
)  # fmt: skip
def test_where_the_parts_stand_tells_the_construction(
    text: str, content: str, source: str, cue: str, constructions: list[str]
) -> None:
    assert constructions_of(text, mark(text, content, source, cue)) == constructions


@pytest.mark.parametrize(
    ("labels", "construction"),
    [
        (Labels(speakers=("Ann Holt", "Bo Lind"), speaker_kind="person"), "joint"),
        (Labels(speakers=("a clerk",), speaker_kind="unnamed"), "unnamed"),
        (Labels(speakers=("the letter",), speaker_kind="document"), "document"),
    ],
)
def test_who_speaks_tells_the_construction(labels: Labels, construction: str) -> None:
    text = "It was over, they said."
    assert construction in constructions_of(text, mark(text, "It was over", "they", "said", labels))


TEXT = "It was over, said Ann Holt. She feared that jobs would go. A clerk denied it."
ARTICLE = GoldArticle(
    "a",
    "gazette",
    TEXT,
    (
        mark(TEXT, "It was over", "Ann Holt", "said", Labels("assertion", speakers=("Ann Holt",))),
        mark(TEXT, "that jobs would go", "She", "feared", Labels("warning", speakers=("Ann Holt",))),
        mark(TEXT, "it", "A clerk", "denied", Labels("denial", speakers=("A clerk",), speaker_kind="unnamed")),
    ),
)


def test_each_construction_has_its_recall_and_of_what_was_found_the_right_speakers_and_kinds() -> None:
    over, jobs = (attribution.content for attribution in ARTICLE.attributions[:2])
    found = Found(
        (
            Attribution(over, (), spans(TEXT, "Ann Holt"), 1.0),
            Attribution(jobs, (), spans(TEXT, "Ann Holt"), 1.0),  # another source than gold's
        ),
        claims=(
            FoundClaim(over, "assertion", speakers=("Ann Holt",)),
            FoundClaim(jobs, "prediction", speakers=("Ann Holt",)),
        ),
    )
    rates = add_construction_rates([rate_constructions(ARTICLE, found)] * 2)
    figures = {
        name: [(rate.hits, rate.gold) for rate in (each.attribution, each.speaker, each.kind)]
        for name, each in rates.items()
        if each.attribution.gold
    }
    assert figures == {
        "indirect": [(2, 6), (4, 4), (2, 4)],
        "inverted": [(2, 2), (2, 2), (2, 2)],
        "pronoun": [(0, 2), (2, 2), (0, 2)],
        "unnamed": [(0, 2), (0, 0), (0, 0)],
    }
    assert list(rates) == list(CONSTRUCTIONS)
