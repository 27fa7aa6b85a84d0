"""`onrecord train`: fit the encoder anew. Imports `builder.training` where it runs: only it needs torch."""

from pathlib import Path
from typing import Annotated

import typer

from builder.errors import SettingsError


def train_command(
    gold: Annotated[Path, typer.Argument(help="Gold attributions to learn from, a .jsonl.gz file.")],
    base: Annotated[Path, typer.Option("--base", help="Folder of the base: model.safetensors, tokenizer.json.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the model.")],
    dev: Annotated[Path | None, typer.Option("--dev", help="Gold to measure on after every epoch.")] = None,
    names: Annotated[Path | None, typer.Option("--names", help="Names of the same articles, a .jsonl.gz file.")] = None,
    epochs: Annotated[
        int | None, typer.Option("--epochs", min=1, help="The most epochs that a cycle may have, for a trial.")
    ] = None,
    name: Annotated[str, typer.Option("--name", help="The model's name.")] = "onrecord-encoder",
) -> None:
    """Fit the encoder to gold attributions and write it as a model folder for --model.

    Example: onrecord train train.jsonl.gz --dev dev.jsonl.gz --base minilm --out model
    """
    try:
        from builder.training.stage import train
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"training needs the extra `train`, {error.name} is missing; install it: pip install 'onrecord[train]'"
        ) from error
    train(gold, dev, names, base, out, epochs, name)
