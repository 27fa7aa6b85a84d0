"""Fit the regression that tells claim kinds (`builder.extract.kind_model`). Needs the extra `train`.

    python -m builder.training.kinds labels_train.jsonl.gz --polnear polnear_train.jsonl.gz

The first file's articles are those that the encoder learned kinds from: its scores there say what it has by heart, so
they are left out and the words alone are fitted. `claim_kinds.tsv` beside this module labels attributions of other
articles of PolNeAR's train part (a line: the first 16 digits of the sha256 of the article's name, the attribution's
number in it, its kind); there the encoder's scores are what they will be on any article. Imports `builder.extract`,
`regression`, `builder.measure.gold`.
"""

import argparse
import hashlib
import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch

from builder.extract.encoder import Encoder, load_encoder
from builder.extract.kind_evidence import kinds_seen
from builder.extract.kind_features import features
from builder.extract.kind_model import ENCODER, encoder_features
from builder.extract.labels import CLAIM_KINDS
from builder.extract.model_folder import SHIPPED
from builder.extract.pieces import split_pieces
from builder.extract.scores import Floats
from builder.extract.windows import score_words
from builder.extract.wording import read_wording
from builder.measure.gold import GoldArticle, GoldAttribution, read_gold
from builder.training.regression import Example, cross_validate, fit, kept_features, temperature, write_table

# Chosen by cross-validation over documents (RESULTS.md): in how many articles a feature must stand, and how strongly
# weights are held to zero.
IN_ARTICLES, RIDGE = 3, 5.0
# The encoder's log probabilities are far larger numbers than the rest: halved while fitting.
SCALE = 0.5
OUT = Path(__file__).parents[1] / "extract" / "weights" / "kinds.tsv"
_BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def read_labelled(learned: Path, polnear: Path | None, encoder: Encoder) -> list[Example]:
    """The claims of both sources, in the files' order."""
    found = [
        _example(article, attribution, attribution.labels.claim_kind, None)
        for article in read_gold(learned)
        for attribution in article.attributions
        if attribution.labels and attribution.labels.claim_kind
    ]
    kinds = _own_labels()
    for article in read_gold(polnear) if polnear else ():
        numbers = kinds.get(hashlib.sha256(article.doc.encode()).hexdigest()[:16], [])
        if numbers:
            pieces = split_pieces(article.text, encoder.tokenizer)
            scores = score_words(pieces, encoder.run)
        for number, kind in numbers:
            of = article.attributions[number]
            found.append(_example(article, of, kind, kinds_seen(scores, pieces, of.cue, of.content)))
    return found


def _own_labels() -> dict[str, list[tuple[int, str]]]:
    """Kinds by the article's sum: the attribution's number and its kind."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for line in (files("builder.training") / "claim_kinds.tsv").read_text("utf-8").splitlines():
        doc, number, kind = line.split("\t")
        found[doc].append((int(number), kind))
    return found


def _example(article: GoldArticle, attribution: GoldAttribution, kind: str, seen: Floats | None) -> Example:
    cue, content, source = (
        " ".join(article.text[start:end] for start, end in spans)
        for spans in (attribution.cue, attribution.content, attribution.source)
    )
    found = features(read_wording(cue, content, source))
    if seen is not None:
        found |= {name: SCALE * log for name, log in encoder_features(seen).items()}
    return Example(article.doc, found, tuple(float(other == kind) for other in CLAIM_KINDS))


def report(scores: Floats, examples: Sequence[Example]) -> str:
    """Accuracy, macro F1 and how often claims of a stated probability are right."""
    kinds = np.array([np.argmax(example.target) for example in examples])
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    share = odds / odds.sum(axis=1, keepdims=True)
    guess, sure = share.argmax(axis=1), share.max(axis=1)
    right = guess == kinds
    truth, said, hit = (Counter(map(int, some)) for some in (kinds, guess, kinds[right]))
    f1 = [2 * hit[kind] / (truth[kind] + said[kind]) for kind in truth if truth[kind] >= 5]
    lines = [f"{len(kinds)} claims: accuracy {100 * right.mean():.1f}, macro F1 {100 * np.mean(f1):.1f}"]
    for low, high in itertools.pairwise(_BINS):
        inside = (low <= sure) & (sure < high)
        if inside.any():
            lines.append(
                f"{low:.1f} to {min(high, 1):.1f}: {inside.sum():5} claims, "
                f"said {100 * sure[inside].mean():.0f}, right {100 * right[inside].mean():.0f}"
            )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, cross-validate, print how good it is, fit on all and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("learned", type=Path, help="labelled articles that the encoder learned kinds from")
    parser.add_argument("--polnear", type=Path, help="PolNeAR's train part, whose labels are beside this module")
    parser.add_argument("--model", type=Path, default=SHIPPED, help="folder of the encoder")
    parser.add_argument("--out", type=Path, default=OUT, help="file for the weights")
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    examples = read_labelled(chosen.learned, chosen.polnear, load_encoder(chosen.model))
    scores = cross_validate(examples, IN_ARTICLES, RIDGE)
    groups = {
        "with the encoder's scores": [n for n, one in enumerate(examples) if ENCODER + CLAIM_KINDS[0] in one.features],
        "by words alone": [n for n, one in enumerate(examples) if ENCODER + CLAIM_KINDS[0] not in one.features],
    }
    told = groups["with the encoder's scores"] or groups["by words alone"]
    cooled = temperature(scores[told], [int(np.argmax(examples[n].target)) for n in told])
    print(f"temperature {cooled}")
    for title, numbers in groups.items():
        if numbers:
            print(title, report(scores[numbers] / np.float32(cooled), [examples[n] for n in numbers]), sep="\n")
    names = kept_features(examples, IN_ARTICLES)
    scale = np.array([SCALE if name.startswith(ENCODER) else 1.0 for name in names], dtype=np.float32)
    write_table(names, fit(examples, names, RIDGE) / np.float32(cooled) * scale[:, None], CLAIM_KINDS, chosen.out)


if __name__ == "__main__":
    main()
