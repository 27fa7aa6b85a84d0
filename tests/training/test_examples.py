"""Corpora of several kinds read as one kind of example, and examples read as labels of words."""

import gzip
import json
import random
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from builder.extract.labels import CLAIM_KINDS, NAME_TAGS, ROLE_TAGS
from builder.extract.model_folder import SHIPPED
from builder.extract.pieces import load_tokenizer
from builder.training.augment import as_transcript, change_marks
from builder.training.examples import (
    Attributed,
    Example,
    add_claim_kinds,
    add_silver,
    read_attributions,
    read_entities,
    read_worth,
)
from builder.training.gold import UNKNOWN, label

TEXT = "Orla Brandt said the mill would close. “We tried,” she added. “Truly.”"


def span(part: str, text: str = TEXT) -> list[int]:
    start = text.index(part)
    return [start, start + len(part)]


def written(path: Path, *rows: Mapping[str, object]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


ROW: dict[str, object] = {
    "doc": "mill",
    "text": TEXT,
    "attributions": [
        {"source": [span("Orla Brandt")], "cue": [span("said")], "content": [span("the mill would close")]},
        {"source": [span("she")], "cue": [span("added")], "content": [span("“We tried,”"), span("“Truly.”")]},
    ],
}


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(SHIPPED / "tokenizer.json")


def test_pieces_of_a_content_with_no_word_between_them_are_one_piece(tmp_path: Path) -> None:
    text = "The mayor said it is late. It is very late."
    row = {
        "doc": "late",
        "text": text,
        "attributions": [
            {
                "source": [[0, 9]],
                "cue": [[10, 14]],
                "content": [span("It is very late", text), span("it is late.", text)],
            }
        ],
    }
    (example,) = read_attributions(written(tmp_path / "gold.jsonl.gz", row))
    assert example.attributions
    assert example.attributions[0].content == ((15, 42),)


def test_what_a_corpus_does_not_mark_is_not_learned_from_it(tmp_path: Path, tokenizer: Tokenizer) -> None:
    (example,) = read_attributions(written(tmp_path / "gold.jsonl.gz", ROW))
    labelled = label(example, example.text, tokenizer)
    assert (labelled.names == UNKNOWN).all()
    assert (labelled.sentences == UNKNOWN).all()
    assert (labelled.roles != UNKNOWN).all()


def test_roles_and_links_stand_at_the_words_of_the_gold(tmp_path: Path, tokenizer: Tokenizer) -> None:
    (example,) = read_attributions(written(tmp_path / "gold.jsonl.gz", ROW))
    labelled = label(example, example.text, tokenizer)
    words = [TEXT[s:e] for s, e in zip(labelled.pieces.starts, labelled.pieces.ends, strict=True)]
    tags = dict(zip(words, (ROLE_TAGS[tag] for tag in labelled.roles), strict=True))
    assert tags["Orla"] == "B-source"
    assert tags["Brandt"] == "I-source"
    assert tags["said"] == "B-cue"
    assert tags["mill"] == "I-content"
    assert tags["close"] == "I-content"
    assert [(words[first], words[to]) for first, _, to in labelled.cue_to_source] == [
        ("said", "Orla"),
        ("added", "she"),
    ]
    assert [words[to] for _, _, to in labelled.content_to_cue] == ["said", "added", "added"]


def test_a_parsers_names_sentences_and_chains_join_the_article_of_the_same_name(
    tmp_path: Path, tokenizer: Tokenizer
) -> None:
    examples = read_attributions(written(tmp_path / "gold.jsonl.gz", ROW, ROW | {"doc": "other"}))
    silver = {
        "doc": "mill",
        "sentences": [[0, 38], [39, len(TEXT)]],
        "names": [[*span("Orla Brandt"), "PERSON"], [*span("Truly"), "DATE"]],
        "coref": [[span("Orla Brandt"), span("she")]],
    }
    mill, other = add_silver(examples, written(tmp_path / "silver.jsonl.gz", silver))
    assert mill.names == ((0, 11, "person"),)
    assert mill.sentences == (0, 39)
    assert mill.mentions == ((0, 11, "0"), (*span("she"), "0"))
    assert other.names is None
    labelled = label(mill, mill.text, tokenizer)
    assert [NAME_TAGS[tag] for tag in labelled.names[:3]] == ["B-person", "I-person", "O"]
    assert labelled.sentences.sum() == 2


def test_claim_kinds_come_from_the_labelled_copy_of_an_article(tmp_path: Path) -> None:
    examples = read_attributions(written(tmp_path / "gold.jsonl.gz", ROW, ROW | {"doc": "other"}))
    attributions = [part | {"claim_kind": "prediction"} for part in ROW["attributions"]]  # type: ignore[attr-defined]
    labels = written(tmp_path / "labels.jsonl.gz", ROW | {"attributions": attributions})
    mill, other = add_claim_kinds(examples, labels)
    assert mill.attributions
    assert other.attributions
    assert [part.claim_kind for part in mill.attributions] == [CLAIM_KINDS.index("prediction")] * 2
    assert [part.claim_kind for part in other.attributions] == [None, None]


def test_a_name_is_its_head_without_what_stands_around_it(tmp_path: Path) -> None:
    text = "The old Harbour Board of Skarne met Ines Havel (née Orr), a pilot."

    def mention(words: str, heads: list[str], kind: str, entity: str) -> dict[str, object]:
        return {
            "spans": [span(words, text)],
            "head": [span(head, text) for head in heads],
            "kind": kind,
            "entity": entity,
            "named": True,
        }

    row = {
        "doc": "board",
        "split": "train",
        "text": text,
        "mentions": [
            mention("The old Harbour Board of Skarne", ["Harbour", "Board", "Skarne"], "organization", "1"),
            mention("Ines Havel (née Orr), a pilot", ["Ines", "Havel", "pilot"], "person", "2"),
        ],
    }
    (example,) = read_entities(written(tmp_path / "entities.jsonl.gz", row, row | {"split": "dev"}))
    assert example.attributions is None
    assert example.names
    assert [text[start:end] for start, end, _ in example.names] == ["Harbour Board of Skarne", "Ines Havel"]


def test_sentences_of_a_speech_are_put_in_order_and_keep_their_labels(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"doc": "speech", "i": 1, "sentence": "We spent ten crowns.", "factual_claim": 1},
        {"doc": "speech", "i": 0, "sentence": "Good evening.", "factual_claim": 0},
        {"doc": "kept out", "i": 0, "sentence": "Hello.", "factual_claim": 0},
    ]
    (example,) = read_worth(written(tmp_path / "worth.jsonl.gz", *rows), without=frozenset({"kept out"}))
    assert example.text == "Good evening. We spent ten crowns."
    assert example.worth
    assert [(example.text[s:e], value) for s, e, value in example.worth] == [
        ("Good evening.", 0),
        ("We spent ten crowns.", 1),
    ]


