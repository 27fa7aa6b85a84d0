"""What actors have about them that others may share, and how much what two share speaks for their being one.

Imports nothing of the project. A feature is another actor of the same article, a role, a country, the collection. Its
weight is between 0, where everybody has it, and 1: how rare it is (inverse document frequency) among articles, or for
roles, countries and collections among actors' names.
"""

from dataclasses import dataclass

import polars as pl

# Below so many articles or names, what is shared weighs by chance alone.
_LEAST = 100
# What more actors have than this stands for is left out: it tells nobody apart.
_LIGHT = 0.2
# A row that says nothing of itself needs so much in common with one actor, and so much more than with any other.
_NEEDED, _MARGIN = 0.6, 0.3
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Features:
    """`of_rows`: row, feature (a number), weight. `labels`: feature, label, for people to read."""

    of_rows: pl.DataFrame
    labels: pl.DataFrame


def weigh_features(rows: pl.DataFrame, numbers: pl.DataFrame) -> Features:
    """The features of the rows whose part is one of `numbers` (number)."""
    every = _all_features(rows)
    wanted = rows.lazy().join(numbers.lazy(), on="number", how="semi")
    there = rows.lazy().drop_nulls("about").select("article_id", "about").unique()
    company = (
        wanted.select("row", "article_id", own="about")
        .join(there, on="article_id", how="inner")
        .filter(pl.col("about").ne_missing(pl.col("own")))
        .select("row", key="about")
    )
    own = [of.select("row", key=pl.lit(kind) + pl.col("key")) for kind, of in _own_features(wanted)]
    found = pl.concat([company, *own]).join(every.lazy(), on="key", how="inner").select("row", "feature", "weight")
    return Features(found.unique(["row", "feature"]).collect(), every.select("feature", "label"))


def _own_features(rows: pl.LazyFrame) -> list[tuple[str, pl.LazyFrame]]:
    """What rows have of their own, roles, country and collection: what its keys begin with, and row, about, key."""
    columns = [("role ", "plain_roles"), ("country ", "country"), ("collection ", "collection_id")]
    found = [(kind, rows.select("row", "about", key=column)) for kind, column in columns]
    return [(kind, (of.explode("key") if kind == "role " else of).drop_nulls("key")) for kind, of in found]


def _all_features(rows: pl.DataFrame) -> pl.DataFrame:
    """key, feature, weight, label of every feature that is rare enough to count."""
    n_articles = max(_LEAST, rows["article_id"].n_unique())
    n_actors = max(_LEAST, rows["about"].n_unique())
    actors = (
        rows.lazy()
        .drop_nulls("about")
        .group_by(key="about")
        .agg(pl.col("article_id").n_unique().alias("count"), pl.col("name").mode().min().alias("label"))
        .with_columns(weight=_rarity(n_articles))
    )
    counted = [
        of.group_by("key").agg(pl.col("about").n_unique().alias("count")).with_columns(key=pl.lit(kind) + pl.col("key"))
        for kind, of in _own_features(rows.lazy().drop_nulls("about"))
    ]
    own = pl.concat(counted).with_columns(label="key", weight=_rarity(n_actors))
    every = pl.concat([actors.select("key", "label", "weight"), own.select("key", "label", "weight")])
    return every.filter(pl.col("weight") >= _LIGHT).sort("key").with_row_index("feature").collect()


def _rarity(of: int) -> pl.Expr:
    """1 for what one has, 0 for what all have, on a logarithmic scale, to 6 digits."""
    share = pl.col("count").cast(pl.Float64) / float(of)
    return (-share.log() / pl.lit(float(of)).log()).clip(0.0, 1.0).round(6).cast(pl.Float32)


def features_of_parts(features: Features, rows: pl.DataFrame) -> pl.DataFrame:
    """number, feature, weight: all that the rows of each part have."""
    return (
        features.of_rows.lazy()
        .join(rows.lazy().select("row", "number"), on="row", how="inner")
        .select("number", "feature", "weight")
        .unique(["number", "feature"])
        .collect()
    )


