"""`onrecord describe`: what the tables and their columns are, and how much of each a build has.

Imports `builder.publish.describe`.
"""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from builder.publish.describe import describe_one, describe_tables


def describe_command(
    table: Annotated[str | None, typer.Argument(help="A table's name; all of them where left out.")] = None,
    build: Annotated[Path | None, typer.Option("--build", help="A build's folder, to count its rows too.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")] = False,
) -> None:
    """Describe the tables, or the columns of one.

    Example: onrecord describe quotes --build dataset
    """
    if table is None:
        _describe_all(build, as_json)
    else:
        _describe_one(table, build, as_json)


def _describe_all(build: Path | None, as_json: bool) -> None:
    tables = describe_tables(build)
    if as_json:
        rows = [{"table": one.table, "description": one.description, "rows": one.rows} for one in tables]
        print(json.dumps({"tables": rows}))
        return
    shown = Table("table", "columns", "rows", "what a row is")
    for one in tables:
        shown.add_row(one.table, str(one.columns), "" if one.rows is None else f"{one.rows:,}", one.description)
    Console().print(shown)


def _describe_one(table: str, build: Path | None, as_json: bool) -> None:
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
    shown = Table("column", "type", "nulls", "meaning", title=table)
    for column in columns:
        nullable = "may be null" if column.doc.nullable else ""
        meaning = column.doc.description
        if column.doc.vocabulary:
            meaning += "\n" + "\n".join(f"• {value}: {what}" for value, what in column.doc.vocabulary.items())
        shown.add_row(
            column.doc.name, column.doc.type, nullable if column.nulls is None else str(column.nulls), meaning
        )
    Console().print(shown)
