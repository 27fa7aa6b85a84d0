"""Fit logistic regressions over named features. Needs the extra `train`. Imports `builder.extract.regression`."""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from builder.extract.regression import CONSTANT, STEP
from builder.extract.scores import Floats

FOLDS, ROUNDS = 10, 150


@dataclass(frozen=True, slots=True)
class Example:
    """Features by name, the probability of each class, the article or speech it stands in, how much it counts."""

    doc: str
    features: dict[str, float]
    target: tuple[float, ...]
    weight: float = 1.0


def kept_features(examples: Sequence[Example], least: int) -> list[str]:
    """The features of at least that many articles, in order; the constant first."""
    docs: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for name in example.features:
            docs[name].add(example.doc)
    return [CONSTANT, *sorted(name for name, of in docs.items() if len(of) >= least and name != CONSTANT)]


def fit(examples: Sequence[Example], names: Sequence[str], ridge: float) -> Floats:
    """float32[features, classes]: the weights that make the targets most probable, less a ridge penalty (L-BFGS)."""
    matrix = feature_matrix(examples, names)
    targets = torch.tensor([example.target for example in examples])
    counts = torch.tensor([example.weight for example in examples])
    weights = torch.zeros((len(names), targets.shape[1]), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=ROUNDS, history_size=10, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        logs = torch.log_softmax(torch.sparse.mm(matrix, weights), dim=1)
        total = -(counts[:, None] * targets * logs).sum() + 0.5 * ridge * (weights**2).sum()
        total.backward()  # type: ignore[no-untyped-call,unused-ignore]
        return total

    optimizer.step(loss)  # type: ignore[no-untyped-call,unused-ignore]
    fitted: Floats = weights.detach().numpy()
    return fitted


def feature_matrix(examples: Sequence[Example], names: Sequence[str]) -> torch.Tensor:
    """Sparse float32[examples, features]."""
    rows = {name: number for number, name in enumerate(names)}
    cells = [
        (number, rows[name], value)
        for number, example in enumerate(examples)
        for name, value in (example.features | {CONSTANT: 1.0}).items()
        if name in rows
    ]
    at = torch.tensor([[row for row, _, _ in cells], [column for _, column, _ in cells]])
    values = torch.tensor([value for _, _, value in cells], dtype=torch.float32)
    size = (len(examples), len(names))
    return torch.sparse_coo_tensor(at, values, size, check_invariants=True).coalesce()


def cross_validate(examples: Sequence[Example], least: int, ridge: float, folds: int = FOLDS) -> Floats:
    """float32[examples, classes]: each example's scores by weights that were fitted without its article."""
    docs = sorted({example.doc for example in examples})
    random.Random(1).shuffle(docs)  # noqa: S311 - no secret: which article is in which fold
    fold = {doc: number % folds for number, doc in enumerate(docs)}
    scores = np.zeros((len(examples), len(examples[0].target)), dtype=np.float32)
    for number in range(min(folds, len(docs))):
        inside = [example for example in examples if fold[example.doc] != number]
        at = [n for n, example in enumerate(examples) if fold[example.doc] == number]
        names = kept_features(inside, least)
        held = feature_matrix([examples[n] for n in at], names).to_dense().numpy()
        scores[at] = held @ fit(inside, names, ridge)
    return scores


def temperature(scores: Floats, classes: Sequence[int]) -> float:
    """What to divide scores by so that the classes come out most probable (Guo et al. 2017)."""
    truth = torch.tensor(list(classes))
    loss: Callable[[float], float] = lambda value: float(  # noqa: E731 - a key for `min`
        torch.nn.functional.cross_entropy(torch.from_numpy(scores / np.float32(value)), truth)
    )
    return min((round(0.5 + 0.05 * step, 2) for step in range(51)), key=loss)


def write_table(names: Sequence[str], weights: Floats, classes: Sequence[str], out: Path) -> None:
    """The table of weights in hundredths; features whose weights all round to nothing are left out."""
    lines = ["\t".join(["feature", *classes])]
    for name, row in zip(names, weights, strict=True):
        steps = np.rint(row / STEP).astype(int)
        if name == CONSTANT or steps.any():
            lines.append("\t".join([name, *map(str, steps)]))
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
