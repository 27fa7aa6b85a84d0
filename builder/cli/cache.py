"""`onrecord cache`: what a cache folder holds, and how to keep it small and whole.

Imports `builder.cache`; `builder.shard` where it runs.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.filesize import decimal
from rich.table import Table

from builder.cache import FILE, Cache
from builder.errors import OutputError
from builder.extract.model_folder import SHIPPED, model_sha256

Folder = Annotated[Path, typer.Argument(help="The folder that builds were given with --cache.", metavar="CACHE")]
Model = Annotated[Path, typer.Option("--model", help="The encoder of the builds to come.", show_default="shipped")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")]

cache_app = typer.Typer(
    help="What a cache folder holds; keep it small and whole.",
    no_args_is_help=True,
)


@cache_app.command("info")
def info_command(folder: Folder, model: Model = SHIPPED, as_json: Json = False) -> None:
    """How much work of articles, and of shards of them, the cache holds, and which of it the next build can use."""
    with _open(folder) as cache:
        holdings = cache.holdings()
    current = _in_use(model)
    rows = [
        {"made_by": one.made_by, "entries": one.entries, "bytes": one.size, "in_use": one.made_by in current}
        for one in holdings
    ]
    if as_json:
        print(json.dumps({"holdings": rows}))
        return
    table = Table("made by", "entries", "size", "of use", title=str(folder))
    for one in holdings:
        table.add_row(one.made_by, f"{one.entries:,}", decimal(one.size), "yes" if one.made_by in current else "no")
    Console().print(table)


@cache_app.command("prune")
def prune_command(folder: Folder, model: Model = SHIPPED, as_json: Json = False) -> None:
    """Take out what other versions or models made: no build of this version looks at it again."""
    with _open(folder) as cache:
        gone = cache.prune(_in_use(model))
        left = len(cache)
    if as_json:
        print(json.dumps({"removed": gone, "left": left}))
        return
    Console(soft_wrap=True).print(f"{folder}: {gone:,} entries taken out, {left:,} left")


@cache_app.command("verify")
def verify_command(folder: Folder, as_json: Json = False) -> None:
    """Read every entry and take out the damaged ones; the next build makes them again."""
    with _open(folder) as cache:
        read, damaged = cache.take_out_damaged()
    if as_json:
        print(json.dumps({"read": read, "damaged": damaged}))
        return
    Console(soft_wrap=True).print(f"{folder}: {read:,} entries read, {damaged:,} damaged ones taken out")


def _open(folder: Path) -> Cache:
    """A cache that is there: looking at one does not make it."""
    if not (folder / FILE).is_file():
        raise OutputError(f"{folder}: no cache, {FILE} is missing; expected a folder that a build had as --cache")
    return Cache(folder)


def _in_use(model: Path) -> Sequence[str]:
    """By whom the entries are made that the next build with this model can use."""
    from builder.shard import in_use

    return in_use(model_sha256(model))
