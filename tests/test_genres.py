"""Floors under what is found outside American news: fiction, interviews, transcripts, speeches, British news, marks.

The gold is the project's own (tests/gold/README.md); a text's genre is its name's part before the last "-".
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from builder.extract.encoder import Encoder, load_encoder
from builder.extract.stage import extract
from builder.measure.attributions import add_rates, rate_article
from builder.measure.found import as_article
from builder.measure.gold import GoldArticle, read_gold

GOLD = Path(__file__).parent / "gold"
FLOORS = tomllib.loads((GOLD / "floors.toml").read_text(encoding="utf-8"))["genre"]


@pytest.fixture(scope="module")
def gold() -> list[GoldArticle]:
    return read_gold(GOLD)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def genre_of(article: GoldArticle) -> str:
    return article.doc.rpartition("-")[0]


@pytest.mark.parametrize("genre", sorted(FLOORS))
def test_attributions_of_a_genre_are_found_at_least_as_well_as_they_were(
    genre: str, gold: Sequence[GoldArticle], encoder: Encoder
) -> None:
    texts = [article for article in gold if genre_of(article) == genre]
    rates = add_rates(rate_article(text, extract(as_article(text), encoder).attributions) for text in texts)
    found = {measure: round(rates[measure].f1, 1) for measure in FLOORS[genre]}
    below = {measure: value for measure, value in found.items() if value < FLOORS[genre][measure]}
    assert not below, f"{genre}: {found}, floors {FLOORS[genre]}"


def test_every_genre_has_its_floors(gold: Sequence[GoldArticle]) -> None:
    assert {genre_of(article) for article in gold} == set(FLOORS)


def test_every_marked_span_lies_in_its_text_and_begins_and_ends_on_a_character(gold: Sequence[GoldArticle]) -> None:
    for article in gold:
        for attribution in article.attributions:
            assert attribution.cue, f"{article.doc}: no cue to {attribution.content}"
            assert attribution.content, f"{article.doc}: no content to {attribution.cue}"
            for start, end in (*attribution.source, *attribution.cue, *attribution.content):
                assert 0 <= start < end <= len(article.text), f"{article.doc}: {start} {end}"
                words = article.text[start:end]
                assert words == words.strip(), f"{article.doc}: {start} {end} {words!r}"


def test_the_words_beside_an_offset_are_those_of_the_text(gold: Sequence[GoldArticle]) -> None:
    for article in gold:
        lines = (GOLD / f"{article.doc}.ann").read_text(encoding="utf-8").splitlines()
        for key, marked, words in (line.split("\t") for line in lines if line.startswith("T")):
            pieces = [piece.split() for piece in marked.partition(" ")[2].split(";")]
            at_offsets = " ".join(article.text[int(start) : int(end)] for start, end in pieces)
            assert at_offsets == words, f"{article.doc} {key}"
