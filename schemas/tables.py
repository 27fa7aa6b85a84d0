"""All tables in the order in which documentation shows them, and what names one of their rows. Imports the tables."""

import pandera.polars as pa

from schemas.actors import Actors
from schemas.articles import Articles
from schemas.changes import Changes
from schemas.claims import Claims
from schemas.collections import Collections
from schemas.dropped import Dropped
from schemas.mentions import Mentions
from schemas.quotes import Quotes

TABLES: dict[str, type[pa.DataFrameModel]] = {
    "collections": Collections,
    "articles": Articles,
    "quotes": Quotes,
    "actors": Actors,
    "claims": Claims,
    "mentions": Mentions,
    "dropped": Dropped,
}

# Tables that lie beside the data: they are about it.
BESIDE: dict[str, type[pa.DataFrameModel]] = {"changes": Changes}

# The columns that name a row when something is to be said about it; `dropped` has no id of its own.
KEYS: dict[str, tuple[str, ...]] = {
    "collections": ("collection_id",),
    "articles": ("article_id",),
    "quotes": ("quote_id",),
    "actors": ("actor_id",),
    "claims": ("claim_id",),
    "mentions": ("mention_id",),
    "dropped": ("collection_id", "raw_path", "place", "stage"),
}
