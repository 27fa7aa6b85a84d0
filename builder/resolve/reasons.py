"""links.csv: which actors are one or two, and why, for `onrecord actors why` and `suspects`.

Imports `joining`, `merging`.

A row is about two names, each in an article that uses it: (verdict, actor_id, name, article_id, other_id, other_name,
other_article_id, because). Where the verdict is that they are one, both have one id.
"""

from collections.abc import Iterator

import polars as pl

from builder.resolve.joining import Joined
from builder.resolve.merging import APART, JOINED, LIKELY_DIFFERENT, LIKELY_SAME, VERDICTS, WORTH_A_LOOK

NAME = "links.csv"
COLUMNS = ("verdict", "actor_id", "name", "article_id", "other_id", "other_name", "other_article_id", "because")
UNMET = "found nobody"
_DOUBT = "one name in several collections, and what their articles say has nothing else in common"
# As the table is sorted.
IN_ORDER = tuple(sorted((*VERDICTS, UNMET)))


def parse_links(content: bytes) -> pl.DataFrame:
    """What `render_csv` wrote of links."""
    return pl.read_csv(content, infer_schema=False).fill_null("").select(COLUMNS)


def explain_links(joined: Joined, keyed: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Every reason as a row of COLUMNS, in any order; `keyed` are the rows with `number` and `actor_id`."""
    ids = keyed.select("number", "actor_id").unique()
    with_ids = joined.reasons.join(ids, on="number", how="inner").join(
        ids.rename({"number": "other", "actor_id": "other_id"}), on="other", how="inner"
    )
    yield with_ids.select(COLUMNS)
    doubts = joined.doubts.join(ids, on="number").with_columns(verdict=pl.lit(LIKELY_DIFFERENT), other_id="actor_id")
    yield doubts.with_columns(because=pl.lit(_DOUBT)).select(COLUMNS)
    yield _equal_names(keyed)
    yield _bare_names(joined, keyed)


def _equal_names(keyed: pl.DataFrame) -> pl.DataFrame:
    """One row for each name of an actor of several articles: in how many it stands, beside the most frequent name."""
    named = keyed.select("actor_id", "name", "article_id", "entry", "base").filter(pl.col("base").is_not_null())
    names = (
        named.group_by("actor_id", "name")
        .agg(
            pl.col("article_id").min(),
            pl.col("article_id").max().alias("last"),
            pl.col("article_id").n_unique().alias("n"),
            pl.col("entry").min(),
            pl.col("base").min(),
        )
        .sort("actor_id", "n", "name", descending=[False, True, False])
        .with_columns(
            pl.col("name").first().over("actor_id").alias("first_name"),
            pl.col("article_id").first().over("actor_id").alias("first_article"),
            pl.col("base").first().over("actor_id").alias("first_base"),
        )
    )
    is_first = pl.col("name") == pl.col("first_name")
    because = (
        pl.when(pl.col("entry").is_not_null())
        .then(pl.format("the authority's {}, in {} articles", "entry", "n"))
        .when(is_first)
        .then(pl.format("the same name in {} articles, and nothing said of it conflicts", "n"))
        .otherwise(pl.format("a form of the same name, in {} articles", "n"))
    )
    kept = names.filter((is_first & (pl.col("n") > 1)) | (~is_first & (pl.col("base") == pl.col("first_base"))))
    return kept.select(
        verdict=pl.lit(JOINED),
        actor_id="actor_id",
        name="first_name",
        article_id="first_article",
        other_id="actor_id",
        other_name="name",
        other_article_id=pl.when(is_first).then("last").otherwise("article_id"),
        because=because,
    )


def _bare_names(joined: Joined, keyed: pl.DataFrame) -> pl.DataFrame:
    """Rows of a name that several have and that say nothing else: with whom they went, or why with nobody."""
    actors = (
        keyed.select("is_bare", "number", "actor_id", "name", "article_id")
        .filter(~pl.col("is_bare"))
        .join(joined.placed, on="number", how="semi")
        .group_by("number")
        .agg(
            pl.col("actor_id").first(),
            pl.col("name").mode().min(),
            pl.col("article_id").filter(pl.col("name") == pl.col("name").mode().min()).min(),
        )
    )
    told = joined.placed.join(
        keyed.select("row", other_id="actor_id", other_name="name", other_article_id="article_id"), on="row"
    ).join(actors, on="number")
    is_one = pl.col("actor_id") == pl.col("other_id")
    verdict = (
        pl.when(is_one).then(pl.lit(JOINED))
        .when(pl.col("weight") >= WORTH_A_LOOK).then(pl.lit(LIKELY_SAME)).otherwise(pl.lit(APART))
    )  # fmt: skip
    because = (
        pl.when(is_one).then(pl.lit("of those of this name, its article has most in common with this one"))
        .otherwise(pl.lit("several have this name, and its article does not say which one it means"))
    )  # fmt: skip
    return told.with_columns(verdict=verdict, because=because).select(COLUMNS)
