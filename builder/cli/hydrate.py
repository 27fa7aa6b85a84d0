"""`onrecord hydrate`: the full tables of a release for who holds the articles.

Imports `builder.release` where it runs.
"""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console


def hydrate_command(
    release: Annotated[Path, typer.Argument(help="A release that withholds texts.", metavar="RELEASE")],
    raw: Annotated[Path, typer.Option("--raw", help="The raw folder with the same articles.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the release with all its words.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")] = False,
) -> None:
    """Give a release back the texts that it may not carry, from the same articles: to the bit, or not at all."""
    from builder.release.hydrate import hydrate

    with Console(stderr=True).status("read, normalize, fill in"):
        hydrate(release, raw, out)
    if as_json:
        print(json.dumps({"out": str(out)}))
    else:
        Console(soft_wrap=True).print(f"{release} with all its words is in {out}", highlight=False, markup=False)
