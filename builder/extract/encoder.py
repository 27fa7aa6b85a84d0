"""The shipped encoder: an ONNX file, its vocabulary, its transition scores. Imports `model_folder`, `pieces`, `labels`,
`scores`, `builder.errors`.

Loading reads the model's folder; nothing else here touches the disk, and nothing the network.
"""

import json
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from builder.errors import SettingsError
from builder.extract.labels import HEADS, NAME_TAGS, ROLE_TAGS
from builder.extract.model_folder import SHIPPED, model_sha256
from builder.extract.pieces import SHAPES, load_tokenizer
from builder.extract.scores import Floats, Weights

# Where each head's columns end in the encoder's one output.
_BORDERS = np.cumsum(list(HEADS.values()))[:-1]


@dataclass(frozen=True, slots=True)
class Encoder:
    """A loaded model; `sha256` is of its files."""

    session: onnxruntime.InferenceSession
    tokenizer: Tokenizer
    weights: Weights
    name: str
    sha256: str

    def run(self, ids: NDArray[np.int64], shapes: NDArray[np.int64], layouts: NDArray[np.int64]) -> tuple[Floats, ...]:
        """One window's output of every head, in the order of HEADS: float32[length, its width]."""
        (found,) = self.session.run(["scores"], {"ids": ids, "shapes": shapes, "layouts": layouts})
        return tuple(np.split(found[0], _BORDERS, axis=1))


def load_encoder(folder: Path = SHIPPED) -> Encoder:
    """Load a model folder; SettingsError where it is incomplete or made for other labels."""
    sha256 = model_sha256(folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    expected = {"roles": list(ROLE_TAGS), "names": list(NAME_TAGS), "shapes": list(SHAPES), "heads": HEADS}
    for key, value in expected.items():
        if config.get(key) != value:
            raise SettingsError(
                f"{folder / 'config.json'}: {key} is {config.get(key)!r}, this version reads {value!r}; "
                "train the model again with this version"
            )
    options = onnxruntime.SessionOptions()
    # Articles run in parallel, not the operators of one: a process a core is the faster way to use two cores.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(folder / "encoder.onnx"),
        options,
        providers=["CPUExecutionProvider"],
        # The fused kernel makes a window a sixth slower than the operators that it takes the place of (1.32).
        disabled_optimizers=["SkipLayerNormFusion"],
    )
    tokenizer = load_tokenizer(folder / "tokenizer.json")
    parts = (np.asarray(config[part.name], dtype=np.float32) for part in fields(Weights))
    return Encoder(session, tokenizer, Weights(*parts), config["name"], sha256)
