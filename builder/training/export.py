"""A fitted encoder as the file that ships: ONNX, int8, with its vocabulary and transition scores.

Needs the extra `train`. Weights are quantized per channel, activations when they are seen (dynamic): every window is
a run of its own, so that its scale depends on nothing beside it. Imports `builder.extract`, `network`, `quantize`.
"""

import copy
import json
import tempfile
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from torch import Tensor, nn

from builder.extract.labels import HEADS, NAME_TAGS, ROLE_TAGS
from builder.extract.pieces import SHAPES
from builder.extract.scores import Weights
from builder.training.network import HIDDEN, Encoder
from builder.training.quantize import Inputs, make_ready


class _Joined(nn.Module):  # type: ignore[misc,unused-ignore]
    """The encoder with all heads as one matrix: their input is quantized once."""

    def __init__(self, model: Encoder) -> None:
        super().__init__()
        self.model = model
        self.heads = nn.Linear(HIDDEN, sum(HEADS.values()))
        with torch.no_grad():
            for part in ("weight", "bias"):
                parts = [getattr(getattr(model, head), part) for head in HEADS]
                getattr(self.heads, part).copy_(torch.cat(parts))

    def forward(self, ids: Tensor, shapes: Tensor, layouts: Tensor) -> Tensor:
        """float32[1, length, the widths of HEADS together]."""
        return self.heads(self.model.body(ids, shapes, layouts))


def export(model: Encoder, tokenizer: Tokenizer, name: str, out: Path, windows: Sequence[Inputs] = ()) -> None:
    """Write encoder.onnx (int8), tokenizer.json and config.json into `out`.

    `windows` are inputs of the model, int64[1, length] each, after which its weights are rounded; without any they are
    rounded to the nearest step.
    """
    out.mkdir(parents=True, exist_ok=True)
    joined = _Joined(copy.deepcopy(model).eval()).eval()
    make_ready(joined, windows)
    inputs = tuple(torch.ones((1, 12), dtype=torch.int64) for _ in range(3))
    names = ["ids", "shapes", "layouts"]
    with tempfile.TemporaryDirectory() as aside:
        full, clean = Path(aside) / "full.onnx", Path(aside) / "clean.onnx"
        torch.onnx.export(
            joined,
            inputs,
            str(full),
            input_names=names,
            output_names=["scores"],
            dynamic_shapes={name: {1: torch.export.Dim("length", min=2, max=512)} for name in names},
            dynamo=True,
            external_data=False,
        )
        quant_pre_process(str(full), str(clean), skip_symbolic_shape=True)
        quantize_dynamic(str(clean), str(out / "encoder.onnx"), per_channel=True, weight_type=QuantType.QInt8)
    config = {
        "name": name,
        "roles": list(ROLE_TAGS),
        "names": list(NAME_TAGS),
        "shapes": list(SHAPES),
        "heads": HEADS,
    }
    (out / "config.json").write_text(json.dumps(config) + "\n", encoding="utf-8")
    write_config(out, model.decoding())
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)


def write_config(out: Path, weights: Weights) -> None:
    """Put what decoding needs into a model folder's config.json, in the place of what may stand there."""
    path = out / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    decoding = {part.name: getattr(weights, part.name).round(4).tolist() for part in fields(Weights)}
    path.write_text(json.dumps(config | decoding, indent=1) + "\n", encoding="utf-8")
