"""What actors have about them that others may share. Imports nothing of the project.

A feature is another actor of the same article, a role, a country, the collection. Its weight is between 0, where
everybody has it, and 1: how rare it is (inverse document frequency) among articles, or for roles, countries and
collections among actors' names. Features of all rows would be far longer than the rows: they are told for some rows
at a time, when these are compared (`support`).
"""

from dataclasses import dataclass

import polars as pl

# Below so many articles or names, what is shared weighs by chance alone.
_LEAST = 100
# What more actors have than this stands for is left out: it tells nobody apart.
_LIGHT = 0.2
# Roles, countries and collections: what their labels begin with, and the column that holds them.
_OWN = (("role ", "plain_roles"), ("country ", "country"), ("collection ", "collection_id"))


@dataclass(frozen=True, slots=True)
class Features:
    """`rows`: row, article_id, about and the columns of what rows have of their own.

    `company`: article_id, about, feature of the actors that an article names; `own`: by column, its values and their
    features; `weights`: feature (a number), weight, label, for people to read.
    """

    rows: pl.DataFrame
    company: pl.DataFrame
    own: dict[str, pl.DataFrame]
    weights: pl.DataFrame

    def of(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """row, feature: all that the given rows (row) have about them, each once."""
        wanted = self.rows.lazy().join(rows.select("row").unique(), on="row", how="semi")
        company = (
            wanted.select("row", "article_id", own="about")
            .join(self.company.lazy(), on="article_id", how="inner")
            .filter(pl.col("about").ne_missing(pl.col("own")))
            .select("row", "feature")
        )
        own = [
            _values(wanted.select("row", column), column)
            .join(self.own[column].lazy(), on=column, how="inner")
            .select("row", "feature")
            for _, column in _OWN
        ]
        return pl.concat([company, *own]).unique()

    def of_parts(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """number, feature: all that the rows of each part (row, number) have."""
        return self.of(rows).join(rows, on="row", how="inner").select("number", "feature").unique()


def find_features(rows: pl.DataFrame, n_articles: int) -> Features:
    """The features of rows; `n_articles` are those that name anybody."""
    kept = rows.select("row", "article_id", "about", *(column for _, column in _OWN))
    n_articles = max(_LEAST, n_articles)
    n_names = max(_LEAST, rows["about"].drop_nulls().n_unique())
    actors = (
        rows.lazy()
        .drop_nulls("about")
        .group_by("about")
        .agg(pl.col("article_id").n_unique().alias("count"), pl.col("name").mode().min().alias("label"))
        .select("about", label=pl.col("label").cast(pl.String), weight=_rarity(n_articles))
    )
    weighed = {"about": _numbered(actors, 0)}
    for begin, column in _OWN:
        counted = (
            _values(kept.lazy().drop_nulls("about").select("about", column), column)
            .group_by(column)
            .agg(pl.col("about").n_unique().alias("count"))
            .select(column, label=pl.lit(begin) + pl.col(column).cast(pl.String), weight=_rarity(n_names))
        )
        weighed[column] = _numbered(counted, sum(frame.height for frame in weighed.values()))
    there = kept.lazy().select("article_id", "about").drop_nulls("about").unique()
    return Features(
        rows=kept,
        company=there.join(weighed["about"].lazy().select("about", "feature"), on="about").collect(),
        own={column: weighed[column].select(column, "feature") for _, column in _OWN},
        weights=pl.concat([frame.select("feature", "weight", "label") for frame in weighed.values()]),
    )


def _values(rows: pl.LazyFrame, column: str) -> pl.LazyFrame:
    """The rows with one value of the column each."""
    return (rows.explode(column) if column == "plain_roles" else rows).drop_nulls(column)


def _numbered(weighed: pl.LazyFrame, first: int) -> pl.DataFrame:
    """What is rare enough to count, numbered from `first` on."""
    return weighed.filter(pl.col("weight") >= _LIGHT).collect().with_row_index("feature", offset=first)


def _rarity(of: int) -> pl.Expr:
    """1 for what one has, 0 for what all have, on a logarithmic scale, to 6 digits."""
    share = pl.col("count").cast(pl.Float64) / float(of)
    return (-share.log() / pl.lit(float(of)).log()).clip(0.0, 1.0).round(6).cast(pl.Float32)
