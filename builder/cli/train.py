"""`onrecord train`: fit the encoder anew. Imports `builder.training` where it runs: only it needs torch."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from builder.errors import SettingsError


def train_command(
    gold: Annotated[Path, typer.Argument(help="Gold attributions to learn from, a .jsonl.gz file.")],
    base: Annotated[Path, typer.Option("--base", help="Folder of the base: model.safetensors, tokenizer.json.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the model.")],
    dev: Annotated[Path | None, typer.Option("--dev", help="Gold to measure on after every epoch.")] = None,
    silver: Annotated[
        Path | None, typer.Option("--silver", help="A parser's names, sentences and coreference in the same articles.")
    ] = None,
    claims: Annotated[Path | None, typer.Option("--claims", help="Claim kinds of some of the same articles.")] = None,
    entities: Annotated[
        Path | None, typer.Option("--entities", help="Gold names and coreference; its split `train` is read.")
    ] = None,
    worth: Annotated[Path | None, typer.Option("--worth", help="Sentences that are worth a check, or not.")] = None,
    epochs: Annotated[int | None, typer.Option("--epochs", min=1, help="How often the articles are read.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Draws the order, the cuts and the first weights.")] = 1,
    name: Annotated[str, typer.Option("--name", help="The model's name.")] = "onrecord-encoder",
) -> None:
    """Fit the encoder to gold attributions and write it as a model folder for --model."""
    try:
        from builder.training.fit import Recipe
        from builder.training.stage import Corpora, train
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"training needs the extra `train`, {error.name} is missing; install it: pip install 'onrecord[train]'"
        ) from error
    recipe = replace(Recipe(), seed=seed, epochs=epochs or Recipe().epochs)
    train(Corpora(gold, silver, claims, entities, worth, dev), base, out, recipe, name)
