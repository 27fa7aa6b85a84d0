"""`onrecord review`: what a person corrects, out and back. Imports `builder.review`."""

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from builder.review.compare import Signed
from builder.review.folder import BRAT, LABEL_STUDIO, export_review, import_review, write_corrections

review_app = typer.Typer(
    help="Let people correct a build; the next build applies what they corrected.\n\n"
    "Example: onrecord review export dataset --out reading",
    no_args_is_help=True,
)
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]


class Form(StrEnum):
    """The annotation programs that are written for."""

    BRAT = BRAT
    LABEL_STUDIO = LABEL_STUDIO


@review_app.command("export")
def export_command(
    build: Annotated[Path, typer.Argument(help="A build's folder.")],
    out: Annotated[Path, typer.Option("--out", help="A new folder for the articles and their annotations.")],
    form: Annotated[Form, typer.Option("--format", help="The annotation program.")] = Form.BRAT,
    article: Annotated[
        list[str] | None, typer.Option("--article", help="An article's id, locator or raw path; may be given again.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write articles with their quotes and claims for an annotation program.

    Example: onrecord review export dataset --out reading --article ferry.html
    """
    count = export_review(build, out, form.value, tuple(article or ()))
    if as_json:
        print(json.dumps({"out": str(out), "format": form.value, "articles": count}))
        return
    print(f"{count} articles are in {out}; correct them, then: onrecord review import {out} --from {build} …")


@review_app.command("import")
def import_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that came back from review.")],
    build: Annotated[Path, typer.Option("--from", help="The build that it was exported from.")],
    by: Annotated[str, typer.Option("--by", help="Who corrected.")],
    day: Annotated[str, typer.Option("--date", help="When: a date such as 2026-11-20.")],
    why: Annotated[str, typer.Option("--why", help="Why, in a few words.")],
    out: Annotated[Path, typer.Option("--out", help="A new .jsonl file in the raw folder's corrections/.")],
    as_json: Json = False,
) -> None:
    """Write what was corrected as a file of corrections, for the next build.

    Example: onrecord review import reading --from dataset --by "A. Quill" --date 2026-11-20 --why "read in full"
    --out raw/corrections/first.jsonl
    """
    signed = Signed(by.strip(), _parse_date(day), why.strip())
    for name, said in (("--by", signed.by), ("--why", signed.why)):
        if not said:
            raise typer.BadParameter("expected some words", param_hint=name)
    if out.suffix != ".jsonl":
        raise typer.BadParameter(f"{out}: expected a name that ends in .jsonl", param_hint="--out")
    returned = import_review(folder, build, signed)
    kinds = {
        "added": sum(one.before is None for one in returned.corrections),
        "changed": sum(one.before is not None and one.after is not None for one in returned.corrections),
        "deleted": sum(one.after is None for one in returned.corrections),
    }
    if returned.corrections:
        write_corrections(out, returned.corrections)
    if as_json:
        print(json.dumps({"articles": returned.articles, "missing": list(returned.missing), **kinds}))
        return
    said = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    print(f"{returned.articles} articles read: " + (f"{said}; {out}" if returned.corrections else "no corrections"))
    for article in returned.missing:
        print(f"{article}: its annotation did not come back; nothing is said of it")


def _parse_date(day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise typer.BadParameter(f"{day!r}: expected a date such as 2026-11-20", param_hint="--date") from None
