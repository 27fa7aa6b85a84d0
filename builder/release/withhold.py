"""Which words of articles a release shows, where their text may not be passed on. Imports `allowance`, `recipes`.

Ids, spans, hashes, labels and what a person set (locators, addresses, publishers) stay. Words are shown as far as the
collection's `quotable` characters an article go, over all tables together; first headlines, then actors' names, the
most mentioned first, then quotes, sources and cues, claims, other names and roles, bylines, mentions. What is shown of
an article counts for its copies as well, and an actor's name in every article that the actor appears in. A text that
does not fit is null, a list loses the item, a name becomes the actor's id. Where a collection states no limit, nothing
may be shown.

The id of an actor who has no name of his own is made of the article's words (`unnamed/a-senior-official-…`): such an id
is replaced by one without words, the same in every release.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from builder.read.withdrawn import REASON as WITHDRAWN
from builder.release.allowance import Allowance, show
from builder.release.recipes import Recipe, write_recipe
from schemas.counts import appearances
from schemas.derive import polars_schema
from schemas.order import sort_table

Tables = Mapping[str, pl.DataFrame]

# (table, column, its spans), in the order in which they are shown.
_TEXTS = (
    ("quotes", "text", "content_spans"),
    ("quotes", "source_text", "source_spans"),
    ("quotes", "cue_text", "cue_spans"),
    ("claims", "text", "spans"),
)
ACTOR_COLUMNS = {
    "quotes": ("speaker_ids",),
    "claims": ("claimant_ids", "target_ids"),
    "mentions": ("actor_id",),
    "actors": ("actor_id",),
}
# An actor who stays with an article: its words, and the hash of the article's id.
_BOUND = re.compile(r"(?P<kind>[a-z]+)/.*-(?P<article>[0-9a-f]{12})(?:-\d+)?")


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a release shows: the tables; {actor id: {column: recipes of what it holds}} for what it does not; and the
    new ids of actors by the old ones.
    """

    tables: dict[str, pl.DataFrame]
    actors: Mapping[str, Mapping[str, list[Recipe]]]
    ids: Mapping[str, str]


def withhold(tables: Tables) -> Withheld | None:
    """The tables as they may be passed on; None where every collection's text may be."""
    withheld = tables["collections"].filter(~pl.col("text_may_be_published"))
    if withheld.is_empty():
        return None
    limits = dict(withheld.select("collection_id", pl.col("quotable").fill_null(0)).iter_rows())
    work = _Work(tables, limits)
    headlines = work.show_headlines()
    names = work.show_names()
    texts = {(table, column): work.show_texts(table, column, spans) for table, column, spans in _TEXTS}
    lists = {column: work.show_lists(column) for column in ("aliases", "roles")}
    bylines = work.show_bylines()
    texts["mentions", "text"] = work.show_mentions()
    changed = dict(tables) | {
        "articles": tables["articles"].with_columns(
            title=headlines,
            authors=bylines,
            text=pl.when(pl.col("collection_id").is_in(list(limits))).then(None).otherwise(pl.col("text")),
        ),
        "actors": tables["actors"].with_columns(names, *(lists[column] for column in lists)),
        "dropped": _without_details(tables["dropped"], limits),
    }
    for (table, column), values in texts.items():
        changed[table] = changed[table].with_columns(values.alias(column))
    recipes = work.recipes(changed["actors"])
    ids = work.masked_ids()
    shown = replace_ids(changed, ids)
    return Withheld(shown, {ids.get(actor, actor): recipe for actor, recipe in recipes.items()}, ids)


def replace_ids(tables: Tables, ids: Mapping[str, str]) -> dict[str, pl.DataFrame]:
    """The tables with other ids of actors, in their order again."""
    replaced = dict(tables)
    for table, columns in ACTOR_COLUMNS.items():
        for column in columns:
            cell = pl.element() if isinstance(tables[table].schema[column], pl.List) else pl.col(column)
            new = cell.replace(list(ids), list(ids.values()))
            value = pl.col(column).list.eval(new) if isinstance(tables[table].schema[column], pl.List) else new
            replaced[table] = replaced[table].with_columns(value.alias(column))
    replaced["actors"] = sort_table("actors", replaced["actors"], replaced["articles"])
    return {name: frame.cast(dict(polars_schema(name))) for name, frame in replaced.items()}  # type: ignore[arg-type]


