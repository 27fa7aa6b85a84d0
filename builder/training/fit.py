"""Fit the encoder to gold attributions. Needs the extra `train`.

The recipe and what it reached are in RESULTS.md beside this file.
"""

import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import cross_entropy

from builder.extract.decode import Floats
from builder.extract.labels import LINK, LINKS, distance_bucket
from builder.extract.pieces import cut_windows
from builder.extract.windows import WINDOW, window_inputs
from builder.training.gold import Example, Labelled, Link, change_marks, label
from builder.training.network import Encoder, crf_loss, pointer_loss


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a cycle of training depends on, beside the data and the weights that it begins with.

    `links` and `names` weigh their losses against that of the roles; `marks` scales how many articles' quotation marks
    are changed (`gold.MARKS`).
    """

    epochs: int = 9
    batch: int = 16
    rate: float = 2.5e-4
    head_rate: float = 1e-3
    warmup: float = 0.05
    weight_decay: float = 0.01
    links: float = 1.0
    names: float = 0.3
    marks: float = 1.0
    seed: int = 1


# A and B of RESULTS.md: the shipped weights are the mean of the last two epochs of B.
CYCLES = (
    Recipe(),
    Recipe(epochs=5, rate=1.5e-4, head_rate=6e-4, warmup=0.03, links=0.5, names=0.15, marks=0.5, seed=2),
)


@dataclass(frozen=True, slots=True)
class Window:
    """One training window: inputs int32[length], tags and first pieces int64[words], links in words of the window."""

    inputs: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]
    first: NDArray[np.int64]
    roles: NDArray[np.int64]
    names: NDArray[np.int64]
    cue_to_source: list[Link]
    content_to_cue: list[Link]


def cut_labelled(article: Labelled, offset: int) -> list[Window]:
    """The article's windows, without overlap, the first one shorter by `offset` pieces."""
    windows = []
    for begin, last in cut_windows(article.pieces, WINDOW, WINDOW, offset):
        first = (article.pieces.first[begin:last] - article.pieces.first[begin] + 1).astype(np.int64)
        fits = first <= WINDOW

        until = begin + int(fits.sum())
        windows.append(
            Window(
                window_inputs(article.pieces, begin, last),
                first[fits],
                article.roles[begin:last][fits],
                article.names[begin:last][fits],
                _links_inside(article.cue_to_source, begin, until),
                _links_inside(article.content_to_cue, begin, until),
            )
        )
    return windows


def _links_inside(links: list[Link], begin: int, until: int) -> list[Link]:
    """The links that lie among the words [begin, until) whole, counted from `begin`; no other is learned from."""
    return [
        (first - begin, last - begin, to - begin if to >= 0 else -1)
        for first, last, to in links
        if begin <= first and last < until and (to < 0 or begin <= to < until)
    ]


def _pad(rows: list[NDArray]) -> Tensor:  # type: ignore[type-arg]
    return torch.nn.utils.rnn.pad_sequence([torch.from_numpy(row.astype(np.int64)) for row in rows], batch_first=True)


def batch_loss(model: Encoder, windows: list[Window], recipe: Recipe) -> Tensor:
    """The weighted loss of a batch: CRF over roles, cross entropy over names, pointers over links."""
    ids, shapes, layouts = (_pad([window.inputs[part] for window in windows]) for part in range(3))
    live = ids.ne(0)
    mask = None if bool(live.all()) else live[:, None, None, :]
    with torch.autocast("cpu", torch.bfloat16):
        outputs = model(ids, shapes, layouts, mask)
    roles, names, links = (output.float() for output in outputs)
    first = _pad([window.first for window in windows])
    lengths = torch.tensor([len(window.first) for window in windows])

    def at_words(values: Tensor) -> Tensor:
        return values.gather(1, first[..., None].expand(-1, -1, values.shape[2]))

    role_tags = _pad([window.roles for window in windows])
    loss = crf_loss(at_words(roles), role_tags, lengths, model.legal_scores(whole=False))
    spoken = torch.arange(first.shape[1])[None, :] < lengths[:, None]
    loss = loss + recipe.names * cross_entropy(at_words(names)[spoken], _pad([w.names for w in windows])[spoken])
    vectors = at_words(links).unflatten(2, (len(LINKS), LINK))
    none = links[:, :1].unflatten(2, (len(LINKS), LINK))
    return loss + recipe.links * (
        _link_loss(model, vectors, none, spoken, windows, "cue_to_source")
        + _link_loss(model, vectors, none, spoken, windows, "content_to_cue")
    )


