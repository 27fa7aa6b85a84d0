"""Labels read with the gold: from brat's attributes and notes, and from JSON lines."""

import json
from datetime import date
from pathlib import Path

import pytest

from builder.errors import SettingsError
from builder.measure.gold import GoldArticle, GoldClaim, read_gold
from builder.measure.labels import Labels
from schemas.vocabulary import CLAIM_KINDS

TEXT = "Ann Holt said the mill would close in 2031. It is unlikely to reopen."
PARTS = (
    "T1\tSource 0 8\tAnn Holt\nT2\tCue 9 13\tsaid\nT3\tContent 14 42\tthe mill would close in 2031\n"
    "T4\tClaim 44 68\tIt is unlikely to reopen\nE1\tCue:T2 Source:T1 Content:T3\n"
)
NOTE = {
    "speakers": ["Ann Holt", "the mill's owners"],
    "speaker_kind": "person",
    "resolution": "named",
    "targets": ["Brask Mill"],
    "about": {"start": "2031-01-01", "end": "2031-12-31", "precision": "year"},
}
LABELS = Labels(
    claim_kind="prediction",
    attribution_type="communication",
    is_negated=True,
    speakers=("Ann Holt", "the mill's owners"),
    speaker_kind="person",
    resolution="named",
    targets=("Brask Mill",),
    about=(date(2031, 1, 1), date(2031, 12, 31), "year"),
)


def read(folder: Path, lines: str) -> GoldArticle:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a.ann").write_text(PARTS + lines, encoding="utf-8")
    (article,) = read_gold(folder)
    return article


def test_attributes_and_a_note_label_the_attribution_that_they_name(tmp_path: Path) -> None:
    article = read(
        tmp_path,
        "A1\tClaimKind E1 prediction\nA2\tAttributionType E1 communication\nA3\tQuoteType E1 indirect\nA4\tNegated E1\n"
        f"#1\tAnnotatorNotes E1\t{json.dumps(NOTE)}\n",
    )
    assert [attribution.labels for attribution in article.attributions] == [LABELS]


def test_a_claim_is_one_in_the_articles_own_voice_with_labels_of_its_own(tmp_path: Path) -> None:
    article = read(tmp_path, "A1\tClaimKind T4 prediction\nA2\tHedged T4\n")
    assert article.claims == (GoldClaim(((44, 68),), Labels(claim_kind="prediction", is_hedged=True)),)
    assert [attribution.labels for attribution in article.attributions] == [None]


def test_other_attributes_and_free_notes_are_passed_over(tmp_path: Path) -> None:
    lines = "A1\tCertainty E1 high\nA2\tFactual E1\n#1\tAnnotatorNotes E1\tis this one?\n#2\tAnnotatorNotes E1\n"
    assert read(tmp_path, lines).attributions[0].labels is None


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("A1\tClaimKind E1 rumour", "claim_kind: Value error, found 'rumour', expected one of denial, accusation"),
        ("A1\tClaimKind E1", "claim_kind: Value error, found ''"),
        ("A1\tAttributionType E1 speech", "attribution_type: Value error, found 'speech'"),
        ('#1\tAnnotatorNotes E1\t{"speakers": ["Ann Holt"', "the note: Invalid JSON"),
        ('#1\tAnnotatorNotes E1\t{"speaker": "Ann Holt"}', "speaker: Extra inputs are not permitted"),
        ('#1\tAnnotatorNotes E1\t{"speaker_kind": "crowd"}', "speaker_kind: Value error, found 'crowd'"),
        ('#1\tAnnotatorNotes E1\t{"about": {"start": "2031"}}', "about.start: "),
    ],
)
def test_a_mistake_in_a_label_is_named_with_file_and_line(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(SettingsError) as error:
        read(tmp_path, line + "\n")
    assert "a.ann line 6: " + says in str(error.value)


def test_json_lines_fill_the_same_fields_with_joint_speakers_apart(tmp_path: Path) -> None:
    labelled = {
        "content": [[14, 42]],
        "claim_kind": "prediction",
        "is_negated": False,
        "is_hedged": True,
        "speaker": "Ann Holt; Bo Lind",
        "speaker_kind": "person",
        "targets": ["Brask Mill"],
    }
    implied = {"content": [[44, 68]], "claim_kind": "assessment", "speaker": None, "speaker_kind": None, "targets": []}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"doc": "a", "text": TEXT, "attributions": [labelled, implied]}), encoding="utf-8")
    (article,) = read_gold(path)
    assert [attribution.labels for attribution in article.attributions] == [
        Labels(
            "prediction",
            is_hedged=True,
            speakers=("Ann Holt", "Bo Lind"),
            speaker_kind="person",
            targets=("Brask Mill",),
        ),
        Labels("assessment"),
    ]


def test_a_kind_that_the_codebook_lacks_is_refused_in_json_lines_too(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    row = {"doc": "a", "text": TEXT, "attributions": [{"content": [[14, 42]], "claim_kind": "rumour"}]}
    path.write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"gold\.jsonl line 1: attributions\.0\.claim_kind: .*'rumour'"):
        read_gold(path)


def test_everything_in_the_projects_own_gold_is_labelled() -> None:
    for article in read_gold(Path(__file__).parents[2] / "raw"):
        for attribution in article.attributions:
            labels = attribution.labels
            assert labels, (article.doc, attribution)
            assert labels.claim_kind, (article.doc, attribution)
            assert labels.attribution_type, (article.doc, attribution)
            assert labels.resolution, (article.doc, attribution)
            assert labels.speaker_kind or not labels.speakers, (article.doc, attribution)
        assert all(claim.labels and claim.labels.claim_kind in CLAIM_KINDS for claim in article.claims), article.doc