def support_pairs(pairs: pl.DataFrame, of_parts: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    """`pairs` (number, other, …) with `support`, the weight of what both have, and `common`, the weightiest of it."""
    parts = of_parts.lazy()
    many = parts.group_by("number").len()
    counted = (
        pairs.lazy()
        .select("number", "other")
        .unique()
        .join(many, on="number", how="left")
        .join(many.rename({"number": "other", "len": "other_len"}), on="other", how="left")
    )
    # From the side that has fewer features: a name in the news every day has those of thousands of articles.
    is_more = pl.col("len").fill_null(0) > pl.col("other_len").fill_null(0)
    turned = counted.select(
        "number",
        "other",
        few=pl.when(is_more).then("other").otherwise("number"),
        many=pl.when(is_more).then("number").otherwise("other"),
    )
    has = parts.select(many="number", feature="feature")
    shared = (
        turned.join(parts, left_on="few", right_on="number", how="inner")
        .join(has, on=["many", "feature"], how="semi")
        .join(labels.lazy(), on="feature", how="left")
        .sort("number", "other", "weight", "label", descending=[False, False, True, False])
        .group_by("number", "other", maintain_order=True)
        .agg(
            pl.col("weight").cast(pl.Float64).sum().round(4).alias("support"),
            pl.col("label").head(_SHOWN).str.join(", ").alias("common"),
        )
    )
    return (
        pairs.lazy()
        .join(shared, on=["number", "other"], how="left")
        .with_columns(pl.col("support").fill_null(0.0), pl.col("common").fill_null(""))
        .collect()
    )


def find_loners(rows: pl.DataFrame, features: Features) -> pl.DataFrame:
    """row, other: rows that share nothing with any other row of their part (`rows`: row, number), and one of those."""
    own = features.of_rows.lazy().join(rows.lazy().select("row", "number"), on="row").select("row", "number", "feature")
    shared = own.filter(pl.len().over("number", "feature") > 1).select("row").unique()
    alone = rows.lazy().select("row", "number").join(shared, on="row", how="anti")
    first_two = rows.lazy().group_by("number").agg(pl.col("row").min(), pl.col("row").bottom_k(2).max().alias("second"))
    return (
        alone.join(first_two.rename({"row": "first"}), on="number")
        .select("row", other=pl.when(pl.col("row") == pl.col("first")).then("second").otherwise("first"))
        .filter(pl.col("row") != pl.col("other"))
        .sort("row")
        .collect()
    )


def place_bare(candidates: pl.DataFrame, features: Features, of_parts: pl.DataFrame) -> pl.DataFrame:
    """Where rows that say nothing of themselves belong: row, number, weight, is_placed.

    `candidates` (row, number) are the parts whose name a row has. `number` is the part that shares most with it; of
    equally good ones the lower number. `is_placed` says whether that is enough, and enough more than with any other.
    """
    shared = (
        candidates.lazy()
        .join(features.of_rows.lazy(), on="row", how="inner")
        .join(of_parts.lazy().select("number", "feature"), on=["number", "feature"], how="semi")
        .group_by("row", "number")
        .agg(pl.col("weight").cast(pl.Float64).sort().sum().round(4))
    )
    ranked = (
        candidates.lazy()
        .join(shared, on=["row", "number"], how="left")
        .with_columns(pl.col("weight").fill_null(0.0))
        .sort("row", "weight", "number", descending=[False, True, False])
        .group_by("row", maintain_order=True)
        .agg(
            pl.col("number").first(),
            pl.col("weight").first(),
            pl.col("weight").get(1, null_on_oob=True).fill_null(0.0).alias("second"),
        )
    )
    is_best = (pl.col("weight") >= _NEEDED) & (pl.col("weight") - pl.col("second") >= _MARGIN)
    return ranked.select("row", "number", "weight", is_placed=is_best).collect()
