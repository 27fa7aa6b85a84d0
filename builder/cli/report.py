"""`onrecord report`: a build as a site that opens from disk.

Imports `builder.report`, `builder.publish.reopen` where it runs.
"""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from builder.errors import OutputError


def report_command(
    build: Annotated[Path, typer.Argument(help="The folder of a build or release.", metavar="BUILD")],
    out: Annotated[Path, typer.Option("--out", help="The folder for the site; an older report there is replaced.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Make a site for people's eyes: figures, a page an actor and an article, search; no server, no network."""
    from builder.publish.recognize import read_manifest
    from builder.publish.reopen import read_facts, read_tables
    from builder.report.stage import find_private, report

    if out.resolve().is_relative_to(build.resolve()):
        raise OutputError(f"{out}: lies inside the build {build}, which holds nothing but itself; choose another --out")
    with Console(stderr=True).status("read, write the pages"):
        tables = read_tables(build)
        n_files = report(tables, read_facts(build).title, read_manifest(build), out)
    private = find_private(tables)
    if as_json:
        print(json.dumps({"out": str(out), "files": n_files, "not_to_be_passed_on": private}))
        return
    Console(soft_wrap=True).print(f"{out}: {n_files:,} files; open {out / 'index.html'}", highlight=False, markup=False)
    if private:
        Console(soft_wrap=True).print(
            f"not to be passed on: it shows texts of {', '.join(private)} that may not be published; make the report "
            "of a release (`onrecord release`) for that",
            highlight=False,
            markup=False,
        )
