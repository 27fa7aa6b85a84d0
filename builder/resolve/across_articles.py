"""Which actors of different articles are one. Imports this folder's leaves.

An authority's entry links by its id. Names link where nothing that articles say of them conflicts; where something
does, by what they have in common: titles and roles, country, who else the articles name, dates, the collection. Names
that are only alike (spellings, changed and double names, acronyms) need more of that. A last name alone, what is
unnamed, a group, a document stay with their article. Ids of the last release and people's decisions come before all of
this. Nothing depends on the order of the articles.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from builder.resolve.authority import Authority
from builder.resolve.decisions import RENAME, Decisions
from builder.resolve.folding import PERSONS
from builder.resolve.gathering import gather_rows
from builder.resolve.ids import no_ids
from builder.resolve.joining import Joined, join_rows
from builder.resolve.naming import give_ids, next_ids
from builder.resolve.pins import Pins, add_previous, pin_rows
from builder.resolve.reasons import COLUMNS, UNMET, explain_links

_LISTS = ("aliases", "roles", "authority_ids")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before actors are linked.

    The ids of the last release (see `ids`), people's decisions, and the country of each collection that has one.
    """

    ids: pl.DataFrame = field(default_factory=no_ids)
    decisions: Decisions = field(default_factory=Decisions)
    homes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Links:
    """`actor_of`: article_id, local, actor_id. `actors`: one row an actor_id. `ids` and `links`: see `ids`, `reasons`.

    All are sorted by their first columns.
    """

    actor_of: pl.DataFrame
    actors: pl.DataFrame
    ids: pl.DataFrame
    links: pl.DataFrame


def link_actors(local_actors: pl.DataFrame, authority: Authority, known: Known | None = None) -> Links:
    """Actors of all articles out of the actors of each.

    `local_actors`: article_id, collection_id, local, name, actor_kind, aliases, country_code, roles, authority_ids,
    entry, published_date. Raises SettingsError where decisions contradict what the articles show.
    """
    known = known or Known()
    rows = add_previous(gather_rows(local_actors, authority, known.homes), known.ids)
    del local_actors  # all of its columns are in the rows
    pins = pin_rows(rows, known.decisions, _ids_without_decisions(rows, authority, known))
    keyed, joined = _join_and_name(pins, authority, known)
    actors = _rename(_describe(keyed, authority), keyed, pins, known.decisions)
    return Links(
        actor_of=keyed.select("article_id", "local", "actor_id").sort("article_id", "local"),
        actors=actors,
        ids=next_ids(keyed, known.ids),
        links=pl.concat([explain_links(joined, keyed), _unmet(pins, known.decisions)]),
    )


def _ids_without_decisions(rows: pl.DataFrame, authority: Authority, known: Known) -> dict[str, tuple[int, ...]]:
    """The rows of each id that a decision names and that neither ids.csv nor the authority gives."""
    named = {ref for line in known.decisions.lines for ref in (line.actor, line.other) if "#" not in ref}
    given = {*rows["previous"].drop_nulls().unique(), *rows["entry"].drop_nulls().unique()}
    if not named - given:
        return {}
    keyed, _ = _join_and_name(pin_rows(rows, Decisions(), {}), authority, known)
    found = keyed.filter(pl.col("actor_id").is_in(sorted(named - given))).group_by("actor_id").agg(pl.col("row").sort())
    return {actor_id: tuple(numbers) for actor_id, numbers in found.iter_rows()}


def _join_and_name(pins: Pins, authority: Authority, known: Known) -> tuple[pl.DataFrame, Joined]:
    """The rows with their actors' ids."""
    joined = join_rows(pins.rows, authority)
    named = _most_frequent(_spelled_out(joined.rows, "name", "number"), "name", "number")
    actors = joined.rows.group_by("number").agg(
        pl.col("actor_kind").mode().min(),
        pl.col("article_id").min(),
        pl.col("base").min(),
        pl.col("entry").drop_nulls().min(),
        pl.col("pin").drop_nulls().min(),
        (pl.col("base").is_null() | pl.col("is_bare")).all().alias("is_bound"),
        pl.col("is_contested").any(),
    )
    ids = give_ids(actors.join(named, on="number", how="left"), authority, known.ids, pins.id_of)
    given = joined.rows.select("number").join(ids, on="number", how="left", maintain_order="left")
    return joined.rows.with_columns(given["actor_id"]), joined


