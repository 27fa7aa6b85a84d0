"""Which claims are one claim told again. Imports `ids`.

Grouping is exact for now: the same claimants, kind, negation and words, whatever their case and punctuation.
"""

import re
from collections.abc import Sequence

from builder.assemble.ids import hashed_id

_WORD = re.compile(r"\w+")


def claim_group_id(claimant_ids: Sequence[str], claim_kind: str, is_negated: bool, text: str) -> str:
    """The id of the group that a claim belongs to; a function of the claim alone, so adding claims changes none.

    >>> claim_group_id(["state/XAA"], "denial", False, "“We did NOT.”") == claim_group_id(
    ...     ["state/XAA"], "denial", False, "we did not"
    ... )
    True
    """
    return hashed_id("claim_group", sorted(claimant_ids), claim_kind, is_negated, _WORD.findall(text.casefold()))
