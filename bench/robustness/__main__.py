"""Bad files of every format, by the thousand: `python -m bench.robustness`.

Each input is a sound file damaged one to four times, drawn from its number (`mutate`). It goes through read and
normalize as in a build. Printed are the files tried, the articles kept, what was dropped by reason, and what must be
nought: inputs that crashed, hung, or of which neither an article nor a reason came.
"""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from rich.console import Console
from rich.table import Table

from bench.robustness.run import Outcome, run_some
from bench.robustness.seeds import seeds

# Starting a process takes as long as a hundred inputs; a chunk whose process dies is run again in halves.
CHUNK = 2_500


def main() -> int:
    """Run and print; 1 where an input crashed, hung or got lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000, help="of each format")
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("formats", nargs="*", default=list(seeds()), help="suffixes; all by default")
    arguments = parser.parse_args()
    outcomes = {}
    for suffix in arguments.formats:
        numbers = range(arguments.first, arguments.first + arguments.inputs)
        outcomes[suffix] = run_format(suffix, numbers, arguments.workers)
        print_outcomes({suffix: outcomes[suffix]})
    if len(outcomes) > 1:
        print_outcomes(outcomes)
    return int(any(outcome.crashed or outcome.hung or outcome.unaccounted for outcome in outcomes.values()))


def run_format(suffix: str, numbers: range, workers: int) -> Outcome:
    """All inputs of a format, in processes of their own: a library that kills one is counted, not joined."""
    outcome = Outcome()
    left = [numbers[n : n + CHUNK] for n in range(0, len(numbers), CHUNK)]
    while left:
        chunks, left = left[:workers], left[workers:]
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            futures = [(chunk, pool.submit(run_some, suffix, chunk)) for chunk in chunks]
            for chunk, future in futures:
                try:
                    outcome.add(future.result())
                except BrokenProcessPool:
                    left += _halves(suffix, chunk, outcome)
    return outcome


def _halves(suffix: str, chunk: range, outcome: Outcome) -> list[range]:
    """What is to be run again after a process died: halves, until the input that killed it is alone."""
    if len(chunk) > 1:
        middle = len(chunk) // 2
        return [chunk[:middle], chunk[middle:]]
    outcome.tried += 1
    outcome.crashed += 1
    outcome.trouble.append(f"{suffix} {chunk.start}: the process died, or hung where nothing could stop it")
    return []


def print_outcomes(outcomes: dict[str, Outcome]) -> None:
    """A row a format, then what went wrong."""
    table = Table("format", "tried", "kept", "dropped", "crashed", "hung", "lost", "MB")
    for suffix, outcome in outcomes.items():
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in sorted(outcome.dropped.items()))
        numbers = (outcome.crashed, outcome.hung, outcome.unaccounted, outcome.memory)
        table.add_row(suffix, f"{outcome.tried:,}", f"{outcome.kept:,}", reasons, *(f"{n:,}" for n in numbers))
    console = Console(width=120)
    console.print(table)
    _print_trouble(console, [line for outcome in outcomes.values() for line in outcome.trouble])


def _print_trouble(console: Console, lines: Sequence[str]) -> None:
    for line in lines[:20]:
        console.print(line, style="red", markup=False)


if __name__ == "__main__":
    sys.exit(main())
