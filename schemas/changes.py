"""The table `changes` of a release: what is different from the release before it. Imports `schemas.columns`.

It lies beside the data (`changes.parquet`), because it is about the data and no part of it.
"""

import pandera.polars as pa

from schemas.columns import column as describe  # a column of this table is called so
from schemas.columns import one_of
from schemas.vocabulary import CHANGES


class Changes(pa.DataFrameModel):
    """One row a change since the release before: of a row, or of one column of it, of an actor, of a column itself."""

    change: str = one_of(CHANGES, "What happened")
    table: str = describe("Table in which it happened")
    row: str = describe(
        "Key of the row, or the id of the actor or claim group; null where a whole table or column changed",
        nullable=True,
    )
    column: str = describe("Column that changed; null where a whole row or table did", nullable=True)
    before: str = describe(
        "What stood there before, as JSON; null where nothing did, and for columns that hold an article's words",
        nullable=True,
    )
    after: str = describe(
        "What stands there now, as JSON; null where nothing does, and for columns that hold an article's words",
        nullable=True,
    )

    class Config:
        """Exactly these columns, in this order."""

        strict = True
        ordered = True