def _link_loss(
    model: Encoder, vectors: Tensor, none: Tensor, spoken: Tensor, windows: list[Window], field: str
) -> Tensor:
    """Pointers of one kind. vectors: float32[windows, words, 5, 128]; none: the same at [CLS], one word."""
    rows = [(number, *link) for number, window in enumerate(windows) for link in getattr(window, field)]
    if not rows:
        return vectors.sum() * 0.0
    window, first, last, targets = torch.tensor(rows).unbind(1)
    keys = torch.cat([vectors, none], dim=1)

    def points(query: str, key: str, at: Tensor) -> Tensor:
        """Every word at every word, then the rows asked for: gathering keys a row costs five times the whole step."""
        each = vectors[:, :, LINKS.index(query)] @ keys[:, :, LINKS.index(key)].transpose(1, 2)
        return each[window, at]

    if field == "cue_to_source":
        scores, near = points("cue_to_source", "source", first), model.near_source
    else:
        scores = points("content_first", "cue", first) + points("content_last", "cue", last)
        near = model.near_cue
    words = torch.arange(vectors.shape[1])[None, :]
    distance = torch.where(words > last[:, None], words - last[:, None], (words - first[:, None]).clamp(max=0))
    buckets = torch.from_numpy(distance_bucket(distance.numpy()))
    return pointer_loss(scores, near[buckets], spoken[window], targets)


def fit(
    model: Encoder,
    examples: list[Example],
    tokenizer: Tokenizer,
    recipe: Recipe,
    out: Path,
    after_epoch: Callable[[Encoder, int], dict[str, float]],
) -> None:
    """Train in place; every epoch writes `weights-EPOCH.pt` and a line of `log.jsonl` under `out`."""
    torch.manual_seed(recipe.seed)
    draw = random.Random(recipe.seed)  # noqa: S311 - no secret: the order of the windows
    plain = [label(example, example.text, tokenizer) for example in examples]
    per_epoch = sum(len(cut_labelled(article, 0)) for article in plain) // recipe.batch
    steps = per_epoch * recipe.epochs
    heads = [p for name, p in model.named_parameters() if name.split(".")[0] in ("roles", "names", "links")]
    crf = [model.transitions, model.near_source, model.near_cue]
    body = [p for p in model.parameters() if all(p is not other for other in heads + crf)]
    optimizer = torch.optim.AdamW(
        [
            {"params": body, "lr": recipe.rate, "weight_decay": recipe.weight_decay},
            {"params": heads, "lr": recipe.head_rate, "weight_decay": recipe.weight_decay},
            {"params": crf, "lr": 10 * recipe.head_rate, "weight_decay": 0.0},
        ]
    )
    warm = max(1, int(recipe.warmup * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    out.mkdir(parents=True, exist_ok=True)
    for epoch in range(recipe.epochs):
        began = time.monotonic()
        windows = []
        for example, article in zip(examples, plain, strict=True):
            changed = change_marks(example.text, draw.random(), recipe.marks)
            read = article if changed == example.text else label(example, changed, tokenizer)
            windows += cut_labelled(read, draw.randrange(WINDOW - 32))
        draw.shuffle(windows)
        model.train()
        total = 0.0
        for step in range(per_epoch):
            loss = batch_loss(model, windows[step * recipe.batch : (step + 1) * recipe.batch], recipe)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
            if step % 20 == 0:
                print(f"epoch {epoch} step {step}/{per_epoch} loss {total / (step + 1):.3f}", flush=True)
        model.eval()
        torch.save({"model": model.state_dict(), "recipe": asdict(recipe)}, out / f"weights-{epoch}.pt")
        line = {"epoch": epoch, "loss": total / per_epoch, "seconds": time.monotonic() - began}
        line |= after_epoch(model, epoch)
        with (out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        print(line, flush=True)


def average(files: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of the weights that `fit` wrote."""
    states = [torch.load(file)["model"] for file in files]
    return {name: torch.stack([state[name] for state in states]).mean(dim=0) for name in states[0]}


def torch_run(model: Encoder) -> Callable[..., tuple[Floats, Floats, Floats]]:
    """The model as a runner of `builder.extract.windows`."""

    def run(*inputs: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
        with torch.inference_mode():
            roles, names, links = model(*(torch.from_numpy(values) for values in inputs))
        return roles[0].float().numpy(), names[0].float().numpy(), links[0].float().numpy()

    return run