class _Work:
    """The tables, what may still be shown of each withheld article, and where each actor appears among them."""

    def __init__(self, tables: Tables, limits: Mapping[str, int]) -> None:
        self.tables = tables
        articles = tables["articles"].filter(pl.col("collection_id").is_in(list(limits)))
        self.allowances = {
            article: Allowance(text, limits[collection])
            for article, collection, text in articles.select("article_id", "collection_id", "text").iter_rows()
        }
        clusters = articles.group_by("duplicate_cluster_id", maintain_order=True).agg("article_id")["article_id"]
        self.copies = {article: copies for copies in clusters.to_list() for article in copies}
        pairs = pl.concat(
            appearances(tables[table], column).select("actor_id", "article_id")
            for table, columns in ACTOR_COLUMNS.items()
            if table != "actors"
            for column in columns
        ).unique(maintain_order=True)
        self.everywhere = dict(pairs.group_by("actor_id", maintain_order=True).agg("article_id").iter_rows())
        self.among = {
            actor: [article for article in self.allowances if article in set(found)]
            for actor, found in self.everywhere.items()
            if any(article in self.allowances for article in found)
        }

    def show_headlines(self) -> pl.Series:
        rows = self.tables["articles"].select("article_id", "title").iter_rows()
        return pl.Series("title", [(self._beside(article, [title]) and title) or None for article, title in rows])

    def show_bylines(self) -> pl.Series:
        rows = self.tables["articles"].select("article_id", "authors").iter_rows()
        values = [names if self._beside(article, names) else [] for article, names in rows]
        return pl.Series("authors", values, dtype=pl.List(pl.String))

    def _beside(self, article: str, words: list[str | None]) -> bool:
        """Whether a headline or byline, which stands beside the text, may be shown."""
        present = [one for one in words if one]
        if article not in self.allowances or not present:
            return True
        return show(self.allowances, self.copies[article], present, beside={article: sum(map(len, present))})

    def show_names(self) -> pl.Series:
        rows = self.tables["actors"].select("actor_id", "name", "n_mentions")
        order = rows.sort("n_mentions", "actor_id", descending=[True, False])
        shown = {actor for actor, name, _ in order.iter_rows() if self._show_of_actor(actor, name)}
        ids = self.masked_ids()
        values = [name if actor in shown else ids.get(actor, actor) for actor, name, _ in rows.iter_rows()]
        return pl.Series("name", values)

    def show_lists(self, column: str) -> pl.Series:
        rows = self.tables["actors"].select("actor_id", column).iter_rows()
        values = [[item for item in items if self._show_of_actor(actor, item)] for actor, items in rows]
        return pl.Series(column, values, dtype=pl.List(pl.String))

    def _show_of_actor(self, actor: str, words: str) -> bool:
        return show(self.allowances, self.among.get(actor, []), [words])

    def show_texts(self, table: str, column: str, spans: str) -> pl.Series:
        rows = self.tables[table].select("article_id", column, spans).iter_rows()
        values = [
            words if self._show_text(article, words, [(span["start"], span["end"]) for span in places]) else None
            for article, words, places in rows
        ]
        return pl.Series(column, values, dtype=pl.String)

    def show_mentions(self) -> pl.Series:
        rows = self.tables["mentions"].select("article_id", "text", "start", "end").iter_rows()
        values = [
            words if self._show_text(article, words, [(start, end)]) else None for article, words, start, end in rows
        ]
        return pl.Series("text", values, dtype=pl.String)

    def _show_text(self, article: str, words: str | None, spans: list[tuple[int, int]]) -> bool:
        if article not in self.allowances or words is None:
            return True
        text = self.allowances[article].text
        pieces = [text[start:end] for start, end in spans]
        return show(self.allowances, self.copies[article], pieces, own=(article, spans))

    def masked_ids(self) -> dict[str, str]:
        """New ids of the actors who have no name of their own and appear in withheld articles only."""
        masked = {}
        for actor, articles in self.everywhere.items():
            match = _BOUND.fullmatch(actor)
            if match and all(article in self.allowances for article in articles):
                tail = hashlib.sha256(actor.encode("utf-8")).hexdigest()[:8]
                masked[actor] = f"{match['kind']}/x-{match['article']}-{tail}"
        return masked

    def recipes(self, shown: pl.DataFrame) -> dict[str, dict[str, list[Recipe]]]:
        """For every actor of whom something is not shown: recipes of its whole name, aliases, roles and id."""
        masked = self.masked_ids()
        columns = ["actor_id", "name", "aliases", "roles"]
        found = {}
        pairs = zip(self.tables["actors"].select(columns).iter_rows(), shown.select(columns).iter_rows(), strict=True)
        for full, left in pairs:
            hidden = {
                column: full[at] if isinstance(full[at], list) else [full[at]]
                for at, column in enumerate(columns)
                if full[at] != left[at] or (column == "actor_id" and full[0] in masked)
            }
            if hidden:
                texts = {article: self.allowances[article].text for article in self.among[full[0]]}
                found[full[0]] = {
                    column: [write_recipe(item, texts) for item in items] for column, items in hidden.items()
                }
        return found


def _without_details(dropped: pl.DataFrame, limits: Mapping[str, int]) -> pl.DataFrame:
    """The details of what was dropped, as far as the characters go of whatever stood at that place."""
    left: dict[tuple[str, str, str], int] = {}
    values = []
    for row in dropped.iter_rows(named=True):
        detail = row["detail"]
        if row["collection_id"] in limits and row["reason"] != WITHDRAWN and detail is not None:
            place = (row["collection_id"], row["raw_path"], row["place"])
            remaining = left.setdefault(place, limits[row["collection_id"]])
            if len(detail) > remaining:
                detail = None
            else:
                left[place] = remaining - len(detail)
        values.append(detail)
    return dropped.with_columns(pl.Series("detail", values, dtype=pl.String))
