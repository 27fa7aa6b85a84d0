"""Licences by their SPDX identifiers (https://spdx.org/licenses). Imports nothing of the project."""

import difflib

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

# Licences that texts have, for a hint.
_USUAL = (
    "CC0-1.0", "CC-BY-4.0", "CC-BY-3.0", "CC-BY-SA-4.0", "CC-BY-SA-3.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0",
    "CC-BY-NC-SA-4.0", "CC-BY-NC-ND-4.0", "ODbL-1.0", "ODC-By-1.0", "MIT", "Apache-2.0",
)  # fmt: skip


def is_licence(name: str) -> bool:
    """Whether the name is of the SPDX list, written as there, an expression of such, or a LicenseRef of one's own.

    >>> [is_licence(name) for name in ("CC-BY-4.0", "MIT OR CC0-1.0", "LicenseRef-mine", "CC BY 4.0")]
    [True, True, True, False]
    """
    try:
        return name.startswith("LicenseRef-") or canonicalize_license_expression(name) == name
    except InvalidLicenseExpression:
        return False


def hint_at_licence(name: str) -> str:
    """The usual licence that is written most alike, as a question; empty where none is.

    >>> hint_at_licence("CC BY 4.0")
    "; did you mean 'CC-BY-4.0'?"
    """
    usual = {_plain(licence): licence for licence in _USUAL}
    nearest = difflib.get_close_matches(_plain(name), usual, n=1, cutoff=0.5)
    return f"; did you mean {usual[nearest[0]]!r}?" if nearest else ""


def _plain(name: str) -> str:
    return name.replace("-", "").replace(" ", "").upper()
