"""`onrecord describe`: what the tables and their columns are, how much of each a build has, and how much gold its raw
folder has. Imports `completion`, `screen`; `builder.publish`'s describe, `builder.measure`, sources where they run.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from builder.cli.completion import complete_tables
from builder.cli.screen import NoPager, is_narrow, screen
from builder.publish.render import number_of

if TYPE_CHECKING:
    from builder.measure.corpus import GoldCounts
    from builder.publish.describe import ColumnFigures, TableFigures


def describe_command(
    table: Annotated[
        str | None,
        typer.Argument(help="A table's name; all of them where left out.", autocompletion=complete_tables),
    ] = None,
    build: Annotated[Path | None, typer.Option("--build", help="A build's folder, to count its rows too.")] = None,
    raw: Annotated[
        Path | None, typer.Option("--raw", help="The raw folder of that build, to count its gold annotations too.")
    ] = None,
    no_pager: NoPager = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")] = False,
) -> None:
    """Describe the tables, or the columns of one."""
    if raw is not None and (build is None or table is not None):
        raise typer.BadParameter("--raw counts the gold of a build's articles: give --build, and no table")
    if table is None:
        _describe_all(build, None if build is None or raw is None else _count_gold(raw, build), as_json, no_pager)
    else:
        _describe_one(table, build, as_json, no_pager)


def _count_gold(raw: Path, build: Path) -> "GoldCounts":
    """The gold beside the raw articles of a build; zeros where the raw folder has none."""
    from builder.measure.corpus import count_gold
    from builder.measure.gold import read_gold
    from builder.publish.reopen import read_table
    from builder.sources import open_sources

    has_gold = any(raw.rglob("*.ann"))
    return count_gold(read_gold(raw) if has_gold else [], read_table(build, "articles"), open_sources(raw).authorities)


def _describe_all(build: Path | None, gold: "GoldCounts | None", as_json: bool, no_pager: bool) -> None:
    from builder.publish.describe import describe_tables

    tables = describe_tables(build)
    if as_json:
        rows = [{"table": one.table, "description": one.description, "rows": one.rows} for one in tables]
        print(json.dumps({"tables": rows} | ({"gold": asdict(gold)} if gold else {})))
        return
    with screen(no_pager) as console:
        if is_narrow(console):
            for one in tables:
                size = "" if one.rows is None else f", {one.rows:,} rows"
                console.print(f"[bold]{one.table}[/] [dim]{one.columns} columns{size}[/]")
                console.print(one.description, markup=False)
        else:
            console.print(_tables(tables))
        if gold is not None:
            _print_gold(console, gold)


def _tables(tables: Sequence["TableFigures"]) -> Table:
    shown = Table("table", "columns", "rows", "what a row is")
    for one in tables:
        shown.add_row(one.table, str(one.columns), "" if one.rows is None else f"{one.rows:,}", one.description)
    return shown


def _print_gold(console: Console, gold: "GoldCounts") -> None:
    console.print(
        f"gold: {number_of(gold.articles, 'article')}, {number_of(gold.attributions, 'attribution')}, "
        f"{number_of(gold.actors, 'actor')}, {number_of(gold.claims, 'claim')} in an article's own voice",
        highlight=False,
    )
    if gold.unresolved:
        console.print(f"gold names that are no actor, or several: {', '.join(gold.unresolved)}", markup=False)
    if gold.elsewhere:
        console.print(f"gold articles that the build has not: {gold.elsewhere:,}", highlight=False)


def _describe_one(table: str, build: Path | None, as_json: bool, no_pager: bool) -> None:
    from builder.publish.describe import describe_one

    columns = describe_one(table, build)
    if as_json:
        rows = [
            {
                "column": column.doc.name,
                "type": column.doc.type,
                "nullable": column.doc.nullable,
                "description": column.doc.description,
                "vocabulary": dict(column.doc.vocabulary),
                "nulls": column.nulls,
            }
            for column in columns
        ]
        print(json.dumps({"table": table, "columns": rows}))
        return
    with screen(no_pager) as console:
        if is_narrow(console):
            for column in columns:
                console.print(f"[bold]{column.doc.name}[/] [dim]{column.doc.type} {_nulls(column)}[/]")
                console.print(_meaning(column), markup=False)
        else:
            shown = Table("column", "type", "nulls", "meaning", title=table)
            for column in columns:
                shown.add_row(column.doc.name, column.doc.type, _nulls(column), _meaning(column))
            console.print(shown)


def _nulls(column: "ColumnFigures") -> str:
    nullable = "may be null" if column.doc.nullable else ""
    return nullable if column.nulls is None else f"{column.nulls:,}"


def _meaning(column: "ColumnFigures") -> str:
    values = [f"• {value}: {what}" for value, what in column.doc.vocabulary.items()]
    return "\n".join((column.doc.description, *values))
