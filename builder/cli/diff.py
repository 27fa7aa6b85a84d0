"""`onrecord diff`: what changed between two builds or releases. Imports `builder.release` where it runs."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from builder.errors import OutputError

if TYPE_CHECKING:
    from builder.release.difference import Difference

_ADDRESS = "A build's or release's folder, or its address: hf://datasets/OWNER/NAME@REVISION."
_SHOWN = 20
_NUMBERS = ("before", "after", "added", "removed", "changed")


def diff_command(
    before: Annotated[str, typer.Argument(help=_ADDRESS, metavar="A")],
    after: Annotated[str, typer.Argument(help=_ADDRESS, metavar="B")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, every change in it.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print a changelog's entry.")] = False,
    changes: Annotated[Path | None, typer.Option("--changes", help="Write every change to this Parquet file.")] = None,
) -> None:
    """Say what changed from A to B: rows and columns by table, actors merged or split, figures, the version step."""
    from builder.release.changelog import render_difference
    from builder.release.difference import compare
    from builder.release.opened import fetched, open_folder

    if as_json and as_markdown:
        raise typer.BadParameter("give --json or --markdown, not both")
    if changes is not None and not changes.resolve().parent.is_dir():
        raise OutputError(f"{changes}: {changes.parent} is no folder; make it first, or give --changes another file")
    with Console(stderr=True).status("compare"), fetched(before) as one, fetched(after) as other:
        difference = compare(open_folder(one, before), open_folder(other, after))
    if changes is not None:
        _write(difference, changes)
    if as_json:
        print(json.dumps(_summary(difference), ensure_ascii=False))
    elif as_markdown:
        print("\n".join(render_difference(difference)))
    else:
        _show(difference)


def _write(difference: "Difference", path: Path) -> None:
    from builder.publish.parquet import write_beside

    try:
        write_beside("changes", difference.changes, path)
    except OSError as problem:
        raise OutputError(f"{path}: cannot be written ({problem}); give --changes another file") from problem


def _summary(difference: "Difference") -> dict[str, object]:
    return {
        "before": difference.before,
        "after": difference.after,
        "fingerprints": list(difference.fingerprints),
        "step": difference.step.name,
        "tables": {
            table: {**counts, "columns": difference.columns[table]} for table, counts in difference.counts.items()
        },
        "figures": {name: {"before": was, "after": now} for name, (was, now) in difference.figures.items()},
        "changes": difference.changes.to_dicts(),
    }


def _show(difference: "Difference") -> None:
    console = Console(soft_wrap=True, highlight=False)
    table = Table("table", *(Column(name, justify="right") for name in _NUMBERS), "in the columns")
    for name, counts in difference.counts.items():
        was, now = difference.figures.get(name, (0, 0))
        columns = ", ".join(f"{column} ({n})" for column, n in difference.columns[name].items())
        table.add_row(name, f"{was:,}", f"{now:,}", *(f"{counts[key]:,}" for key in counts), columns)
    console.print(f"{difference.before} → {difference.after}", markup=False)
    console.print(table)
    for name, (was, now) in difference.figures.items():
        if was != now and "." in name:
            console.print(f"{name}: {was:,} → {now:,}", markup=False)
    others = [
        row for row in difference.changes.iter_rows(named=True) if row["change"] not in ("added", "removed", "changed")
    ]
    for row in others[:_SHOWN]:
        place = ".".join(part for part in (row["table"], row["column"]) if part)
        console.print(
            f"{row['change']} {place} {row['row'] or ''}: {row['before'] or 'nothing'} → {row['after'] or 'nothing'}",
            markup=False,
        )
    if len(others) > _SHOWN:
        console.print(f"… and {len(others) - _SHOWN:,} more; all of them with --json", markup=False)
    if not difference.changes.height:
        console.print("nothing differs in the rows, columns or vocabularies")
    console.print(f"a {difference.step.name} step{_proposal(difference)}", markup=False)


def _proposal(difference: "Difference") -> str:
    """The version that would follow, where the first of the two is a release."""
    from builder.release.versions import next_version, parse_version

    if not difference.before[:1].isdigit():
        return ""
    return f": {next_version(parse_version(difference.before), difference.step)} or higher"