def _describe(keyed: pl.DataFrame, authority: Authority) -> pl.DataFrame:
    """One row an actor: the most frequent name, kind and country; all other names, roles and authority ids, sorted."""
    actors = keyed.select("actor_id").unique().sort("actor_id")
    for column in ("name", "actor_kind", "country_code"):
        actors = actors.join(_most_frequent(_spelled_out(keyed, column), column), on="actor_id", how="left")
    names = keyed.select("actor_id", *_LISTS, "name").with_columns(aliases=pl.concat_list("aliases", "name"))
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
        .with_columns(aliases=_without_name())
        .select("actor_id", "name", "actor_kind", "aliases", "country_code", "roles", "authority_ids")
        .sort("actor_id")
    )


def _spelled_out(keyed: pl.DataFrame, column: str, key: str = "actor_id") -> pl.DataFrame:
    """`key` and a column of the rows that name an actor in full, where there are some: no acronym, no initial."""
    is_short = pl.col("is_acronym") | (
        pl.col("actor_kind").is_in(sorted(PERSONS)) & (pl.col("words").list.first().str.len_chars() == 1)
    )
    told = keyed.lazy().with_columns(is_short=is_short).select(key, column, "is_short")
    return told.filter(~pl.col("is_short") | pl.col("is_short").all().over(key)).drop("is_short").collect()


def _without_name() -> pl.Expr:
    return pl.col("aliases").list.set_difference(pl.concat_list("name")).list.sort()


def _rename(actors: pl.DataFrame, keyed: pl.DataFrame, pins: Pins, decisions: Decisions) -> pl.DataFrame:
    """Actors under the names that people gave them; the former name is an alias."""
    ids = dict(keyed.select("row", "actor_id").iter_rows()) if decisions.of_kind(RENAME) else {}
    names = {ids[row]: line.other for line in decisions.of_kind(RENAME) for row in pins.rows_of[line.actor][:1]}
    if not names:
        return actors
    given = pl.DataFrame({"actor_id": list(names), "given": list(names.values())})
    return (
        actors.join(given, on="actor_id", how="left")
        .with_columns(
            aliases=pl.when(pl.col("given").is_not_null()).then(pl.concat_list("aliases", "name")).otherwise("aliases"),
            name=pl.coalesce("given", "name"),
        )
        .with_columns(aliases=_without_name())
        .drop("given")
        .sort("actor_id")
    )


def _unmet(pins: Pins, decisions: Decisions) -> pl.DataFrame:
    """Decisions about actors that this build does not hold, as rows of links."""
    lines = [line for line in decisions.lines if line.line in pins.unmet]
    rows = [(UNMET, "", d.actor, "", "", d.other, "", f"{decisions.where}:{d.line}: {d.decision}") for d in lines]
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String()), orient="row")


def _most_frequent(keyed: pl.DataFrame, column: str, key: str = "actor_id") -> pl.DataFrame:
    """The value that most articles give; of equally frequent ones the longest, then the first in the alphabet."""
    return (
        keyed.lazy()
        .drop_nulls(column)
        .group_by(key, column)
        .len()
        .sort(key, "len", pl.col(column).str.len_chars(), column, descending=[False, True, True, False])
        .unique(key, keep="first", maintain_order=True)
        .select(key, column)
        .collect()
    )


def _union(keyed: pl.DataFrame, column: str) -> pl.DataFrame:
    """All values of a list column, each once, sorted."""
    rows = keyed.lazy().select("actor_id", column)
    values = rows.explode(column).drop_nulls(column).unique().sort("actor_id", column)
    lists = values.group_by("actor_id", maintain_order=True).agg(column)
    every = rows.select("actor_id").unique().join(lists, on="actor_id", how="left")
    return every.with_columns(pl.col(column).fill_null(pl.lit([], dtype=pl.List(pl.String)))).collect()
