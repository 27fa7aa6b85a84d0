"""report: a build's tables to a folder of pages. Imports the leaves, `builder.publish.folder`, errors and schemas.

The folder needs no server and asks for nothing outside itself. It is whole or not there, and the same bytes each time.
"""

import gc
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from builder.errors import OutputError
from builder.publish.folder import writing_aside
from builder.report.actors import gather_voices, list_actors, render_actors
from builder.report.articles import list_articles, render_articles
from builder.report.entries import gather_entries
from builder.report.overview import make_overview
from builder.report.render import render_csv, render_page
from builder.report.search import make_index
from builder.report.site import Site, address_actors, anchor_actors, name_article
from schemas.vocabulary import CLAIM_KINDS, QUOTE_TYPES

MARK = "onrecord-report.json"
FORMAT = "onrecord-report/1"
ASSETS = ("report.css", "report.js")
FOLDERS = ("actors", "articles", "search", "tables")
PAGES = ("index.html", "search.html")
MOST = 31  # rows of a table on the first page; the CSV file has all


def report(tables: Mapping[str, pl.DataFrame], title: str, manifest: Mapping[str, Any], out: Path) -> int:
    """Write the site of a build into the folder `out`; return how many files it has.

    Raise OutputError, touching nothing, where `out` holds anything but an older report.
    """
    check_replaceable(out)
    n_files = 0
    with writing_aside(out) as folder:
        check_replaceable(out)  # again, now that no other run can write to it
        for name in FOLDERS:
            (folder / name).mkdir()
        with _no_cycle_search():
            for address, text in _render(tables, make_site(tables, title, manifest)):
                (folder / address).write_bytes(text.encode("utf-8"))
                n_files += 1
    return n_files


@contextmanager
def _no_cycle_search() -> Iterator[None]:
    """Keep Python from looking for cycles among millions of live rows again and again: a quarter of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def make_site(tables: Mapping[str, pl.DataFrame], title: str, manifest: Mapping[str, Any]) -> Site:
    """Who and what the tables' ids are, and where their pages lie."""
    actors = tables["actors"].to_dicts()
    pages = address_actors(actors)
    articles = {row["article_id"]: row for row in tables["articles"].drop("text").sort("article_id").to_dicts()}
    days = tables["articles"].select("article_id", pl.col("published_at").dt.date()).iter_rows()
    version = manifest["version"]
    return Site(
        title=title,
        version=f"version {version}, released on {manifest['released_on']}" if version else "unreleased build",
        fingerprint=manifest["fingerprint"],
        made_by=f"{manifest['package']['name']} {manifest['package']['version']}",
        articles=articles,
        actors={row["actor_id"]: row for row in actors},
        actor_pages=pages,
        anchors=anchor_actors(actors, pages),
        days={article: day.isoformat() if day else "" for article, day in days},
        headlines={article: escape(name_article(row)) for article, row in articles.items()},
        collections=dict(tables["collections"].select("collection_id", "title").iter_rows()),
        private=tuple(find_private(tables)),
    )


def find_private(tables: Mapping[str, pl.DataFrame]) -> list[str]:
    """Titles of the collections whose texts the tables hold and which may not be passed on: an unreleased build's."""
    shown = tables["articles"].filter(pl.col("text").is_not_null())["collection_id"].unique().to_list()
    private = tables["collections"].filter(~pl.col("text_may_be_published") & pl.col("collection_id").is_in(shown))
    return private["title"].to_list()


def _render(tables: Mapping[str, pl.DataFrame], site: Site) -> Iterator[tuple[str, str]]:
    """Every file of the site as (address, text)."""
    for name in ASSETS:
        yield name, files("builder.report").joinpath("assets", name).read_text("utf-8")
    yield MARK, json.dumps({"format": FORMAT, "fingerprint": site.fingerprint}, indent=2) + "\n"
    yield from _render_overview(tables, site)
    yield (
        "search.html",
        render_page("search.html.j2", site=site, up="", kinds=list(CLAIM_KINDS), types=list(QUOTE_TYPES)),
    )
    entries = gather_entries(tables["quotes"].iter_rows(named=True), tables["claims"].iter_rows(named=True))
    yield from list_articles(entries, site)
    yield from list_actors(site)
    yield from make_index(entries, site)
    yield from render_articles(tables["articles"].sort("article_id").iter_rows(named=True), entries, site)
    yield from render_actors(gather_voices(entries), site)


def _render_overview(tables: Mapping[str, pl.DataFrame], site: Site) -> Iterator[tuple[str, str]]:
    shown = make_overview(tables, site)
    sums = {name: tables[name].height for name in ("articles", "quotes", "claims", "actors")}
    yield "index.html", render_page("index.html.j2", site=site, up="", tables=shown, sums=sums, most=MOST)
    for table in shown:
        yield f"tables/{table.key}.csv", render_csv(table.frame)


def check_replaceable(out: Path) -> None:
    """Raise OutputError unless `out` is free, empty, or a report with nothing else in it."""
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError(f"{out}: is a file; expected a folder or nothing. Choose another --out, or move it away")
    names = sorted(path.name for path in out.iterdir())
    if names and MARK not in names:
        raise OutputError(
            f"{out}: holds files and is no report of onrecord ({MARK} is missing); nothing was touched. "
            "Choose another --out, or move it away"
        )
    others = [name for name in names if name not in {MARK, *ASSETS, *FOLDERS, *PAGES}]
    if others:
        raise OutputError(
            f"{out}: beside the report it holds {', '.join(others[:3])}{' …' if others[3:] else ''}, which replacing "
            "the report would delete; nothing was touched. Move them away, or choose another --out"
        )
