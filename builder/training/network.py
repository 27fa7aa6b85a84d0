"""The encoder as a torch module: a BERT of MiniLM's size, shape and layout embeddings, heads. Needs extra `train`.

Architecture after Devlin et al. 2019 (BERT) and Wang et al. 2020 (MiniLM); the linear-chain CRF after Lafferty
et al. 2001. Links are pointers from a cue to its source's first word and from a content piece to its cue.
"""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, gelu, scaled_dot_product_attention

from builder.extract.labels import DISTANCES, LINK, LINKS, NAME_TAGS, ROLE_TAGS, legal_transitions
from builder.extract.pieces import LAYOUTS, SHAPES

HIDDEN, HEADS, INNER, VOCABULARY, POSITIONS = 384, 12, 1536, 30522, 512
ILLEGAL = -1e4


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
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x: float32[batch, length, 384]; mask: bool[batch, 1, 1, length], False where nothing stands."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        mixed = scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=0.1 if self.training else 0.0)
        mixed = mixed.transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.norm_attention(x + self.dropout(self.out(mixed)))
        return self.norm(x + self.dropout(self.down(gelu(self.up(x)))))


class Encoder(nn.Module):  # type: ignore[misc,unused-ignore]
    """ids, shapes, layouts: int64[batch, length] → emissions of every head at every piece, and link vectors."""

    def __init__(self, layers: int = 6) -> None:
        super().__init__()
        self.ids = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.shapes = nn.Embedding(len(SHAPES), HIDDEN)
        self.layouts = nn.Embedding(LAYOUTS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.roles = nn.Linear(HIDDEN, len(ROLE_TAGS))
        self.names = nn.Linear(HIDDEN, len(NAME_TAGS))
        self.links = nn.Linear(HIDDEN, LINK * len(LINKS))
        self.near_source = nn.Parameter(torch.zeros(DISTANCES))
        self.near_cue = nn.Parameter(torch.zeros(DISTANCES))
        self.transitions = nn.Parameter(torch.zeros(len(ROLE_TAGS) + 1, len(ROLE_TAGS)))
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.layouts.weight)
        legal = torch.from_numpy(legal_transitions(ROLE_TAGS))
        self.register_buffer("illegal", torch.where(legal, 0.0, ILLEGAL), persistent=False)

    def forward(
        self, ids: Tensor, shapes: Tensor, layouts: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """float32[batch, length, …]: role scores (7), name scores (9), link vectors (5 × 128)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.ids(ids) + self.positions(places) + self.shapes(shapes) + self.layouts(layouts)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return self.roles(x), self.names(x), self.links(x)

    def legal_scores(self, *, whole: bool = True) -> Tensor:
        """Transition scores with the illegal ones out of reach: float32[tags + 1, tags].

        Not `whole`: a window may begin in the middle of a span.
        """
        illegal: Tensor = self.illegal
        if not whole:
            illegal = torch.cat([illegal[:-1], torch.zeros_like(illegal[-1:])])
        return self.transitions + illegal

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


def crf_loss(emissions: Tensor, tags: Tensor, lengths: Tensor, scores: Tensor) -> Tensor:
    """Negative log-likelihood of `tags` per word.

    emissions: float32[batch, words, tags]; tags: int64[batch, words]; lengths: int64[batch]; scores: as legal_scores.
    """
    words = emissions.shape[1]
    inner, begin = scores[:-1], scores[-1]
    live = torch.arange(words)[None, :] < lengths[:, None]
    picked = emissions.gather(2, tags[..., None]).squeeze(2)
    steps = inner[tags[:, :-1], tags[:, 1:]]
    gold = (picked * live).sum() + (steps * live[:, 1:]).sum() + begin[tags[:, 0]].sum()
    alpha = begin + emissions[:, 0]
    for at in range(1, words):
        following = torch.logsumexp(alpha[:, :, None] + inner, dim=1) + emissions[:, at]
        alpha = torch.where(live[:, at, None], following, alpha)
    return (torch.logsumexp(alpha, dim=1).sum() - gold) / live.sum()


def pointer_loss(scores: Tensor, near: Tensor, live: Tensor, targets: Tensor) -> Tensor:
    """Cross entropy of the pointed-at word, the last column for none.

    scores: float32[n, words + 1], dot products; near: float32[n, words], a bias by distance; live: bool[n, words];
    targets: int64[n], -1 for none.
    """
    scores = scores / LINK**0.5
    words = (scores[:, :-1] + near).masked_fill(~live, ILLEGAL)
    scores = torch.cat([words, scores[:, -1:]], dim=1)
    return cross_entropy(scores, torch.where(targets < 0, scores.shape[1] - 1, targets))
