"""What the shell offers for a word that is being typed: values of vocabularies, and what a build holds.

Imports schemas; `builder.publish.reopen` where a build is looked into. Whatever goes wrong, nothing is offered: a
completion never prints an error.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import typer

from builder.errors import OnrecordError
from schemas.vocabulary import ACTOR_KINDS, CLAIM_KINDS

# More would scroll the command line away.
_MOST = 60


def complete_kinds(incomplete: str) -> list[tuple[str, str]]:
    """Kinds of claims with their meanings."""
    return [(kind, meaning) for kind, meaning in CLAIM_KINDS.items() if kind.startswith(incomplete)]


def complete_actor_kinds(incomplete: str) -> list[tuple[str, str]]:
    """Kinds of actors with their meanings."""
    return [(kind, meaning) for kind, meaning in ACTOR_KINDS.items() if kind.startswith(incomplete)]


def complete_tables(incomplete: str) -> list[str]:
    """Names of tables."""
    from schemas.tables import TABLES

    return [name for name in TABLES if name.startswith(incomplete)]


def complete_collections(ctx: typer.Context, incomplete: str) -> list[str]:
    """Collections of the build that the command line names."""
    return list(_beginning(_column(ctx, "collections", "collection_id"), incomplete))


def complete_actors(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of actors of that build, the most mentioned first."""
    return list(_beginning(_column(ctx, "actors", "actor_id", "n_mentions"), incomplete))


def complete_articles(ctx: typer.Context, incomplete: str) -> list[str]:
    """Locators of that build's articles, or their ids where one was begun."""
    column = "article_id" if incomplete.startswith("art-") else "locator"
    return list(_beginning(_column(ctx, "articles", column), incomplete))


def _column(ctx: typer.Context, table: str, column: str, most_of: str | None = None) -> list[str]:
    """A column's values, without reading the table's others."""
    import polars as pl

    from builder.publish.recognize import read_manifest

    # While an option waits for its value, no argument has been given its name yet: the build is the first of them.
    build = ctx.params.get("build") or next(iter(ctx.args), None)
    if build is None:
        return []
    try:
        folder = Path(build).expanduser()
        files = sorted(read_manifest(folder)["tables"][table]["files"])
        columns = [column] if most_of is None else [column, most_of]
        found = pl.concat([pl.read_parquet(folder / path, columns=columns) for path in files])
    except (OnrecordError, OSError, LookupError, pl.exceptions.PolarsError):
        return []
    if most_of is not None:
        found = found.sort(most_of, column, descending=[True, False])
    return [str(value) for value in found[column]]


def _beginning(values: Iterable[str], incomplete: str) -> Iterator[str]:
    left = _MOST
    for value in values:
        if left and value.startswith(incomplete):
            left -= 1
            yield value
