"""Pages of news sites, read here and by trafilatura's default: `python -m bench.pages PAGES --expected FOLDER`.

Printed are pages without an article, the mean F1 of the words against the expected texts where there are any, how many
of the strings that belong (or do not belong) to the article are in it, titles and dates, and what one reading has that
the other has not. `--list` prints the pages that are read worse here.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from rich.console import Console
from rich.table import Table

from bench.pages.compare import Score, missing, score, words
from bench.pages.expected import Expected, read_expected
from bench.pages.read import Reading, read_here, read_there

# By how much of the F1 a page has to be worse to count as read worse.
_WORSE = 0.02


@dataclass(frozen=True, slots=True)
class Compared:
    """One page: what is known of it, and the two readings."""

    name: str
    expected: Expected
    here: Reading
    there: Reading

    def score(self, reading: Reading) -> Score:
        """The reading's text against the expected one."""
        return score(words(reading.text), words(self.expected.text or ""))


def main() -> int:
    """Read and print; 1 where a page ended in an exception."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, help="a folder of .html files")
    parser.add_argument("--expected", type=Path, help="a folder with what is known of them, by the same names")
    parser.add_argument("--list", action="store_true", help="pages that are read worse here")
    arguments = parser.parse_args()
    pages, crashed = [], []
    for page in sorted(arguments.pages.glob("*.html")):
        try:
            here = read_here(page)
        except Exception as error:  # noqa: BLE001, RUF100 - whatever escapes is what is counted here
            crashed.append(f"{page.stem}: {type(error).__name__}: {error}")
            continue
        pages.append(Compared(page.stem, read_expected(arguments.expected, page.stem), here, read_there(page)))
    console = Console(width=120)
    console.print(table_of(pages, len(crashed)))
    for line in (*crashed, *(worse_of(pages) if arguments.list else ())):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    return int(bool(crashed))


def table_of(pages: Sequence[Compared], crashed: int) -> Table:
    """A row a figure, a column a reader."""
    table = Table("", "pages", "here", "trafilatura")
    table.add_row("crashed", f"{len(pages) + crashed}", f"{crashed}", "")
    table.add_row("no article", f"{len(pages)}", *(f"{n}" for n in _without(pages)))
    whole = [page for page in pages if page.expected.text]
    _add(table, "text: precision", whole, lambda page, reading: page.score(reading).precision)
    _add(table, "text: recall", whole, lambda page, reading: page.score(reading).recall)
    _add(table, "text: F1", whole, lambda page, reading: page.score(reading).bag)
    _add(table, "text: F1, in order", whole, lambda page, reading: page.score(reading).order)
    known = [page for page in pages if page.expected.present]
    _add(table, "strings that belong", known, lambda page, reading: _share(page.expected.present, reading.text))
    known = [page for page in pages if page.expected.absent]
    _add(table, "strings that do not", known, lambda page, reading: _share(page.expected.absent, reading.text))
    known = [page for page in pages if page.expected.title]
    _add(table, "title is right", known, lambda page, reading: _same(reading.title, page.expected.title))
    known = [page for page in pages if page.expected.date]
    _add(table, "date is right", known, lambda page, reading: float(reading.date == page.expected.date))
    _add(table, "date is another", known, lambda page, reading: float(reading.date not in (None, page.expected.date)))
    other = [page for page in pages if page.here.text and page.there.text]
    _add(table, "words the other has not", other, _extra)
    return table


def _add(table: Table, name: str, pages: Sequence[Compared], value: Callable[[Compared, Reading], float]) -> None:
    """A row of the mean of a value over both readings, in percent; no row where no page has it."""
    if pages:
        both = ([value(page, page.here) for page in pages], [value(page, page.there) for page in pages])
        table.add_row(name, f"{len(pages)}", *(f"{100 * fmean(values):.1f}" for values in both))


def _without(pages: Sequence[Compared]) -> tuple[int, int]:
    return sum(not page.here.text for page in pages), sum(not page.there.text for page in pages)


def worse_of(pages: Iterable[Compared]) -> list[str]:
    """The pages that are read worse here, the worst first, and why."""
    found: list[tuple[float, str]] = []
    for page in pages:
        here, there = page.score(page.here).bag, page.score(page.there).bag
        if page.expected.text and here < there - _WORSE:
            found.append((there - here, f"{page.name}: {here:.2f}, trafilatura {there:.2f} {page.here.problem}"))
        lost = [
            text for text in page.expected.present if _has(page.there.text, text) and not _has(page.here.text, text)
        ]
        kept = [text for text in page.expected.absent if _has(page.here.text, text) and not _has(page.there.text, text)]
        if lost or kept:
            found.append((1.0, f"{page.name}: lost {lost}, kept {kept} {page.here.problem}"))
        if page.here.problem and page.there.text and not page.expected.text:
            found.append((1.0, f"{page.name}: {page.here.problem}, trafilatura {len(words(page.there.text))} words"))
    return [line for _, line in sorted(found, key=lambda entry: (-entry[0], entry[1]))]


def _extra(page: Compared, reading: Reading) -> float:
    """The share of a reading's words that the other one has not."""
    other = page.there if reading is page.here else page.here
    found = words(reading.text)
    return missing(found, words(other.text)) / max(len(found), 1)


def _share(strings: tuple[str, ...], text: str) -> float:
    return sum(_has(text, string) for string in strings) / len(strings)


def _has(text: str, string: str) -> bool:
    return " ".join(words(string)) in " ".join(words(text))


def _same(found: str | None, expected: str | None) -> float:
    return float(words(found or "") == words(expected or ""))


if __name__ == "__main__":
    sys.exit(main())
