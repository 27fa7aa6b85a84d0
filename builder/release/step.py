"""Which version step the changes ask for. Imports `versions` and vocabularies.

MAJOR: a column, a vocabulary value or an id's meaning went or changed. MINOR: rows were added, removed or changed, or
a column or vocabulary value was added. PATCH: no row of any table changed.
"""

import polars as pl

from builder.release.versions import Step
from schemas.vocabulary import CHANGES

STEPS = dict.fromkeys(CHANGES, Step.MINOR) | dict.fromkeys(
    ("table-removed", "column-removed", "column-changed", "value-removed", "value-changed", "id-changed"), Step.MAJOR
)


def needed_step(changes: pl.DataFrame) -> Step:
    """The least step that these `changes` allow."""
    return max((STEPS[change] for change in changes["change"].unique()), default=Step.PATCH)


def gravest(changes: pl.DataFrame) -> pl.DataFrame:
    """The changes that ask for the needed step."""
    step = needed_step(changes)
    return changes.filter(pl.col("change").is_in([change for change, asks in STEPS.items() if asks is step]))
