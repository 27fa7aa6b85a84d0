"""Word pieces, the windows they are read in, and what a window may depend on."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from builder.errors import SettingsError
from builder.extract.encoder import Encoder, load_encoder
from builder.extract.model_folder import FILES, SHIPPED
from builder.extract.pieces import SHAPES, cut_windows, split_pieces
from builder.extract.windows import WINDOW, score_words, window_inputs

SENTENCES = (
    "“We will not close the harbour,” said Orla Brandt, the port director.",
    "Fishermen from Skarne had asked the council for three more weeks.",
    "Tomas Weir said the ice would hold until March, and that nobody should worry.",
    "The council's lawyer, Ines Havel, denied that any contract had been signed.",
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="module")
def tokenizer(encoder: Encoder) -> Tokenizer:
    return encoder.tokenizer


def test_an_uncased_vocabulary_gets_each_words_shape_back(tokenizer: Tokenizer) -> None:
    text = "NATO said Orla paid 40 kroner , McCoy added"
    pieces = split_pieces(text, tokenizer)
    shapes = {
        text[s:e]: SHAPES[pieces.shapes[f]] for s, e, f in zip(pieces.starts, pieces.ends, pieces.first, strict=True)
    }
    assert shapes["NATO"] == "upper"
    assert shapes["said"] == "lower"
    assert shapes["Orla"] == "title"
    assert shapes["40"] == "digit"
    assert shapes[","] == "punctuation"
    assert shapes["McCoy"] == "mixed"


def test_a_piece_knows_whether_it_stands_in_a_quotation_and_whether_it_begins_a_line(tokenizer: Tokenizer) -> None:
    text = "Orla said “yes” .\nThen no"
    pieces = split_pieces(text, tokenizer)
    layouts = [
        (text[s:e], int(pieces.layouts[f])) for s, e, f in zip(pieces.starts, pieces.ends, pieces.first, strict=True)
    ]
    assert layouts == [
        ("Orla", 3), ("said", 0), ("“", 2), ("yes", 1), ("”", 2), (".", 0), ("Then", 3), ("no", 0),
    ]  # fmt: skip


@given(st.text(max_size=200))
@settings(deadline=None)
def test_words_lie_in_the_text_in_order_whatever_the_text_is(text: str) -> None:
    pieces = split_pieces(text, load_tokenizer())
    assert len(pieces.starts) == len(pieces.ends) == len(pieces.first)
    assert all(0 <= s <= e <= len(text) for s, e in zip(pieces.starts, pieces.ends, strict=True))
    assert list(pieces.starts) == sorted(pieces.starts)


def load_tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))


@given(st.integers(0, 400), st.integers(4, 60), st.integers(1, 30), st.integers(0, 20))
@settings(deadline=None)
def test_windows_cover_every_word_and_tear_none_apart(words: int, size: int, stride: int, offset: int) -> None:
    pieces = split_pieces("harbourmasters wait " * words, load_tokenizer())
    windows = cut_windows(pieces, size, min(stride, size), min(offset, size - 1))
    covered = {word for first, last in windows for word in range(first, last)}
    assert covered == set(range(len(pieces.first)))
    assert all(first < last for first, last in windows)


def test_a_word_of_more_pieces_than_a_window_is_cut_to_the_window(tokenizer: Tokenizer) -> None:
    pieces = split_pieces("é" * 90 + " said " + "qz" * 48, tokenizer)
    for first, last in cut_windows(pieces, WINDOW, WINDOW):
        ids, _, _ = window_inputs(pieces, first, last)
        assert len(ids) <= WINDOW + 2


def test_what_a_window_gives_does_not_depend_on_the_windows_beside_it(encoder: Encoder) -> None:
    long = split_pieces("\n\n".join(SENTENCES * 12), encoder.tokenizer)
    windows = cut_windows(long, WINDOW, WINDOW)
    assert len(windows) > 2
    alone = {}
    for first, last in windows:
        inputs = [values[None].astype(np.int64) for values in window_inputs(long, first, last)]
        alone[first] = encoder.run(*inputs)
    for first, last in reversed(windows):
        inputs = [values[None].astype(np.int64) for values in window_inputs(long, first, last)]
        for again, before in zip(encoder.run(*inputs), alone[first], strict=True):
            assert again.tobytes() == before.tobytes()


def test_an_article_gives_the_same_scores_after_other_articles_were_read(encoder: Encoder) -> None:
    pieces = split_pieces(SENTENCES[0], encoder.tokenizer)
    first = score_words(pieces, encoder.run)
    for other in SENTENCES[1:]:
        score_words(split_pieces(other * 5, encoder.tokenizer), encoder.run)
    second = score_words(pieces, encoder.run)
    assert first.roles.tobytes() == second.roles.tobytes()
    assert first.links.tobytes() == second.links.tobytes()


def test_a_model_folder_that_lacks_a_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"encoder\.onnx"):
        load_encoder(tmp_path)


def test_a_model_made_for_other_labels_is_refused(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    config = json.loads((tmp_path / "config.json").read_text(encoding="utf-8"))
    (tmp_path / "config.json").write_text(json.dumps(config | {"roles": ["O"]}), encoding="utf-8")
    with pytest.raises(SettingsError, match="train the model again"):
        load_encoder(tmp_path)
