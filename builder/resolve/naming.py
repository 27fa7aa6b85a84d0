"""Ids of actors: the authority's, the last release's, else a readable one that nobody has.

Imports `authority`, `folding`, `ids`.
"""

import hashlib
import re
from collections.abc import Mapping

import polars as pl
from anyascii import anyascii

from builder.resolve.authority import Authority
from builder.resolve.folding import NAMED, PERSONS, fold_name
from builder.resolve.ids import COLUMNS, KEY

_SLUG_LENGTH = 60


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
    ids: dict[int, str] = {}
    taken = {*authority.by_id, *previous["actor_id"].unique()}
    by_name = _ids_by_name(previous)
    given: set[str] = set()
    rows = actors.sort("article_id", "actor_kind", "name", "number").rows(named=True)
    for row in rows:
        known = row["entry"] or (id_of_pin.get(row["pin"], row["pin"]) if row["pin"] else None)
        if known and "/" in known:
            ids[row["number"]] = known
            given.add(known)
    for row in rows:
        former = None if row["is_bound"] else by_name.get(row["base"])
        if row["number"] not in ids and former and former not in given:
            ids[row["number"]] = former
            given.add(former)
    taken |= given
    for row in rows:
        if row["number"] not in ids:
            ids[row["number"]] = _free_id(_readable_id(row), taken)
            taken.add(ids[row["number"]])
    return pl.DataFrame(
        {"number": list(ids), "actor_id": list(ids.values())}, schema={"number": pl.Int64(), "actor_id": pl.String()}
    )


def _ids_by_name(previous: pl.DataFrame) -> dict[str, str]:
    """{base: id} where the last release had one actor of that name: for articles that it did not hold."""
    different = previous.select("actor_kind", "name", "actor_id").unique().sort("actor_kind", "name", "actor_id")
    found: dict[str, set[str]] = {}
    for kind, name, actor_id in different.iter_rows():
        if base := fold_name(kind, name).base:
            found.setdefault(base, set()).add(actor_id)
    return {base: min(ids) for base, ids in found.items() if len(ids) == 1}


def _readable_id(row: Mapping[str, str]) -> str:
    """The id that an actor asks for; that of one who stays with an article ends in the article's hash.

    A person's has the first and last name; the whole name where several have those.
    """
    kind, name = row["actor_kind"], row["name"]
    words = name.split()
    if kind in PERSONS and len(words) > 2 and not row["is_contested"] and row["base"]:
        name = f"{words[0]} {' '.join(words[-2:]) if words[-1].strip('.') in _SUFFIXES else words[-1]}"
    if kind == "organization" and row["base"]:
        name = re.sub(r"^[Tt]he ", "", name)
    slug = make_slug(name)
    return (
        f"{kind}/{slug}-{hashlib.sha256(row['article_id'].encode()).hexdigest()[:12]}"
        if row["is_bound"]
        else f"{kind}/{slug}"
    )


_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})


def _free_id(wanted: str, taken: set[str]) -> str:
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


def next_ids(keyed: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """The ids for the next build: those of this one, and the former ones of what this one does not hold."""
    own = keyed.select(COLUMNS).filter(pl.col("actor_kind").is_in(NAMED)).unique().unique(KEY, keep="none")
    return pl.concat([own, previous.join(own, on=KEY, how="anti")]).sort(COLUMNS)
