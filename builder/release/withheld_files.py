"""What lies beside a release's tables where words are withheld: `withheld.json`, and `ids.csv` without them.

Imports `withhold`, `recipes`, `builder.resolve.ids`. `links.csv`, which is about names, is left out.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from builder.publish.manifest import render_json
from builder.release.recipes import follow_recipe, write_recipe
from builder.release.withhold import Withheld
from builder.resolve.ids import COLUMNS, parse_ids, render_ids
from builder.resolve.ids import NAME as IDS

WITHHELD = "withheld.json"

Tables = Mapping[str, pl.DataFrame]


def withhold_files(beside: Mapping[str, str], full: Tables, withheld: Withheld) -> dict[str, str]:
    """The texts of `withheld.json` and `ids.csv` of a release, from those beside the build with the `full` tables."""
    kept, hidden = _part_ids(parse_ids(beside[IDS].encode("utf-8"), IDS), full, withheld)
    names = {
        "actors": {actor: dict(columns) for actor, columns in withheld.actors.items()},
        "ids": hidden,
    }
    return {IDS: render_ids(kept), WITHHELD: render_json(names)}


def restore_ids(ids: str, hidden: list[dict[str, Any]], texts: Mapping[str, str], known: Mapping[str, str]) -> str:
    """The whole `ids.csv` of the build; `known` are the build's own ids of actors by the release's.

    Rows of articles that the build had no longer are not restored: nobody's text holds their names.
    """
    rows = [
        (row["article_id"], row["actor_kind"], follow_recipe(row["name"], texts), row["actor_id"]) for row in hidden
    ]
    kept = parse_ids(ids.encode("utf-8"), IDS)
    restored = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    return render_ids(pl.concat([kept, restored]).with_columns(pl.col("actor_id").replace(dict(known))))


def _part_ids(ids: pl.DataFrame, full: Tables, withheld: Withheld) -> tuple[pl.DataFrame, list[dict[str, Any]]]:
    """The rows of `ids.csv` whose names may be shown, and the others with recipes in place of names."""
    texts = dict(full["articles"].select("article_id", "text").iter_rows())
    shown_texts = withheld.tables["articles"].select("article_id", "text")
    published = {article for article, text in shown_texts.iter_rows() if text is not None}
    actors = withheld.tables["actors"].select("actor_id", "name", "aliases").iter_rows()
    shown = {actor: {name, *aliases} for actor, name, aliases in actors}
    kept, hidden = [], []
    renamed = ids.with_columns(pl.col("actor_id").replace(dict(withheld.ids)))
    for article, kind, name, actor in renamed.select(COLUMNS).iter_rows():
        if article in published or name in shown.get(actor, ()):
            kept.append((article, kind, name, actor))
        elif article in texts:
            recipe = write_recipe(name, {article: texts[article]})
            hidden.append({"article_id": article, "actor_kind": kind, "name": recipe, "actor_id": actor})
    return pl.DataFrame(kept, schema=dict.fromkeys(COLUMNS, pl.String), orient="row"), hidden
