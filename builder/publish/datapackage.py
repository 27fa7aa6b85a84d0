"""datapackage.json (Data Package v2): every file and column for machines. Imports `facts`, `figures`, `written`,
`manifest`, `licence`, schemas.
"""

from collections.abc import Mapping
from dataclasses import asdict

from builder.publish.facts import Author, BuildFacts
from builder.publish.figures import Figures
from builder.publish.licence import is_listed
from builder.publish.manifest import render_json
from builder.publish.written import WrittenTable
from schemas.derive import ColumnDoc, describe_columns, describe_table
from schemas.relations import FOREIGN_KEYS
from schemas.tables import KEYS

DATAPACKAGE = "datapackage.json"
_TYPES = {
    "string": "string",
    "bool": "boolean",
    "int32": "integer",
    "int64": "integer",
    "float32": "number",
    "date32": "date",
}


def render_datapackage(facts: BuildFacts, figures: Figures, written: Mapping[str, WrittenTable]) -> str:
    """One resource a table; what only `reopen` wants to know again is under `onrecord`."""
    package: dict[str, object] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "onrecord",
        "title": facts.title,
        "version": facts.data_version,
        "resources": [_describe_resource(name, table) for name, table in written.items()],
    }
    if facts.released_on is not None:
        package["created"] = f"{facts.released_on.isoformat()}T00:00:00Z"
    if facts.doi is not None:
        package["id"] = facts.doi
    if facts.authors:
        package["contributors"] = [_describe_author(author) for author in facts.authors]
    licenses = [
        {"name": license_id, "path": f"https://spdx.org/licenses/{license_id}.html"}
        for license_id in figures.licenses
        if is_listed(license_id)
    ]
    if licenses:
        package["licenses"] = licenses
    package["onrecord"] = {
        "tally": {stage: asdict(count) for stage, count in facts.tally.stages.items()},
        "answers": dict(facts.answers),
    }
    if figures.collections:
        package["sources"] = [{"title": collection["title"]} for collection in figures.collections]
    return render_json(package)


def _describe_author(author: Author) -> dict[str, object]:
    described: dict[str, object] = {"title": author.shown, "roles": ["creator"]}
    if author.given is not None:
        described |= {"givenName": author.given, "familyName": author.name}
    if author.orcid is not None:
        described["path"] = f"https://orcid.org/{author.orcid}"
    return described


def read_author(described: Mapping[str, str]) -> Author:
    """The author that a contributor of a data package is."""
    orcid = described.get("path", "").removeprefix("https://orcid.org/") or None
    return Author(described.get("familyName", described["title"]), described.get("givenName"), orcid)


def _describe_resource(name: str, table: WrittenTable) -> dict[str, object]:
    schema: dict[str, object] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_describe_field(column) for column in describe_columns(name)],
    }
    if len(KEYS[name]) == 1:  # `dropped` has no id of its own
        schema["primaryKey"] = list(KEYS[name])
    # A Data Package has no word for keys inside lists (speaker_ids): their columns' descriptions say it.
    keys = [(column, of) for table, column, of in FOREIGN_KEYS if table == name and not column.endswith("_ids")]
    if keys:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": of, "fields": list(KEYS[of])}} for column, of in keys
        ]
    return {
        "name": name,
        "type": "table",
        "description": describe_table(name),
        "path": list(table.files),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": table.n_bytes,
        "schema": schema,
    }


def _describe_field(column: ColumnDoc) -> dict[str, object]:
    constraints: dict[str, object] = {"required": not column.nullable}
    if column.vocabulary:
        constraints["enum"] = list(column.vocabulary)
    if "unique" in column.rules:
        constraints["unique"] = True
    field: dict[str, object] = {
        "name": column.name,
        "type": _type_of(column.type),
        "description": column.description,
        "constraints": constraints,
    }
    if column.vocabulary:
        field["categories"] = [{"value": value, "label": meaning} for value, meaning in column.vocabulary.items()]
    return field


def _type_of(name: str) -> str:
    if name.startswith("list<"):
        return "array"
    return "datetime" if name.startswith("timestamp") else _TYPES[name]
