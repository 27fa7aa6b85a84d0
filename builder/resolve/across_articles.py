"""Which actors of different articles are one. Imports this folder's leaves, `builder.bins`, `builder.ranges`.

An authority's entry links by its id. Names link where nothing that articles say of them conflicts; where something
does, by what they have in common: titles and roles, country, who else the articles name, dates, the collection. Names
that are only alike (spellings, changed and double names, acronyms) need more of that. A last name alone, what is
unnamed, a group, a document stay with their article. Ids of the last release and people's decisions come before all of
this. Nothing depends on the order of the articles.

Actors of all articles are longer than memory. They are gathered some articles at a time; what linking looks at is kept
of those who may be in other articles (`encoded`); then each is given its id, again some articles at a time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from builder.bins import Bins
from builder.ranges import Ranges, ranges_of_hashes
from builder.resolve.authority import Authority
from builder.resolve.decisions import RENAME, Decisions
from builder.resolve.describing import most_frequent, spelled_out
from builder.resolve.encoded import Encoded, encode, encoded_together, new_strings
from builder.resolve.gathering import gather_rows
from builder.resolve.ids import ARTICLE, no_ids
from builder.resolve.joining import Joined, join_rows
from builder.resolve.links import GATHERED, Links, file_actors, file_links, sort_links
from builder.resolve.naming import give_ids, short_hash
from builder.resolve.pins import Pins, add_previous, pin_rows
from builder.resolve.reasons import COLUMNS, UNMET, explain_links


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before actors are linked.

    The ids of the last release (see `ids`), people's decisions, and the country of each collection that has one.
    """

    ids: pl.DataFrame = field(default_factory=no_ids)
    decisions: Decisions = field(default_factory=Decisions)
    homes: Mapping[str, str] = field(default_factory=dict)


def link_actors(
    local_actors: pl.DataFrame | Iterable[pl.DataFrame],
    authority: Authority,
    known: Known | None = None,
    bins: Bins | None = None,
    n_bins: int = 1,
) -> Links:
    """Actors of all articles out of the actors of each.

    `local_actors`, a frame or one piece of it and more: article_id, collection_id, local, name, actor_kind, aliases,
    country_code, roles, authority_ids, entry, published_date. `bins` hold what waits, in `n_bins` stretches: they bound
    the memory and change no row. Raises SettingsError where decisions contradict what the articles show.
    """
    known, bins = known or Known(), bins or Bins()
    articles = ranges_of_hashes(ARTICLE, n_bins)
    pieces = [local_actors] if isinstance(local_actors, pl.DataFrame) else local_actors
    encoded = _gather(pieces, articles, authority, known, bins)
    pins = pin_rows(encoded.rows, known.decisions, _ids_without_decisions(encoded, authority, known))
    keyed, joined = _join_and_name(pins, encoded, authority, known)
    ids = pl.select(row=pl.int_range(encoded.n_rows, dtype=pl.UInt32)).join(
        keyed.select("row", "actor_id"), on="row", how="left", maintain_order="left"
    )["actor_id"]
    actors = file_actors(bins, len(articles), ids, authority, _new_names(keyed, pins, known.decisions))
    for reasons in (*explain_links(joined, keyed), _unmet(pins, known.decisions)):
        file_links(bins, actors, reasons)
    sort_links(bins)
    return Links(bins, actors)


def _gather(
    pieces: Iterable[pl.DataFrame], articles: Ranges, authority: Authority, known: Known, bins: Bins
) -> Encoded:
    """The rows that may be linked; all rows go to `bins`, in the order of their articles, for what comes after."""
    schema = _split(pieces, articles, bins)
    articles.file(bins, "ids before", known.ids, "article_id")
    strings, parts, n_rows = new_strings(), [], 0
    for number in range(len(articles)):
        local = bins.get("local actors", number, schema)
        gathered = add_previous(
            gather_rows(local, authority, known.homes, n_rows), bins.get("ids before", number, known.ids.schema)
        )
        bins.add("gathered", number, gathered.select(GATHERED.names()).cast(GATHERED))
        parts.append(encode(gathered, _is_decided_about(gathered, known.decisions), strings))
        n_rows += gathered.height
    bins.drop("local actors")
    return encoded_together(parts)


def _split(pieces: Iterable[pl.DataFrame], articles: Ranges, bins: Bins) -> pl.Schema:
    """Put local actors into the stretches of their articles; their schema."""
    schema = pl.Schema()
    for piece in pieces:
        schema = piece.schema
        articles.file(bins, "local actors", piece, "article_id")
    return schema


def _is_decided_about(rows: pl.DataFrame, decisions: Decisions) -> pl.Series:
    """Whether decisions name a row's article, or an actor that stays with it."""
    named = {ref for line in decisions.lines for ref in (line.actor, line.other)}
    articles, hashes = {ref.partition("#")[0] for ref in named if "#" in ref}, {ref[-12:] for ref in named}
    different = rows["article_id"].unique().to_list() if named else []
    found = [article for article in different if article in articles or short_hash(article) in hashes]
    return rows["article_id"].is_in(found)


def _ids_without_decisions(encoded: Encoded, authority: Authority, known: Known) -> dict[str, tuple[int, ...]]:
    """The rows of each id that a decision names and that neither ids.csv nor the authority gives."""
    rows = encoded.rows
    named = {ref for line in known.decisions.lines for ref in (line.actor, line.other) if "#" not in ref}
    given = {*rows["previous"].drop_nulls().unique(), *rows["entry"].drop_nulls().unique()} if named else set()
    if not named - given:
        return {}
    keyed, _ = _join_and_name(pin_rows(rows, Decisions(), {}), encoded, authority, known)
    found = keyed.filter(pl.col("actor_id").is_in(sorted(named - given))).group_by("actor_id").agg(pl.col("row").sort())
    return {actor_id: tuple(numbers) for actor_id, numbers in found.iter_rows()}


def _join_and_name(pins: Pins, encoded: Encoded, authority: Authority, known: Known) -> tuple[pl.DataFrame, Joined]:
    """The rows with their actors' ids."""
    joined = join_rows(replace(encoded, rows=pins.rows), authority)
    named = most_frequent(spelled_out(joined.rows, "name", "number"), "name", "number")
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
    return joined.rows.with_columns(given["actor_id"].cast(pins.rows.schema["name"])), joined


def _new_names(keyed: pl.DataFrame, pins: Pins, decisions: Decisions) -> dict[str, str]:
    """{actor_id: the name that people gave it}."""
    renamed = decisions.of_kind(RENAME)
    wanted = {row for line in renamed for row in pins.rows_of[line.actor][:1]}
    ids = dict(keyed.filter(pl.col("row").is_in(sorted(wanted))).select("row", "actor_id").iter_rows())
    return {ids[row]: line.other for line in renamed for row in pins.rows_of[line.actor][:1]}


def _unmet(pins: Pins, decisions: Decisions) -> pl.DataFrame:
    """Decisions about actors that this build does not hold, as rows of links."""
    lines = [line for line in decisions.lines if line.line in pins.unmet]
    rows = [(UNMET, "", d.actor, "", "", d.other, "", f"{decisions.where}:{d.line}: {d.decision}") for d in lines]
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String()), orient="row")
