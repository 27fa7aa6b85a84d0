"""The tables and pictures of the first page. Imports the schemas' vocabularies and leaves of report."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from markupsafe import Markup

from builder.report.charts import COLOURS, choose_unit, count_tallest, draw_columns, list_periods, name_period
from builder.report.site import Site
from schemas.vocabulary import CLAIM_KINDS, DROP_REASONS, QUOTE_TYPES, STAGES

TOP = 15  # actors on the first page
SOURCES = {
    "named": "at least one of the speakers has a name, or is a group or document",
    "unnamed": "all of the speakers are unnamed sources",
    "unresolved": "there is a source, but whom it stands for could not be told",
    "none": "the article gives no source",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table as shown and downloaded: its frame, and what may stand beside it.

    `key` names its CSV file. `links` are the addresses of the first column's cells, `bars` the column whose numbers
    are drawn, `meanings` what values of the first column mean, `picture` is drawn above it. `is_shaded`: the larger a
    number in its row, the stronger the colour that it stands on.
    """

    key: str
    title: str
    note: str
    frame: pl.DataFrame
    bars: str | None = None
    links: tuple[str, ...] = ()
    meanings: Mapping[str, str] | None = None
    picture: Markup | None = None
    legend: tuple[str, ...] = ()
    axis: tuple[str, ...] = ()
    tallest: int = 0
    largest: float = 0
    is_shaded: bool = False


def make_overview(tables: Mapping[str, pl.DataFrame], site: Site) -> list[Table]:
    """All tables of the first page, in its order."""
    articles, quotes, claims = tables["articles"], tables["quotes"], tables["claims"]
    return [
        _articles_over_time(articles, site),
        _by_collection(articles, quotes, claims, site),
        _counted("quote-types", "Quotes by type", quotes, "quote_type", "quotes", QUOTE_TYPES),
        _top_actors(tables["actors"], site),
        _counted("claim-kinds", "Claims by kind", claims, "claim_kind", "claims", CLAIM_KINDS),
        _kinds_by_actor(tables["actors"], claims, site),
        _sources(tables, site),
        _counted("languages", "Languages", articles, "language", "articles", {}),
        _dropped(tables["dropped"]),
    ]


def _counted(key: str, title: str, frame: pl.DataFrame, column: str, noun: str, meanings: Mapping[str, str]) -> Table:
    """How often each value stands, in the vocabulary's order, else the most frequent first."""
    counts = dict(frame.group_by(column).len().iter_rows())
    order = list(meanings) or sorted(counts, key=lambda value: (-counts[value], value))
    rows = pl.DataFrame(
        {column: order, noun: [counts.get(value, 0) for value in order]}, schema={column: pl.String, noun: pl.Int64}
    )
    total = max(frame.height, 1)
    shown = rows.with_columns(share=(pl.col(noun) / total).round(3))
    return Table(key, title, "", shown, bars=noun, meanings=meanings, largest=max(counts.values(), default=0))


