"""The measures of attributions by hand, and against the corpus's own scorer."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from builder.extract.attribution import Attribution, Span
from builder.measure.attributions import MEASURES, RECALLS, add_rates, rate_article, rate_recalls
from builder.measure.gold import GoldArticle, GoldAttribution, read_gold

SHARED = Path(__file__).parents[3] / "shared" / "eval"
TEXT = 'Ann Holt said "the mill will close". Bo Lind feared that it would.'
QUOTED, INDIRECT = (15, 34), (52, 65)
ANN, BO = (0, 8), (37, 44)
ARTICLE = GoldArticle(
    "a", "harbour", TEXT, (GoldAttribution((QUOTED,), (ANN,)), GoldAttribution((INDIRECT,), (BO,))), (), None
)


def found(content: Span, *source: Span) -> Attribution:
    return Attribution((content,), (), source, 1.0, "direct")


def test_recall_is_told_apart_by_whether_half_of_the_gold_content_is_in_quotation_marks() -> None:
    rates = rate_recalls(ARTICLE, [found(QUOTED, ANN)])
    assert {measure: (rates[measure].recall, rates[measure].gold) for measure in RECALLS} == {
        "direct": (100, 1),
        "indirect": (0, 1),
    }


def test_a_content_with_the_wrong_source_is_not_recalled() -> None:
    rates = rate_recalls(ARTICLE, [found(QUOTED, BO), found(INDIRECT)])
    assert [rates[measure].hits for measure in RECALLS] == [0, 0]


def test_half_of_the_words_are_enough_for_a_content_and_all_are_needed_for_an_exact_one() -> None:
    rates = rate_article(ARTICLE, [found((19, 34), ANN)])
    assert {measure: rates[measure].hits for measure in MEASURES} == {
        "token": 3,
        "content": 1,
        "exact": 0,
        "attribution": 1,
    }


def _guesses(article: GoldArticle, draw: random.Random) -> list[Attribution]:
    """Gold attributions, some lost, cut, without or with another's source, and some sentences beside them."""
    guesses = []
    for gold in article.attributions:
        content = [(start + draw.choice((0, 0, 9)), end + draw.choice((0, 0, 20))) for start, end in gold.content]
        if draw.random() < 0.8:
            source = draw.choice((gold.source, gold.source, (), article.attributions[0].source))
            guesses.append(Attribution(tuple(content), (), source, 1.0, "direct"))
    return guesses + [Attribution(((at, at + 60),), (), (), 1.0, "direct") for at in range(0, len(article.text), 900)]


def test_the_figures_are_those_of_the_scorer_beside_the_gold(tmp_path: Path) -> None:
    scorer, corpus = SHARED / "score_attributions.py", SHARED / "labels_train.jsonl.gz"
    if not scorer.is_file() or not corpus.is_file():
        pytest.skip("needs ../shared/eval")
    draw = random.Random(7)
    articles = read_gold(corpus)
    guesses = [_guesses(article, draw) for article in articles]
    lines = [
        {"doc": article.doc, "attributions": [{"content": a.content, "source": a.source} for a in some]}
        for article, some in zip(articles, guesses, strict=True)
    ]
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    command = [sys.executable, str(scorer), str(corpus), str(predicted), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    pairs = list(zip(articles, guesses, strict=True))
    rates = add_rates(rate_article(article, some) for article, some in pairs)
    for measure, rate in rates.items():
        figures = {"p": round(rate.precision, 1), "r": round(rate.recall, 1), "f1": round(rate.f1, 1)}
        assert figures == theirs[measure], measure
    recalls = add_rates((rate_recalls(article, some) for article, some in pairs), RECALLS)
    assert {f"{name}_recall": round(rate.recall, 1) for name, rate in recalls.items()} == {
        f"{name}_recall": theirs[f"{name}_recall"] for name in RECALLS
    }
