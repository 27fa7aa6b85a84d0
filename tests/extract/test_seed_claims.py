"""The commissioned article: its claims by hand-placed attributions. Needs ../shared; its text is read, never copied."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from builder.extract.attribution import Attribution, Claim, Span
from builder.extract.claims import find_claims
from builder.normalize.article import Article

SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "000_99993950216d384c.txt"
pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the seed article is not beside this checkout")


@dataclass(frozen=True, slots=True)
class Placed:
    """An attribution by the words that begin its cue, and those that begin and end its content."""

    cue: str
    begins: str
    ends: str
    kind: str


PLACED = [
    Placed("reiterated his demand", "that the United", "eastward", "demand"),
    Placed("accused", "the West", "Europe.”", "accusation"),
    Placed("has denied", "that it plans", "Ukraine", "denial"),
    Placed("warned of", "the threat", "in Ukraine", "warning"),
    Placed("pointed out", "that despite", "1990s", "assertion"),
]


def _span(text: str, words: str, start: int = 0) -> Span:
    at = text.index(words, start)
    return at, at + len(words)


@pytest.fixture(scope="module")
def text() -> str:
    return SEED.read_text("utf-8")


@pytest.fixture(scope="module")
def claims(text: str) -> tuple[Claim, ...]:
    attributions = []
    for placed in PLACED:
        cue = _span(text, placed.cue)
        begins = _span(text, placed.begins, cue[1])[0]
        ends = _span(text, placed.ends, begins)[1]
        attributions.append(Attribution(((begins, ends),), (cue,), (), 0.9))
    article = Article(
        collection_id="seed", locator="seed", revision=1, raw_path="seed.txt", place="", raw_sha256="0" * 64, url=None,
        title=text.splitlines()[0], authors=(), publisher=None, published_at=None, published_precision=None,
        published_from=None, language="en", text=text, runs=(), extraction_status="extracted",
    )  # fmt: skip
    return find_claims(article, attributions)


def test_each_placed_attribution_has_its_kind(claims: tuple[Claim, ...]) -> None:
    kinds = {claim.attribution: claim.claim_kind for claim in claims}
    assert [kinds[number] for number in range(len(PLACED))] == [placed.kind for placed in PLACED]


def test_the_article_predicts_in_its_own_voice(text: str, claims: tuple[Claim, ...]) -> None:
    own = [claim for claim in claims if claim.attribution is None]
    predictions = [text[slice(*claim.spans[0])] for claim in own if claim.claim_kind == "prediction"]
    assert len(predictions) == 1
    assert "unlikely" in predictions[0]


def test_neither_headline_nor_plain_report_is_a_claim_of_the_article(text: str, claims: tuple[Claim, ...]) -> None:
    own = [text[slice(*claim.spans[0])] for claim in claims if claim.attribution is None]
    assert text.splitlines()[0] not in own
    assert len(own) <= 2


def test_the_assertion_ends_where_nothing_says_when(claims: tuple[Claim, ...]) -> None:
    assertion = next(claim for claim in claims if claim.attribution == 4)
    assert assertion.about_start is None  # “since” is open without the article's date
