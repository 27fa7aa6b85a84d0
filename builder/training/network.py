"""The encoder as a torch module: a BERT of MiniLM's size, shape and layout embeddings, heads. Needs extra `train`.

Architecture after Devlin et al. 2019 (BERT) and Wang et al. 2020 (MiniLM). Links are pointers from a cue to its
source's first word, from a content piece to its cue and from a mention to its antecedent.
"""

from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import dropout, gelu

from builder.extract.confidence import Evidence
from builder.extract.labels import DISTANCES, HEADS, ROLE_TAGS, legal_transitions
from builder.extract.pieces import LAYOUTS, SHAPES
from builder.extract.scores import Weights

HIDDEN, ATTENTIONS, INNER, VOCABULARY, POSITIONS = 384, 12, 1536, 30522, 512
ILLEGAL = -1e4
DROPPED = 0.1


class Outputs(NamedTuple):
    """What the heads give at every piece, float32[batch, length, …].

    Role scores (7), name scores (9), link vectors (5 × 128), the score of a sentence's start (1), coreference vectors
    (4 × 64), claim kind scores of a cue's and of a content's word (2 × 13), the score of being worth a check (1).
    """

    roles: Tensor
    names: Tensor
    links: Tensor
    sentences: Tensor
    mentions: Tensor
    kinds: Tensor
    worth: Tensor


class Dropout(nn.Module):  # type: ignore[misc,unused-ignore]
    """Dropout with one mask for all windows of a batch: drawing a mask each took a third of a step on a CPU."""

    def forward(self, x: Tensor) -> Tensor:
        """x: float[batch, length, width]."""
        return x * dropout(torch.ones_like(x[:1]), DROPPED) if self.training else x


class Layer(nn.Module):  # type: ignore[misc,unused-ignore]
    """One post-norm transformer layer."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm_attention = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = Dropout()

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x: float32[batch, length, 384]; mask: float32[batch, 1, 1, length], added to the attention's scores."""
        x = self.norm_attention(x + self.dropout(self.out(self._attend(x, mask))))
        return self.norm(x + self.dropout(self.down(gelu(self.up(x)))))

    def _attend(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Attention written out: going back through torch's fused one takes 2.5 times as long in bfloat16 on a CPU."""
        if torch.compiler.is_exporting():
            # ONNX Runtime's own attention: a tenth of a window's time less than the operators written out.
            parts = self.qkv(x).split(HIDDEN, dim=2)
            options = {"num_heads": ATTENTIONS}
            fused: Tensor = torch.onnx.ops.symbolic(
                "com.microsoft::MultiHeadAttention", parts, options, dtype=x.dtype, shape=x.shape, version=1
            )
            return fused
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, ATTENTIONS, HIDDEN // ATTENTIONS).permute(2, 0, 3, 1, 4).unbind(0)
        scores = (q * (HIDDEN // ATTENTIONS) ** -0.5) @ k.transpose(2, 3)
        if mask is not None:
            scores = scores + mask.to(scores.dtype)
        return (torch.softmax(scores, dim=-1, dtype=scores.dtype) @ v).transpose(1, 2).reshape(batch, length, HIDDEN)


class Encoder(nn.Module):  # type: ignore[misc,unused-ignore]
    """ids, shapes, layouts: int64[batch, length] → emissions of every head at every piece, and link vectors."""

    def __init__(self, layers: int = 6) -> None:
        super().__init__()
        self.ids = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.shapes = nn.Embedding(len(SHAPES), HIDDEN)
        self.layouts = nn.Embedding(LAYOUTS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = Dropout()
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        for head in Outputs._fields:
            setattr(self, head, nn.Linear(HIDDEN, HEADS[head]))
        self.near_source = nn.Parameter(torch.zeros(DISTANCES))
        self.near_cue = nn.Parameter(torch.zeros(DISTANCES))
        self.near_mention = nn.Parameter(torch.zeros(DISTANCES))
        self.transitions = nn.Parameter(torch.zeros(len(ROLE_TAGS) + 1, len(ROLE_TAGS)))
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.layouts.weight)
        legal = torch.from_numpy(legal_transitions(ROLE_TAGS))
        self.register_buffer("illegal", torch.where(legal, 0.0, ILLEGAL), persistent=False)

    def forward(self, ids: Tensor, shapes: Tensor, layouts: Tensor, mask: Tensor | None = None) -> Outputs:
        """The heads' scores and vectors; mask: float32[batch, 1, 1, length], ILLEGAL where nothing is."""
        x = self.body(ids, shapes, layouts, mask)
        return Outputs(*(getattr(self, head)(x) for head in Outputs._fields))

    def body(self, ids: Tensor, shapes: Tensor, layouts: Tensor, mask: Tensor | None = None) -> Tensor:
        """What all heads read: float32[batch, length, 384]."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.ids(ids) + self.positions(places) + self.shapes(shapes) + self.layouts(layouts)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def legal_scores(self, *, whole: bool = True) -> Tensor:
        """Transition scores with the illegal ones out of reach: float32[tags + 1, tags].

        Not `whole`: a window may begin in the middle of a span.
        """
        illegal: Tensor = self.illegal
        if not whole:
            illegal = torch.cat([illegal[:-1], torch.zeros_like(illegal[-1:])])
        return self.transitions + illegal

    def decoding(self) -> Weights:
        """What the decoder needs of this model beside its scores, not yet calibrated."""
        parts = (self.legal_scores(), self.near_source, self.near_cue, self.near_mention)
        transitions, near_source, near_cue, near_mention = (part.detach().numpy() for part in parts)
        confidence = np.zeros(len(fields(Evidence)) + 1, dtype=np.float32)
        return Weights(transitions, near_source, near_cue, near_mention, confidence)

    def load_base(self, weights: Path) -> None:
        """Take over embeddings and the first layers of a BERT checkpoint in Hugging Face's naming (safetensors)."""
        base = load_file(weights)
        with torch.no_grad():
            self.ids.weight.copy_(base["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(base["embeddings.position_embeddings.weight"])
            self.positions.weight.add_(base["embeddings.token_type_embeddings.weight"][0])
            _copy(self.norm, base, "embeddings.LayerNorm")
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}."
                parts = [f"{at}attention.self.{name}" for name in ("query", "key", "value")]
                layer.qkv.weight.copy_(torch.cat([base[f"{part}.weight"] for part in parts]))
                layer.qkv.bias.copy_(torch.cat([base[f"{part}.bias"] for part in parts]))
                _copy(layer.out, base, f"{at}attention.output.dense")
                _copy(layer.norm_attention, base, f"{at}attention.output.LayerNorm")
                _copy(layer.up, base, f"{at}intermediate.dense")
                _copy(layer.down, base, f"{at}output.dense")
                _copy(layer.norm, base, f"{at}output.LayerNorm")


def _copy(module: nn.Module, base: dict[str, Tensor], name: str) -> None:
    for part in ("weight", "bias"):
        getattr(module, part).copy_(base[f"{name}.{part}"])
