"""What `onrecord actors` shows in a terminal. Imports `actor_lookup`, `screen`, `builder.publish.render`."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from builder.cli.actor_lookup import Suspect
from builder.cli.screen import is_narrow, linked, screen, visible
from builder.publish.render import number_of

# At this width a table has room for ids.
_WIDE = 100
_COUNTED = ("quotes", "mentions", "articles")


def print_actors(actors: pl.DataFrame, title: str, no_pager: bool) -> None:
    """The actors as a table, or as paragraphs where the terminal is too narrow for one."""
    with screen(no_pager) as console:
        if not actors.height:
            console.print(Text(f"No actor is {title}." if title.startswith("like") else f"{title}."))
        elif is_narrow(console):
            _print_list(console, actors, title)
        else:
            console.print(_table(actors, title, is_wide=console.width >= _WIDE))


def _print_list(console: Console, actors: pl.DataFrame, title: str) -> None:
    """A paragraph an actor, for a terminal that is too narrow for a table."""
    console.print(Text(title, style="italic"))
    for row in actors.iter_rows(named=True):
        console.print(head_of(row))
        console.print(Text(_counts(row, *_COUNTED), style="dim"))


def _table(actors: pl.DataFrame, title: str, is_wide: bool) -> Table:
    counted = _COUNTED if is_wide else _COUNTED[:2]
    table = Table("name", "kind", title=Text(title), title_justify="left", expand=False)
    for column in counted:
        table.add_column(column, justify="right")
    if is_wide:
        table.add_column("id", overflow="fold")
    for row in actors.iter_rows(named=True):
        counts = [f"{row[f'n_{column}']:,}" for column in counted]
        ids = [Text(row["actor_id"])] if is_wide else []
        table.add_row(Text(visible(row["name"])), row["actor_kind"], *counts, *ids)
    return table


def _counts(row: dict[str, Any], *what: str) -> str:
    return ", ".join(number_of(row[f"n_{name}"], name.removesuffix("s")) for name in what)


def print_one(console: Console, row: dict[str, Any], articles: pl.DataFrame, quotes: pl.DataFrame, limit: int) -> None:
    """All about one actor, no more than `limit` articles and quotes."""
    console.print(head_of(row))
    for label, values in (("also", row["aliases"]), ("roles", row["roles"]), ("known as", row["authority_ids"])):
        if values:
            console.print(Text.assemble((f"{label}: ", "bold"), visible("; ".join(values))))
    counts = _counts(row, "articles", "mentions", "quotes", "claims")
    first, last = row["first_date"] or "no date", row["last_date"] or "no date"
    console.print(Text(f"{counts}, {first}" if first == last else f"{counts}, {first} to {last}", style="dim"))
    console.print("\nArticles", style="bold")
    for article in articles.head(limit).iter_rows(named=True):
        day = article["published_at"].date().isoformat() if article["published_at"] else "no date"
        title = linked(article["title"] or "(no title)", article["url"], console)
        console.print(Text(f"{day} ", "dim") + title + Text(f" {article['article_id']}", "dim"))
    if quotes.height:
        console.print("\nQuotes", style="bold")
    for quote in quotes.head(limit).iter_rows(named=True):
        console.print(Text.assemble(visible(quote["text"] or "(withheld)"), (f" {quote['article_id']}", "dim")))
    more = max(articles.height, quotes.height) - limit
    if more > 0:
        console.print(f"… --limit {limit + more} shows all", style="dim")


def head_of(row: dict[str, Any]) -> Text:
    """An actor in a line."""
    parts = [row["actor_kind"], row["country_code"], row["actor_id"]]
    return Text.assemble(
        (visible(row["name"]), "bold cyan"), (" · " + " · ".join(part for part in parts if part), "dim")
    )


def reason_of(row: dict[str, str]) -> Text:
    """Why two names are one actor, or are not."""
    ids = row["actor_id"] if row["actor_id"] == row["other_id"] else f"{row['actor_id']}, {row['other_id']}"
    style = {"joined": "green", "apart": "red"}.get(row["verdict"], "yellow")
    return Text.assemble(
        (f"{row['verdict']}: ", f"bold {style}"),
        visible(f"{row['name']} and {row['other_name']}: {row['because']} "),
        (f"({ids}; {row['article_id']}, {row['other_article_id']})", "dim"),
    )


def print_suspects(console: Console, suspects: Sequence[Suspect], n_suspects: int, unmet: Sequence[str]) -> None:
    """What to look at, and how to decide it."""
    if not suspects:
        console.print("Nobody looks wrongly joined or wrongly apart.")
    for suspect in suspects:
        verb = "may be one" if suspect.decision == "same" else "may be two"
        ids = suspect.actor_id if suspect.actor_id == suspect.other_id else f"{suspect.actor_id}, {suspect.other_id}"
        console.print(
            Text.assemble(
                (visible(f"{suspect.name} and {suspect.other_name} {verb}"), "bold yellow"),
                visible(f": {suspect.because} "),
                (f"({ids})", "dim"),
            )
        )
    if n_suspects > len(suspects):
        console.print(f"… and {n_suspects - len(suspects)} more; --limit shows them", style="dim")
    for line in unmet:
        console.print(Text.assemble(("found nobody: ", "bold red"), visible(line)))
    if suspects:
        console.print("\nTo decide: --decisions raw/decisions.csv --who NAME --when DATE, delete what is wrong, build.")
