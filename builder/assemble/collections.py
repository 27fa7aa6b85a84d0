"""The table `collections`, before its counts. Imports `builder.read.manifest` and the schemas."""

from collections.abc import Sequence

import polars as pl

from builder.read.manifest import Collection
from schemas.derive import polars_schema


def collections_table(collections: Sequence[Collection]) -> pl.DataFrame:
    """The published table but for its counts."""
    schema = polars_schema("collections")
    rows = [
        {
            **{name: getattr(collection, name) for name in schema if name in Collection.__slots__},
            "collection_id": collection.id,
            "country_code": collection.country,
        }
        for collection in collections
    ]
    return pl.DataFrame(rows, schema={name: dtype for name, dtype in schema.items() if name != "n_articles"})
