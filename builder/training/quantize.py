"""A fitted encoder made ready for int8, so that rounding costs little. Needs the extra `train`.

A few channels before each matrix reach ten times as far as the others, and one scale for all would leave the others
a handful of steps: each channel is divided by the square root of its reach and the matrix multiplied by it (after
SmoothQuant, Xiao et al. 2023). Weights are rounded one input after the other, what rounding loses being made up for
by the inputs that are still to come (GPTQ, Frantar et al. 2023).
"""

import functools
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

STEPS = 127  # of int8 on either side of zero
SMOOTHING = 0.5
# What is added to the diagonal of the inputs' second moments, as a share of its mean.
_DAMPING = 0.01
# Attention's values have no outliers, and heads are too narrow for theirs to matter.
_SMOOTHED = (".qkv", ".up", ".down")
# A channel that never shows is not blown up without end.
_LEAST = 1e-3

Inputs = tuple[Tensor, ...]
Gather = Callable[[Tensor | None, Tensor], Tensor]


class Smoothed(nn.Module):  # type: ignore[misc,unused-ignore]
    """A linear layer whose input channels are divided by `scale` before they are rounded."""

    def __init__(self, linear: nn.Linear, scale: Tensor) -> None:
        super().__init__()
        self.linear = linear
        self.register_buffer("inverse", 1 / scale)
        with torch.no_grad():
            linear.weight.mul_(scale)

    def forward(self, x: Tensor) -> Tensor:
        """x: float32[batch, length, inputs]; the same as the linear layer alone gives, but for rounding."""
        found: Tensor = self.linear(x * self.inverse)
        return found


def make_ready(model: nn.Module, windows: Sequence[Inputs]) -> None:
    """Smooth the model's linear layers and round their weights, in place, after what `windows` put through them."""
    for path, reach in _over_windows(model, windows, _reach, _SMOOTHED).items():
        reach = reach.clamp(min=_LEAST)
        scale = (reach / reach.median()) ** SMOOTHING
        model.set_submodule(path, Smoothed(_linear(model, path), scale))
    for path, moments in _over_windows(model, windows, _moments).items():
        weight = _linear(model, path).weight
        with torch.no_grad():
            weight.copy_(round_weights(weight, moments))


def _reach(before: Tensor | None, x: Tensor) -> Tensor:
    highest = x.abs().amax(dim=(0, 1))
    return highest if before is None else torch.maximum(before, highest)


def _moments(before: Tensor | None, x: Tensor) -> Tensor:
    rows = x.flatten(0, 1)
    return rows.T @ rows if before is None else before + rows.T @ rows


def _over_windows(
    model: nn.Module, windows: Sequence[Inputs], gather: Gather, endings: tuple[str, ...] = ("",)
) -> dict[str, Tensor]:
    """What `gather` makes of the inputs of every linear layer whose path ends so, by path."""
    found: dict[str, Tensor] = {}

    def see(path: str, _: nn.Module, inputs: Inputs) -> None:
        found[path] = gather(found.get(path), inputs[0])

    paths = [path for path, part in model.named_modules() if isinstance(part, nn.Linear) and path.endswith(endings)]
    hooks = [_linear(model, p).register_forward_pre_hook(functools.partial(see, p)) for p in paths]
    with torch.inference_mode():
        for window in windows:
            model(*window)
    for hook in hooks:
        hook.remove()
    return found


def _linear(model: nn.Module, path: str) -> nn.Linear:
    found = model.get_submodule(path)
    assert isinstance(found, nn.Linear)
    return found


def round_weights(weight: Tensor, moments: Tensor) -> Tensor:
    """The weights on a grid of 2 × 127 steps a row, with the least loss in the layer's outputs.

    weight: float32[outputs, inputs]; moments: float32[inputs, inputs], the sum of x xᵀ over inputs x.
    """
    width = weight.shape[1]
    step = (weight.abs().amax(dim=1).clamp(min=1e-12) / STEPS).double()
    damped = moments.double()
    damped = damped + torch.eye(width) * (_DAMPING * damped.diag().mean() + 1e-12)
    order = damped.diag().argsort(descending=True, stable=True)
    damped = damped[order][:, order]
    spread = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(damped)), upper=True)
    left = weight.double()[:, order]
    ends = STEPS * left.sign()
    widest = left.abs().argmax(dim=1)
    rounded = torch.zeros_like(left)
    for at in range(width):
        column = left[:, at]
        steps = (column / step).round().clamp(-STEPS, STEPS)
        # The widest weight of a row stays the widest: the exporter takes the row's scale from it.
        steps = torch.where(widest == at, ends[:, at], steps)
        rounded[:, at] = steps * step
        error = (column - rounded[:, at]) / spread[at, at]
        left[:, at:] -= error[:, None] * spread[at, at:]
    found = torch.zeros_like(weight)
    found[:, order] = rounded.to(weight.dtype)
    return found
