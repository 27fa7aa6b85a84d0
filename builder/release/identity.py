"""Who became whom: actors and claim groups that merged, split or got another id, and ids that changed their meaning.

Imports `rows`. What carries an id from one release to the next are the rows that both have: a mention, a quote or a
claim that pointed to one actor and points to another now.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

import polars as pl

from builder.release.rows import CHANGES_SCHEMA, as_json

Tables = Mapping[str, pl.DataFrame]

# Where a row stands: what is at one place of an unchanged text is the same thing, whatever its id.
_PLACES = {
    "quotes": ("quote_id", ("content_spans",)),
    "claims": ("claim_id", ("spans",)),
    "mentions": ("mention_id", ("start", "end")),
}


def compare_identities(before: Tables, after: Tables) -> pl.DataFrame:
    """Merges, splits, renamings and changed ids, in the shape of `changes`."""
    rows = [
        *_follow("actors", _actor_references(before), _actor_references(after)),
        *_changed_actors(before, after),
        *_follow("claims", _group_references(before), _group_references(after)),
        *_changed_articles(before["articles"], after["articles"]),
        *(row for table in _PLACES for row in _changed_places(table, before, after)),
    ]
    return pl.DataFrame(rows, schema=CHANGES_SCHEMA, orient="row")


Row = tuple[str, str, str, str | None, str | None, str | None]
Pairs = dict[str, dict[str, int]]


def _actor_references(tables: Tables) -> pl.DataFrame:
    """One row a reference (`at`) to an actor (`id`): its mentions, and quotes with one speaker."""
    quotes = tables["quotes"].filter(pl.col("speaker_ids").list.len() == 1)
    return pl.concat(
        [
            tables["mentions"].drop_nulls("actor_id").select(at="mention_id", id="actor_id"),
            quotes.select(at="quote_id", id=pl.col("speaker_ids").list.first()),
        ]
    )


def _group_references(tables: Tables) -> pl.DataFrame:
    return tables["claims"].select(at="claim_id", id="claim_group_id")


def _follow(table: str, before: pl.DataFrame, after: pl.DataFrame) -> Iterator[Row]:
    """What became of the ids, told by the references that both releases have.

    An id that is gone went where most of its references went; a new one came from where most of its own came from.
    """
    moved = before.unique("at").join(after.unique("at"), on="at", suffix="_after")
    counted = moved.group_by("id", "id_after").len().sort("id", "len", "id_after", descending=[False, True, False])
    went, came = _pairs(counted, "id", "id_after"), _pairs(counted, "id_after", "id")
    old, new = set(before["id"]), set(after["id"])
    into, out_of = defaultdict(set), defaultdict(set)
    for one in went.keys() - new:
        into[_most(went[one])].add(one)
    for one in came.keys() - old:
        out_of[_most(came[one])].add(one)
    for target, sources in into.items():
        everything = sources | ({target} & old)
        if len(everything) > 1:
            yield "merged", table, target, None, _as_list(everything), _as_list({target})
        elif table == "actors" and target not in old:
            (source,) = sources
            yield "renamed", table, target, None, _as_list({source}), _as_list({target})
    for source, targets in out_of.items():
        everything = targets | ({source} & new)
        if len(everything) > 1:
            yield "split", table, source, None, _as_list({source}), _as_list(everything)


def _changed_actors(before: Tables, after: Tables) -> Iterator[Row]:
    """Ids that stand for another actor: under another name, with none of the references that both releases have."""
    names = (
        before["actors"]
        .select("actor_id", "name")
        .join(after["actors"].select("actor_id", "name"), on="actor_id", suffix="_after")
    )
    moved = _actor_references(before).join(_actor_references(after), on="at", suffix="_after")
    kept = moved.filter(pl.col("id") == pl.col("id_after"))["id"]
    went, came = set(moved["id"]) - set(kept), set(moved["id_after"]) - set(kept)
    for one in names.filter(pl.col("name") != pl.col("name_after"))["actor_id"]:
        if one in went and one in came:
            yield "id-changed", "actors", one, "actor_id", None, None


def _changed_articles(before: pl.DataFrame, after: pl.DataFrame) -> Iterator[Row]:
    """Articles known by another id, and ids of other articles: the id is made from these three columns."""
    known_by = ["collection_id", "locator", "revision"]
    old, new = (frame.select("article_id", *known_by) for frame in (before, after))
    for row in old.join(new, on=known_by, suffix="_after").iter_rows(named=True):
        if row["article_id"] != row["article_id_after"]:
            yield _changed_id("articles", row["article_id"], "article_id", row["article_id"], row["article_id_after"])
    for row in old.join(new, on="article_id", suffix="_after").iter_rows(named=True):
        was, now = ([row[name + suffix] for name in known_by] for suffix in ("", "_after"))
        if was != now:
            yield _changed_id("articles", row["article_id"], "article_id", was, now)


def _changed_places(table: str, before: Tables, after: Tables) -> Iterator[Row]:
    """Rows at one place of an unchanged text whose ids differ, and ids that went over to another article.

    Rows whose words the article has twice are left out: their ids count the occurrences, and another one found
    earlier in the text moves them on.
    """
    key, place = _PLACES[table]
    texts = before["articles"].select("article_id", "text_sha256")
    unchanged = texts.join(after["articles"], on=["article_id", "text_sha256"], how="semi")
    old, new = (_placed(tables[table], key, place) for tables in (before, after))
    at = ["article_id", "_place"]
    both = old.join(unchanged, on="article_id", how="semi").join(new, on=at, suffix="_after")
    for was, now in both.filter(pl.col(key) != pl.col(f"{key}_after")).select(key, f"{key}_after").iter_rows():
        yield _changed_id(table, was, key, was, now)
    elsewhere = old.join(new, on=key, suffix="_after").filter(pl.col("article_id") != pl.col("article_id_after"))
    for one, was, now in elsewhere.select(key, "article_id", "article_id_after").iter_rows():
        yield _changed_id(table, one, key, was, now)


def _placed(rows: pl.DataFrame, key: str, place: tuple[str, ...]) -> pl.DataFrame:
    """`key`, `article_id` and `_place` of the rows whose words are known and stand in their article once."""
    if key != "mention_id":
        rows = rows.drop_nulls("text").filter(pl.struct("article_id", "text").is_unique())
    where = pl.concat_str([as_json(column) for column in place], separator=",")
    return rows.select(key, "article_id", where.alias("_place"))


def _changed_id(table: str, row: str, column: str, before: object, after: object) -> Row:
    return "id-changed", table, row, column, json.dumps(before), json.dumps(after)


def _pairs(counted: pl.DataFrame, one: str, other: str) -> Pairs:
    """{id: {the id that its references have in the other release: how many}}."""
    pairs: Pairs = {}
    for left, right, n in counted.select(one, other, "len").iter_rows():
        pairs.setdefault(left, {})[right] = n
    return pairs


def _most(counts: Mapping[str, int]) -> str:
    """The id with most references; of equal ones the first in the alphabet."""
    return min(counts, key=lambda one: (-counts[one], one))


def _as_list(ids: set[str]) -> str:
    return json.dumps(sorted(ids), ensure_ascii=False)
