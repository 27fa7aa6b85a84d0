"""Which actors of different articles are one. Imports `authority`, `names`.

An authority's entry links by its id; organizations and places by equal names; persons by equal full names, and
over a middle name that only one of the two gives. Everybody else stays with the article: a last name alone, what
is unnamed, a group, a document. Nothing depends on the order of the articles.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from builder.resolve.authority import Authority, plain
from builder.resolve.decisions import Decisions
from builder.resolve.ids import COLUMNS, KEY, no_ids
from builder.resolve.names import is_same_person, name_words

NAMED = ("person", "organization", "state", "place", "journalist")
_KEYED = ("organization", "place", "state")
_SLUG_LENGTH = 60
_LISTS = ("aliases", "roles", "authority_ids")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before actors are linked: the ids of the last release (see `ids`) and people's decisions."""

    ids: pl.DataFrame = field(default_factory=no_ids)
    decisions: Decisions = field(default_factory=Decisions)


@dataclass(frozen=True, slots=True)
class Links:
    """`actor_of`: article_id, local, actor_id. `actors`: one row an actor_id. `ids`: see the module `ids`.

    All three are sorted by their first columns.
    """

    actor_of: pl.DataFrame
    actors: pl.DataFrame
    ids: pl.DataFrame


def link_actors(local_actors: pl.DataFrame, authority: Authority, known: Known | None = None) -> Links:
    """Actors of all articles out of the actors of each.

    `local_actors`: article_id, local, name, actor_kind, aliases, country_code, roles, authority_ids, entry,
    published_date. An actor that `known.ids` names in one of its articles keeps that id.
    """
    known = known or Known()
    rows = local_actors.sort("article_id", "local")
    keys = _person_keys(rows.filter(pl.col("actor_kind") == "person")["name"].unique().sort().to_list())
    key = [
        _key(kind, name, entry, article_id, local, keys)
        for kind, name, entry, article_id, local in rows.select(
            "actor_kind", "name", "entry", "article_id", "local"
        ).iter_rows()
    ]
    keyed = rows.with_columns(pl.Series("key", key, dtype=pl.String))
    ids = _give_ids(keyed, authority, _previous(keyed, known.ids))
    keyed = keyed.join(ids, on="key", how="left", maintain_order="left")
    return Links(
        actor_of=keyed.select("article_id", "local", "actor_id").sort("article_id", "local"),
        actors=_describe(keyed, authority),
        ids=_next_ids(keyed, known.ids),
    )


def _previous(keyed: pl.DataFrame, previous: pl.DataFrame) -> dict[str, str]:
    """{key: id} where the last release gave one of the key's actors an id; the first in the alphabet of several."""
    had = keyed.join(previous, on=KEY, how="inner").group_by("key").agg(pl.col("actor_id").min())
    return dict(had.sort("key").iter_rows())


