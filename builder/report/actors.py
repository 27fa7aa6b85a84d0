"""The pages of actors, and the list of them. Imports leaves of report and the schemas."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl
from markupsafe import Markup

from builder.report.charts import choose_unit, count_tallest, draw_columns, list_periods, name_period
from builder.report.entries import Entry
from builder.report.render import render_csv, render_page
from builder.report.rows import draw_actor
from builder.report.site import ROWS, SHARING, Site, paged, pages_of
from schemas.derive import polars_schema

LIST = "actors/list.html"
SHARED = "actors/shared.html"
SHOWN = 50  # claims on one page of an actor
TOP = 20  # targets, kinds, quoting publishers


@dataclass(frozen=True, slots=True)
class Voice:
    """What an actor has said, and what was said of it, in the order of articles' ids."""

    said: list[Entry] = field(default_factory=list)
    about: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Profile:
    """What an actor's page shows beside the entries: the most frequent of each with how often."""

    row: Mapping[str, Any]
    kinds: list[tuple[str, int]]
    targets: list[tuple[str, int]]
    quoted_by: list[tuple[str, int]]
    timeline: Markup | None
    axis: tuple[str, ...]
    unit: str
    tallest: int


def gather_voices(entries: Mapping[str, Sequence[Entry]]) -> dict[str, Voice]:
    """What every actor said and what was said of it."""
    voices: dict[str, Voice] = defaultdict(Voice)
    for of_article in entries.values():
        for entry in of_article:
            for actor in entry.speakers:
                voices[actor].said.append(entry)
            for actor in entry.targets:
                voices[actor].about.append(entry)
    return voices


def render_actors(voices: Mapping[str, Voice], site: Site) -> Iterator[tuple[str, str]]:
    """Every actor's pages as (address, HTML): own ones, then those shared by actors of one article."""
    shared: dict[str, list[Markup]] = defaultdict(list)
    for actor, address in site.actor_pages.items():
        voice = _by_day(voices.get(actor, Voice()), site)
        if "#" in address:
            sections = shared[address.partition("#")[0]]
            sections.append(draw_actor(len(sections) + 1, site.actors[actor], voice.said, voice.about, site))
            continue
        profile = _profile(site.actors[actor], voice, site)
        pages = pages_of(max(len(voice.said), len(voice.about)), SHOWN)
        for page in range(1, pages + 1):
            part = slice((page - 1) * SHOWN, page * SHOWN)
            shown = Voice(voice.said[part], voice.about[part])
            yield (
                paged(address, page),
                render_page(
                    "actor.html.j2",
                    site=site,
                    up="../",
                    profile=profile,
                    voice=shown,
                    said=len(voice.said),
                    about=len(voice.about),
                    page=page,
                    pages=pages,
                    address=address,
                ),
            )
    for number, (address, sections) in enumerate(shared.items(), 1):
        yield (
            address,
            render_page(
                "shared.html.j2",
                site=site,
                up="../",
                sections=Markup("\n").join(sections),
                page=number,
                pages=len(shared),
                size=SHARING,
                address=SHARED,
            ),
        )


def _by_day(voice: Voice, site: Site) -> Voice:
    """The latest first, undated last."""
    return Voice(
        *(
            sorted(part, key=lambda entry: site.day(entry.article_id), reverse=True)
            for part in (voice.said, voice.about)
        )
    )


def _profile(row: Mapping[str, Any], voice: Voice, site: Site) -> Profile:
    timeline, axis, unit, tallest = _timeline(voice, site) if row["n_articles"] > 1 else (None, (), "", 0)
    return Profile(
        row=row,
        kinds=_most(kind for entry in voice.said for kind in entry.kinds),
        targets=_most(actor for entry in voice.said for actor in entry.targets),
        quoted_by=_most(_quoting(site.articles[entry.article_id], site) for entry in voice.said),
        timeline=timeline,
        axis=axis,
        unit=unit,
        tallest=tallest,
    )


def _most(values: Iterator[str]) -> list[tuple[str, int]]:
    counts = Counter(values)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:TOP]


def _quoting(article: Mapping[str, Any], site: Site) -> str:
    return str(article["publisher"] or site.collections[article["collection_id"]])


def _timeline(voice: Voice, site: Site) -> tuple[Markup | None, tuple[str, ...], str, int]:
    """What the actor said and what was said of it over time; nothing where no article is dated."""
    said, about = ([site.day(entry.article_id) for entry in part] for part in (voice.said, voice.about))
    days = sorted(date.fromisoformat(day) for day in {*said, *about} - {""})
    if not days:
        return None, (), "", 0
    unit = choose_unit(days[0], days[-1])
    periods = list_periods(days[0], days[-1], unit)
    series = []
    for part in (said, about):
        counts = Counter(name_period(date.fromisoformat(day), unit) for day in part if day)
        series.append([counts[period] for period in periods])
    axis = tuple(dict.fromkeys((periods[0], periods[-1])))
    return draw_columns(periods, series), axis, unit, count_tallest(series)


def list_actors(site: Site) -> Iterator[tuple[str, str]]:
    """The list of all actors in pages, the most quoted first, and as CSV."""
    rows = sorted(
        site.actors.values(), key=lambda row: (-row["n_quotes"], -row["n_articles"], row["name"], row["actor_id"])
    )
    pages = pages_of(len(rows))
    for page in range(1, pages + 1):
        shown = [(row, site.actor_pages[row["actor_id"]]) for row in rows[(page - 1) * ROWS : page * ROWS]]
        yield (
            paged(LIST, page),
            render_page("actors.html.j2", site=site, up="../", rows=shown, page=page, pages=pages, address=LIST),
        )
    yield "tables/actors.csv", render_csv(pl.DataFrame(rows, schema=dict(polars_schema("actors"))))
