"""Words per second and peak memory of the project's extraction beside spaCy's: `make bench-extraction`.

Both systems read the same articles in processes of their own, one thread each, on the same core, in short turns, so
that a busy machine slows both. Speed is by the processor's time; the ratio is what compares between machines. Also the
attribution F1 of both on the project's gold, and on PolNeAR dev where ../shared/eval has it.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.extraction.figures import Round, ratio, repeated, words_per_second
from bench.extraction.processes import ROOT, System, keep_to_one_core, measure, started
from builder.errors import OnrecordError, SettingsError
from builder.extract.attribution import Attribution, Span
from builder.measure.attributions import add_rates, rate_article
from builder.measure.gold import read_gold

YARDSTICK = ROOT / ".venv-yardstick" / "bin" / "python"
GOLD = [ROOT / "raw", ROOT.parent / "shared" / "eval" / "polnear_dev.jsonl.gz"]
OURS, THEIRS = "onrecord", "spaCy"
MB = 1_000_000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.extraction", description=__doc__)
    parser.add_argument("--articles", type=Path, help="JSON lines with `text` (.gz too); left out: raw/*/gold/*.txt")
    parser.add_argument("--model", type=Path, default=ROOT / "builder" / "extract" / "model")
    parser.add_argument("--yardstick", type=Path, default=YARDSTICK, help="the Python that has spaCy")
    parser.add_argument("--words", type=int, default=40_000, help="words in a round")
    parser.add_argument("--turn", type=int, default=2_000, help="words that a system reads before the other one's turn")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--gold", type=Path, nargs="*", default=[path for path in GOLD if path.exists()])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    try:
        result = run(arguments)
    except OnrecordError as error:
        sys.exit(str(error))
    if arguments.json:
        print(json.dumps(result))
    else:
        print_tables(result)


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Everything measured, as the JSON object holds it."""
    if not arguments.yardstick.exists():
        raise SettingsError(f"{arguments.yardstick}: no Python there; `make bench-extraction` makes it")
    texts = repeated(read_texts(arguments.articles), arguments.words)
    if not texts:
        raise SettingsError(f"{arguments.articles or ROOT / 'raw'}: no words there; expected articles to read")
    keep_to_one_core()
    project = [sys.executable, "-m", "bench.extraction.project", str(arguments.model.resolve())]
    yardstick = [str(arguments.yardstick.absolute()), "-m", "bench.extraction.yardstick"]
    with ExitStack() as stack:
        systems = [
            stack.enter_context(started(name, command)) for name, command in ((OURS, project), (THEIRS, yardstick))
        ]
        taken = measure(systems, texts, arguments.rounds, arguments.turn)
        peaks = {system.name: system.ask([])["peak"] for system in systems}
        f1 = {system.name: {path.name: attribution_f1(system, path) for path in arguments.gold} for system in systems}
    return result_of(taken, peaks, f1)


def read_texts(path: Path | None) -> list[str]:
    """The articles of a JSON-lines file, or of the project's own gold."""
    if path is not None:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            return [str(json.loads(line)["text"]) for line in lines if line.strip()]
    return [text.read_bytes().decode("utf-8") for text in sorted((ROOT / "raw").glob("*/gold/*.txt"))]


def attribution_f1(system: System, gold: Path) -> float:
    """How well a system finds a gold's attributions, in percent."""
    rates = []
    for article in read_gold(gold):
        (found,) = system.ask([article.text])["found"]
        attributions = [Attribution(_spans(a["content"]), (), _spans(a["source"]), 1.0) for a in found]
        rates.append(rate_article(article, attributions))
    return round(add_rates(rates)["attribution"].f1, 1)


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in pairs)


def result_of(
    taken: Mapping[str, Sequence[Round]], peaks: Mapping[str, int], f1: Mapping[str, Mapping[str, float]]
) -> dict[str, Any]:
    """The JSON object; `ratio` is of our words per second to theirs."""
    return {
        "words": taken[OURS][0].words,
        "rounds": len(taken[OURS]),
        "systems": {
            name: {
                "words_per_second": asdict(words_per_second(rounds)),
                "words_per_second_wall": asdict(words_per_second(rounds, "wall")),
                "peak_mb": round(peaks[name] / MB, 1),
                "attribution_f1": f1[name],
            }
            for name, rounds in taken.items()
        },
        "ratio": asdict(ratio(taken[OURS], taken[THEIRS])),
        "ratio_wall": asdict(ratio(taken[OURS], taken[THEIRS], "wall")),
    }


def print_tables(result: Mapping[str, Any]) -> None:
    """A row a system, then the ratio."""
    golds = list(result["systems"][OURS]["attribution_f1"])
    table = Table(
        *("system", "words/s (CPU)", "min–max", "words/s (wall)", "peak MB", *(f"F1 {gold}" for gold in golds)),
        title=f"{result['words']:,} words, {result['rounds']} rounds, one core, one thread",
    )
    for name, row in result["systems"].items():
        speed, wall = row["words_per_second"], row["words_per_second_wall"]
        table.add_row(
            name,
            f"{speed['median']:,.0f}",
            f"{speed['low']:,.0f}–{speed['high']:,.0f}",
            f"{wall['median']:,.0f}",
            f"{row['peak_mb']:.0f}",
            *(f"{row['attribution_f1'][gold]:.1f}" for gold in golds),
        )
    console = Console()
    console.print(table)
    times = result["ratio"]
    console.print(
        f"{OURS} reads {times['median']:.2f} times the words per second of {THEIRS} "
        f"(a round's own ratio: {times['low']:.2f}–{times['high']:.2f})"
    )


if __name__ == "__main__":
    main()
