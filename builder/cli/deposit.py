"""`onrecord deposit`: a release for an archive. Imports `builder.deliver.deposit` where it runs."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console


def deposit_command(
    release: Annotated[Path, typer.Argument(help="The folder of a release.", metavar="RELEASE")],
    out: Annotated[Path, typer.Option("--out", help="A new folder for the archive file and the metadata.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Make what an archive such as Zenodo wants of a release: one file, and the metadata."""
    from builder.deliver.deposit import deposit

    with Console(stderr=True).status("check, pack"):
        done = deposit(release, out)
    if as_json:
        print(json.dumps({"out": str(done.out), "archive": done.archive, "sha256": done.sha256, "bytes": done.n_bytes}))
        return
    Console(soft_wrap=True).print(
        f"{done.out}: upload {done.archive} ({done.n_bytes:,} bytes, sha256 {done.sha256}); its metadata is in "
        "zenodo.json and datacite.json",
        highlight=False,
        markup=False,
    )
