"""croissant.json: the dataset for the tools of machine learning (Croissant 1.1, RAI 1.0). Imports leaves of publish and
schemas.

Record sets and fields are the tables and columns of `schemas`. What the Responsible AI vocabulary asks is what the
datasheet answers, so both say the same.
"""

from collections.abc import Mapping, Sequence

import pyarrow

from builder.publish.citation import Citation
from builder.publish.citation_formats import render_bibtex
from builder.publish.datasheet import compute_answers
from builder.publish.facts import Author, BuildFacts
from builder.publish.figures import Figures
from builder.publish.licence import is_listed
from builder.publish.manifest import render_json
from builder.publish.summary import summarize
from builder.publish.written import WrittenTable
from schemas.derive import ColumnDoc, arrow_schema, describe_columns, describe_table
from schemas.relations import FOREIGN_KEYS
from schemas.tables import KEYS

CROISSANT = "croissant.json"
_TERMS = (
    "annotation arrayShape citeAs column containedIn equivalentProperty excludes extract field fileObject fileProperty "
    "fileSet format includes isArray isLiveDataset jsonPath key md5 parentField path recordSet readLines references "
    "regex repeated replace samplingRate sdVersion separator source subField transform unArchive value"
)
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{term: f"cr:{term}" for term in _TERMS.split()},
}
_TYPES = {
    pyarrow.string(): "sc:Text",
    pyarrow.bool_(): "sc:Boolean",
    pyarrow.int32(): "cr:Int32",
    pyarrow.int64(): "cr:Int64",
    pyarrow.float32(): "cr:Float32",
    pyarrow.date32(): "sc:Date",
    pyarrow.timestamp("us", tz="UTC"): "sc:DateTime",
}
# Which questions of the datasheet a property of the Responsible AI vocabulary asks.
_RAI: Mapping[str, Sequence[str]] = {
    "dataCollection": ("collection_acquired", "collection_mechanisms"),
    "dataCollectionMissingData": ("composition_missing",),
    "dataCollectionRawData": ("preprocessing_raw",),
    "dataPreprocessingProtocol": ("preprocessing_done",),
    "dataAnnotationProtocol": ("composition_labels",),
    "dataBiases": ("composition_sample", "uses_impact"),
    "dataLimitations": ("composition_errors", "uses_not"),
    "dataUseCases": ("motivation_purpose", "uses_other"),
    "dataSocialImpact": ("collection_impact",),
    "personalSensitiveInformation": ("composition_individuals", "composition_sensitive"),
    "dataReleaseMaintenancePlan": ("maintenance_updates", "maintenance_versions"),
}


def render_croissant(
    facts: BuildFacts, figures: Figures, written: Mapping[str, WrittenTable], citation: Citation
) -> str:
    """The metadata as JSON-LD. `url` and `datePublished` are there where a release has a DOI and a date."""
    dataset: dict[str, object] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": citation.title,
        "description": summarize(facts, figures.rows),
        "version": facts.data_version,
        "license": [_license(name) for name in figures.licenses],
        "inLanguage": [name for name in figures.languages if name != "und"],
        "keywords": ["news", "quotations", "attribution", "claims"],
        "creator": [_creator(author) for author in facts.authors],
        "citeAs": render_bibtex(citation),
        "distribution": [part for name, table in written.items() for part in _distribute(name, table)],
        "recordSet": [_record_set(name, written) for name in written],
        **_rai(facts, figures),
    }
    if facts.released_on is not None:
        dataset["datePublished"] = facts.released_on.isoformat()
    if citation.doi is not None:
        dataset["url"] = f"https://doi.org/{citation.doi}"
    return render_json({name: value for name, value in dataset.items() if value})


def _license(name: str) -> str:
    return f"https://spdx.org/licenses/{name}.html" if is_listed(name) else name


