"""The measures of speakers, kinds, flags, targets and times by hand, and against the corpus's own scorer."""

import json
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.extract.attribution import Span
from builder.measure.claims import ClaimRates, add_claim_rates, rate_claims
from builder.measure.found import FoundClaim
from builder.measure.gold import GoldArticle, GoldAttribution, GoldClaim, read_gold
from builder.measure.labels import Labels
from builder.measure.names import count_same, same_name, same_names

SHARED = Path(__file__).parents[3] / "shared" / "eval"
TEXT = "Mayor Ann Holt said the mill would close. She warned that jobs could go. The plan is unusual. It rained."
HOLT, SHE = (0, 14), (42, 45)
CLOSE, JOBS, UNUSUAL, RAINED = (20, 40), (53, 71), (73, 92), (94, 103)


def gold(content: Span, source: Span, labels: Labels | None, *own: Span) -> GoldArticle:
    claims = tuple(GoldClaim((span,)) for span in own)
    return GoldArticle("a", "gazette", TEXT, (GoldAttribution((content,), (source,), labels=labels),), claims=claims)


def hits(article: GoldArticle, *found: FoundClaim) -> dict[str, tuple[int, int, int]]:
    """Hits, predicted and gold by measure, those without any left out."""
    rates = rate_claims(article, found).by_measure
    return {name: (int(r.hits), int(r.predicted), int(r.gold)) for name, r in rates.items() if r.predicted or r.gold}


def test_a_claim_told_as_in_gold_is_right_in_everything() -> None:
    year = (date(2031, 1, 1), date(2031, 12, 31), "year")
    labels = Labels("prediction", None, True, True, ("Ann Holt",), "person", "named", ("Brask Mill",), year)
    claim = FoundClaim((CLOSE,), "prediction", True, True, ("Ann Holt",), "person", ("Brask Mill",), year)
    rates = rate_claims(gold(CLOSE, HOLT, labels), [claim])
    assert {name: rate.f1 for name, rate in rates.by_measure.items() if rate.gold} == dict.fromkeys(
        ("paired", "speaker", "speaker_all", "kind", "about", "negated", "hedged", "targets"), 100
    )


@pytest.mark.parametrize(
    ("speakers", "told", "is_right", "is_whole"),
    [
        (("Ann Holt",), ("Holt",), True, True),
        (("Ann Holt", "Bo Lind"), ("Bo Lind",), True, False),  # one of several is right, if not all
        (("Ann Holt", "Bo Lind"), ("Bo Lind", "Ann Holt"), True, True),
        (("Ann Holt",), ("Bo Lind", "Ann Holt"), False, False),  # the first that was found is the speaker
        (("Ann Holt",), (), False, False),
        ((), (), True, True),
        ((), ("Ann Holt",), False, False),
    ],
)
def test_a_speaker_is_right_as_one_of_golds_and_the_speakers_as_all_of_them(
    speakers: tuple[str, ...], told: tuple[str, ...], is_right: bool, is_whole: bool
) -> None:
    article = gold(CLOSE, HOLT, Labels("assertion", speakers=speakers))
    found = hits(article, FoundClaim((CLOSE,), "assertion", speakers=told))
    assert found["speaker"] == (is_right, 1, 1)
    assert found["speaker_all"] == (is_whole, 1, 1)


def test_a_source_that_does_not_name_its_speaker_counts_apart() -> None:
    labels = Labels("warning", speakers=("Ann Holt",))
    claim = FoundClaim((JOBS,), "warning", speakers=("Ann Holt",))
    assert hits(gold(JOBS, SHE, labels), claim)["speaker_indirect"] == (1, 1, 1)
    assert "speaker_indirect" not in hits(gold(JOBS, HOLT, labels), claim)


def test_a_wrong_kind_costs_both_kinds_and_rare_kinds_leave_the_average_alone() -> None:
    article = gold(CLOSE, HOLT, Labels("prediction"))
    rates = rate_claims(article, [FoundClaim((CLOSE,), "assertion")])
    assert (rates.by_kind["prediction"].gold, rates.by_kind["assertion"].predicted) == (1, 1)
    assert rates.macro_f1 == 0
    right = rate_claims(article, [FoundClaim((CLOSE,), "prediction")])
    assert add_claim_rates([right] * 4).macro_f1 == 0
    assert add_claim_rates([right] * 5 + [rates] * 5).macro_f1 == pytest.approx(200 * 5 / 15)


def test_a_time_is_right_to_the_day_and_one_that_gold_lacks_is_a_false_one() -> None:
    may, june = (date(2031, 5, 1), date(2031, 5, 31), "month"), (date(2031, 6, 1), date(2031, 6, 30), "month")
    timed = gold(CLOSE, HOLT, Labels("assertion", about=may))
    assert hits(timed, FoundClaim((CLOSE,), "assertion", about=may))["about"] == (1, 1, 1)
    assert hits(timed, FoundClaim((CLOSE,), "assertion", about=june))["about"] == (0, 1, 1)
    assert hits(timed, FoundClaim((CLOSE,), "assertion"))["about"] == (0, 0, 1)
    timeless = gold(CLOSE, HOLT, Labels("assertion"))
    assert hits(timeless, FoundClaim((CLOSE,), "assertion", about=may))["about"] == (0, 1, 0)


