"""train: gold attributions and a base in, a model folder out. Needs the extra `train`."""

from collections.abc import Callable
from pathlib import Path

import torch
from tokenizers import Tokenizer

from builder.errors import SettingsError
from builder.extract.decode import Weights, decode_attributions
from builder.extract.pieces import split_pieces
from builder.extract.windows import score_words
from builder.measure.attributions import add_rates, rate_article
from builder.measure.gold import GoldArticle, read_gold
from builder.training.export import export
from builder.training.fit import Recipe, fit, torch_run
from builder.training.gold import read_examples
from builder.training.network import Encoder


def train(gold: Path, dev: Path | None, names: Path | None, base: Path, out: Path, epochs: int, name: str) -> None:
    """Fit, measure after every epoch where there is `dev`, and write the model folder `out`."""
    missing = [part for part in ("model.safetensors", "tokenizer.json") if not (base / part).is_file()]
    if missing:
        raise SettingsError(f"{base}: {', '.join(missing)} missing; expected a BERT base (README of builder/training)")
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    recipe = Recipe(epochs=epochs)
    torch.manual_seed(recipe.seed)
    model = Encoder(recipe.layers)
    model.load_base(base / "model.safetensors")
    measure = _measure(read_gold(dev) if dev else [], tokenizer)
    fit(model, read_examples(gold, names), tokenizer, recipe, out / "fitting", measure)
    export(model, tokenizer, name, out)


def _measure(gold: list[GoldArticle], tokenizer: Tokenizer) -> Callable[[Encoder, int], dict[str, float]]:
    """F1 of every measure on `gold`, by the model as it stands: in float32, without fitting to quotation marks."""

    def measure(model: Encoder, epoch: int) -> dict[str, float]:  # noqa: ARG001 - the caller tells which epoch it was
        parts = (model.legal_scores(), model.near_source, model.near_cue)
        weights = Weights(*(part.detach().numpy() for part in parts))
        rates = []
        for article in gold:
            pieces = split_pieces(article.text, tokenizer)
            scores = score_words(pieces, torch_run(model))
            rates.append(rate_article(article, decode_attributions(scores, weights, pieces)))
        return {name: round(rate.f1, 1) for name, rate in add_rates(rates).items()}

    return measure
