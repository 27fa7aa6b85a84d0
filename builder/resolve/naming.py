"""Ids of actors: the authority's, the last release's, else a readable one that nobody has.

Imports `authority`, `folding`, `ids`.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping

import polars as pl
from anyascii import anyascii

from builder.resolve.authority import Authority
from builder.resolve.folding import NAMED, PERSONS, fold_name
from builder.resolve.ids import COLUMNS, KEY

_SLUG_LENGTH = 60
# Actors whose ids are made at once.
_AT_ONCE = 50_000


def make_slug(name: str) -> str:
    """Lower-case ASCII letters, digits and hyphens, for an id that people read.

    >>> make_slug("José  d'Orme"), make_slug("北"), make_slug("?!")
    ('jose-d-orme', 'bei', 'x-545f940d')
    """
    slug = re.sub(r"[^a-z0-9]+", "-", anyascii(name).casefold()).strip("-")[:_SLUG_LENGTH].strip("-")
    return slug or f"x-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def give_ids(
    actors: pl.DataFrame, authority: Authority, previous: pl.DataFrame, id_of_pin: Mapping[str, str]
) -> pl.DataFrame:
    """(number, actor_id) for actors (number, actor_kind, name, article_id, base, entry, pin, is_bound, is_contested).

    `name` is the most frequent, `article_id` the first in the alphabet, `is_bound` whether the actor stays with that
    article. Of several who would have one id the one of the first article has it, the next gets "-2".
    """
    rows = actors.sort("article_id", "actor_kind", "name", "number")
    pin = pl.col("pin").cast(pl.String)
    decided = rows.filter(pl.any_horizontal(pl.col("entry", "pin").is_not_null())).select(
        "number", actor_id=pl.coalesce(pl.col("entry").cast(pl.String), pin.replace(id_of_pin) if id_of_pin else pin)
    )
    known = decided.filter(pl.col("actor_id").str.contains("/"))
    unknown = rows.join(known, on="number", how="anti", maintain_order="left")
    given = pl.concat([known, _former_ids(unknown, known["actor_id"], previous)])
    others = unknown.join(given, on="number", how="anti", maintain_order="left")
    taken = pl.concat([pl.Series(list(authority.by_id), dtype=pl.String), previous["actor_id"], given["actor_id"]])
    free = _free_ids(_readable_ids(others), taken)
    return pl.concat([given, others.select("number").with_columns(actor_id=free)])


def give_bound_ids(rows: pl.DataFrame, taken: Iterable[str]) -> pl.Series:
    """The ids of rows (article_id, actor_kind, name) that stay with their articles, of some articles whole.

    `taken` are those that others of these articles have or had. In the order of the rows, which must be sorted.
    """
    alone = rows.with_columns(base=pl.lit(None, pl.String), is_bound=True, is_contested=False)
    return _free_ids(_readable_ids(alone), pl.Series(list(taken), dtype=pl.String))


def _former_ids(actors: pl.DataFrame, given: pl.Series, previous: pl.DataFrame) -> pl.DataFrame:
    """(number, actor_id) where the last release had one actor of that name: for articles that it did not hold."""
    by_name = _ids_by_name(previous)
    former = pl.DataFrame(
        {"base": list(by_name), "actor_id": list(by_name.values())},
        schema=dict.fromkeys(("base", "actor_id"), pl.String),
    )
    return (
        actors.filter(~pl.col("is_bound"))
        .select("number", pl.col("base").cast(pl.String))
        .join(former, on="base", maintain_order="left")
        .filter(~pl.col("actor_id").is_in(given.implode()))
        .unique("actor_id", keep="first", maintain_order=True)
        .select("number", "actor_id")
    )


def _ids_by_name(previous: pl.DataFrame) -> dict[str, str]:
    different = previous.select("actor_kind", "name", "actor_id").unique().sort("actor_kind", "name", "actor_id")
    found: dict[str, set[str]] = {}
    for kind, name, actor_id in different.iter_rows():
        if base := fold_name(kind, name).base:
            found.setdefault(base, set()).add(actor_id)
    return {base: min(ids) for base, ids in found.items() if len(ids) == 1}


def _readable_ids(actors: pl.DataFrame) -> pl.Series:
    """The id that each actor asks for, not all of them as Python's strings at once."""
    columns = actors.select("actor_kind", "name", "article_id", "base", "is_bound", "is_contested")
    wanted = [
        pl.Series([_readable_id(*row) for row in some.iter_rows()], dtype=pl.String)
        for some in columns.iter_slices(_AT_ONCE)
    ]
    return pl.concat([pl.Series(dtype=pl.String), *wanted])


def _readable_id(kind: str, name: str, article_id: str, base: str | None, is_bound: bool, is_contested: bool) -> str:
    """The id that an actor asks for; that of one who stays with an article ends in the article's hash.

    A person's has the first and last name; the whole name where several have those.
    """
    words = name.split()
    if kind in PERSONS and len(words) > 2 and not is_contested and base:
        name = f"{words[0]} {' '.join(words[-2:]) if words[-1].strip('.') in _SUFFIXES else words[-1]}"
    if kind == "organization" and base:
        name = re.sub(r"^[Tt]he ", "", name)
    slug = make_slug(name)
    return f"{kind}/{slug}-{short_hash(article_id)}" if is_bound else f"{kind}/{slug}"


def short_hash(article_id: str) -> str:
    """What ids of actors that stay with an article end in."""
    return hashlib.sha256(article_id.encode()).hexdigest()[:12]


_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})


def _free_ids(wanted: pl.Series, taken: pl.Series) -> pl.Series:
    """The wanted ids; of those that several want, or that are taken, all but the first with a number behind."""
    disputed = _disputed(wanted, taken)
    numbered = re.compile(r"-\d+$")
    used = (
        {id_ for id_ in taken.to_list() if id_ in disputed or numbered.sub("", id_) in disputed} if disputed else set()
    )
    places, ids = [], []
    for place in wanted.is_in(pl.Series(sorted(disputed), dtype=pl.String).implode()).arg_true() if disputed else ():
        found = _free_id(wanted[place], used)
        used.add(found)
        places.append(place)
        ids.append(found)
    return wanted.scatter(places, ids) if places else wanted


def _disputed(wanted: pl.Series, taken: pl.Series) -> set[str]:
    """The ids that not everybody who wants them can have, and those that they might be given instead."""
    ids = pl.DataFrame({"id": wanted}).with_columns(stem=pl.col("id").str.replace(r"-\d+$", ""))
    is_disputed = pl.col("id").is_duplicated() | pl.col("id").is_in(taken.unique().implode())
    found: set[str] = set()
    new = set(ids.filter(is_disputed)["id"])
    numbered = ids.filter(pl.col("stem") != pl.col("id"))
    while new - found:
        found |= new
        new = set(numbered.filter(pl.col("stem").is_in(sorted(found)))["id"])
    return found


def _free_id(wanted: str, taken: set[str]) -> str:
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


def next_ids(rows: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """The ids of some articles for the next build: those that their rows have, and former ones of what is gone."""
    own = rows.select(COLUMNS).filter(pl.col("actor_kind").is_in(NAMED)).unique().unique(KEY, keep="none")
    return pl.concat([own, previous.join(own, on=KEY, how="anti")]).sort(COLUMNS)
