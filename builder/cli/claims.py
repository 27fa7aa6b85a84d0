"""`onrecord claims`: search a build's claims.

Imports `screen`, `completion`; `builder.publish`'s reopen and search where it runs.
"""

import calendar
import csv
import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from builder.cli.completion import complete_actors, complete_collections, complete_kinds
from builder.cli.screen import NoPager, linked, screen, visible
from builder.nearest import did_you_mean
from schemas.vocabulary import CLAIM_KINDS

if TYPE_CHECKING:
    import polars as pl

# So many claims does a terminal show unless told otherwise; machines get all of them.
SHOWN = 50
# Below this width the columns of a table would be a word wide each: a claim is a paragraph then.
NARROW = 90
_LISTS_JOINED = "; "


def claims_command(
    build: Annotated[Path, typer.Argument(help="A build's or release's folder.")],
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", help=f"One of {', '.join(CLAIM_KINDS)}.", autocompletion=complete_kinds),
    ] = None,
    claimant: Annotated[
        list[str] | None,
        typer.Option(
            "--claimant",
            help="Who claims it: a name, a part of one, or an actor's id.",
            autocompletion=complete_actors,
        ),
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            "--target",
            help="At whom it is aimed, or whom it is about; as --claimant.",
            autocompletion=complete_actors,
        ),
    ] = None,
    words: Annotated[str, typer.Option("--words", help="Whole words that all stand in the claim.")] = "",
    about_from: Annotated[
        str | None, typer.Option("--from", help="About this day or later: 2026, 2026-04 or 2026-04-15.")
    ] = None,
    about_to: Annotated[str | None, typer.Option("--to", help="About this day or earlier.")] = None,
    published_from: Annotated[
        str | None, typer.Option("--published-from", help="In articles of this day or later.")
    ] = None,
    published_to: Annotated[
        str | None, typer.Option("--published-to", help="In articles of this day or earlier.")
    ] = None,
    group: Annotated[
        str | None,
        typer.Option("--group", help="Every telling of a claim: a group's or a claim's id, or its beginning."),
    ] = None,
    collection: Annotated[
        list[str] | None,
        typer.Option("--collection", help="In articles of this collection.", autocompletion=complete_collections),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, help="At most so many.", show_default=f"{SHOWN} in a table, else all"),
    ] = None,
    no_pager: NoPager = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines, one a claim, with all columns.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV with all columns; lists joined by '; '.")] = False,
) -> None:
    """Search claims; filters are joined by and, the values of one that is given several times by or.

    A claim whose time is not known is in no --from and no --to.
    """
    from builder.publish.reopen import read_table
    from builder.publish.search import Query, search_claims

    if as_json and as_csv:
        raise typer.BadParameter("give --json or --csv, not both")
    query = Query(
        kinds=tuple(_known_kind(value) for value in kind or ()),
        claimants=tuple(claimant or ()),
        targets=tuple(target or ()),
        words=words,
        about=(_first_day(about_from, "--from"), _last_day(about_to, "--to")),
        published=(_first_day(published_from, "--published-from"), _last_day(published_to, "--published-to")),
        group=group,
        collections=tuple(collection or ()),
    )
    _require_order(query.about, "--from", "--to")
    _require_order(query.published, "--published-from", "--published-to")
    tables = {name: read_table(build, name) for name in ("claims", "actors", "articles", "collections")}
    found = search_claims(tables, query)
    if as_json or as_csv:
        (_print_json if as_json else _print_csv)(found.head(limit) if limit else found)
        return
    with screen(no_pager) as console:
        _print_table(console, found, limit or SHOWN)


def _known_kind(value: str) -> str:
    if value not in CLAIM_KINDS:
        kinds = f"{', '.join(CLAIM_KINDS)}.{did_you_mean(value, CLAIM_KINDS)}"
        raise typer.BadParameter(f"{value!r} is no kind of claim; expected one of {kinds}")
    return value


def _first_day(text: str | None, option: str) -> date | None:
    """The first day of what the text names."""
    if text is None:
        return None
    year, month, day = _parts(text, option)
    return _day(year, month or 1, day or 1, text, option)


