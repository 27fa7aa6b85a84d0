"""What was written of one table. Imports nothing of the project."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """One table as files: `files` holds the sha256 by path in the folder, in the rows' order.
    `n_bytes` is of the Parquet files together, `n_page_bytes` of their pages before compression.
    """

    rows: int
    fingerprint: str
    files: Mapping[str, str]
    n_bytes: int
    n_page_bytes: int
