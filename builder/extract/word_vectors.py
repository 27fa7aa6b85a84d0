"""What the shipped encoder knows of single words: its table of word pieces. Imports `encoder` and `builder.errors`.

The table lies in the ONNX file, as 8-bit numbers with a scale and a zero point; of the file's format (protobuf) only
what leads there is read, so that no further package is needed. Its vectors tell claims apart better than the mean of
any of the encoder's layers over the same claims, which its own tasks have bent (F1 on pairs 82 against 69 to 77).
"""

import json
import math
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builder.errors import SettingsError
from builder.extract.model_folder import SHIPPED
from builder.extract.pieces import load_tokenizer

# A word's direction, float32 of length 1, and how much it tells: 0 for the most frequent to 1 for the rarest.
WordVectors = Callable[[str], tuple[NDArray[np.float32], float]]

# Words whose vectors are kept at hand: 30 MB, and most of what a corpus says.
_REMEMBERED = 20_000
_TABLE = "model.ids.weight"
# Fields of the messages ModelProto, GraphProto and TensorProto (onnx.proto).
_GRAPH, _INITIALIZER, _DIMENSIONS, _NAME, _RAW = 7, 5, 1, 8, 9
_FLOATS, _INTS = 4, 5
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def load_word_vectors(folder: Path = SHIPPED) -> WordVectors:
    """The vectors of a model folder's words; SettingsError where its encoder holds no such table.

    A word of several pieces is their mean, and tells as much as the rarest of them. The vocabulary is in the order of
    frequency behind its special pieces, so a piece's place stands for its frequency (Zipf).
    """
    tensors = _read_tensors((folder / "encoder.onnx").read_bytes())
    try:
        pieces = tensors[f"{_TABLE}_quantized"]
        scale, zero = float(tensors[f"{_TABLE}_scale"].ravel()[0]), float(tensors[f"{_TABLE}_zero_point"].ravel()[0])
    except KeyError as missing:
        raise SettingsError(
            f"{folder / 'encoder.onnx'}: has no tensor {missing}, by which claims are compared; "
            "train the model again with this version"
        ) from missing
    tokenizer = load_tokenizer(folder / "tokenizer.json")
    specials = _first_word(folder)
    rarest = math.log(len(pieces) - specials)

    @lru_cache(maxsize=_REMEMBERED)
    def vector_of(word: str) -> tuple[NDArray[np.float32], float]:
        ids = tokenizer.encode(word, add_special_tokens=False).ids
        mean = ((pieces[ids].astype(np.float32) - zero) * scale).mean(axis=0) if ids else np.ones(pieces.shape[1])
        rank = max((max(number - specials, 1) for number in ids), default=1)
        return (mean / np.linalg.norm(mean)).astype(np.float32), math.log(rank + 1) / rarest

    return vector_of


def _first_word(folder: Path) -> int:
    """Where the vocabulary's words begin, behind its special pieces, marks and letters."""
    vocabulary: dict[str, int] = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return vocabulary.get("the", 1) - 1


def _read_tensors(model: bytes) -> dict[str, NDArray[np.generic]]:
    """The quantized table of the graph's initializers, its scale and its zero point, by name."""
    found: dict[str, NDArray[np.generic]] = {}
    for graph in (value for field, value in _fields(memoryview(model)) if field == _GRAPH):
        for tensor in (value for field, value in _fields(graph) if field == _INITIALIZER):
            parts = list(_fields(tensor))
            name = next((bytes(value).decode() for field, value in parts if field == _NAME), "")
            if name.startswith(_TABLE):
                found[name] = _array(name, parts)
    return found


def _array(name: str, parts: list[tuple[int, memoryview]]) -> NDArray[np.generic]:
    field, raw = next((part for part in parts if part[0] in {_RAW, _FLOATS, _INTS}), (_RAW, memoryview(b"")))
    if name.endswith("_scale"):
        return np.frombuffer(raw, dtype="<f4")
    if name.endswith("_zero_point"):
        return np.array([_varint(raw, 0)[0]]) if field == _INTS else np.frombuffer(raw, dtype=np.uint8)
    shape = [_varint(value, 0)[0] for field, value in parts if field == _DIMENSIONS]
    return np.frombuffer(raw, dtype=np.uint8).reshape(shape)


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview]]:
    """The fields of a protobuf message: their number and bytes."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        begin = at
        if key & 7 == _BYTES:
            length, begin = _varint(message, at)
            at = begin + length
        elif key & 7 == _VARINT:
            at = _varint(message, at)[1]
        else:
            at += {_FIXED64: 8, _FIXED32: 4}[key & 7]
        yield key >> 3, message[begin:at]


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """The number that begins at `at`, and where it ends."""
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
