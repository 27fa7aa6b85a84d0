"""`onrecord release`: from a build to a release. Imports `builder.release` where it runs."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from builder.release.stage import Released


def release_command(
    version: Annotated[str, typer.Argument(help="The data's version: MAJOR.MINOR.PATCH.", metavar="VERSION")],
    build: Annotated[Path, typer.Option("--from", help="The build to release.")],
    releases: Annotated[Path, typer.Option("--to", help="Folder of all releases; the new one gets a folder in it.")],
    released_on: Annotated[
        datetime, typer.Option("--date", help="The release's date; no clock is asked.", formats=["%Y-%m-%d"])
    ],
    doi: Annotated[str | None, typer.Option("--doi", help="A DOI that an archive has reserved for it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")] = False,
) -> None:
    """Make an immutable release of a build: compared with the last one, versioned, within the collections' rights."""
    from builder.publish.citation import parse_doi
    from builder.release.changelog import render_difference
    from builder.release.stage import ReleasePlan, release

    day: date = released_on.date()
    with Console(stderr=True).status("verify, withhold, compare, write"):
        made = release(ReleasePlan(version, day, build, releases, None if doi is None else parse_doi(doi)))
    if as_json:
        print(json.dumps(_summary(made, version)))
        return
    console = Console(soft_wrap=True, highlight=False)
    console.print(f"released {version} in {made.folder}", markup=False)
    for line in render_difference(made.difference) if made.difference else ["The first release."]:
        console.print(line, markup=False)


def _summary(made: "Released", version: str) -> dict[str, object]:
    difference = made.difference
    return {
        "version": version,
        "folder": str(made.folder),
        "since": difference.before if difference else None,
        "step": difference.step.name if difference else None,
        "changes": difference.changes.height if difference else 0,
    }