@pytest.mark.parametrize(("draw", "marks"), [(0.0, "‘’"), (0.1, '""'), (0.15, "«»"), (0.9, "“”")])
def test_changed_marks_keep_every_offset(draw: float, marks: str) -> None:
    changed = change_marks(TEXT, draw)
    assert len(changed) == len(TEXT)
    assert changed[TEXT.index("“")] == marks[0]
    assert changed[TEXT.index("”")] == marks[1]


def test_direct_quotations_become_turns_whose_label_is_the_source_and_colon_the_cue() -> None:
    text, attributions = "", []
    for name in ("Orla Brandt", "Tomas Weir", "Ines Havel", "Orla Brandt"):
        said = f"“We have seen the letter from {name}’s office,”"
        line = f"{said} said {name}.\n"
        source = (len(text) + line.rindex(name), len(text) + line.rindex(name) + len(name))
        attributions.append(Attributed((source,), (), ((len(text), len(text) + len(said)),)))
        text += line
    transcript = as_transcript(Example("letters", text, tuple(attributions)), random.Random(1))
    assert transcript
    assert transcript.attributions
    assert len(transcript.attributions) >= 3
    for turn in transcript.attributions:
        (source,), (cue,), (content,) = turn.source, turn.cue, turn.content
        assert transcript.text[slice(*cue)] == ":"
        assert source[1] == cue[0]
        assert transcript.text[slice(*content)].startswith("We have seen")
        assert "“" not in transcript.text


def test_an_article_with_too_few_direct_quotations_makes_no_transcript() -> None:
    example = Example("short", TEXT, (Attributed(((0, 11),), ((12, 16),), ((17, 37),)),))
    assert as_transcript(example, random.Random(1)) is None


def test_labels_of_an_example_with_nothing_marked_are_all_unknown(tokenizer: Tokenizer) -> None:
    labelled = label(Example("bare", TEXT), TEXT, tokenizer)
    assert set(np.concatenate([labelled.roles, labelled.names, labelled.sentences])) == {UNKNOWN}
