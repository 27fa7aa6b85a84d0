"""`onrecord verify`: whether a build or release is what it says it is. Imports `builder.release` where it runs."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from builder.errors import ReleaseError
from builder.extract.model_folder import SHIPPED
from builder.publish.checksums import SUMS
from builder.release.findings import Finding, list_findings


def verify_command(
    release: Annotated[Path, typer.Argument(help="A release's folder, or a build's.", metavar="RELEASE")],
    rebuild: Annotated[
        Path | None, typer.Option("--rebuild", help="Build it again from this raw folder and compare.", metavar="RAW")
    ] = None,
    model: Annotated[
        Path, typer.Option("--model", help="Folder of the encoder to rebuild with.", show_default="shipped")
    ] = SHIPPED,
    workers: Annotated[int, typer.Option("--workers", help="Processes for the rebuild; 0 for one a core.", min=0)] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")] = False,
) -> None:
    """Check sums, fingerprints, schemas, keys, offsets, and the card against rows; or build it again, to the bit."""
    from builder.publish.recognize import read_manifest
    from builder.release.rebuild import verify_and_rebuild
    from builder.release.verify import verify_folder
    from builder.sources import check_raw

    if not (release / SUMS).is_file():
        read_manifest(release)  # a folder that has neither is no damaged release but another folder
    if rebuild is not None:
        check_raw(rebuild)
    notes: list[str] = []
    with Console(stderr=True).status("verify" if rebuild is None else "verify and build again"):
        if rebuild is None:
            found = verify_folder(release)
        else:
            found, notes = verify_and_rebuild(release, rebuild, model, workers or os.cpu_count() or 1)
    if as_json:
        print(json.dumps({"holds": not found, "findings": [asdict(one) for one in found], "notes": notes}))
    _end(release, found, notes, rebuild, as_json)


def _end(release: Path, found: list[Finding], notes: list[str], rebuild: Path | None, as_json: bool) -> None:
    """Say what was found, or that all holds."""
    told = "".join(f"\n  {note}" for note in notes)
    if found:
        raise ReleaseError(f"{release} does not hold:\n{list_findings(found)}{told}")
    if not as_json:
        what = f"is what {rebuild} gives, to the bit" if rebuild else "is what its files say"
        Console(soft_wrap=True).print(f"{release} {what}{told}", highlight=False, markup=False)