def _articles_over_time(articles: pl.DataFrame, site: Site) -> Table:
    dated = articles.select("collection_id", day=pl.col("published_at").dt.date()).drop_nulls()
    undated = articles.height - dated.height
    note = f"{undated:,} articles without a date are not in it." if undated else ""
    names = _largest_collections(dated)
    if dated.is_empty():
        return Table("articles-over-time", "Articles over time", note, pl.DataFrame(schema={"day": pl.String}))
    days = sorted(dated["day"].to_list())
    first, last = days[0], days[-1]
    unit = choose_unit(first, last)
    periods = list_periods(first, last, unit)
    counts: dict[tuple[str, str], int] = {}
    for collection, day in dated.iter_rows():
        cell = (collection if collection in names else "others", name_period(day, unit))
        counts[cell] = counts.get(cell, 0) + 1
    series = {name: [counts.get((name, period), 0) for period in periods] for name in names}
    frame = pl.DataFrame({unit: periods, **series})
    axis = (periods[0], periods[len(periods) // 2], periods[-1]) if len(periods) > 2 else tuple(periods)
    return Table(
        "articles-over-time",
        f"Articles by {unit} and collection",
        note,
        frame.filter(pl.sum_horizontal(list(series)) > 0),
        picture=draw_columns(periods, list(series.values())),
        legend=tuple(site.collections.get(name, name) for name in names),
        axis=axis,
        tallest=count_tallest(list(series.values())),
    )


def _largest_collections(dated: pl.DataFrame) -> list[str]:
    """The collections that get a colour of their own, by size; `others` last where some get none."""
    counts = dict(dated.group_by("collection_id").len().iter_rows())
    names = sorted(counts, key=lambda name: (-counts[name], name))
    return names if len(names) <= COLOURS else [*names[: COLOURS - 1], "others"]


def _by_collection(articles: pl.DataFrame, quotes: pl.DataFrame, claims: pl.DataFrame, site: Site) -> Table:
    of_article = articles.select("article_id", "collection_id")
    per = [
        dict(frame.join(of_article, on="article_id").group_by("collection_id").len().iter_rows())
        for frame in (articles.select("article_id"), quotes.select("article_id"), claims.select("article_id"))
    ]
    names = list(site.collections)
    frame = pl.DataFrame(
        {
            "collection": [site.collections[name] for name in names],
            **{
                noun: pl.Series([count.get(name, 0) for name in names], dtype=pl.Int64)
                for noun, count in zip(("articles", "quotes", "claims"), per, strict=True)
            },
        }
    )
    return Table("collections", "Collections", "", frame, bars="articles", largest=max(per[0].values(), default=0))


def _most_quoted(actors: pl.DataFrame) -> pl.DataFrame:
    return actors.sort(["n_quotes", "n_articles", "actor_id"], descending=[True, True, False]).head(TOP)


def _top_actors(actors: pl.DataFrame, site: Site) -> Table:
    top = _most_quoted(actors)
    shown = top.select(actor="name", kind="actor_kind", quotes="n_quotes", claims="n_claims", articles="n_articles")
    links = tuple(site.actor_pages[actor] for actor in top["actor_id"])
    largest = max(top["n_quotes"].to_list(), default=0)
    return Table("top-actors", "Who is quoted most", "", shown, bars="quotes", links=links, largest=largest)


def _kinds_by_actor(actors: pl.DataFrame, claims: pl.DataFrame, site: Site) -> Table:
    """Kinds as columns, the most quoted actors as rows; kinds that none of them uses are left out."""
    top = _most_quoted(actors)["actor_id"].to_list()
    made = claims.select("claim_kind", actor=pl.col("claimant_ids")).explode("actor", empty_as_null=True)
    counts = {
        (actor, kind): number
        for actor, kind, number in made.filter(pl.col("actor").is_in(top))
        .group_by("actor", "claim_kind")
        .len()
        .iter_rows()
    }
    kinds = [kind for kind in CLAIM_KINDS if any((actor, kind) in counts for actor in top)]
    frame = pl.DataFrame(
        {
            "actor": pl.Series([site.name(actor) for actor in top], dtype=pl.String),
            **{kind: [counts.get((actor, kind), 0) for actor in top] for kind in kinds},
        }
    )
    links = tuple(site.actor_pages[actor] for actor in top)
    title, note = (
        "What those quoted most do with their claims",
        "The stronger the colour, the more of an actor’s claims.",
    )
    return Table("claim-kinds-by-actor", title, note if kinds else "", frame, links=links, is_shaded=True)


def _sources(tables: Mapping[str, pl.DataFrame], site: Site) -> Table:
    """How sources are given, by collection."""
    unnamed = tables["actors"].filter(pl.col("actor_kind") == "unnamed")["actor_id"].to_list()
    kind = (
        pl.when(pl.col("speaker_resolution").is_in(["unresolved", "none"]))
        .then("speaker_resolution")
        .when(pl.col("speaker_ids").list.set_difference(pl.lit(unnamed, dtype=pl.List(pl.String))).list.len() == 0)
        .then(pl.lit("unnamed"))
        .otherwise(pl.lit("named"))
    )
    given = (
        tables["quotes"]
        .join(tables["articles"].select("article_id", "collection_id"), on="article_id")
        .select("collection_id", kind=kind)
        .group_by("collection_id", "kind")
        .len()
    )
    counts = {(collection, kind): number for collection, kind, number in given.iter_rows()}
    names = list(site.collections)
    totals = [sum(counts.get((name, kind), 0) for kind in SOURCES) for name in names]
    columns = {kind: [counts.get((name, kind), 0) for name in names] for kind in SOURCES}
    frame = pl.DataFrame(
        {
            "collection": pl.Series([site.collections[name] for name in names], dtype=pl.String),
            **{kind: pl.Series(values, dtype=pl.Int64) for kind, values in columns.items()},
            "share unnamed": pl.Series(
                [
                    round(part / total, 3) if total else None
                    for part, total in zip(columns["unnamed"], totals, strict=True)
                ],
                dtype=pl.Float64,
            ),
        }
    )
    everywhere = sum(columns["unnamed"]) / max(sum(totals), 1)
    note = f"{everywhere:.1%} of all quotes are of unnamed sources. " + "; ".join(
        f"{kind}: {meaning}" for kind, meaning in SOURCES.items()
    )
    return Table("sources", "Named and unnamed sources", note + ".", frame, bars="share unnamed", largest=1)


def _dropped(dropped: pl.DataFrame) -> Table:
    order = {value: at for at, value in enumerate([*STAGES])}
    counts = sorted(
        dropped.group_by("reason", "stage", "collection_id").len().iter_rows(),
        key=lambda row: (order[row[1]], row[0], row[2]),
    )
    frame = pl.DataFrame(
        counts,
        schema={"reason": pl.String, "stage": pl.String, "collection": pl.String, "items": pl.Int64},
        orient="row",
    )
    note = "" if counts else "Nothing was dropped."
    return Table("dropped", "What was dropped, and why", note, frame, meanings=DROP_REASONS)
