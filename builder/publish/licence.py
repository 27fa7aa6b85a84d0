"""What a build's licences amount to: LICENSE, and the words for the card and the datasheet.

Imports nothing of the project.
"""

from collections.abc import Sequence

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

# The licence of a collection whose licence nobody has stated.
UNKNOWN = "LicenseRef-unknown"


def is_listed(license_id: str) -> bool:
    """Whether the id is one of the SPDX list, rather than a reference of one's own, an expression or a mistake.

    >>> is_listed("CC0-1.0"), is_listed("LicenseRef-wire"), is_listed("MIT OR CC0-1.0"), is_listed("CC0")
    (True, False, False, False)
    """
    if license_id.startswith("LicenseRef-") or " " in license_id:
        return False
    try:
        return canonicalize_license_expression(license_id) == license_id
    except InvalidLicenseExpression:
        return False


def describe_licenses(licenses: Sequence[str]) -> str:
    """One or two sentences.

    >>> describe_licenses(["CC0-1.0"])
    'The texts of all collections are under CC0-1.0.'
    """
    if not licenses:
        return "There are no collections, so there is nothing to license."
    if len(licenses) == 1 and licenses[0] == UNKNOWN:
        return "No licence of the texts is known: nothing here gives a right to pass them on."
    if len(licenses) == 1:
        return f"The texts of all collections are under {licenses[0]}."
    unknown = " No licence is known for some of them." if UNKNOWN in licenses else ""
    return f"The texts are under several licences, each under its own: {', '.join(licenses)}.{unknown}"


def render_license(licenses: Sequence[str]) -> str:
    """The file LICENSE: which licence holds for what, and where its wording is."""
    listed = [
        f"{license_id}: https://spdx.org/licenses/{license_id}.html" for license_id in licenses if is_listed(license_id)
    ]
    own = [
        f"{license_id}: not a listed licence; ask the collection's publisher"
        for license_id in licenses
        if not is_listed(license_id)
    ]
    head = f"SPDX-License-Identifier: {licenses[0]}\n\n" if len(licenses) == 1 else ""
    return (
        f"{head}{describe_licenses(licenses)}\n"
        "Which one holds for an article stands in its row of the table `articles`, column `license`,\n"
        "and for a collection in the table `collections`.\n\n" + "".join(f"{line}\n" for line in listed + own)
    )
