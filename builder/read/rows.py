"""One row of a JSONL, CSV or Parquet file, as {column: value}, to a record. Leaf of `builder.read`.

May import `builder.read`'s manifest, records and source, and `builder.tally`.
"""

from collections.abc import Collection as Names
from collections.abc import Mapping
from datetime import date, datetime, time

from builder.read.manifest import Collection, Columns
from builder.read.record import Metadata, Record
from builder.read.source import Source
from builder.tally import Dropped


class BadRowError(Exception):
    """A row that is no record; `reason` is a drop reason."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def mapping(collection: Collection, columns: Names[str] | None = None) -> dict[str, str]:
    """{our name: column} to read: what the collection maps, or else columns that bear our names.

    With `columns` (a file's header), raises BadRowError where a mapped one is not among them.
    """
    declared = collection.columns
    wanted = declared.mapped() if declared else {name: name for name in Columns.model_fields}
    if columns is None:
        return wanted
    missing = [theirs for theirs in wanted.values() if theirs not in columns] if declared else []
    if not declared and "text" not in columns:
        missing = ["text"]
    if missing:
        raise BadRowError(
            "broken-record",
            f"the file has no column {missing[0]!r}; it has {', '.join(sorted(columns))}: correct [columns]",
        )
    return {ours: theirs for ours, theirs in wanted.items() if theirs in columns}


def to_record(source: Source, place: str, row: Mapping[str, object], columns: Mapping[str, str]) -> Record | Dropped:
    """The record of a row; Dropped where its text or id is missing or a value is of the wrong type."""
    try:
        return _to_record(source, place, row, columns)
    except BadRowError as error:
        return source.dropped(error.reason, error.detail, place)


def _to_record(source: Source, place: str, row: Mapping[str, object], columns: Mapping[str, str]) -> Record | Dropped:
    values = {ours: row[theirs] for ours, theirs in columns.items() if row.get(theirs) is not None}
    body = values.get("text")
    if not isinstance(body, str):
        found = "is missing" if body is None else f"is not a string but {type(body).__name__}"
        raise BadRowError("broken-record", f"the text column {columns['text']!r} {found}")
    strings = {ours: _scalar(columns[ours], value) for ours, value in values.items() if ours not in ("text", "authors")}
    authors = _names(columns["authors"], values["authors"]) if "authors" in values else ()
    declared = source.collection.columns
    if declared and declared.id and not strings.get("id"):
        raise BadRowError("broken-record", f"the id column {declared.id!r} is missing or empty")
    optional = {key: value for key, value in strings.items() if value}
    revision = _revision(optional.pop("revision", "0"))
    locator = optional.pop("id", None)
    return source.record(
        body, "text/plain", Metadata(authors=authors, **optional), place=place, locator=locator, revision=revision
    )


def _scalar(column: str, value: object) -> str:
    """A value as a string; lists and objects are not one."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, (int, float, date, datetime, time)):
        raise BadRowError("broken-record", f"the column {column!r} holds {type(value).__name__}, not a single value")
    return value.isoformat() if isinstance(value, (date, datetime, time)) else str(value)


def _names(column: str, value: object) -> tuple[str, ...]:
    """Authors: one string, a list of strings, or a list of objects with a name."""
    entries = value if isinstance(value, (list, tuple)) else [value]
    names = [entry.get("name") if isinstance(entry, dict) else entry for entry in entries]
    return tuple(name for entry in names if entry is not None and (name := _scalar(column, entry)))


def _revision(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value[:11]) < 2**31):
        raise BadRowError("broken-record", f"the revision {value[:40]!r} is not a whole number from 0 to 2147483647")
    return int(value)
