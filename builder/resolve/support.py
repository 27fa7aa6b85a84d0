"""How much of what actors have about them speaks for two being one. Imports `features`.

Parts are compared some at a time: what is told of a name in the news every day is as much as all its articles name.
"""

from collections.abc import Iterator

import polars as pl

from builder.resolve.features import Features

# Rows whose features are held at once, some 25 of each.
_ROWS_AT_ONCE = 30_000
# A row that says nothing of itself needs so much in common with one actor, and so much more than with any other.
_NEEDED, _MARGIN = 0.6, 0.3
_SHOWN = 3
_SUPPORTED = pl.Schema({"number": pl.Int64(), "other": pl.Int64(), "support": pl.Float64(), "common": pl.String()})
_PLACED = pl.Schema({"row": pl.UInt32(), "number": pl.Int64(), "weight": pl.Float64(), "is_placed": pl.Boolean()})
_LONERS = pl.Schema({"row": pl.UInt32(), "other": pl.UInt32()})


def support_pairs(pairs: pl.DataFrame, rows: pl.DataFrame, features: Features) -> pl.DataFrame:
    """`pairs` (number, other, …) with `support`, the weight of what both have, and `common`, the weightiest of it.

    `rows` (row, number) says which rows each part has.
    """
    sizes = rows.lazy().group_by("number").agg(size=pl.len())
    different = (
        pairs.lazy()
        .select("number", "other")
        .unique()
        .join(sizes, on="number", how="left")
        .join(sizes.select(other="number", size_of_other="size"), on="other", how="left")
        .select("number", "other", size=pl.sum_horizontal("size", "size_of_other"))
        .sort("number", "other")
        .collect()
    )
    supported = [_support(some.lazy(), rows.lazy(), features) for some in _at_once(different)]
    return pairs.join(
        pl.concat([_SUPPORTED.to_frame(), *supported]), on=["number", "other"], how="left", maintain_order="left"
    ).with_columns(pl.col("support").fill_null(0.0), pl.col("common").fill_null(""))


def _at_once(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The rows of a frame a while at a time, by the sum of their `size`."""
    batch = (pl.col("size").cum_sum() - pl.col("size")) // _ROWS_AT_ONCE
    yield from (
        frame.with_columns(batch=batch).drop("size").partition_by("batch", maintain_order=True, include_key=False)
    )


def _support(pairs: pl.LazyFrame, rows: pl.LazyFrame, features: Features) -> pl.DataFrame:
    """number, other, support, common of the pairs that have anything in common."""
    numbers = pl.concat([pairs.select("number"), pairs.select(number="other")]).unique()
    parts = features.of_parts(rows.join(numbers, on="number", how="semi")).collect().lazy()
    many = parts.group_by("number").agg(many=pl.len())
    counted = pairs.join(many, on="number", how="left").join(
        many.select(other="number", many_of_other="many"), on="other", how="left"
    )
    # From the side that has fewer features: a name in the news every day has those of thousands of articles.
    is_more = pl.col("many").fill_null(0) > pl.col("many_of_other").fill_null(0)
    turned = counted.select(
        "number",
        "other",
        few=pl.when(is_more).then("other").otherwise("number"),
        many=pl.when(is_more).then("number").otherwise("other"),
    )
    return (
        turned.join(parts, left_on="few", right_on="number", how="inner")
        .join(parts.select(many="number", feature="feature"), on=["many", "feature"], how="semi")
        .join(features.weights.lazy(), on="feature", how="left")
        .sort("number", "other", "weight", "label", descending=[False, False, True, False])
        .group_by("number", "other", maintain_order=True)
        .agg(
            pl.col("weight").cast(pl.Float64).sum().round(4).alias("support"),
            pl.col("label").head(_SHOWN).str.join(", ").alias("common"),
        )
        .collect()
    )


def find_loners(rows: pl.DataFrame, features: Features) -> pl.DataFrame:
    """row, other: rows that share nothing with any other row of their part (`rows`: row, number), and one of those."""
    sized = rows.select("row", "number", size=pl.len().over("number")).sort("number", "row")
    whole = sized.with_columns(size=pl.when(pl.col("number").is_first_distinct()).then("size").otherwise(0))
    batch = ((pl.col("size").cum_sum() - pl.col("size")) // _ROWS_AT_ONCE).max().over("number")
    batches = whole.with_columns(batch=batch).partition_by("batch", maintain_order=True, include_key=False)
    return pl.concat([_LONERS.to_frame(), *(_loners(some.lazy(), features) for some in batches)]).sort("row")


def _loners(rows: pl.LazyFrame, features: Features) -> pl.DataFrame:
    own = features.of(rows).join(rows, on="row")
    shared = own.filter(pl.len().over("number", "feature") > 1).select("row").unique()
    alone = rows.select("row", "number").join(shared, on="row", how="anti")
    first_two = rows.group_by("number").agg(pl.col("row").min(), pl.col("row").bottom_k(2).max().alias("second"))
    return (
        alone.join(first_two.rename({"row": "first"}), on="number")
        .select("row", other=pl.when(pl.col("row") == pl.col("first")).then("second").otherwise("first"))
        .filter(pl.col("row") != pl.col("other"))
        .collect()
    )


def place_bare(bare: pl.DataFrame, parts: pl.DataFrame, rows: pl.DataFrame, features: Features) -> pl.DataFrame:
    """Where rows that say nothing of themselves belong: row, number, weight, is_placed.

    `bare`: row, base. `parts`: base, number of those that have the name (`rows`: row, number). `number` is the part
    that shares most with the row; of equally good ones the lower number. `is_placed` says whether that is enough, and
    enough more than with any other.
    """
    sizes = rows.lazy().group_by("number").agg(size=pl.len())
    of_parts = parts.lazy().join(sizes, on="number", how="left").group_by("base").agg(pl.col("size").sum())
    names = (
        bare.lazy()
        .group_by("base")
        .agg(n_bare=pl.len())
        .join(of_parts, on="base")
        .select("base", size=pl.sum_horizontal("n_bare", "size"))
        .sort("base")
        .collect()
    )
    placed = [
        _place(bare.lazy().join(some.lazy(), on="base", how="semi"), parts.lazy(), rows.lazy(), features)
        for some in _at_once(names)
    ]
    return pl.concat([_PLACED.to_frame(), *placed])


def _place(bare: pl.LazyFrame, parts: pl.LazyFrame, rows: pl.LazyFrame, features: Features) -> pl.DataFrame:
    here = parts.join(bare, on="base", how="semi")
    of_parts = here.join(features.of_parts(rows.join(here, on="number", how="semi")), on="number")
    shared = (
        features.of(bare)
        .join(bare, on="row")
        .join(of_parts, on=["base", "feature"])
        .join(features.weights.lazy(), on="feature", how="left")
        .group_by("row", "number")
        .agg(pl.col("weight").cast(pl.Float64).sort().sum().round(4))
    )
    lowest = here.group_by("base").agg(pl.col("number").min())
    ranked = (
        pl.concat([shared, bare.join(lowest, on="base").select("row", "number", weight=pl.lit(0.0))])
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
