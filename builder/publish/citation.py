"""What is cited of a build or release, whatever the format. Imports `facts`, `licence`, errors.

The formats are in `citation_formats`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from builder.errors import SettingsError
from builder.publish.facts import Author, BuildFacts
from builder.publish.licence import is_listed

# As the Citation File Format's schema has it: the narrowest of the formats.
_DOI = re.compile(r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")


@dataclass(frozen=True, slots=True)
class CitedCollection:
    """A collection whose articles were used; `words` are its own about how it wants to be cited."""

    collection_id: str
    title: str
    publisher: str | None
    words: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A dataset as something to cite. `license` is there where one listed licence holds for everything."""

    title: str
    authors: tuple[Author, ...]
    version: str
    is_release: bool
    fingerprint: str
    released_on: date | None
    doi: str | None
    license: str | None
    collections: tuple[CitedCollection, ...]

    @property
    def fingerprint_words(self) -> str:
        """The fingerprint as a sentence's part, for fields of free text."""
        return f"Fingerprint sha256:{self.fingerprint}"

    @property
    def version_words(self) -> str:
        """The version, and whether anybody but its maker has it."""
        return f"Version {self.version}" + ("" if self.is_release else ", an unreleased build")

    @property
    def key(self) -> str:
        """A key for reference managers: the title's first words and the version, or what tells two builds apart."""
        return f"{slug(self.title)}-{self.version if self.is_release else self.fingerprint[:12]}"


def cite(facts: BuildFacts, collections: Iterable[Mapping[str, Any]], fingerprint: str) -> Citation:
    """The citation of a build: `collections` are the rows of its table, `fingerprint` is its manifest's."""
    used = sorted((row for row in collections if row["n_articles"]), key=lambda row: str(row["collection_id"]))
    licenses = {row["license"] for row in used}
    return Citation(
        title=_one_line(facts.title),
        authors=facts.authors,
        version=facts.data_version,
        is_release=facts.is_release,
        fingerprint=fingerprint,
        released_on=facts.released_on,
        doi=facts.doi,
        license=next(iter(licenses)) if len(licenses) == 1 and all(map(is_listed, licenses)) else None,
        collections=tuple(
            CitedCollection(
                row["collection_id"],
                _one_line(row["title"]),
                row["publisher"] and _one_line(row["publisher"]),
                row["citation"] and _one_line(row["citation"]),
            )
            for row in used
        ),
    )


def parse_doi(text: str) -> str:
    """The DOI itself, where its address is given too; SettingsError where it is none.

    >>> parse_doi("https://doi.org/10.5281/zenodo.1003150")
    '10.5281/zenodo.1003150'
    """
    doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", text.strip(), flags=re.IGNORECASE)
    if not _DOI.fullmatch(doi):
        raise SettingsError(f"{text!r} is no DOI; expected one such as 10.5281/zenodo.1003150")
    return doi


def slug(text: str, words: int = 5) -> str:
    """The first words in ASCII, for keys and file names; `dataset` where none is left.

    >>> slug("On record: who said what in eleven invented collections"), slug("数据")
    ('on-record-who-said-what', 'dataset')
    """
    found: list[str] = re.findall(r"[a-z0-9]+", text.lower())
    return "-".join(found[:words]) or "dataset"


def _one_line(text: str) -> str:
    return " ".join(text.split())
