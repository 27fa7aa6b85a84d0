"""An encoder with fewer inner neurons a layer: those whose loss costs least stay out. Needs the extra `train`.

The cost of a neuron is the first-order estimate of what the loss would change without it (Molchanov et al. 2019;
Michel et al. 2019 for attention heads). Imports `examples`, `gold`, `batches`, `fit`,
`losses`, `network`.
"""

import copy
import random
from collections.abc import Iterable

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from builder.training.batches import Window
from builder.training.examples import Example
from builder.training.fit import Recipe, epoch_windows
from builder.training.gold import label
from builder.training.losses import batch_losses
from builder.training.network import Encoder

# What the costs are counted on: articles drawn, batches of their windows.
ARTICLES, BATCHES = 120, 60


def prune_on(model: Encoder, examples: list[Example], tokenizer: Tokenizer, recipe: Recipe, inner: int) -> Encoder:
    """A copy of `model` with `inner` inner neurons a layer, those that cost most on attributed articles drawn."""
    draw = random.Random(recipe.seed)  # noqa: S311 - no secret: which articles are drawn
    attributed = [example for example in examples if example.attributions is not None]
    some = draw.sample(attributed, min(ARTICLES, len(attributed)))
    plain = [label(example, example.text, tokenizer) for example in some]
    windows = epoch_windows(some, plain, tokenizer, recipe, draw)
    batches = [windows[at : at + recipe.batch] for at in range(0, len(windows), recipe.batch)]
    return prune(copy.deepcopy(model).requires_grad_(True), batches[:BATCHES], recipe, inner)


def prune(model: Encoder, batches: Iterable[list[Window]], recipe: Recipe, inner: int) -> Encoder:
    """A copy of `model` with the `inner` dearest neurons of every layer, by the recipe's losses on `batches`."""
    costs = neuron_costs(model, batches, recipe)
    state = dict(model.state_dict())
    for number, cost in enumerate(costs):
        kept = cost.topk(inner).indices.sort().values
        for name, dim in (("up.weight", 0), ("up.bias", 0), ("down.weight", 1)):
            state[f"layers.{number}.{name}"] = state[f"layers.{number}.{name}"].index_select(dim, kept)
    pruned = Encoder(len(costs), inner)
    pruned.load_state_dict(state)
    return pruned


def neuron_costs(model: Encoder, batches: Iterable[list[Window]], recipe: Recipe) -> list[Tensor]:
    """For every layer float32[inner]: the sum over all pieces of |activation × gradient|."""
    model.eval()
    seen: dict[int, Tensor] = {}
    costs = [torch.zeros(layer.down.in_features) for layer in model.layers]

    def watch(number: int) -> torch.utils.hooks.RemovableHandle:
        def keep(module: nn.Module, inputs: tuple[Tensor]) -> None:  # noqa: ARG001 - torch gives the module first
            inputs[0].retain_grad()
            seen[number] = inputs[0]

        return model.layers[number].down.register_forward_pre_hook(keep)

    handles = [watch(number) for number in range(len(costs))]
    for windows in batches:
        losses = batch_losses(model, windows)
        loss = torch.stack([getattr(recipe, head) * value for head, value in losses.items()]).sum()
        model.zero_grad(set_to_none=True)
        loss.backward()
        for number, activation in seen.items():
            assert activation.grad is not None
            costs[number] += (activation * activation.grad).float().abs().sum(dim=(0, 1))
    for handle in handles:
        handle.remove()
    model.zero_grad(set_to_none=True)
    return costs
