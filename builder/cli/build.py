"""`onrecord build` and `onrecord check`. Imports `builder.pipeline` and what it takes where they run."""

import json
import os
import sys
import time
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from builder.addresses import is_address
from builder.extract.model_folder import SHIPPED

if TYPE_CHECKING:
    from builder.publish.reopen import Published

Raw = Annotated[str, typer.Argument(help="The folder of raw articles: a path, or an address.", metavar="RAW")]
Cached = Annotated[
    Path | None, typer.Option("--cache", help="Folder that keeps each article's work, so that a rebuild is quick.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")]


def build_command(
    raw: Raw,
    out: Annotated[
        str, typer.Option("--out", help="Folder for the dataset, or an address; a former build there is replaced.")
    ],
    workers: Annotated[int, typer.Option("--workers", help="Processes; 0 for one a core.", min=0)] = 0,
    cache: Cached = None,
    model: Annotated[
        Path, typer.Option("--model", help="Folder of another encoder.", show_default="shipped")
    ] = SHIPPED,
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="Address of a Dask scheduler whose workers do the work.")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", help="Read no more than N articles.", min=1)] = None,
    as_json: Json = False,
) -> None:
    """Build the dataset of a folder of raw articles."""
    from builder.deliver.store import built_for
    from builder.pipeline import Plan, build
    from builder.read.remote import local_raw

    began = time.monotonic()
    with built_for(out) if is_address(out) else nullcontext(Path(out)) as folder:
        plan = Plan(local_raw(raw, cache), folder, cache, model, workers or os.cpu_count() or 1, limit, cluster)
        with _bar() as bar:
            task = bar.add_task("read", total=None)
            tables = build(plan, lambda stage, done: bar.update(task, description=stage, completed=done))
        summary = _summary(tables, out)
        first = _first_article(tables)
    if as_json:
        print(json.dumps(summary))
        return
    _print_summary(summary, out, first, time.monotonic() - began)


def check_command(raw: Raw, cache: Cached = None, as_json: Json = False) -> None:
    """Check collections, sums and settings of a raw folder; write nothing but copies of files that lie elsewhere."""
    from builder.read.remote import local_raw
    from builder.sources import open_sources

    sources = open_sources(local_raw(raw, cache), cache)
    rows = [
        {
            "collection": collection.id,
            "files": len(sources.sums[collection.id]),
            "license": collection.license,
            "declared": collection.is_declared,
        }
        for collection in sources.collections
    ]
    if as_json:
        print(json.dumps({"collections": rows}))
        return
    table = Table("collection", "files", "licence")
    for row in rows:
        table.add_row(str(row["collection"]), str(row["files"]), str(row["license"]))
    console = Console(soft_wrap=True)
    console.print(f"{raw}: settings and sums are in order", highlight=False, markup=False)
    console.print(table)
    if not all(row["declared"] for row in rows):
        console.print(
            "No collection.toml: it builds, but cannot be released. Write one that names the licence and the selection."
        )


def _bar() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),  # a log would get an empty line
    )


def _summary(tables: "Published", out: str) -> dict[str, Any]:
    dropped = tables["dropped"].group_by("stage", "reason", maintain_order=True).len().sort("stage", "reason")
    return {
        "out": out,
        "rows": tables.rows(),
        "dropped": dropped.rename({"len": "rows"}).to_dicts(),
    }


def _print_summary(summary: Mapping[str, Any], out: str, first: str, seconds: float) -> None:
    console = Console(soft_wrap=True)
    table = Table("table", "rows", title=f"{out} built in {seconds:.1f} s", title_justify="left")
    for name, rows in summary["rows"].items():
        table.add_row(name, f"{rows:,}")
    console.print(table)
    for of in summary["dropped"]:
        console.print(f"dropped in {of['stage']}: {of['rows']} × {of['reason']} (see the table dropped)")
    console.print("\nLoad it:\n")
    console.print("  from datasets import load_dataset", highlight=False)
    console.print(f'  quotes = load_dataset("{out}", "quotes", split="train")\n', highlight=False, markup=False)
    console.print(f"Look at one article: onrecord show {out} {first}", highlight=False, markup=False)


def _first_article(tables: "Published") -> str:
    ids = tables.scan("articles").select("article_id").head(1).collect()["article_id"]
    return str(ids[0]) if len(ids) else "ARTICLE"