def _next_ids(keyed: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """The ids for the next build: those of this one, and the former ones of what this one does not hold."""
    own = keyed.filter(pl.col("actor_kind").is_in(NAMED)).select(COLUMNS).unique(KEY, keep="none")
    return pl.concat([own, previous.join(own, on=KEY, how="anti")]).sort(COLUMNS)


def _person_keys(names: Iterable[str]) -> dict[str, str]:
    """{full name: key}: the first and last name where all who share them can be one person, else every name.

    >>> _person_keys(["Ada Orm", "Ada B. Orm", "Jan A. Vik", "Jan C. Vik"])["Ada B. Orm"]
    'person:ada orm'
    """
    by_ends: dict[tuple[str, str], list[str]] = {}
    for name in names:
        words = name_words(name)
        if len(words) > 1:
            by_ends.setdefault((words[0], words[-1]), []).append(name)
    keys: dict[str, str] = {}
    for ends, alike in by_ends.items():
        all_words = [name_words(name) for name in alike]
        is_one = all(is_same_person(a, b) for a in all_words for b in all_words)
        for name, words in zip(alike, all_words, strict=True):
            keys[name] = "person:" + " ".join(ends if is_one else words)
    return keys


def _key(kind: str, name: str, entry: str | None, article_id: str, local: int, person_keys: Mapping[str, str]) -> str:
    """What two local actors share exactly where they are one."""
    if entry:
        return f"entry:{entry}"
    if kind == "person" and name in person_keys:
        return person_keys[name]
    if kind in _KEYED or (kind == "journalist" and len(name.split()) > 1):
        return f"{kind}:{plain(name)}"
    return f"{kind}:{plain(name)}:{article_id}:{local}"


def _give_ids(keyed: pl.DataFrame, authority: Authority, previous: Mapping[str, str]) -> pl.DataFrame:
    """Ids by key: the entry's, the previous release's, else a readable one that nobody has."""
    first = keyed.group_by("key").agg(pl.col("article_id").min(), pl.col("actor_kind").min()).sort("key")
    rows = list(first.iter_rows())
    ids = {key: key.removeprefix("entry:") for key, _, _ in rows if key.startswith("entry:")}
    taken = {*ids.values(), *authority.by_id}
    for key, _, _ in rows:
        if key in previous and key not in ids and previous[key] not in taken:
            ids[key] = previous[key]
            taken.add(previous[key])
    for key, article_id, kind in rows:
        if key not in ids:
            ids[key] = _free_id(_readable_id(key, kind, article_id), taken)
            taken.add(ids[key])
    return pl.DataFrame(
        {"key": list(ids), "actor_id": list(ids.values())}, schema={"key": pl.String, "actor_id": pl.String}
    ).sort("key")


def _readable_id(key: str, kind: str, article_id: str) -> str:
    """The id that a key asks for; that of an actor who stays with an article ends in the article's hash."""
    name, _, in_article = key.partition(":")[2].partition(f":{article_id}:")
    slug = make_slug(name)
    return f"{kind}/{slug}-{hashlib.sha256(article_id.encode()).hexdigest()[:8]}" if in_article else f"{kind}/{slug}"


def make_slug(name: str) -> str:
    """Lower-case ASCII letters, digits and hyphens, for an id that people read.

    >>> make_slug("José  d'Orme"), make_slug("北")
    ('jose-d-orme', 'x-01bc01b3')
    """
    folded = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:_SLUG_LENGTH].strip("-")
    return slug or f"x-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _free_id(wanted: str, taken: set[str]) -> str:
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


def _describe(keyed: pl.DataFrame, authority: Authority) -> pl.DataFrame:
    """One row an actor: the most frequent name, kind and country; all other names, roles and authority ids, sorted."""
    actors = keyed.select("actor_id").unique().sort("actor_id")
    for column in ("name", "actor_kind", "country_code"):
        actors = actors.join(_most_frequent(keyed, column), on="actor_id", how="left")
    names = keyed.with_columns(aliases=pl.concat_list("aliases", "name"))
    for column in _LISTS:
        actors = actors.join(_union(names, column), on="actor_id", how="left")
    known = pl.DataFrame(
        [(e.id, e.name, e.kind, e.country) for e in authority.entries],
        schema={"actor_id": pl.String, "known_name": pl.String, "known_kind": pl.String, "known_country": pl.String},
        orient="row",
    )
    return (
        actors.join(known, on="actor_id", how="left")
        .with_columns(
            name=pl.coalesce("known_name", "name"),
            actor_kind=pl.coalesce("known_kind", "actor_kind"),
            country_code=pl.coalesce("known_country", "country_code"),
        )
        .with_columns(aliases=pl.col("aliases").list.set_difference(pl.concat_list("name")).list.sort())
        .select("actor_id", "name", "actor_kind", "aliases", "country_code", "roles", "authority_ids")
        .sort("actor_id")
    )


def _most_frequent(keyed: pl.DataFrame, column: str) -> pl.DataFrame:
    """The value that most articles give; of equally frequent ones the longest, then the first in the alphabet."""
    return (
        keyed.drop_nulls(column)
        .group_by("actor_id", column)
        .len()
        .sort("actor_id", "len", pl.col(column).str.len_chars(), column, descending=[False, True, True, False])
        .unique("actor_id", keep="first", maintain_order=True)
        .select("actor_id", column)
    )


def _union(keyed: pl.DataFrame, column: str) -> pl.DataFrame:
    """All values of a list column, each once, sorted."""
    values = keyed.select("actor_id", column).explode(column).drop_nulls(column).unique().sort("actor_id", column)
    every = (
        keyed.select("actor_id")
        .unique()
        .join(values.group_by("actor_id", maintain_order=True).agg(column), on="actor_id", how="left")
    )
    return every.with_columns(pl.col(column).fill_null(pl.lit([], dtype=pl.List(pl.String))))
