"""Fit the encoder to examples of several corpora. Needs the extra `train`.

The recipe and what it reached are in RESULTS.md beside this file. Imports `builder.extract`, `gold`, `augment`,
`batches`, `losses`, `network`.
"""

import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from builder.extract.scores import Floats
from builder.extract.windows import WINDOW
from builder.training.augment import as_transcript, change_marks, hide_pieces
from builder.training.batches import Window, cut_labelled
from builder.training.examples import Example
from builder.training.gold import Labelled, label
from builder.training.losses import batch_losses
from builder.training.network import Encoder, Outputs


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a cycle of training depends on, beside the data and the weights that it begins with.

    `weights` are those of the heads' losses; `transcripts` is the share of the attributed articles that an epoch reads
    once more as a transcript, `others` the share that it reads of the windows without attributions, `hidden` the share
    of pieces that it does not see.
    """

    epochs: int = 12
    batch: int = 8
    rate: float = 2.5e-4
    head_rate: float = 1e-3
    warmup: float = 0.05
    weight_decay: float = 0.01
    roles: float = 1.0
    sources: float = 0.5
    cues: float = 0.5
    names: float = 0.3
    sentences: float = 0.1
    mentions: float = 0.1
    kinds: float = 0.1
    worth: float = 0.1
    transcripts: float = 0.08
    others: float = 0.3
    hidden: float = 0.0
    seed: int = 1


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
    per_epoch = len(_epoch_windows(examples, plain, tokenizer, recipe, random.Random(0))) // recipe.batch  # noqa: S311
    optimizer, schedule = _optimizer(model, recipe, per_epoch * recipe.epochs)
    out.mkdir(parents=True, exist_ok=True)
    for epoch in range(recipe.epochs):
        began = time.monotonic()
        windows = _epoch_windows(examples, plain, tokenizer, recipe, draw)
        model.train()
        totals: dict[str, float] = {}
        steps = len(windows) // recipe.batch
        for step in range(steps):
            losses = batch_losses(model, windows[step * recipe.batch : (step + 1) * recipe.batch])
            loss = torch.stack([getattr(recipe, head) * value for head, value in losses.items()]).sum()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            for head, value in losses.items():
                totals[head] = totals.get(head, 0.0) + value.item()
            if step % 50 == 0:
                print(f"epoch {epoch} step {step}/{steps} " + _means(totals, step + 1), flush=True)
        model.eval()
        torch.save({"model": model.state_dict(), "recipe": asdict(recipe)}, out / f"weights-{epoch}.pt")
        line = {"epoch": epoch, "seconds": time.monotonic() - began}
        line |= {head: round(total / steps, 4) for head, total in totals.items()} | after_epoch(model, epoch)
        with (out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        print(line, flush=True)


def _means(totals: dict[str, float], steps: int) -> str:
    return " ".join(f"{head} {total / steps:.3f}" for head, total in totals.items())


def _epoch_windows(
    examples: list[Example], plain: list[Labelled], tokenizer: Tokenizer, recipe: Recipe, draw: random.Random
) -> list[Window]:
    """One epoch's windows in their order: cut anew, some with other marks, some once more as transcripts."""
    windows: list[Window] = []
    for example, article in zip(examples, plain, strict=True):
        offset = draw.randrange(WINDOW - 32)
        if example.attributions is None:
            windows += [window for window in cut_labelled(article, offset) if draw.random() < recipe.others]
            continue
        changed = change_marks(example.text, draw.random())
        read = article if changed == example.text else label(example, changed, tokenizer)
        windows += cut_labelled(read, offset)
        if draw.random() < recipe.transcripts and (transcript := as_transcript(example, draw)):
            windows += cut_labelled(label(transcript, transcript.text, tokenizer), draw.randrange(WINDOW - 32))
    windows = [_hide(window, recipe.hidden, draw) for window in windows]
    draw.shuffle(windows)
    return _alike_together(windows, recipe.batch, draw)


def _hide(window: Window, share: float, draw: random.Random) -> Window:
    ids, shapes, layouts = window.inputs
    return replace(window, inputs=(hide_pieces(ids, share, draw), shapes, layouts))


def _alike_together(windows: list[Window], batch: int, draw: random.Random) -> list[Window]:
    """Windows of a like length in one batch, the batches in any order: less is spent on filling up."""
    pool = 8 * batch
    ordered = [
        window
        for at in range(0, len(windows), pool)
        for window in sorted(windows[at : at + pool], key=lambda window: len(window.inputs[0]))
    ]
    batches = [ordered[at : at + batch] for at in range(0, len(ordered), batch)]
    draw.shuffle(batches)
    return [window for some in batches for window in some]


def _optimizer(
    model: Encoder, recipe: Recipe, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    """AdamW with a warm-up and a linear decay to zero; heads learn faster than the pretrained body."""
    named = list(model.named_parameters())
    heads = [p for name, p in named if name.split(".")[0] in Outputs._fields]
    scores = [p for name, p in named if name.startswith(("transitions", "near_"))]
    body = [p for p in model.parameters() if all(p is not other for other in heads + scores)]
    optimizer = torch.optim.AdamW(
        [
            {"params": body, "lr": recipe.rate, "weight_decay": recipe.weight_decay},
            {"params": heads, "lr": recipe.head_rate, "weight_decay": recipe.weight_decay},
            {"params": scores, "lr": 10 * recipe.head_rate, "weight_decay": 0.0},
        ],
        fused=True,
    )
    warm = max(1, int(recipe.warmup * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    return optimizer, schedule


def average(states: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of several states of one network (Wortsman et al. 2022)."""
    return {name: torch.stack([state[name] for state in states]).mean(dim=0) for name in states[0]}


def last_weights(written: Path, epochs: int, number: int) -> dict[str, Tensor]:
    """The mean of the last `number` epochs' weights that `fit` wrote under `written`."""
    last = range(max(0, epochs - number), epochs)
    return average([torch.load(written / f"weights-{epoch}.pt")["model"] for epoch in last])


def torch_run(model: Encoder) -> Callable[..., tuple[Floats, ...]]:
    """The model as a runner of `builder.extract.windows`."""

    def run(*inputs: NDArray[np.int64]) -> tuple[Floats, ...]:
        with torch.inference_mode():
            return tuple(values[0].float().numpy() for values in model(*(torch.from_numpy(v) for v in inputs)))

    return run
