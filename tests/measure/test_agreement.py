"""How far two annotations of one text agree, reckoned by hand."""

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.errors import SettingsError
from builder.extract.attribution import Span
from builder.measure.agreement import MEASURES, Agreement, add_agreements, compare, kappa, read_passes
from builder.measure.gold import GoldArticle, GoldAttribution, GoldClaim
from builder.measure.labels import Labels

ROOT = Path(__file__).parents[2]
TEXT = "Ann Holt said the mill would close. Bo Lind feared that jobs would go. The plan is unusual."
HOLT, SAID, CLOSE = (0, 8), (9, 13), (14, 34)
LIND, FEARED, JOBS = (36, 43), (44, 50), (51, 69)
UNUSUAL = (71, 90)
HOLTS = Labels("prediction", "communication", speakers=("Ann Holt",))
LINDS = Labels("warning", "belief", speakers=("Bo Lind",), targets=("Brask Mill",))
BOTH = (GoldAttribution((CLOSE,), (HOLT,), (SAID,), HOLTS), GoldAttribution((JOBS,), (LIND,), (FEARED,), LINDS))


def article(*attributions: GoldAttribution, own: tuple[Span, ...] = ()) -> GoldArticle:
    return GoldArticle("a", "gazette", TEXT, attributions, claims=tuple(GoldClaim((span,)) for span in own))


def f1s(agreement: Agreement) -> dict[str, float]:
    return {measure: round(rate.f1, 1) for measure, rate in agreement.rates.items()}


def test_an_annotation_agrees_with_itself_in_everything() -> None:
    agreement = compare(article(*BOTH, own=(UNUSUAL,)), article(*BOTH, own=(UNUSUAL,)))
    assert f1s(agreement) == dict.fromkeys(MEASURES, 100.0)
    assert kappa(agreement.kinds) == kappa(agreement.types) == 1
    assert agreement.speakers.recall == agreement.targets.recall == 100


def test_source_and_cue_are_compared_on_the_contents_that_both_marked() -> None:
    other_source = GoldAttribution((CLOSE,), (LIND,), (SAID,))
    other_cue = GoldAttribution((JOBS,), (LIND,), (SAID,))
    agreement = compare(article(*BOTH), article(other_source, other_cue))
    assert f1s(agreement) == {
        "token": 100.0,
        "content": 100.0,
        "exact": 100.0,
        "attribution": 50.0,
        "cue": 50.0,
        "whole": 0.0,
        "own": 0.0,
    }
    assert agreement.speakers.gold == 0


def test_what_one_of_two_marked_costs_half_of_an_f1() -> None:
    assert f1s(compare(article(*BOTH), article(BOTH[0])))["attribution"] == pytest.approx(66.7)


def test_kinds_types_and_actors_are_compared_where_both_label() -> None:
    other = Labels("warning", "communication", speakers=("Holt",), targets=("Brask Mill",))
    agreement = compare(article(*BOTH), article(GoldAttribution((CLOSE,), (HOLT,), (SAID,), other), BOTH[1]))
    assert agreement.kinds == (("prediction", "warning"), ("warning", "warning"))
    assert agreement.types == (("communication", "communication"), ("belief", "belief"))
    assert (agreement.speakers.recall, agreement.targets.recall) == (100, 50)
    assert kappa(add_agreements([agreement, agreement]).types) == 1


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15, 0.4),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")], 0.0),
        ([("a", "a"), ("a", "a")], 1.0),
        ([], 0.0),
    ],
)
def test_kappa_is_the_agreement_beyond_chance(pairs: list[tuple[str, str]], expected: float) -> None:
    assert kappa(pairs) == pytest.approx(expected)


WORDS = [(0, 3), (4, 8), (9, 13), (14, 17), (18, 22), (23, 28), (29, 34), (36, 38), (39, 43)]


