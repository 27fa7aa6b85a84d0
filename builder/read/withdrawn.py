"""withdrawn.csv: articles that must not be in the dataset any more, because somebody with a right to has asked so.

May import `builder.errors`, `builder.read`'s arrange and record, and `builder.tally`. The file lies at the top
of the raw folder:

    collection_id,locator,withdrawn_on,reason
    harbour-gazette,pier-9-hearing.html,2026-11-20,the publisher asked for it

Every revision of the article goes. The raw file may stay where it is.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from builder.errors import SettingsError
from builder.read.arrange import Arranged
from builder.read.record import Record
from builder.tally import Dropped

NAME = "withdrawn.csv"
COLUMNS = ["collection_id", "locator", "withdrawn_on", "reason"]
REASON = "withdrawn"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why an article is withdrawn, and since when; `line` is its line in the file."""

    line: int
    withdrawn_on: date
    reason: str


# By collection and locator.
Withdrawals = Mapping[tuple[str, str], Withdrawal]


def parse_withdrawn(content: bytes, path: str = NAME) -> dict[tuple[str, str], Withdrawal]:
    r"""The withdrawals of a `withdrawn.csv`; SettingsError naming file, line and what was expected.

    >>> list(parse_withdrawn(b"collection_id,locator,withdrawn_on,reason\nbay,a.txt,2026-11-20,asked\n"))
    [('bay', 'a.txt')]
    """
    try:
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), strict=True)
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    found: dict[tuple[str, str], Withdrawal] = {}
    try:
        if next(rows, None) != COLUMNS:
            raise SettingsError(f"{path}:1: expected the header {','.join(COLUMNS)}")
        for row in rows:
            key, withdrawal = _parse_row(row, f"{path}:{rows.line_num}", rows.line_num)
            if key in found:
                raise SettingsError(f"{path}:{rows.line_num}: {key[1]} stands on line {found[key].line} already")
            found[key] = withdrawal
    except csv.Error as error:
        raise SettingsError(f"{path}:{rows.line_num}: not valid CSV ({error}); correct it") from error
    return found


def drop_withdrawn(
    items: Iterable[Arranged], withdrawals: Withdrawals, taken: list[Record], path: str = NAME
) -> Iterator[Arranged]:
    """The same items, but the records of withdrawn articles are Dropped, with the date and the reason given, and added
    to `taken`.

    After the last item SettingsError is raised where a withdrawal met no article: it would be thought done and is not.
    """
    open_ones = dict(withdrawals)
    for arranged in items:
        item = arranged.item
        if isinstance(item, Dropped) or (key := (item.collection_id, item.locator)) not in withdrawals:
            yield arranged
            continue
        open_ones.pop(key, None)
        taken.append(item)
        detail = f"{item.locator}, on {withdrawals[key].withdrawn_on}: {withdrawals[key].reason}"
        yield replace(arranged, item=Dropped("read", item.collection_id, item.raw_path, item.place, REASON, detail))
    for (collection, locator), withdrawal in open_ones.items():
        raise SettingsError(
            f"{path}:{withdrawal.line}: no article of the collection {collection!r} has the locator {locator!r}; "
            "expected one as `articles` has it. Correct the line, or take it out if the raw file is gone"
        )


def _parse_row(row: list[str], place: str, line: int) -> tuple[tuple[str, str], Withdrawal]:
    if len(row) != len(COLUMNS) or not all(cell.strip() for cell in row):
        raise SettingsError(f"{place}: found {len(row)} cells; expected four, none empty: {', '.join(COLUMNS)}")
    collection, locator, day, reason = (cell.strip() for cell in row)
    try:
        return (collection, locator), Withdrawal(line, date.fromisoformat(day), " ".join(reason.split()))
    except ValueError:
        raise SettingsError(f"{place}: withdrawn_on is {day!r}; expected a date such as 2026-11-20") from None