def _creator(author: Author) -> dict[str, object]:
    if author.given is None:
        return {"@type": "sc:Organization", "name": author.name}
    person: dict[str, object] = {"@type": "sc:Person", "name": author.shown}
    return person if author.orcid is None else person | {"url": f"https://orcid.org/{author.orcid}"}


def _distribute(name: str, table: WrittenTable) -> list[dict[str, object]]:
    """Every file with its sum; several parts of one table also as the set that its records are read from."""
    files: list[dict[str, object]] = [
        {
            "@type": "cr:FileObject",
            "@id": path,
            "name": path,
            "contentUrl": path,
            "encodingFormat": "application/x-parquet",
            "sha256": digest,
        }
        for path, digest in table.files.items()
    ]
    if len(files) == 1:
        return files
    parts: dict[str, object] = {
        "@type": "cr:FileSet",
        "@id": f"{name}-parts",
        "name": f"{name}-parts",
        "encodingFormat": "application/x-parquet",
        "includes": f"data/{name}/part-*.parquet",
    }
    return [*files, parts]


def _source(name: str, table: WrittenTable) -> dict[str, object]:
    """Where a table's records are read from."""
    if len(table.files) == 1:
        return {"fileObject": {"@id": next(iter(table.files))}}
    return {"fileSet": {"@id": f"{name}-parts"}}


def _record_set(name: str, written: Mapping[str, WrittenTable]) -> dict[str, object]:
    source = _source(name, written[name])
    references = {
        column: {**_source(of, written[of]), "extract": {"column": KEYS[of][0]}}
        for owner, column, of in FOREIGN_KEYS
        if owner == name
    }
    record_set: dict[str, object] = {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": describe_table(name),
        "field": [_field(name, column, source, references.get(column.name)) for column in describe_columns(name)],
    }
    if len(KEYS[name]) == 1:  # `dropped` has no id of its own
        record_set["key"] = {"@id": f"{name}/{KEYS[name][0]}"}
    return record_set


def _field(
    table: str, column: ColumnDoc, source: Mapping[str, object], target: Mapping[str, object] | None
) -> dict[str, object]:
    values = f" One of: {', '.join(column.vocabulary)}." if column.vocabulary else ""
    field: dict[str, object] = {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": f"{column.description}.{values}",
    }
    kind = arrow_schema(table).field(column.name).type
    extracted = {**source, "extract": {"column": column.name}}
    is_list = pyarrow.types.is_list(kind)
    if is_list:
        kind = kind.value_type
        field |= {"isArray": True, "arrayShape": "-1"}
    if pyarrow.types.is_struct(kind):
        field["subField"] = [
            {
                "@type": "cr:Field",
                "@id": f"{table}/{column.name}/{part.name}",
                "name": part.name,
                "dataType": _TYPES[part.type],
                "source": {**extracted, "transform": {"jsonPath": part.name}},
            }
            for part in kind
        ]
        return field
    field |= {"dataType": _TYPES[kind], "source": extracted}
    # Readers join by a reference and fail on one from inside a list (speaker_ids): its description says it.
    if target is not None and not is_list:
        field["references"] = target
    return field


def _rai(facts: BuildFacts, figures: Figures) -> dict[str, object]:
    """The Responsible AI properties that there is something to say of."""
    given, computed = facts.answers, compute_answers(facts, figures)
    answers = {
        name: "\n\n".join(text for key in keys for texts in (given, computed) if (text := texts.get(key, "").strip()))
        for name, keys in _RAI.items()
    }
    days = sorted(str(row["retrieved_on"]) for row in figures.collections if row["retrieved_on"])
    properties: dict[str, object] = {
        **answers,
        "dataCollectionType": ["Document analysis"],
        "dataCollectionTimeframe": f"{days[0]}/{days[-1]}" if days else "",
        "machineAnnotationTools": [f"onrecord {facts.package_version}", f"{facts.model_name} {facts.model_sha256}"],
    }
    return {f"rai:{name}": value for name, value in properties.items() if value}
