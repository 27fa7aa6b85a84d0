"""`onrecord review`: what a person corrects, out and back. Imports `publish.render`; `builder.review` where it runs."""

import json
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from builder.publish.render import number_of
from builder.review.choices import BRAT, LABEL_STUDIO, LEVEL

if TYPE_CHECKING:
    from builder.review.estimate import Estimate
    from builder.review.validation import Validation

review_app = typer.Typer(
    help="Let people correct a build; the next build applies what they corrected.",
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
    """Write articles with their quotes and claims for an annotation program."""
    from builder.review.folder import export_review

    count = export_review(build, out, form.value, tuple(article or ()))
    if as_json:
        print(json.dumps({"out": str(out), "format": form.value, "articles": count}))
        return
    count_of = number_of(count, "article")
    print(f"{count_of} written to {out}; correct, then: onrecord review import {out} --from {build} …")


@review_app.command("import")
def import_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that came back from review.")],
    build: Annotated[Path, typer.Option("--from", help="The build that it was exported from.")],
    by: Annotated[str, typer.Option("--by", help="Who corrected.")],
    day: Annotated[str, typer.Option("--date", help="When: a date such as 2026-11-20.")],
    why: Annotated[str, typer.Option("--why", help="Why, in a few words.")],
    out: Annotated[Path, typer.Option("--out", help="A new .jsonl file in the raw folder's corrections/.")],
    confirm: Annotated[
        list[str] | None,
        typer.Option(
            "--confirm",
            metavar="ARTICLE",
            help="An article that was read in full, by id, locator or raw path: what was left untouched there is "
            "right, and marked as reviewed too; may be given again.",
        ),
    ] = None,
    confirm_all: Annotated[
        bool, typer.Option("--confirm-all", help="All articles that came back were read in full.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write what was corrected, and what was confirmed, as a file of corrections, for the next build."""
    from builder.review.compare import Signed
    from builder.review.folder import import_review, write_corrections

    signed = Signed(by.strip(), _parse_date(day), why.strip())
    _require(by, "--by")
    _require(why, "--why")
    _require_suffix(out, ".jsonl")
    returned = import_review(folder, build, signed, None if confirm_all else tuple(confirm or ()))
    kinds = {
        "added": sum(one.before is None for one in returned.corrections),
        "changed": sum(one.before is not None and one.after is not None for one in returned.corrections),
        "deleted": sum(one.after is None for one in returned.corrections),
        **({"confirmed": len(returned.confirmed)} if confirm or confirm_all else {}),
    }
    lines = returned.corrections + returned.confirmed
    if lines:
        write_corrections(out, lines)
    if as_json:
        print(json.dumps({"articles": returned.articles, "missing": list(returned.missing), **kinds}))
        return
    said = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    print(f"{number_of(returned.articles, 'article')} read: " + (f"{said}; {out}" if lines else "no corrections"))
    for article in returned.missing:
        print(f"{article}: its annotation did not come back; nothing is said of it")


@review_app.command("sample")
def sample_command(
    build: Annotated[Path, typer.Argument(help="A build's folder.")],
    articles: Annotated[int, typer.Option("--articles", help="How many articles to draw.", min=1)],
    seed: Annotated[int, typer.Option("--seed", help="Any number; the same one draws the same articles.", min=0)],
    out: Annotated[Path, typer.Option("--out", help="A new folder for the articles and their annotations.")],
    form: Annotated[Form, typer.Option("--format", help="The annotation program.")] = Form.BRAT,
    as_json: Json = False,
) -> None:
    """Draw articles to be read in full, from which the build's precision and recall can be told."""
    from builder.review.validation import sample_review

    sample = sample_review(build, out, articles, seed, form.value)
    drawn = {one.collection_id: {"articles": one.n_articles, "drawn": one.n_drawn} for one in sample}
    if as_json:
        print(json.dumps({"out": str(out), "seed": seed, "articles": len(sample), "collections": drawn}))
        return
    for name, row in drawn.items():
        print(f"{name}: {row['drawn']} of {row['articles']} articles")
    print(f"Read all of them in full in {out}, mark what is missing, then: onrecord review estimate {build} {out}")


@review_app.command("estimate")
def estimate_command(
    build: Annotated[Path, typer.Argument(help="The build that the sample was drawn from.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The sample, read in full.")],
    level: Annotated[float, typer.Option("--level", help="How often intervals cover the truth.")] = LEVEL,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="A new .json file in the raw folder's validations/: the next datasheet shows it."),
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who read the sample, for --out.")] = "",
    day: Annotated[str, typer.Option("--date", help="When: a date such as 2026-11-20, for --out.")] = "",
    as_json: Json = False,
) -> None:
    """Estimate a build's precision and recall from a sample, by collection and claim kind, with intervals."""
    from builder.review.folder import write_new
    from builder.review.validation import estimate_review, record

    if not 0 < level < 1:
        raise typer.BadParameter(f"{level}: expected more than 0 and less than 1, such as 0.95", param_hint="--level")
    if out is not None:
        _require(by, "--by")
        _require_suffix(out, ".json")
    read_on = _parse_date(day) if out is not None else None
    found = estimate_review(build, folder, level)
    if out is not None and read_on is not None:
        write_new(out, record(found, build, by.strip(), read_on).model_dump_json(indent=1) + "\n")
    if as_json:
        groups = [{"by": of, "group": name, **asdict(one)} for (of, name), one in found.estimates.items()]
        print(json.dumps({"level": level, "seed": found.seed, "articles": found.articles, "groups": groups}))
        return
    Console().print(_table(found, level))
    if out is not None:
        print(f"{out}: recorded; datasheet, card and manifest of the next build show it")


def _require(words: str, option: str) -> None:
    if not words.strip():
        raise typer.BadParameter("expected some words", param_hint=option)


def _require_suffix(out: Path, suffix: str) -> None:
    if out.suffix != suffix:
        raise typer.BadParameter(f"{out}: expected a name that ends in {suffix}", param_hint="--out")


def _table(found: "Validation", level: float) -> Table:
    title = f"{number_of(found.articles, 'article')} read in full; in brackets: {level:.0%} intervals"
    numbers = ("articles", "precision", "recall")
    figures = (Column(name, justify="right", no_wrap=True) for name in numbers)
    table = Table("by", Column("group", no_wrap=True), *figures, title=title)
    for (by, name), one in found.estimates.items():
        table.add_row(by, name, str(one.articles), _shown(one.precision), _shown(one.recall))
    return table


def _shown(one: "Estimate") -> str:
    if one.value is None or one.low is None or one.high is None:
        return "-"
    return f"{100 * one.value:.1f} ({100 * one.low:.0f}–{100 * one.high:.0f})"


def _parse_date(day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise typer.BadParameter(f"{day!r}: expected a date such as 2026-11-20", param_hint="--date") from None
