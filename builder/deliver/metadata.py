"""A release's metadata as archives want it: Zenodo's deposit form, DataCite 4.5. Imports leaves of publish.

Zenodo: the `metadata` of its REST API's depositions. DataCite: the JSON form of its Metadata Schema 4.5; what nobody
has said is `:unav`, the schema's own word for it.
"""

import html
from collections.abc import Mapping
from dataclasses import dataclass

import pycountry

from builder.publish.citation import Citation
from builder.publish.citation_formats import render_apa
from builder.publish.facts import Author
from builder.publish.licence import describe_licenses, is_listed
from builder.publish.manifest import render_json

KEYWORDS = ("news", "quotations", "attribution", "claims")
_UNKNOWN = ":unav"


@dataclass(frozen=True, slots=True)
class Deposit:
    """What both forms are filled in with: `licenses` of the collections, `languages` of the articles as BCP 47,
    `rows` by table, `n_bytes` of the archive.
    """

    citation: Citation
    summary: str
    licenses: tuple[str, ...]
    languages: tuple[str, ...]
    rows: Mapping[str, int]
    n_bytes: int


def render_zenodo(deposit: Deposit) -> str:
    """Zenodo's form, as its API takes it. Without a licence Zenodo would write CC0, so there is always one."""
    citation = deposit.citation
    metadata: dict[str, object] = {
        "upload_type": "dataset",
        "title": citation.title,
        "version": citation.version,
        "publication_date": citation.released_on and citation.released_on.isoformat(),
        "description": "".join(
            f"<p>{html.escape(text)}</p>" for text in (deposit.summary, describe_licenses(deposit.licenses))
        ),
        "creators": [_zenodo_creator(author) for author in citation.authors] or [{"name": _UNKNOWN}],
        "access_right": "open",
        "license": _zenodo_license(deposit.licenses),
        "language": _three_letters(deposit.languages),
        "keywords": list(KEYWORDS),
        "notes": f"{citation.fingerprint_words}.",
        "references": render_apa(citation).splitlines()[1:],
        "doi": citation.doi,
    }
    return render_json({"metadata": {name: value for name, value in metadata.items() if value}})


def _zenodo_creator(author: Author) -> dict[str, str]:
    creator = {"name": author.name if author.given is None else f"{author.name}, {author.given}"}
    return creator if author.orcid is None else creator | {"orcid": author.orcid}


def _zenodo_license(licenses: tuple[str, ...]) -> str:
    """One licence by its SPDX id in lower case; several, or one of somebody's own, by Zenodo's words for others."""
    if len(licenses) == 1 and is_listed(licenses[0]):
        return licenses[0].lower()
    return "other-open" if licenses and all(map(is_listed, licenses)) else "other-closed"


def _three_letters(languages: tuple[str, ...]) -> str | None:
    """Zenodo has one language, by its ISO 639-3 code."""
    if len(languages) != 1:
        return None
    short = languages[0].split("-")[0]
    found = pycountry.languages.get(alpha_2=short) or pycountry.languages.get(alpha_3=short)
    return None if found is None else str(found.alpha_3)


def render_datacite(deposit: Deposit) -> str:
    """DataCite 4.5. The publisher is the first of the authors: who hosts the deposit may put its own name there."""
    citation = deposit.citation
    day = citation.released_on
    values: dict[str, object] = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Quotations and claims of news articles"},
        "titles": [{"title": citation.title}],
        "creators": [_datacite_creator(author) for author in citation.authors] or [{"name": _UNKNOWN}],
        "publisher": {"name": citation.authors[0].shown if citation.authors else _UNKNOWN},
        "publicationYear": str(day.year) if day else None,
        "dates": [{"date": day.isoformat(), "dateType": "Issued"}] if day else None,
        "version": citation.version,
        "doi": citation.doi,
        "language": deposit.languages[0] if len(deposit.languages) == 1 else None,
        "subjects": [{"subject": word} for word in KEYWORDS],
        "descriptions": [{"description": deposit.summary, "descriptionType": "Abstract"}],
        "alternateIdentifiers": [
            {
                "alternateIdentifier": f"sha256:{citation.fingerprint}",
                "alternateIdentifierType": "Fingerprint of all rows",
            }
        ],
        "rightsList": [_datacite_rights(name) for name in deposit.licenses],
        "relatedItems": [
            {
                "relationType": "IsDerivedFrom",
                "relatedItemType": "Collection",
                "titles": [{"title": collection.title}],
            }
            | ({"publisher": collection.publisher} if collection.publisher else {})
            for collection in citation.collections
        ],
        "sizes": [f"{deposit.n_bytes} bytes", *(f"{rows} rows of {name}" for name, rows in deposit.rows.items())],
        "formats": ["application/zip", "application/vnd.apache.parquet"],
    }
    return render_json({name: value for name, value in values.items() if value})


def _datacite_creator(author: Author) -> dict[str, object]:
    if author.given is None:
        return {"name": author.name, "nameType": "Organizational"}
    creator: dict[str, object] = {
        "name": f"{author.name}, {author.given}",
        "nameType": "Personal",
        "givenName": author.given,
        "familyName": author.name,
    }
    if author.orcid is not None:
        identifier = f"https://orcid.org/{author.orcid}"
        scheme = {"nameIdentifierScheme": "ORCID", "schemeUri": "https://orcid.org"}
        creator["nameIdentifiers"] = [{"nameIdentifier": identifier, **scheme}]
    return creator


def _datacite_rights(name: str) -> dict[str, str]:
    if not is_listed(name):
        return {"rights": name}
    return {
        "rights": name,
        "rightsUri": f"https://spdx.org/licenses/{name}.html",
        "rightsIdentifier": name,
        "rightsIdentifierScheme": "SPDX",
        "schemeUri": "https://spdx.org/licenses/",
    }
