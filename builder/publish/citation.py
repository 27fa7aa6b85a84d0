"""CITATION.cff (Citation File Format 1.2.0) of a build or release. Imports `facts`, `figures`, `licence`."""

from collections.abc import Mapping

import yaml

from builder.publish.facts import BuildFacts
from builder.publish.figures import Figures
from builder.publish.licence import is_listed

# What the format's guide asks for where no author is named.
ANONYMOUS = "anonymous"


def render_citation(facts: BuildFacts, figures: Figures, fingerprint: str) -> str:
    """The citation: version, fingerprint and, for a release, the date and DOI that it was given; never today's date."""
    citation: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "Please cite this dataset with its version and fingerprint, and the collections it was made from.",
        "type": "dataset",
        "title": facts.title,
        "authors": [{"name": name} for name in facts.authors or (ANONYMOUS,)],
        "version": facts.data_version,
        "identifiers": [
            {
                "type": "other",
                "value": f"sha256:{fingerprint}",
                "description": "Fingerprint of all rows, as manifest.json has it",
            }
        ],
    }
    if len(figures.licenses) == 1 and is_listed(figures.licenses[0]):
        citation["license"] = figures.licenses[0]
    if facts.released_on is not None:
        citation["date-released"] = facts.released_on.isoformat()
    if facts.doi is not None:
        citation["doi"] = facts.doi
    references = [_refer(collection) for collection in figures.collections if collection["citation"]]
    if references:
        citation["references"] = references
    return yaml.safe_dump(citation, sort_keys=False, allow_unicode=True, width=10_000)


def _refer(collection: Mapping[str, object]) -> dict[str, object]:
    """A collection as a work that the dataset refers to, cited in its own words."""
    return {
        "type": "data",
        "title": collection["title"],
        "authors": [{"name": collection["publisher"] or ANONYMOUS}],
        "notes": collection["citation"],
    }