def test_claims_of_the_articles_own_meet_where_they_overlap() -> None:
    article = gold(CLOSE, HOLT, None, UNUSUAL)
    whole, other = (FoundClaim(((at, at + 20),), "assessment", is_own=True) for at in (UNUSUAL[0], RAINED[0] - 1))
    assert hits(article, whole)["own"] == (1, 1, 1)
    assert hits(article, other)["own"] == (0, 1, 1)


def test_what_was_not_found_or_has_no_labels_is_not_judged() -> None:
    found = FoundClaim((CLOSE,), "assertion", speakers=("Ann Holt",))
    assert hits(gold(JOBS, SHE, Labels("warning")), found) == {"paired": (0, 1, 1)}
    assert hits(gold(CLOSE, HOLT, None), found) == {"paired": (1, 1, 1)}


NAMES = st.text(st.sampled_from("ab .M"), max_size=6)


@given(NAMES, NAMES)
def test_names_agree_both_ways_and_each_with_itself(a: str, b: str) -> None:
    assert same_name(a, a)
    assert same_name(a, b) == same_name(b, a)


@given(st.lists(NAMES, max_size=4))
def test_names_are_the_same_in_any_order(names: list[str]) -> None:
    assert same_names(names, names)
    assert count_same(names, []) == 0


def _guesses(article: GoldArticle, draw: random.Random) -> list[FoundClaim]:
    """Claims about gold's contents: some lost or cut, some labels another attribution's, targets lost or invented."""
    guesses = []
    for attribution in article.attributions:
        other = draw.choice(article.attributions)
        labels, wrong = attribution.labels, other.labels
        assert labels
        assert wrong
        speakers = draw.choice((labels, labels, wrong)).speakers
        content = [
            (start + draw.choice((0, 0, 9)), end + draw.choice((0, 0, 20))) for start, end in attribution.content
        ]
        if draw.random() < 0.8:
            guesses.append(
                FoundClaim(
                    tuple(content),
                    draw.choice((labels, labels, wrong)).claim_kind or "",
                    speakers=speakers if draw.random() < 0.9 else (),
                    targets=tuple(draw.sample(labels.targets, len(labels.targets) // 2) + list(wrong.targets)),
                )
            )
    return guesses


def test_the_figures_are_those_of_the_scorer_beside_the_gold(tmp_path: Path) -> None:
    scorer, corpus = SHARED / "score_labels.py", SHARED / "labels_train.jsonl.gz"
    if not scorer.is_file() or not corpus.is_file():
        pytest.skip("needs ../shared/eval")
    draw = random.Random(7)
    articles = read_gold(corpus)[:12]
    guesses = [_guesses(article, draw) for article in articles]
    few = tmp_path / "gold.jsonl"
    few.write_text("".join(json.dumps(_as_row(article)) + "\n" for article in articles), encoding="utf-8")
    predicted = tmp_path / "predicted.jsonl"
    lines = [
        {"doc": article.doc, "claims": [_as_line(claim) for claim in some]}
        for article, some in zip(articles, guesses, strict=True)
    ]
    predicted.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    command = [sys.executable, str(scorer), str(few), str(predicted), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    rates = add_claim_rates(rate_claims(article, some) for article, some in zip(articles, guesses, strict=True))
    assert _as_theirs(rates) == theirs
    assert 0 < theirs["indirect_accuracy"] < theirs["speaker_accuracy"] < 100


def _as_row(article: GoldArticle) -> dict[str, object]:
    """An article as the scorer reads it."""
    attributions = []
    for a in article.attributions:
        assert a.labels
        attributions.append(
            {
                "content": a.content,
                "source": a.source,
                "claim_kind": a.labels.claim_kind,
                "speaker": "; ".join(a.labels.speakers) or None,
                "targets": a.labels.targets,
            }
        )
    return {"doc": article.doc, "text": article.text, "attributions": attributions}


def _as_line(claim: FoundClaim) -> dict[str, object]:
    return {
        "content": claim.spans,
        "claim_kind": claim.claim_kind,
        "speaker": claim.speakers[0] if claim.speakers else None,
        "targets": claim.targets,
    }


def _as_theirs(rates: ClaimRates) -> dict[str, float | int]:
    by = rates.by_measure
    return {
        "gold": by["paired"].gold,
        "paired": by["paired"].hits,
        "recall": round(by["paired"].recall, 1),
        "speaker_accuracy": round(by["speaker"].recall, 1),
        "indirect_accuracy": round(by["speaker_indirect"].recall, 1),
        "indirect": by["speaker_indirect"].gold,
        "kind_accuracy": round(by["kind"].recall, 1),
        "kind_macro_f1": round(rates.macro_f1, 1),
        "targets_f1": round(by["targets"].f1, 1),
    }
