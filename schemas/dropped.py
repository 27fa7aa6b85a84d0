"""The table `dropped`. Imports `schemas.columns` and vocabularies."""

import pandera.polars as pa

from schemas.columns import NOT_EMPTY, column, one_of
from schemas.vocabulary import DROP_REASONS, STAGES


class Dropped(pa.DataFrameModel):
    """One row for everything that was found among the raw files and is not in the dataset. Supporting table."""

    stage: str = one_of(STAGES, "Stage of the build that dropped it")
    collection_id: str = column("Collection that it was found in")
    raw_path: str = column("Path of the raw file, relative to the raw folder", str_length=NOT_EMPTY)
    place: str = column("Where in that file (a line, row or record); empty for the whole file")
    reason: str = one_of(DROP_REASONS, "Why it was dropped")
    detail: str = column(
        "What exactly was found; null where nothing more is known or it may not be passed on", nullable=True
    )

    class Config:
        """Exactly these columns, in this order."""

        strict = True
        ordered = True