@st.composite
def annotations(draw: st.DrawFn) -> tuple[GoldAttribution, ...]:
    """Attributions whose contents do not overlap, as the codebook wants them."""
    cuts = draw(st.lists(st.integers(0, len(WORDS)), unique=True, max_size=5).map(sorted))
    kinds = st.sampled_from(["denial", "warning"])
    return tuple(
        GoldAttribution(
            ((WORDS[first][0], WORDS[last - 1][1]),),
            (draw(st.sampled_from(WORDS)),),
            (draw(st.sampled_from(WORDS)),),
            Labels(draw(kinds), draw(st.sampled_from(["belief", "knowledge"])), speakers=(draw(kinds),)),
        )
        for first, last in pairwise(cuts)
        if draw(st.booleans())
    )


@given(annotations(), annotations())
def test_agreement_is_the_same_both_ways(
    ours: tuple[GoldAttribution, ...], theirs: tuple[GoldAttribution, ...]
) -> None:
    there, back = compare(article(*ours), article(*theirs)), compare(article(*theirs), article(*ours))
    assert f1s(there) == f1s(back)
    assert kappa(there.kinds) == pytest.approx(kappa(back.kinds))
    assert there.speakers == back.speakers


PARTS = "T1\tSource 0 8\tAnn Holt\nT2\tCue 9 13\tsaid\nT3\tContent 14 34\tthe mill would close\n"
EVENT = "E1\tCue:T2 Source:T1 Content:T3\nA1\tClaimKind E1 prediction\n"


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / "gazette" / "gold" / name.replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_second_pass_may_lack_the_texts_and_some_of_the_annotations(tmp_path: Path) -> None:
    ann = PARTS + EVENT
    first = write(tmp_path / "first", a_txt=TEXT, a_ann=ann, b_txt=TEXT, b_ann=ann, c_txt=TEXT, c_ann=ann)
    second = write(tmp_path / "second", a_ann=PARTS + "E1\tCue:T2 Content:T3\n", b_txt=TEXT, b_ann=ann)
    both, left_out = read_passes(first, second)
    assert [(ours.doc, theirs.doc) for ours, theirs in both] == [("a", "a"), ("b", "b")]
    assert left_out == 1
    assert [f1s(compare(ours, theirs))["attribution"] for ours, theirs in both] == [0.0, 100.0]


def test_texts_that_differ_or_lie_elsewhere_are_refused(tmp_path: Path) -> None:
    first = write(tmp_path / "first", a_txt=TEXT, a_ann=PARTS + EVENT)
    other_text = write(tmp_path / "second", a_txt=TEXT.replace("mill", "weir"), a_ann=PARTS + EVENT)
    with pytest.raises(SettingsError, match=r"a\.txt: differs from .*expected two annotations of one text"):
        read_passes(first, other_text)
    with pytest.raises(SettingsError, match=r"none of its 1 annotated texts is in .*such as gazette/gold/a\.txt"):
        read_passes(first, write(tmp_path / "third", b_txt=TEXT, b_ann=PARTS + EVENT))
    with pytest.raises(SettingsError, match="no such folder"):
        read_passes(first, tmp_path / "gone")


def test_the_command_prints_agreement_by_collection(tmp_path: Path) -> None:
    first = write(tmp_path / "first", a_txt=TEXT, a_ann=PARTS + EVENT)
    second = write(tmp_path / "second", a_ann=PARTS + EVENT.replace("prediction", "assertion"))
    command = [sys.executable, "-c", "from builder.cli.main import run; run()", "agreement", str(first), str(second)]
    environment = os.environ | {"NO_COLOR": "1", "COLUMNS": "120"}
    ran = subprocess.run([*command, "--json"], capture_output=True, check=True, text=True, cwd=ROOT, env=environment)
    figures = json.loads(ran.stdout)
    assert figures["gazette"] == figures["all"]
    assert (figures["all"]["articles"], figures["all"]["whole"], figures["all"]["labelled"]) == (1, 100.0, 1)
    assert figures["all"]["kind_kappa"] == 0.0
    tables = subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT, env=environment).stdout
    assert "kind kappa" in tables
