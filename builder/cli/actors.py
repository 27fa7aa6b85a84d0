"""`onrecord actors`: who is in a build, with whom somebody was joined, and why.

Imports `completion`, `screen`, `builder.resolve.decisions`; `actor_lookup`, `actor_pages`, `builder.publish` and
`builder.resolve` where they run.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from builder.cli.completion import complete_actors
from builder.cli.screen import NoPager, screen
from builder.errors import OutputError, SettingsError
from builder.resolve.decisions import parse_decisions, render_decisions
from schemas.vocabulary import ACTOR_KINDS

if TYPE_CHECKING:
    import polars as pl

Build = Annotated[Path, typer.Argument(help="A build's folder.", metavar="BUILD")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")]
Limit = Annotated[int, typer.Option("--limit", help="Show no more than N.", min=1)]
Order = StrEnum("Order", ["quotes", "claims", "mentions", "articles"])
Kind = StrEnum("Kind", list(ACTOR_KINDS))  # type: ignore[misc]

actors_app = typer.Typer(
    help="Who is in a build, who was taken for whom, and why.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@actors_app.command("list")
def list_command(
    build: Build,
    kind: Annotated[Kind | None, typer.Option("--kind", help="Only actors of this kind.")] = None,
    by: Annotated[Order, typer.Option("--by", help="What the most of comes first.")] = Order.mentions,
    limit: Limit = 30,
    no_pager: NoPager = False,
    as_json: Json = False,
) -> None:
    """List the actors that a build has most of."""
    import polars as pl

    from builder.publish.reopen import read_table

    actors = read_table(build, "actors")
    chosen = actors.filter(pl.col("actor_kind") == kind.value) if kind else actors
    shown = chosen.sort(f"n_{by.value}", "actor_id", descending=[True, False]).head(limit)
    _print_actors(shown, f"{shown.height} of {chosen.height:,} actors", as_json, no_pager)


@actors_app.command("search")
def search_command(
    build: Build,
    text: Annotated[str, typer.Argument(help="A name, or something like it.")],
    limit: Limit = 10,
    no_pager: NoPager = False,
    as_json: Json = False,
) -> None:
    """Find actors whose name, or one of whose other names, is like a text."""
    from builder.cli.actor_lookup import search_actors
    from builder.publish.reopen import read_table

    _print_actors(search_actors(read_table(build, "actors"), text, limit), f"like {text!r}", as_json, no_pager)


@actors_app.command("show")
def show_actor_command(
    build: Build,
    actor: Annotated[str, typer.Argument(help="An actor's id, or a name.", autocompletion=complete_actors)],
    limit: Limit = 10,
    no_pager: NoPager = False,
    as_json: Json = False,
) -> None:
    """Show an actor with other names, roles, articles and quotes."""
    import polars as pl

    from builder.cli.actor_lookup import find_actors
    from builder.cli.actor_pages import print_one
    from builder.publish.reopen import read_table

    found = find_actors(read_table(build, "actors"), actor)
    if found.height > 1:
        ids = ", ".join(found["actor_id"].head(8))
        raise SettingsError(f"{actor!r} names {found.height} actors of {build}: {ids}; give one of the ids")
    row = found.row(0, named=True)
    quotes = read_table(build, "quotes").filter(pl.col("speaker_ids").list.contains(row["actor_id"]))
    mentions = read_table(build, "mentions").filter(pl.col("actor_id") == row["actor_id"])
    there = pl.concat([mentions.select("article_id"), quotes.select("article_id")]).unique()
    articles = read_table(build, "articles").join(there, on="article_id", how="semi", maintain_order="left")
    if as_json:
        kept = articles.select("article_id", "locator", "title", "published_at", "collection_id")
        print(_json({"actor": row, "articles": kept.to_dicts(), "quotes": quotes.to_dicts()}))
        return
    with screen(no_pager) as console:
        print_one(console, row, articles, quotes, limit)


@actors_app.command("why")
def why_command(
    build: Build,
    name: Annotated[str, typer.Argument(help="An actor's id, or a name.", autocompletion=complete_actors)],
    limit: Limit = 40,
    no_pager: NoPager = False,
    as_json: Json = False,
) -> None:
    """Say why names were taken for one actor, or for several."""
    from builder.cli.actor_lookup import find_actors, links_of
    from builder.cli.actor_pages import head_of, reason_of
    from builder.publish.reopen import read_table

    found = find_actors(read_table(build, "actors"), name)
    reasons = links_of(_read_links(build), found["actor_id"].to_list())
    if as_json:
        print(_json({"actors": found["actor_id"].to_list(), "links": reasons.to_dicts()}))
        return
    with screen(no_pager) as console:
        for row in found.iter_rows(named=True):
            console.print(head_of(row))
        if not reasons.height:
            console.print("In one article only, and nobody has a name like it: nothing was to be decided.")
        for row in reasons.head(limit).iter_rows(named=True):
            console.print(reason_of(row))
        if reasons.height > limit:
            console.print(f"… and {reasons.height - limit} more; --limit shows them", style="dim")


@actors_app.command("suspects")
def suspects_command(
    build: Build,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--decisions", help="Write them as lines of this decisions.csv, behind those it has; - prints them."
        ),
    ] = None,
    who: Annotated[str | None, typer.Option("--who", help="Who decides, for the lines.")] = None,
    when: Annotated[
        datetime | None, typer.Option("--when", formats=["%Y-%m-%d"], help="When, as 2026-11-02, for the lines.")
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option("--actor", help="Only suspects of this actor: an id or a name.", autocompletion=complete_actors),
    ] = None,
    limit: Limit = 40,
    no_pager: NoPager = False,
    as_json: Json = False,
) -> None:
    """List likely splits and merges; with --decisions, as lines to be read, thinned out and built with."""
    from builder.cli.actor_lookup import find_actors, find_suspects, unmet_decisions
    from builder.cli.actor_pages import print_suspects
    from builder.publish.reopen import read_table

    links = _read_links(build)
    ids = None if actor is None else set(find_actors(read_table(build, "actors"), actor)["actor_id"])
    suspects = [s for s in find_suspects(links) if ids is None or ids & {s.actor_id, s.other_id}]
    if decisions is not None:
        if not who or when is None:
            raise SettingsError("--decisions needs --who and --when: every line says who decided it, and on which day")
        _write_decisions([suspect.line(who, when.date()) for suspect in suspects], decisions)
        return
    if as_json:
        lines = [{"decision": s.decision, "actor": s.actor, "other": s.other, "because": s.because} for s in suspects]
        print(_json({"suspects": lines, "unmet_decisions": unmet_decisions(links)}))
        return
    with screen(no_pager) as console:
        print_suspects(console, suspects[:limit], len(suspects), unmet_decisions(links))


def _write_decisions(lines: Sequence[tuple[str, ...]], path: Path) -> None:
    """Append the lines that the file does not have yet; the file stays one that a build reads."""
    if str(path) == "-":
        print(render_decisions(lines), end="")
        return
    former = path.read_bytes() if path.is_file() else b""
    known = parse_decisions(former, str(path)).lines if former else ()
    decided = {(d.decision, d.actor, d.other) for d in known}
    kept = [(d.decision, d.actor, d.other, d.who, d.when.isoformat(), d.why) for d in known]
    text = render_decisions([*kept, *(line for line in lines if line[:3] not in decided)])
    n_added = len(parse_decisions(text.encode(), str(path)).lines) - len(kept)
    try:
        path.write_bytes(text.encode())
    except OSError as problem:
        raise OutputError(f"{path}: cannot be written ({problem.strerror}); give --decisions another file") from problem
    told = (
        f"{n_added} lines added. Delete those that you do not agree with, then build." if n_added else "nothing to add."
    )
    Console(stderr=True, highlight=False).print(f"{path}: {told}", markup=False)


def _read_links(build: Path) -> "pl.DataFrame":
    """Why names of a build were taken for one actor, or for several."""
    from builder.publish.reopen import read_beside
    from builder.resolve.reasons import NAME, parse_links

    return parse_links(read_beside(build, NAME))


def _print_actors(actors: "pl.DataFrame", title: str, as_json: bool, no_pager: bool) -> None:
    from builder.cli.actor_pages import print_actors

    if as_json:
        print(_json({"actors": actors.to_dicts()}))
    else:
        print_actors(actors, title, no_pager)


def _json(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)
