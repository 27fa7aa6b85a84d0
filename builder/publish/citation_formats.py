"""A citation in the formats that people paste and reference managers read. Imports `citation` and its
`citation_styles`, `facts`.

Citation File Format 1.2.0 (CITATION.cff), BibTeX, APA (7th edition, data sets), RIS, CSL-JSON. Each names version,
fingerprint and, where there are any, date and DOI, and then the collections whose articles were used.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import yaml

from builder.publish.citation import Citation, CitedCollection
from builder.publish.citation_styles import Style
from builder.publish.facts import Author

# What the Citation File Format's guide asks for where no author is named.
ANONYMOUS = "anonymous"
# BibTeX counts braces even after a backslash, so a brace of the text gets a name.
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
} | {sign: f"\\{sign}" for sign in "$&#%_"}
# APA writes out up to twenty authors; of more, the first nineteen and the last.
_APA_AUTHORS = 20


def render_cff(citation: Citation) -> str:
    """CITATION.cff."""
    values: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "Please cite this dataset with its version and fingerprint, and the collections it was made from.",
        "type": "dataset",
        "title": citation.title,
        "authors": [_cff_author(author) for author in citation.authors or (Author(ANONYMOUS),)],
        "version": citation.version,
        "identifiers": [
            {
                "type": "other",
                "value": f"sha256:{citation.fingerprint}",
                "description": "Fingerprint of all rows, as manifest.json has it",
            }
        ],
    }
    if citation.license is not None:
        values["license"] = citation.license
    if citation.released_on is not None:
        values["date-released"] = citation.released_on.isoformat()
    if citation.doi is not None:
        values["doi"] = citation.doi
    if citation.collections:
        values["references"] = [_cff_reference(collection) for collection in citation.collections]
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=10_000)


def _cff_author(author: Author) -> dict[str, str]:
    if author.given is None:
        return {"name": author.name}
    person = {"family-names": author.name, "given-names": author.given}
    return person if author.orcid is None else person | {"orcid": f"https://orcid.org/{author.orcid}"}


def _cff_reference(collection: CitedCollection) -> dict[str, object]:
    reference: dict[str, object] = {
        "type": "data",
        "title": collection.title,
        "authors": [{"name": collection.publisher or ANONYMOUS}],
    }
    return reference if collection.words is None else reference | {"notes": collection.words}


def render_bibtex(citation: Citation) -> str:
    """One `@misc` for the dataset, one a collection: the type that every style knows (`@dataset` is biblatex's alone).

    Classic styles print neither `version` nor an identifier, so `howpublished` and `note` say them too.
    """
    released = citation.released_on
    dataset: dict[str, str | None] = {
        "author": _bibtex_authors(citation.authors),
        "title": f"{{{_latex(citation.title)}}}",
        "year": str(released.year) if released else None,
        "month": str(released.month) if released else None,
        "version": citation.version,
        "howpublished": f"Data set, {citation.version_words.lower()}",
        "note": citation.fingerprint_words,
        "doi": citation.doi,
    }
    entries = [_bibtex_entry(citation.key, dataset)]
    for collection in citation.collections:
        fields = {
            "author": collection.publisher and f"{{{_latex(collection.publisher)}}}",
            "title": f"{{{_latex(collection.title)}}}",
            "howpublished": "Collection of articles",
            "note": collection.words and _latex(collection.words),
        }
        entries.append(_bibtex_entry(f"{citation.key}-{collection.collection_id}", fields))
    return "\n".join(entries)


def _bibtex_entry(key: str, fields: Mapping[str, str | None]) -> str:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{lines}}}\n"


def _bibtex_authors(authors: Iterable[Author]) -> str:
    return " and ".join(
        f"{{{_latex(author.name)}}}" if author.given is None else f"{_latex(author.name)}, {_latex(author.given)}"
        for author in authors
    )


def _latex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)


def render_apa(citation: Citation) -> str:
    """A line for the dataset, one a collection, as in a list of references."""
    date = f"({citation.released_on.year if citation.released_on else 'n.d.'})."
    title = f"{citation.title} ({citation.version_words}) [Data set]."
    authors = _apa_authors(citation.authors)
    parts = [authors, date, title] if authors else [title, date]
    parts += [f"https://doi.org/{citation.doi}"] if citation.doi else []
    lines = [" ".join([*parts, f"{citation.fingerprint_words}."])]
    for collection in citation.collections:
        publisher = f"{collection.publisher.rstrip('.')}. " if collection.publisher else ""
        lines.append(collection.words or f"{publisher}{collection.title} [Collection of articles].")
    return "".join(f"{line}\n" for line in lines)


def _apa_authors(authors: tuple[Author, ...]) -> str:
    names = [_apa_author(author) for author in authors]
    if len(names) > _APA_AUTHORS:
        joined = f"{', '.join(names[: _APA_AUTHORS - 1])}, . . . {names[-1]}"
    elif len(names) > 1:
        joined = f"{', '.join(names[:-1])}, & {names[-1]}"
    else:
        joined = "".join(names)
    return joined if not joined or joined.endswith(".") else f"{joined}."


def _apa_author(author: Author) -> str:
    """The family name and initials: `Quill, A.-M. J.`; a body's name as it is."""
    if author.given is None:
        return author.name
    initials = " ".join("-".join(f"{part[0]}." for part in re.findall(r"[^-]+", name)) for name in author.given.split())
    return f"{author.name}, {initials}"


def render_ris(citation: Citation) -> str:
    """One record of the type DATA for the dataset, one a collection."""
    day = citation.released_on
    records = [
        [
            ("TY", "DATA"),
            ("ID", citation.key),
            *[("AU", _ris_author(author)) for author in citation.authors],
            ("TI", citation.title),
            ("PY", day and f"{day:%Y}"),
            ("DA", day and f"{day:%Y/%m/%d}/"),
            ("ET", citation.version),
            ("N1", citation.fingerprint_words),
            ("DO", citation.doi),
            ("UR", citation.doi and f"https://doi.org/{citation.doi}"),
        ]
    ]
    records += [
        [
            ("TY", "DATA"),
            ("ID", f"{citation.key}-{collection.collection_id}"),
            ("AU", collection.publisher),
            ("TI", collection.title),
            ("N1", collection.words),
        ]
        for collection in citation.collections
    ]
    return "\n".join(
        "".join(f"{tag}  - {value}\n" for tag, value in record if value) + "ER  - \n" for record in records
    )


def _ris_author(author: Author) -> str:
    return author.name if author.given is None else f"{author.name}, {author.given}"


def render_csl_json(citation: Citation) -> str:
    """An array of CSL items: the dataset, then the collections."""
    day = citation.released_on
    items = [
        {
            "id": citation.key,
            "type": "dataset",
            "title": citation.title,
            "author": [
                {"literal": author.name} if author.given is None else {"family": author.name, "given": author.given}
                for author in citation.authors
            ],
            "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
            "version": citation.version,
            "note": citation.fingerprint_words,
            "DOI": citation.doi,
        }
    ]
    items += [
        {
            "id": f"{citation.key}-{collection.collection_id}",
            "type": "dataset",
            "title": collection.title,
            "author": [{"literal": collection.publisher}] if collection.publisher else None,
            "note": collection.words,
        }
        for collection in citation.collections
    ]
    filled = [{name: value for name, value in item.items() if value} for item in items]
    return json.dumps(filled, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[Style, Callable[[Citation], str]] = MappingProxyType(
    {
        Style.BIBTEX: render_bibtex,
        Style.APA: render_apa,
        Style.RIS: render_ris,
        Style.CSL_JSON: render_csl_json,
        Style.CFF: render_cff,
    }
)
