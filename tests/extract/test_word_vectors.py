"""The encoder's vectors of words, read out of its file."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from builder.errors import SettingsError
from builder.extract.model_folder import SHIPPED
from builder.extract.word_vectors import WordVectors, load_word_vectors


@pytest.fixture(scope="module")
def vectors() -> WordVectors:
    return load_word_vectors()


def test_a_vector_has_length_1_and_a_word_is_nearest_to_itself(vectors: WordVectors) -> None:
    soldier, weight = vectors("soldiers")
    assert soldier.shape == (384,)
    assert np.isclose(np.linalg.norm(soldier), 1, atol=1e-6)
    assert float(soldier @ vectors("soldiers")[0]) > float(soldier @ vectors("troops")[0])
    assert float(soldier @ vectors("troops")[0]) > float(soldier @ vectors("herring")[0])
    assert 0 < weight < 1


def test_a_rare_word_tells_more_than_a_frequent_one(vectors: WordVectors) -> None:
    assert vectors("the")[1] < vectors("town")[1] < vectors("herring")[1] <= 1


def test_words_of_several_pieces_and_no_word_at_all_have_a_vector_too(vectors: WordVectors) -> None:
    for word in ("valmarkish", "", "…", "žluťoučký"):
        vector, weight = vectors(word)
        assert np.isfinite(vector).all()
        assert 0 <= weight <= 1


def test_a_model_without_a_table_of_words_is_refused_with_what_to_do(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "model")
    (tmp_path / "model" / "encoder.onnx").write_bytes(b"")
    with pytest.raises(SettingsError, match="train the model again"):
        load_word_vectors(tmp_path / "model")
