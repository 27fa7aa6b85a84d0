"""Where each article will stand among all, so that what belongs together can be finished together. Imports schemas.

Rows of the shards lie in bins as they came; here they move to bins of articles that will stand next to each other. A
bin is as many articles as are finished at once: it bounds the memory and changes no byte.
"""

import polars as pl

from builder.assemble.shards import SHARD_SCHEMAS
from builder.bins import Bins
from schemas.order import sort_table
from schemas.relations import OF_ARTICLES

# Articles finished at once: with all that checks and writes them, 150 MB where each has 20 quotes and 20 claims.
ARTICLES_A_BIN = 2_000
# What of an article says where it stands.
PLACED = ("article_id", "collection_id", "published_at", "locator", "revision")


def arrived(table: str) -> str:
    """The name of a shard table's bins in the order in which shards came."""
    return f"arrived {table}"


def place_articles(articles: pl.DataFrame, articles_a_bin: int = ARTICLES_A_BIN) -> pl.DataFrame:
    """(article_id, bin) of all articles, in the published order; `articles` has the columns `PLACED`."""
    ordered = sort_table("articles", articles, articles).with_row_index("place")
    return ordered.select("article_id", bin=pl.col("place") // articles_a_bin)


def move_to_places(shards: Bins, places: pl.DataFrame) -> None:
    """Put the rows of all tables of articles from the bins of `arrived` into those of their places."""
    for table in OF_ARTICLES:
        for number in shards.numbers(arrived(table)):
            rows = shards.get(arrived(table), number, SHARD_SCHEMAS[table])
            shards.add_split(table, rows.join(places, on="article_id", how="left", maintain_order="left"), "bin")
        shards.drop(arrived(table))
