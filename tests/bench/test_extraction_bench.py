"""The measurement beside spaCy, apart from measuring: nothing here times anything or needs spaCy."""

import ast
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bench.extraction.figures import Round, Spread, ratio, repeated, turns, words_per_second

FOLDER = Path(__file__).parents[2] / "bench" / "extraction"
TEXTS = st.lists(st.lists(st.just("word"), min_size=1, max_size=9).map(" ".join), min_size=1)
ARTICLES = ["Reyk resigned on Monday.", "The vote is off."]


def words_in(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def test_articles_are_repeated_in_their_order_until_there_are_words_enough() -> None:
    assert repeated(ARTICLES, 9) == [ARTICLES[0], ARTICLES[1], ARTICLES[0]]


def test_articles_without_a_word_are_not_repeated_for_ever() -> None:
    assert repeated(["", "\n"], 9) == []
    assert repeated([], 9) == []


@given(texts=TEXTS, words=st.integers(1, 200))
def test_one_article_fewer_would_hold_too_few_words(texts: list[str], words: int) -> None:
    chosen = repeated(texts, words)
    assert words_in(chosen[:-1]) < words <= words_in(chosen)


@given(texts=TEXTS, words=st.integers(1, 50))
def test_every_article_is_in_one_turn(texts: list[str], words: int) -> None:
    taken = turns(texts, words)
    assert [text for turn in taken for text in turn] == texts
    assert all(words_in(turn) >= words for turn in taken[:-1])
    assert all(words_in(turn[:-1]) < words for turn in taken)


def test_speed_is_the_median_of_the_rounds_by_the_processors_time() -> None:
    rounds = [Round(100, cpu=1.0, wall=2.0), Round(100, cpu=0.5, wall=4.0), Round(100, cpu=2.0, wall=5.0)]
    assert words_per_second(rounds) == Spread(100.0, 50.0, 200.0)
    assert words_per_second(rounds, "wall") == Spread(25.0, 20.0, 50.0)


def test_the_ratio_is_of_the_medians_and_its_range_of_rounds_that_shared_a_moment() -> None:
    ours = [Round(100, cpu=1.0, wall=1.0), Round(100, cpu=2.0, wall=2.0), Round(100, cpu=1.0, wall=1.0)]
    theirs = [Round(100, cpu=2.0, wall=2.0), Round(100, cpu=4.0, wall=4.0), Round(100, cpu=1.0, wall=1.0)]
    assert ratio(ours, theirs) == Spread(2.0, 1.0, 2.0)


def test_the_yardstick_compiles_and_needs_nothing_but_spacy_and_what_python_brings() -> None:
    for name in ("yardstick.py", "worker.py"):
        tree = ast.parse((FOLDER / name).read_text(encoding="utf-8"))
        modules = {
            module
            for node in ast.walk(tree)
            for module in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            if module
        }
        others = {module for module in modules if module.split(".")[0] not in {*sys.stdlib_module_names, "spacy"}}
        assert others <= {"bench.extraction.worker"}


def test_the_yardsticks_packages_are_pinned_and_no_host_is_named() -> None:
    lines = (FOLDER / "requirements.txt").read_text(encoding="utf-8").split()
    assert lines
    assert all(line.count("==") == 1 and "/" not in line for line in lines)
