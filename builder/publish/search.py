"""Claims of a published build by plain filters. Imports the schemas and `builder.errors`; reads nothing itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from builder.errors import SettingsError
from builder.nearest import near

_WORD = re.compile(r"\w+")
# First and last day; either may be open.
Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of claims; what is left out filters nothing, and all that is given has to hold.

    `claimants` and `targets` are names, other names or ids of actors, of each list any; `words` all of which stand in
    the claim; `about` and `published` days of which the claim's time, and the article's date, share one; `group` a
    claim's or a group's id, or the beginning of one.
    """

    kinds: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    words: str = ""
    about: Days = (None, None)
    published: Days = (None, None)
    group: str | None = None
    collections: tuple[str, ...] = ()


def search_claims(tables: Mapping[str, pl.DataFrame], query: Query) -> pl.DataFrame:
    """The claims that the query asks for, in the table's order, with what their ids stand for.

    All columns of `claims`, then `claimants` and `targets` (names, list<string>), `n_told` (claims of its group in the
    whole build, int64), and of its article `collection_id`, `locator`, `url`, `title` and `published_at`.
    SettingsError where no actor, group or collection is called what the query says.
    """
    claims, actors = tables["claims"], tables["actors"]
    articles = tables["articles"].select("article_id", "collection_id", "locator", "url", "title", "published_at")
    told = claims.join(articles, on="article_id", how="left", maintain_order="left").with_columns(
        n_told=pl.len().over("claim_group_id").cast(pl.Int64)
    )
    conditions = [
        _any_of("claimant_ids", query.claimants, actors),
        _any_of("target_ids", query.targets, actors),
        pl.col("claim_kind").is_in(list(query.kinds)) if query.kinds else pl.lit(value=True),
        _in_group(query.group, claims),
        _in_collection(query.collections, tables["collections"]),
        *(_has_word(word) for word in _WORD.findall(query.words.casefold())),
        _share_a_day(pl.col("about_start"), pl.col("about_end"), query.about),
        _share_a_day(pl.col("published_at").dt.date(), pl.col("published_at").dt.date(), query.published),
    ]
    names = dict(actors.select("actor_id", "name").iter_rows())
    found = told.filter(*conditions)
    return found.with_columns(
        pl.Series(new, [[names[actor] for actor in ids] for ids in found[column]], dtype=pl.List(pl.String))
        for new, column in (("claimants", "claimant_ids"), ("targets", "target_ids"))
    ).select(
        *claims.columns, "claimants", "targets", "n_told", "collection_id", "locator", "url", "title", "published_at"
    )


def _any_of(column: str, wanted: Sequence[str], actors: pl.DataFrame) -> pl.Expr:
    """Whether one of the actors that the words name is in the list."""
    if not wanted:
        return pl.lit(value=True)
    ids = sorted({actor for words in wanted for actor in find_actors(words, actors)})
    return pl.col(column).list.eval(pl.element().is_in(ids)).list.any()


def find_actors(words: str, actors: pl.DataFrame) -> list[str]:
    """The ids of the actors who are called so: by id, else by all of a name, else by some whole words of one."""
    names = {
        row["actor_id"]: [name.casefold() for name in (row["name"], *row["aliases"])]
        for row in actors.select("actor_id", "name", "aliases").iter_rows(named=True)
    }
    if words in names:
        return [words]
    asked = words.casefold()
    whole = [actor for actor, forms in names.items() if asked in forms]
    parts = set(_WORD.findall(asked))
    found = whole or [
        actor for actor, forms in names.items() if parts and any(parts <= set(_WORD.findall(form)) for form in forms)
    ]
    if not found:
        known = sorted(set(actors["name"]))
        alike = ", ".join(near(words, known)) or "there are no actors"
        raise SettingsError(f"no actor is called {words!r}; near it: {alike}")
    return found


def _in_group(group: str | None, claims: pl.DataFrame) -> pl.Expr:
    """Whether the claim is in the group, or in that of the claim, whose id begins so."""
    if group is None:
        return pl.lit(value=True)
    begins = pl.any_horizontal(pl.col(column).str.starts_with(group) for column in ("claim_group_id", "claim_id"))
    groups = claims.filter(begins)["claim_group_id"].unique().sort().to_list() if group else []
    if not groups:
        raise SettingsError(f"no claim and no group has an id that begins with {group!r}; `--json` prints the ids")
    return pl.col("claim_group_id").is_in(groups)


def _in_collection(wanted: Sequence[str], collections: pl.DataFrame) -> pl.Expr:
    known = collections["collection_id"].to_list()
    for collection in wanted:
        if collection not in known:
            raise SettingsError(f"no collection is called {collection!r}; there are: {', '.join(known)}")
    return pl.col("collection_id").is_in(list(wanted)) if wanted else pl.lit(value=True)


def _has_word(word: str) -> pl.Expr:
    """Whether the word stands in the claim's text, whatever its case; never where the text is withheld."""
    return pl.col("text").str.to_lowercase().str.contains(rf"\b{re.escape(word)}\b").fill_null(value=False)


def _share_a_day(start: pl.Expr, end: pl.Expr, days: Days) -> pl.Expr:
    """Whether a stretch of time and the days asked for have one in common; never where the time is not known."""
    first, last = days
    if first is None and last is None:
        return pl.lit(value=True)
    after = pl.lit(value=True) if first is None else end >= first
    before = pl.lit(value=True) if last is None else start <= last
    return (after & before).fill_null(value=False)
