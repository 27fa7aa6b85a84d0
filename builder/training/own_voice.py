"""Fit the regression that tells claims in the article's own voice (`builder.extract.own_voice`).

    python -m builder.training.own_voice polnear_train.jsonl.gz

`own_voice.tsv` beside this module labels sentences of PolNeAR's train part in which nothing is attributed (a line: the
first 16 digits of the sha256 of the article's name, where the sentence begins and ends, its kind or “none”). Needs the
extra `train`. Imports `builder.extract`, `regression`, `builder.measure.gold`.
"""

import argparse
import hashlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch

from builder.extract.kind_features import features
from builder.extract.kind_model import judge_kind
from builder.extract.own_voice import frames_of, own_features
from builder.extract.wording import read_wording
from builder.measure.gold import read_rows
from builder.training.regression import Example, cross_validate, fit, kept_features, write_table

IN_ARTICLES, RIDGE = 4, 3.0
OUT = Path(__file__).parents[1] / "extract" / "weights" / "own_voice.tsv"


def read_examples(polnear: Path) -> list[Example]:
    """The labelled sentences; classes: a claim of the article, not."""
    texts = {hashlib.sha256(row["doc"].encode()).hexdigest()[:16]: row["text"] for row in read_rows(polnear)}
    found = []
    for line in (files("builder.training") / "own_voice.tsv").read_text("utf-8").splitlines():
        doc, start, end, kind = line.split("\t")
        wording = read_wording("", texts[doc][int(start) : int(end)])
        said = features(wording)
        target = (0.0, 1.0) if kind == "none" else (1.0, 0.0)
        found.append(Example(doc, own_features(said, judge_kind(said), frames_of(wording)), target))
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, cross-validate, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("polnear", type=Path, help="PolNeAR's train part, JSON lines")
    parser.add_argument("--out", type=Path, default=OUT, help="file for the weights")
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    examples = read_examples(chosen.polnear)
    scores = cross_validate(examples, IN_ARTICLES, RIDGE)
    odds, truth = scores[:, 0] - scores[:, 1], np.array([example.target[0] > 0 for example in examples])
    for least in (0.0, 0.5, 1.0, 1.5):
        said = odds > least
        precision, recall = (100 * (said & truth).sum() / max(part.sum(), 1) for part in (said, truth))
        print(f"log odds above {least}: {said.sum()} of {len(truth)}, precision {precision:.0f}, recall {recall:.0f}")
    names = kept_features(examples, IN_ARTICLES)
    weights = fit(examples, names, RIDGE)
    write_table(names, weights[:, :1] - weights[:, 1:], ["claim"], chosen.out)


if __name__ == "__main__":
    main()
