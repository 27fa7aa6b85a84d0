"""`onrecord cite`: how to cite a release. Imports `citation_styles`; the rest of `builder.publish` where it runs."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from builder.publish.citation_styles import Style


def cite_command(
    release: Annotated[Path, typer.Argument(help="The folder of a release, or of a build.", metavar="RELEASE")],
    style: Annotated[Style, typer.Option("--format", help="What to print.")] = Style.APA,
    doi: Annotated[
        str | None, typer.Option("--doi", help="A DOI that the release got after it was made, such as an archive's.")
    ] = None,
) -> None:
    """Print the citation of a release and of the collections that it was made from."""
    from builder.publish.citation import cite, parse_doi
    from builder.publish.citation_formats import FORMATS
    from builder.publish.recognize import read_manifest
    from builder.publish.reopen import read_facts, read_table

    facts, manifest = read_facts(release), read_manifest(release)
    collections = read_table(release, "collections").iter_rows(named=True)
    citation = cite(facts, collections, manifest["fingerprint"])
    print(FORMATS[style](citation if doi is None else replace(citation, doi=parse_doi(doi))), end="")
