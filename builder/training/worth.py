"""Fit the regression that tells how far a claim is worth a check (`builder.extract.checkworthiness`).

    python -m builder.training.worth policlaim.jsonl.gz --without KY2018 US2016

The speeches named are only measured on: the encoder's head was fitted to the others. Needs the extra `train`.
Imports `builder.extract`, `examples`, `regression`.
"""

import argparse
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from builder.extract.checkworthiness import checkworthiness, worth_features
from builder.extract.encoder import Encoder, load_encoder
from builder.extract.kind_evidence import worth_seen
from builder.extract.kind_features import features
from builder.extract.kind_model import judge_kind
from builder.extract.model_folder import SHIPPED
from builder.extract.pieces import split_pieces
from builder.extract.scores import Floats
from builder.extract.windows import score_words
from builder.extract.wording import Wording, read_wording
from builder.training.examples import read_worth
from builder.training.regression import Example, cross_validate, fit, kept_features, write_table

# Chosen by leaving out each of the six speeches in turn.
IN_SPEECHES, RIDGE = 3, 8.0
OUT = Path(__file__).parents[1] / "extract" / "weights" / "worth.tsv"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its words, their features, its kinds' probabilities, the head's log odds, whether it is factual."""

    doc: str
    wording: Wording
    said: dict[str, float]
    kinds: Floats
    seen: float | None
    is_factual: bool


def read_sentences(path: Path, encoder: Encoder) -> list[Sentence]:
    """The sentences of all speeches, each scored where it stands."""
    found = []
    for speech in read_worth(path):
        pieces = split_pieces(speech.text, encoder.tokenizer)
        scores = score_words(pieces, encoder.run)
        for start, end, label in speech.worth or ():
            wording = read_wording("", speech.text[start:end])
            seen = worth_seen(scores, pieces, [(start, end)])
            said = features(wording)
            found.append(Sentence(speech.doc, wording, said, judge_kind(said), seen, bool(label)))
    return found


def as_example(sentence: Sentence) -> Example:
    """Classes: factual, not."""
    target = (1.0, 0.0) if sentence.is_factual else (0.0, 1.0)
    return Example(sentence.doc, worth_features(sentence.wording, sentence.said, sentence.kinds), target)


def report(values: Sequence[float], truth: Sequence[bool], threshold: float = 0.5) -> str:
    """Accuracy, F1 of the factual class, Brier score and reliability of values between 0 and 1."""
    value, is_true = np.array(values), np.array(truth)
    said = value >= threshold
    f1 = 2 * (said & is_true).sum() / (said.sum() + is_true.sum())
    lines = [
        f"{len(value)} sentences: accuracy {100 * (said == is_true).mean():.1f}, F1 {100 * f1:.1f}, "
        f"Brier {((value - is_true) ** 2).mean():.3f}"
    ]
    for low in np.arange(0, 1, 0.2):
        inside = (low <= value) & ((value < low + 0.2) | (low > 0.75))
        if inside.any():
            lines.append(
                f"{low:.1f} to {low + 0.2:.1f}: {inside.sum():4}, said {100 * value[inside].mean():.0f}, "
                f"factual {100 * is_true[inside].mean():.0f}"
            )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, measure by leaving speeches out, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("speeches", type=Path, help="sentences of speeches, JSON lines")
    parser.add_argument("--without", nargs="*", default=[], help="speeches to measure on and not to fit to")
    parser.add_argument("--model", type=Path, default=SHIPPED, help="folder of the encoder")
    parser.add_argument("--out", type=Path, default=OUT, help="file for the weights")
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    sentences = read_sentences(chosen.speeches, load_encoder(chosen.model))
    fit_to = [sentence for sentence in sentences if sentence.doc not in chosen.without]
    examples = [as_example(sentence) for sentence in fit_to]
    scores = cross_validate(examples, IN_SPEECHES, RIDGE, folds=len({example.doc for example in examples}))
    told = 1 / (1 + np.exp(scores[:, 1] - scores[:, 0]))
    print("each speech by the others, words alone", report(told.tolist(), [s.is_factual for s in fit_to]), sep="\n")
    names = kept_features(examples, IN_SPEECHES)
    weights = fit(examples, names, RIDGE)
    write_table(names, weights[:, :1] - weights[:, 1:], ["factual"], chosen.out)
    print_held_out(sentences, chosen.without)


def print_held_out(sentences: Sequence[Sentence], without: Collection[str]) -> None:
    """What the table that was loaded when this began says of the speeches kept out; run twice to see the new one."""
    held = [sentence for sentence in sentences if sentence.doc in without]
    if held:
        values = [checkworthiness(s.wording, s.said, s.kinds, s.seen) for s in held]
        print("kept out, with the encoder", report(values, [s.is_factual for s in held]), sep="\n")


if __name__ == "__main__":
    main()
