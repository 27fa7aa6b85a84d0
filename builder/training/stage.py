"""train: corpora and a base in, a model folder out. Needs the extra `train`.

Imports this folder's modules, `builder.extract`, `builder.measure`.
"""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from builder.errors import SettingsError
from builder.extract.confidence import confidence_of
from builder.extract.decode import decode_attributions, find_attributions
from builder.extract.encoder import load_encoder
from builder.extract.pieces import cut_windows, load_tokenizer, split_pieces
from builder.extract.scores import Floats, Weights
from builder.extract.windows import WINDOW, score_words, window_inputs
from builder.measure.attributions import add_rates, found_pairs, rate_article
from builder.measure.gold import GoldArticle, read_gold
from builder.training import examples as corpora
from builder.training.calibrate import calibration_error, fit_confidence, reliability
from builder.training.examples import Example
from builder.training.export import export, write_config
from builder.training.fit import Recipe, average, fit, last_weights, torch_run
from builder.training.network import Encoder
from builder.training.quantize import Inputs
from builder.training.tune import Scored, tune

# Runs from the base with seeds of their own, whose weights are averaged: each alone reached attribution F1 69 on
# PolNeAR dev, their mean 71 (RESULTS.md).
RUNS = 2
# Epochs at a run's end whose weights are averaged.
AVERAGED = 3
# What the weights are rounded after: of that many articles, the first windows.
ROUNDED_ARTICLES, ROUNDED_WINDOWS = 40, 3
# The share of the attributed articles that fitting never sees, for the confidence; drawn with a seed of its own.
HELD_OUT, HELD_OUT_SEED = 0.05, 7


@dataclass(frozen=True, slots=True)
class Corpora:
    """The files to learn from (README.md beside this file says what each holds); only `attributions` must be there."""

    attributions: Path
    silver: Path | None = None
    claims: Path | None = None
    entities: Path | None = None
    worth: Path | None = None
    dev: Path | None = None


def train(read: Corpora, base: Path, out: Path, recipe: Recipe, name: str) -> None:
    """Fit, measure after every epoch where there is a dev file, calibrate, and write the model folder `out`."""
    missing = [part for part in ("model.safetensors", "tokenizer.json") if not (base / part).is_file()]
    if missing:
        raise SettingsError(f"{base}: {', '.join(missing)} missing; expected a BERT base (README of builder/training)")
    tokenizer = load_tokenizer(base / "tokenizer.json")
    examples, held_out = read_examples(read)
    measure = _measure(read_gold(read.dev) if read.dev else [], tokenizer)

    runs = []
    for number in range(RUNS):
        own = replace(recipe, seed=recipe.seed + number)
        torch.manual_seed(own.seed)
        model = Encoder()
        model.load_base(base / "model.safetensors")
        written = out / "fitting" / f"run-{number}"
        fit(model, examples, tokenizer, own, written, measure)
        runs.append(last_weights(written, own.epochs, AVERAGED))
    model.load_state_dict(average(runs))
    kept = [gold for gold in read_gold(read.attributions) if gold.doc in held_out]
    finish(model, out, tokenizer, _rounding_windows(examples, tokenizer), kept, name)


def _rounding_windows(examples: Sequence[Example], tokenizer: Tokenizer) -> list[Inputs]:
    """The first windows of articles from all over the examples."""
    found: list[Inputs] = []
    for example in examples[:: max(1, len(examples) // ROUNDED_ARTICLES)]:
        pieces = split_pieces(example.text, tokenizer)
        for first, last in cut_windows(pieces, WINDOW, WINDOW)[:ROUNDED_WINDOWS]:
            found.append(tuple(torch.from_numpy(v[None].astype(np.int64)) for v in window_inputs(pieces, first, last)))
    return found


def finish(
    model: Encoder,
    out: Path,
    tokenizer: Tokenizer,
    windows: Sequence[Inputs],
    held_out: list[GoldArticle],
    name: str,
) -> None:
    """Export, rounded after `windows`, then choose the thresholds of what was exported and calibrate its confidence."""
    export(model, tokenizer, name, out, windows)
    encoder = load_encoder(out)
    scored = []
    for article in held_out:
        pieces = split_pieces(article.text, tokenizer)
        scored.append(Scored(article, pieces, score_words(pieces, encoder.run)))
    weights = tune(scored, encoder.weights)
    confidence, report = calibrate(scored, weights)
    write_config(out, replace(weights, confidence=confidence))
    (out / "fitting").mkdir(exist_ok=True)
    (out / "fitting" / "reliability.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def read_examples(read: Corpora) -> tuple[list[Example], frozenset[str]]:
    """Everything to learn from, and the names of the attributed articles that are held out of it."""
    attributed = corpora.read_attributions(read.attributions)
    if read.silver:
        attributed = corpora.add_silver(attributed, read.silver)
    if read.claims:
        attributed = corpora.add_claim_kinds(attributed, read.claims)
    docs = sorted(example.doc for example in attributed)
    random.Random(HELD_OUT_SEED).shuffle(docs)  # noqa: S311 - no secret: which articles are held out
    held_out = frozenset(docs[: int(HELD_OUT * len(docs))])
    examples = [example for example in attributed if example.doc not in held_out]
    if read.entities:
        examples += corpora.read_entities(read.entities)
    if read.worth:
        examples += corpora.read_worth(read.worth)
    return examples, held_out


def calibrate(held_out: Sequence[Scored], weights: Weights) -> tuple[Floats, dict[str, object]]:
    """Confidence weights fitted on `held_out`, and how reliable they are on its other half, by cross-fitting in two."""
    evidence, right, part = [], [], []
    for number, one in enumerate(held_out):
        evidence += [found.evidence for found in find_attributions(one.scores, weights)]
        predicted = decode_attributions(one.scores, weights, one.pieces)
        hits = {j for _, j in found_pairs(one.gold, predicted)}
        right += [at in hits for at in range(len(predicted))]
        part += [number % 2] * len(predicted)
    crossed = [0.0] * len(right)
    for half in (0, 1):
        inside = [at for at, where in enumerate(part) if where != half]
        fitted = fit_confidence([evidence[at] for at in inside], [right[at] for at in inside])
        for at, where in enumerate(part):
            if where == half:
                crossed[at] = confidence_of(evidence[at], fitted)
    bins = reliability(crossed, right)
    report = {"bins": [asdict(one) for one in bins], "calibration_error": calibration_error(bins)}
    return fit_confidence(evidence, right), report


def _measure(gold: list[GoldArticle], tokenizer: Tokenizer) -> Callable[[Encoder, int], dict[str, float]]:
    """F1 of every measure on `gold`, by the model as it stands: in float32, without fitting to quotation marks."""

    def measure(model: Encoder, epoch: int) -> dict[str, float]:  # noqa: ARG001 - the caller tells which epoch it was
        rates = []
        for article in gold:
            pieces = split_pieces(article.text, tokenizer)
            scores = score_words(pieces, torch_run(model))
            rates.append(rate_article(article, decode_attributions(scores, model.decoding(), pieces)))
        return {name: round(rate.f1, 1) for name, rate in add_rates(rates).items()}

    return measure
