"""Exact and near duplicates."""

import random
from contextlib import closing
from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.bins import WAITING, Bins
from builder.normalize import sketches as found_by
from builder.normalize.duplicates import cluster_duplicates
from builder.normalize.sketches import Sketches, sign_texts

WORDS = [f"word{n}" for n in range(3000)]
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "article_id": pl.String,
    "published_at": pl.Datetime("us", "UTC"),
    "text": pl.String,
}


def text(seed: int, length: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def changed(words: str, places: int) -> str:
    """The same text with one word in every so many another."""
    parts = words.split()
    for n in range(places):
        parts[n * len(parts) // places] = f"changed{n}"
    return " ".join(parts)


def scattered(words: str, places: int) -> str:
    """The same text with that many words anywhere another."""
    parts = words.split()
    for n in random.Random(places).sample(range(len(parts)), places):
        parts[n] = f"changed{n}"
    return " ".join(parts)


def frame(*rows: tuple[str, int | None, str]) -> pl.DataFrame:
    dated = [(article, datetime(2026, 4, day, tzinfo=UTC) if day else None, words) for article, day, words in rows]
    return pl.DataFrame(dated, schema=SCHEMA, orient="row")


def cluster(articles: pl.DataFrame, limit: int = WAITING) -> pl.DataFrame:
    with closing(Bins(limit=limit)) as bins:
        sketches, texts = Sketches(bins), articles["text"].to_list()
        for at in range(0, len(texts), 3):
            sketches.add(sign_texts(texts[at : at + 3]))
        return cluster_duplicates(articles.drop("text"), sketches, texts.__getitem__)


def clusters(articles: pl.DataFrame) -> dict[str, str]:
    found = cluster(articles)
    return dict(zip(found["article_id"], found["duplicate_cluster_id"], strict=True))


def heads(articles: pl.DataFrame) -> list[str]:
    found = cluster(articles)
    return found.filter("is_cluster_head")["article_id"].to_list()


def test_the_earliest_published_is_the_head_and_names_the_cluster() -> None:
    articles = frame(("a", 3, text(1)), ("b", 1, text(1)), ("c", None, text(1)), ("d", 2, text(2)))
    assert clusters(articles) == {"a": "dup-b", "b": "dup-b", "c": "dup-b", "d": "dup-d"}
    assert heads(articles) == ["b", "d"]


def test_without_dates_the_smallest_id_is_the_head() -> None:
    assert heads(frame(("c", None, text(1)), ("a", None, text(1)), ("b", None, text(1)))) == ["a"]


def test_case_punctuation_and_spaces_make_no_difference() -> None:
    articles = frame(("a", 1, "“No,” she said."), ("b", 2, "no SHE\n\nsaid"), ("c", 3, "no she sad"))
    assert clusters(articles) == {"a": "dup-a", "b": "dup-a", "c": "dup-c"}


def test_a_fifth_of_the_words_changed_makes_a_near_duplicate_and_more_do_not() -> None:
    articles = frame(("a", 1, text(1)), ("b", 2, changed(text(1), 20)), ("c", 3, changed(text(1), 60)))
    assert clusters(articles) == {"a": "dup-a", "b": "dup-a", "c": "dup-c"}


def test_pairs_just_above_the_threshold_are_found_and_just_below_are_not() -> None:
    above = [clusters(frame(("a", 1, text(n)), ("b", 2, scattered(text(n), 40))))["b"] for n in range(30)]
    below = [clusters(frame(("a", 1, text(n)), ("b", 2, scattered(text(n), 41))))["b"] for n in range(30)]
    assert above.count("dup-a") >= 29
    assert below.count("dup-a") == 0


def test_another_order_of_the_paragraphs_makes_no_other_story() -> None:
    parts = [text(n, 60) for n in range(4)]
    articles = frame(("a", 1, "\n\n".join(parts)), ("b", 2, "\n\n".join(parts[2:] + parts[:2])))
    assert clusters(articles)["b"] == "dup-a"


def test_a_syndicated_copy_with_another_dateline_and_ending_is_one() -> None:
    copy = f"PORT ELM (Courier) — {text(1)} Mira Fenn of the Courier has added to this report."
    assert clusters(frame(("a", 1, text(1)), ("b", 2, copy)))["b"] == "dup-a"


def test_an_article_that_contains_another_is_of_its_cluster() -> None:
    longer = f"{text(7, 150)}\n\n{text(1)}\n\n{text(8, 150)}"
    assert clusters(frame(("a", 2, text(1)), ("b", 1, longer))) == {"a": "dup-b", "b": "dup-b"}


def test_a_round_up_of_two_stories_joins_neither() -> None:
    articles = frame(("a", 1, text(1)), ("b", 2, text(2)), ("c", 3, f"{text(1)}\n\n{text(2)}"))
    assert clusters(articles) == {"a": "dup-a", "b": "dup-b", "c": "dup-c"}


def test_a_round_up_of_two_copies_of_one_story_is_of_its_cluster() -> None:
    copy = changed(text(1), 10)
    articles = frame(("a", 1, text(1)), ("b", 2, copy), ("c", 3, f"{text(1)}\n\n{copy}\n\n{text(3, 100)}"))
    assert set(clusters(articles).values()) == {"dup-a"}


def test_a_paragraph_of_background_makes_no_duplicate() -> None:
    articles = frame(("a", 1, text(1, 60)), ("b", 2, f"{text(2, 300)}\n\n{text(1, 60)}"))
    assert clusters(articles) == {"a": "dup-a", "b": "dup-b"}


def test_reports_out_of_one_mould_are_different_stories() -> None:
    mould = "In {} the ferry carried {} guests on {} days with {} boats and {} crew. " + text(1, 80)
    reports = [(f"r{n}", n, mould.format(*(1000 * n + k for k in range(5)))) for n in range(1, 5)]
    assert len(set(clusters(frame(*reports)).values())) == 4
    corrected = ("x", 9, mould.format(1000, 1001, 1002, 1003, 1999))
    assert clusters(frame(("r1", 1, mould.format(*(1000 + k for k in range(5)))), corrected))["x"] == "dup-r1"


def test_a_phrase_that_all_articles_have_joins_none_of_them() -> None:
    phrase = " ".join(f"all{n}" for n in range(30))
    articles = frame(*[(f"a{n:03}", 1, f"{text(n, 60)} {phrase}") for n in range(100)])
    assert len(set(clusters(articles).values())) == 100


def test_a_chain_of_near_duplicates_is_one_cluster() -> None:
    second = changed(text(1), 4)
    third = " ".join(["other"] * 10 + second.split()[10:])
    assert len(set(clusters(frame(("a", 1, text(1)), ("b", 2, second), ("c", 3, third))).values())) == 1


def test_texts_too_short_for_runs_are_joined_only_where_equal() -> None:
    articles = frame(
        ("a", 1, "No comment."), ("b", 2, "No comment"), ("c", 3, "No answer."), ("d", 4, "…"), ("e", 5, "…")
    )
    assert clusters(articles) == {"a": "dup-a", "b": "dup-a", "c": "dup-c", "d": "dup-d", "e": "dup-e"}


def test_no_articles_make_no_clusters() -> None:
    found = cluster(frame())
    assert found.height == 0
    assert found.columns == ["article_id", "duplicate_cluster_id", "is_cluster_head"]


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(9)))
def test_the_order_of_the_articles_never_matters(order: list[int]) -> None:
    texts = [
        text(1),
        text(1),
        changed(text(1), 3),
        f"{text(1)} {text(2)} {text(9)}",
        text(2),
        changed(text(2), 2),
        text(3),
        "No.",
        "no",
    ]
    rows = [(f"a{n}", (n * 7) % 5 or None, texts[n]) for n in range(9)]
    assert cluster(frame(*[rows[n] for n in order])).equals(cluster(frame(*rows)))


def test_many_texts_whose_sketches_do_not_fit_into_memory_are_clustered_as_few_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [(f"a{n}", n, text(n) if n < 8 else changed(text(n % 8), 2)) for n in range(1, 24)]
    expected = cluster(frame(*rows))
    monkeypatch.setattr(found_by, "_WAITING", 50)
    monkeypatch.setattr(found_by, "_TEXTS_A_BIN", 3)
    assert cluster(frame(*rows), limit=1_000).equals(expected)
    assert expected["duplicate_cluster_id"].n_unique() == 8
