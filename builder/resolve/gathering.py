"""The actors of all articles as rows that can be linked: folded names and what is said of them.

Imports `authority`, `evidence`, `folding`.
"""

from collections.abc import Mapping

import polars as pl

from builder.resolve.authority import Authority, Entry
from builder.resolve.evidence import describe_actors, read_role
from builder.resolve.folding import PERSONS, Folded, fold_name, sound
from builder.resolve.profiles import Profile


def gather_rows(
    local_actors: pl.DataFrame, authority: Authority, homes: Mapping[str, str], first: int = 0
) -> pl.DataFrame:
    """`local_actors` (see `link_actors`) of some articles numbered from `first` on and sorted, with what linking needs.

    Adds `row`, `base`, `full` (a person's folded name where it has more than two words), `suffix`,
    `is_acronym`, `is_short` (no name in full: an acronym, an initial), `about` (what the actor is as a feature of
    others), and the columns of `evidence.describe_actors`. `homes` is {collection: country}. A body whose name every
    state has one of ("Health Ministry") is of the one state that its article names, else of the collection's.
    """
    rows = local_actors.sort("article_id", "local").with_row_index("row", offset=first)
    key = ["actor_kind", "name"]
    folded = rows.select(key).join(_fold_names(rows), on=key, how="left", maintain_order="left").drop(key)
    rows = describe_actors(rows.hstack(folded), authority)
    return rows.with_columns(
        _place_generic(rows, homes),
        about=pl.coalesce(pl.format("entry:{}", "entry"), "sound", "base"),
        is_short=pl.col("is_acronym") | (pl.col("actor_kind").is_in(sorted(PERSONS)) & pl.col("is_initial")),
        office=pl.col("offices").list.join(","),
    ).drop("sound", "is_generic", "is_initial")


def _fold_names(rows: pl.DataFrame) -> pl.DataFrame:
    different = rows.select("actor_kind", "name").unique().sort("actor_kind", "name")
    folded = [fold_name(kind, name) for kind, name in different.iter_rows()]
    return different.with_columns(
        pl.Series("base", [name.base for name in folded], dtype=pl.String),
        pl.Series("is_initial", [_is_initial(name) for name in folded], dtype=pl.Boolean),
        pl.Series("full", _full_names(different["actor_kind"].to_list(), folded), dtype=pl.String),
        pl.Series("sound", [_sound(name) for name in folded], dtype=pl.String),
        pl.Series("suffix", [name.suffix for name in folded], dtype=pl.String),
        pl.Series("is_acronym", [name.is_acronym for name in folded], dtype=pl.Boolean),
        pl.Series("is_generic", [name.is_generic for name in folded], dtype=pl.Boolean),
    )


def _is_initial(name: Folded) -> bool | None:
    """Whether the first of a name's words is one letter; unknown without any."""
    return len(name.words[0]) == 1 if name.words else None


def _sound(name: Folded) -> str | None:
    """A person as others meet him, however he is spelled."""
    is_person = name.base is not None and name.base.startswith("person:")
    return f"person:{sound(name.words[0])} {sound(name.words[-1])}" if is_person else None


def _full_names(kinds: list[str], folded: list[Folded]) -> list[str | None]:
    return [
        " ".join(name.words) if kind in PERSONS and len(name.words) > 2 else None
        for kind, name in zip(kinds, folded, strict=True)
    ]


def _place_generic(rows: pl.DataFrame, homes: Mapping[str, str]) -> pl.Series:
    """The rows' `country`, where a body that every state has one of is given one."""
    states = (
        rows.select("article_id", "actor_kind", "country")
        .filter(pl.col("actor_kind") == "state")
        .group_by("article_id")
        .agg(pl.col("country").drop_nulls().unique())
        .filter(pl.col("country").list.len() == 1)
        .select("article_id", only_state=pl.col("country").list.first())
    )
    home = pl.DataFrame(
        {"collection_id": list(homes), "home": list(homes.values())},
        schema={"collection_id": pl.String(), "home": pl.String()},
    )
    inferred = pl.when(pl.col("is_generic") & (pl.col("actor_kind") == "organization")).then(
        pl.coalesce("only_state", "home")
    )
    return (
        rows.select("article_id", "collection_id", "actor_kind", "country", "is_generic")
        .join(states, on="article_id", how="left", maintain_order="left")
        .join(home, on="collection_id", how="left", maintain_order="left")
        .select(country=pl.coalesce("country", inferred))["country"]
    )


def entries_by_base(authority: Authority, kinds: frozenset[str]) -> dict[str, Entry]:
    """{base: entry} of the names that one entry of those kinds has; names that need a context are nobody's."""
    found: dict[str, dict[str, Entry]] = {}
    for entry in authority.entries:
        if entry.kind in kinds and not entry.context:
            for name in (entry.name, *entry.aliases):
                folded = fold_name(entry.kind, name)
                if folded.base and not folded.is_acronym:
                    found.setdefault(folded.base, {})[entry.id] = entry
    return {base: next(iter(entries.values())) for base, entries in found.items() if len(entries) == 1}


def profile_entry(number: int, entry: Entry, authority: Authority) -> Profile:
    """What the authority knows of an actor, as a profile."""
    roles = [read_role(role, authority) for role in entry.roles]
    fields = 0
    for role in roles:
        fields |= role.fields
    return Profile(
        number=number,
        kind=entry.kind,
        name=entry.name,
        article_id="",
        countries=frozenset({entry.country} if entry.country else ()),
        fields=fields,
        entries=frozenset({entry.id}),
    )
