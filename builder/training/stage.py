"""train: gold attributions and a base in, a model folder out. Needs the extra `train`."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from builder.errors import SettingsError
from builder.extract.decode import Weights, decode_attributions
from builder.extract.pieces import load_tokenizer, split_pieces
from builder.extract.windows import score_words
from builder.measure.attributions import add_rates, rate_article
from builder.measure.gold import GoldArticle, read_gold
from builder.training.export import export
from builder.training.fit import CYCLES, average, fit, torch_run
from builder.training.gold import read_examples
from builder.training.network import Encoder

# Epochs of the last cycle whose weights are averaged.
AVERAGED = 2


def train(
    gold: Path, dev: Path | None, names: Path | None, base: Path, out: Path, epochs: int | None, name: str
) -> None:
    """Fit in CYCLES, measure after every epoch where there is `dev`, and write the model folder `out`.

    `epochs` is the most that a cycle may have, for a trial.
    """
    missing = [part for part in ("model.safetensors", "tokenizer.json") if not (base / part).is_file()]
    if missing:
        raise SettingsError(f"{base}: {', '.join(missing)} missing; expected a BERT base (README of builder/training)")
    tokenizer = load_tokenizer(base / "tokenizer.json")
    torch.manual_seed(CYCLES[0].seed)
    model = Encoder()
    model.load_base(base / "model.safetensors")
    measure = _measure(read_gold(dev) if dev else [], tokenizer)
    examples = read_examples(gold, names)
    for number, cycle in enumerate(CYCLES):
        recipe = replace(cycle, epochs=min(cycle.epochs, epochs or cycle.epochs))
        written = out / "fitting" / f"cycle-{number}"
        fit(model, examples, tokenizer, recipe, written, measure)
    last = range(max(0, recipe.epochs - AVERAGED), recipe.epochs)
    model.load_state_dict(average([written / f"weights-{epoch}.pt" for epoch in last]))
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
