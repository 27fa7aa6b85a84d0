"""The project's own corpus: that its gold is whole, and that what a build says of it is counted from the build."""

from pathlib import Path

import polars as pl
import pytest

from builder.measure.brat import Document, read_brat
from builder.measure.corpus import count_gold, unresolved_actors
from builder.measure.gold import GoldArticle, GoldAttribution, GoldClaim, gold_of
from builder.measure.labels import Labels
from builder.resolve.authority import Authority, built_in_authority
from builder.sources import open_sources

RAW = Path(__file__).parents[2] / "raw"


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return read_brat(RAW)


def test_every_gold_span_lies_in_its_text_and_begins_and_ends_with_a_sign(documents: list[Document]) -> None:
    spans = []
    for document in documents:
        pieces = [span for parts in document.attributions.values() for role in parts.values() for span in role]
        pieces += [span for claim in document.claims.values() for span in claim]
        spans += [(document, span) for span in pieces]
    assert len(spans) > 4000
    for document, (start, end) in spans:
        piece = document.text[start:end]
        assert 0 <= start < end <= len(document.text), document.annotation
        assert piece.strip() == piece, f"{document.annotation}: {piece!r}"


def test_every_gold_actor_speaker_and_target_of_the_corpus_resolves_to_one_actor(documents: list[Document]) -> None:
    sources = open_sources(RAW)
    gold = [gold_of(document) for document in documents]
    assert unresolved_actors(gold, sources.authorities) == ()
    assert all(article.group in sources.authorities for article in gold)


def said(speakers: tuple[str, ...], kind: str | None, targets: tuple[str, ...] = ()) -> GoldAttribution:
    labels = Labels(speakers=speakers, speaker_kind=kind, targets=targets)
    return GoldAttribution(((0, 1),), ((2, 3),), labels=labels)


def test_a_name_of_two_kinds_and_one_that_nothing_knows_do_not_resolve() -> None:
    text = "Lena Voss thanked Bo Marsh."
    one = GoldArticle("one", "bay", text, (said(("Lena Voss",), "person", ("Bo Marsh", "France", "Ada Quill")),))
    two = GoldArticle(
        "two", "bay", text, (said(("The Pier",), "organization", ("Lena Voss",)), said(("The Pier",), "place"))
    )
    assert unresolved_actors([one, two], {"bay": built_in_authority()}) == ("Ada Quill", "The Pier")
    assert unresolved_actors([one], {"bay": Authority(())}) == ("Ada Quill", "France")


def test_gold_is_counted_for_the_articles_that_the_build_has() -> None:
    gold = [
        GoldArticle("story", "bay", "x" * 9, (said(("A",), "person"), said(("B",), "person"))),
        GoldArticle("w-7", "wire", "x" * 9, (said(("A",), "person"),), claims=(GoldClaim(((0, 1),)),)),
        GoldArticle("gone", "bay", "x" * 9, (said(("C",), "person"),)),
    ]
    articles = pl.DataFrame(
        {"collection_id": ["bay", "wire", "bay"], "locator": ["sub/story.html", "w-7", "other.txt"]}
    )
    counts = count_gold(gold, articles, {})
    assert (counts.articles, counts.attributions, counts.claims, counts.actors) == (2, 3, 1, 2)
    assert (counts.unresolved, counts.elsewhere) == ((), 1)
