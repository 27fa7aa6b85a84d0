"""Rounding to int8: what a layer gives stays nearly what it was, outliers or not."""

from collections import OrderedDict
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from builder.training.quantize import STEPS, make_ready, round_weights  # noqa: E402


def one_layer() -> Any:
    """A network of one layer whose name says that it is smoothed."""
    torch.manual_seed(1)
    up = torch.nn.Sequential(OrderedDict(up=torch.nn.Linear(32, 16)))
    return torch.nn.Sequential(OrderedDict(inner=up)).eval()


def inputs_with_an_outlier() -> Any:
    """Neighbouring channels are alike, as those of an encoder are; one reaches thirty times as far."""
    torch.manual_seed(0)
    x = torch.randn(1, 200, 32)
    x[..., 1:] += x[..., :-1]
    x[..., 5] *= 30
    return x


def rounded(x: Any) -> Any:
    step = (x.max() - x.min()) / 255
    return (x / step).round() * step


def test_weights_lie_on_the_grid_that_the_exporter_takes_from_each_rows_widest_one() -> None:
    x = inputs_with_an_outlier()[0]
    weight = torch.randn(16, 32)
    found = round_weights(weight, x.T @ x)
    steps = found / (found.abs().amax(dim=1, keepdim=True) / STEPS)
    assert torch.allclose(steps, steps.round(), atol=1e-3)


def test_rounding_after_the_inputs_loses_less_than_rounding_to_the_nearest_step() -> None:
    x = inputs_with_an_outlier()[0]
    weight = torch.randn(16, 32)
    step = weight.abs().amax(dim=1, keepdim=True) / STEPS
    nearest = (weight / step).round() * step
    after = round_weights(weight, x.T @ x)
    assert (x @ (after - weight).T).norm() < (x @ (nearest - weight).T).norm()


def test_a_layer_with_an_outlier_channel_loses_less_in_int8_once_it_is_smoothed() -> None:
    x = inputs_with_an_outlier()
    model = one_layer()
    before = model(x).detach()
    plain = (model(rounded(x)) - before).norm()
    make_ready(model, [(x,)])
    smoothed = model.get_submodule("inner.up")
    assert (smoothed.linear(rounded(x * smoothed.inverse)) - before).norm() < plain


def test_without_windows_nothing_is_changed() -> None:
    model = one_layer()
    before = model.get_submodule("inner.up").weight.clone()
    make_ready(model, [])
    assert torch.equal(model.get_submodule("inner.up").weight, before)
