"""What the floors are under: which gold, which figures. `python -m tests.floors` prints them anew, to be set by hand.

`python -m tests.floors sum` prints the sum of raw's gold alone.
"""

import hashlib
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from builder.extract.encoder import load_encoder
from builder.measure.attributions import MEASURES
from builder.measure.figures import ACTOR_MEASURES, aspects_of, measure
from builder.measure.found import find
from builder.measure.gold import read_gold
from builder.measure.origins import open_origins

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "eval"
FLOORS = tomllib.loads((ROOT / "tests" / "gold" / "floors.toml").read_text(encoding="utf-8"))
# A floor lies that much under what was reached when it was set.
MARGIN = 0.5


@dataclass(frozen=True, slots=True)
class Corpus:
    """Gold with floors: which of its figures have one, an F1 or else an accuracy."""

    path: Path
    split: str | None
    measures: tuple[str, ...]


CLAIMS = ("speaker", "kind", "targets")
CORPORA = {
    "polnear_dev": Corpus(SHARED / "polnear_dev.jsonl.gz", None, MEASURES),
    "gum_dev": Corpus(SHARED / "gum_open.jsonl.gz", "dev", ACTOR_MEASURES),
    "raw_dev": Corpus(ROOT / "raw", "dev", (*MEASURES, *CLAIMS)),
    "raw_test": Corpus(ROOT / "raw", "test", (*MEASURES, *CLAIMS)),
}


def reached(corpus: Corpus) -> dict[str, float]:
    """What the shipped encoder and the rules reach, by measure."""
    gold = read_gold(corpus.path, corpus.split)
    encoder, origins = load_encoder(), open_origins(corpus.path)
    pairs = [
        (article, find(article, encoder, origins.authority_of(article), origins.article_of(article)))
        for article in gold
    ]
    figures = measure(pairs, aspects_of(gold))
    return {name: figures[name]["f1" if "f1" in figures[name] else "accuracy"] for name in corpus.measures}


def sum_of_raw_gold() -> str:
    """The sha256 over every file of raw's gold, both halves, names included."""
    total = hashlib.sha256()
    for path in sorted((ROOT / "raw").glob("*/gold/*")):
        total.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def main() -> None:
    """Print the tables for floors.toml."""
    lines = []
    for name, corpus in CORPORA.items():
        if sys.argv[1:] != ["sum"] and corpus.path.exists():
            lines += [f"[{name}]", *(f"{m} = {value - MARGIN:.1f}" for m, value in reached(corpus).items()), ""]
    sys.stdout.write("\n".join([*lines, "[raw_gold]", f'sha256 = "{sum_of_raw_gold()}"', ""]))


if __name__ == "__main__":
    main()
