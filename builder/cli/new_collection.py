"""`onrecord new-collection`: look at a folder of files and propose its `collection.toml`.

Imports `proposal` and `builder.read` where it runs.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from builder.errors import OutputError

if TYPE_CHECKING:
    from builder.cli.proposal import Proposal
    from builder.normalize.article import Article

_EXCERPT = 300


def new_collection_command(
    folder: Annotated[Path, typer.Argument(help="The folder of raw files.", metavar="DIR")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")] = False,
) -> None:
    """Look at a folder of files, write a collection.toml for it, and show three articles as they are read.

    A collection.toml that is there is never overwritten.
    """
    from builder.cli.proposal import propose
    from builder.read.manifest import SETTINGS_NAME

    path = folder / SETTINGS_NAME
    if path.exists():
        raise OutputError(f"{path} is there and is not overwritten; change it by hand, or move it away first")
    proposal = propose(folder)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(proposal.toml)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}; check the folder's permissions") from error
    if as_json:
        shown = [_as_row(article) for article in proposal.articles]
        print(json.dumps({"path": str(path), "toml": proposal.toml, "articles": shown, "notes": proposal.notes}))
        return
    _print(path, proposal)


def _as_row(article: "Article") -> dict[str, object]:
    return {
        "locator": article.locator,
        "title": article.title,
        "authors": list(article.authors),
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "published_from": article.published_from,
        "language": article.language,
        "text": article.text[:_EXCERPT],
    }


def _print(path: Path, proposal: "Proposal") -> None:
    console = Console(soft_wrap=True, highlight=False, markup=False)
    console.print(f"{path} written:\n\n{proposal.toml}")
    for number, article in enumerate(proposal.articles, 1):
        row = _as_row(article)
        console.print(f"article {number}: {row['locator']}")
        for name in ("title", "authors", "published_at", "published_from", "language"):
            value = row[name]
            console.print(f"  {name}: {', '.join(value) if isinstance(value, list) else value or 'not told'}")
        console.print(f"  {row['text']}{'…' if len(article.text) > _EXCERPT else ''}\n")
    for note in proposal.notes:
        console.print(f"- {note}")