def _last_day(text: str | None, option: str) -> date | None:
    """The last day of what the text names."""
    if text is None:
        return None
    year, month, day = _parts(text, option)
    month = month or 12
    if not day and month <= 12:
        day = calendar.monthrange(year, month)[1]
    return _day(year, month, day, text, option)


def _require_order(period: tuple[date | None, date | None], start: str, end: str) -> None:
    """A period that ends before it begins holds nothing, which nobody asks for."""
    first, last = period
    if first is not None and last is not None and first > last:
        raise typer.BadParameter(f"{start} {first} comes after {end} {last}; expected the earlier day first")


def _parts(text: str, option: str) -> tuple[int, int, int]:
    """Year, month and day, 0 for those left out."""
    parts = text.split("-")
    if len(parts) > 3 or not all(part.isdecimal() and part.isascii() for part in parts) or len(parts[0]) != 4:
        raise typer.BadParameter(f"{option} {text!r} is no day; expected 2026, 2026-04 or 2026-04-15")
    if 0 in map(int, parts):
        raise typer.BadParameter(f"{option} {text!r} is in no calendar; expected 2026, 2026-04 or 2026-04-15")
    year, month, day = (*map(int, parts), 0, 0)[:3]
    return year, month, day


def _day(year: int, month: int, day: int, text: str, option: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as problem:
        raise typer.BadParameter(f"{option} {text!r} is in no calendar ({problem})") from problem


def _print_json(found: "pl.DataFrame") -> None:
    for row in found.iter_rows(named=True):
        plain = {name: _rounded(value) if isinstance(value, float) else value for name, value in row.items()}
        print(json.dumps(plain, default=str, ensure_ascii=False))


def _print_csv(found: "pl.DataFrame") -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(found.columns)
    for row in found.iter_rows():
        writer.writerow(_cell(value) for value in row)


def _rounded(value: float) -> float:
    """The table's 3 decimals again, of what a 32-bit float makes of them."""
    return round(value, 3)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(_rounded(value))
    if isinstance(value, list):
        return _LISTS_JOINED.join(f"{v['start']}-{v['end']}" if isinstance(v, dict) else str(v) for v in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _print_table(console: Console, found: "pl.DataFrame", limit: int) -> None:
    rows = found.head(limit).iter_rows(named=True)
    if console.width < NARROW:
        for row in rows:
            console.print(Text.assemble((_who(row), "bold cyan"), " · ", (row["claim_kind"], "yellow")))
            console.print(Text(_what(row)))
            when = "".join(f"{part} · " for part in _when(row) if part)
            console.print(Text(when, style="dim") + linked(row["locator"], row["url"], console, "dim"))
            console.print()
    elif found.height:
        table = Table("who", "kind", "claim", "about", "article", show_lines=True)
        for column, ratio in zip(table.columns, (3, 2, 8, 2, 3), strict=True):
            column.ratio = ratio
            column.overflow = "fold"
        for row in rows:
            about, told = _when(row)
            article = linked(row["locator"], row["url"], console, "dim") + Text(f"\n{told}" if told else "", "dim")
            table.add_row(Text(_who(row)), row["claim_kind"], Text(_what(row)), about, article)
        console.print(table)
    more = f"; {limit} are shown, --limit shows more" if found.height > limit else ""
    console.print(f"{found.height:,} claim{'s' * (found.height != 1)}{more}")


def _who(row: Mapping[str, Any]) -> str:
    """Claimants, and at whom they aim."""
    claimants = " and ".join(row["claimants"]) or ("nobody named" if row["quote_id"] else "the article")
    return visible(f"{claimants} → {', '.join(row['targets'])}" if row["targets"] else claimants)


def _what(row: Mapping[str, Any]) -> str:
    return visible(" ".join(row["text"].split())) if row["text"] is not None else "(the text is withheld)"


def _when(row: Mapping[str, Any]) -> tuple[str, str]:
    """The time that the claim is about, and how often it is told."""
    first, last = row["about_start"], row["about_end"]
    about = "" if first is None and last is None else str(first) if first == last else f"{first or ''} – {last or ''}"
    return about, f"told {row['n_told']} times" if row["n_told"] > 1 else ""
