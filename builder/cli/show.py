"""`onrecord show`: one article of a build in the terminal, attributions in colour, speakers named.

Imports `screen`, `completion`; `builder.publish.reopen` where it runs.
"""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from builder.cli.completion import complete_articles
from builder.cli.screen import NoPager, knows_links, linked, screen, visible
from builder.errors import SettingsError
from builder.nearest import near

if TYPE_CHECKING:
    import polars as pl

STYLES = {"content": "green", "cue": "bold yellow", "source": "bold cyan"}


def show_command(
    build: Annotated[Path, typer.Argument(help="A build's folder.")],
    article: Annotated[
        str,
        typer.Argument(
            help="An article's id, locator or raw path; the beginning is enough.", autocompletion=complete_articles
        ),
    ],
    no_pager: NoPager = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")] = False,
) -> None:
    """Show an article with what it attributes to whom: contents green, cues yellow, sources cyan."""
    import polars as pl

    from builder.publish.reopen import read_table

    row = _find(read_table(build, "articles"), article, build)
    quotes = read_table(build, "quotes").filter(pl.col("article_id") == row["article_id"])
    claims = read_table(build, "claims").filter(pl.col("article_id") == row["article_id"])
    names = dict(read_table(build, "actors").select("actor_id", "name").iter_rows())
    if as_json:
        whole = {"article": row, "quotes": quotes.to_dicts(), "claims": claims.to_dicts()}
        print(json.dumps(whole, default=str, ensure_ascii=False))
        return
    kinds: dict[str, list[str]] = {}
    for quote, kind in claims.drop_nulls("quote_id").select("quote_id", "claim_kind").iter_rows():
        kinds.setdefault(quote, []).append(kind)
    with screen(no_pager) as console:
        _print_head(console, row)
        console.print(colour_text(visible(row["text"] or "(the text is withheld)"), quotes.to_dicts()))
        console.print()
        for number, quote in enumerate(quotes.iter_rows(named=True), start=1):
            console.print(_note(number, quote, names, kinds))
        for claim in claims.filter(pl.col("quote_id").is_null()).iter_rows(named=True):
            claimants = " and ".join(names[actor] for actor in claim["claimant_ids"]) or "own voice"
            words = "(withheld)" if claim["text"] is None else visible(claim["text"])
            console.print(Text.assemble((visible(claimants), "bold"), f" · {claim['claim_kind']} · {words}"))


def _find(articles: "pl.DataFrame", wanted: str, build: Path) -> dict[str, Any]:
    """The one article that `wanted` names; a SettingsError names those that it could be."""
    import polars as pl

    columns = ("article_id", "locator", "raw_path")
    for matches in (pl.Expr.__eq__, lambda column, value: column.str.starts_with(value)):
        hits = articles.filter(pl.any_horizontal(matches(pl.col(column), wanted) for column in columns))
        if hits.height == 1:
            return hits.row(0, named=True)
        if hits.height > 1:
            several = ", ".join(hits["article_id"].head(5))
            raise SettingsError(f"{wanted!r} names {hits.height} articles of {build}: {several} …; give one of the ids")
    known = [value for column in columns for value in articles[column]]
    raise SettingsError(f"{build} has no article {wanted!r}; near it: {', '.join(near(wanted, known))}")


def _print_head(console: Console, row: Mapping[str, Any]) -> None:
    console.print(linked(row["title"] or "(no title)", row["url"], console, "bold"))
    date = row["published_at"].date().isoformat() if row["published_at"] else "no date"
    parts = [", ".join(row["authors"]), date, row["collection_id"], row["article_id"]]
    console.print(Text(visible(" · ".join(part for part in parts if part)), style="dim"))
    if row["url"] and not knows_links(console, os.environ):
        console.print(Text(visible(row["url"]), style="dim"))
    if row["extraction_status"] == "direct-quotes":
        console.print(f"only direct quotes were looked for ({row['language']})")
    elif row["extraction_status"] != "extracted":
        console.print(f"no quotes were looked for: {row['extraction_status']} ({row['language']})")
    console.print()


def colour_text(text: str, quotes: Sequence[Mapping[str, Any]]) -> Text:
    """The text with every quote's parts coloured and its number after its last piece of content."""
    coloured = Text(text)
    ends: list[tuple[int, int]] = []
    for number, quote in enumerate(quotes, start=1):
        for part, style in STYLES.items():
            for span in quote[f"{part}_spans"]:
                coloured.stylize(style, span["start"], span["end"])
        ends.append((max(span["end"] for span in quote["content_spans"]), number))
    pieces, at = [], 0
    for end, number in sorted(ends):
        pieces += [coloured[at:end], Text(f"[{number}]", style="dim")]
        at = end
    return Text.assemble(*pieces, coloured[at:])


def _note(number: int, quote: Mapping[str, Any], names: Mapping[str, str], kinds: Mapping[str, Sequence[str]]) -> Text:
    speakers = " and ".join(names[actor] for actor in quote["speaker_ids"]) or f"({quote['speaker_resolution']})"
    kind = ", ".join(dict.fromkeys(kinds.get(quote["quote_id"], ["no claim"])))
    return Text.assemble(
        (f"[{number}] ", "dim"),
        (visible(speakers), "bold cyan"),
        f" · {kind} · {quote['quote_type']} · {quote['confidence']:.2f}",
    )
