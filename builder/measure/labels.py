"""What gold says of an attribution or a claim beside its spans, after the codebook.

Imports `builder.errors`, `builder.extract.times` and `schemas.vocabulary`. In brat's files it stands in attributes
(ClaimKind, AttributionType, Negated, Hedged) and in notes that are JSON objects; other attributes and free notes are
passed over. A value outside the closed lists raises SettingsError with file and line.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from builder.errors import SettingsError
from builder.extract.times import Period
from schemas.vocabulary import ACTOR_KINDS, ATTRIBUTION_TYPES, CLAIM_KINDS, DATE_PRECISIONS, SPEAKER_RESOLUTIONS

_ATTRIBUTES = {"ClaimKind": "claim_kind", "AttributionType": "attribution_type"}
_FLAGS = {"Negated": "is_negated", "Hedged": "is_hedged"}


@dataclass(frozen=True, slots=True)
class Labels:
    """Speakers and targets by canonical name; no speakers where the article names and implies nobody."""

    claim_kind: str | None = None
    attribution_type: str | None = None
    is_negated: bool = False
    is_hedged: bool = False
    speakers: tuple[str, ...] = ()
    speaker_kind: str | None = None
    resolution: str | None = None
    targets: tuple[str, ...] = ()
    about: Period | None = None


def _one_of(known: Collection[str]) -> AfterValidator:
    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"found {value!r}, expected one of {', '.join(known)}")
        return value

    return AfterValidator(check)


ClaimKind = Annotated[str, _one_of(CLAIM_KINDS)]
SpeakerKind = Annotated[str, _one_of(ACTOR_KINDS)]


class _About(BaseModel):
    model_config = ConfigDict(extra="forbid")

    start: date
    end: date
    precision: Annotated[str, _one_of(DATE_PRECISIONS)]


class _Fields(BaseModel):
    """What an attribute or a note sets, under the names of Labels."""

    model_config = ConfigDict(extra="forbid")

    claim_kind: ClaimKind | None = None
    attribution_type: Annotated[str, _one_of(ATTRIBUTION_TYPES)] | None = None
    is_negated: bool = False
    is_hedged: bool = False
    speakers: tuple[str, ...] = ()
    speaker_kind: SpeakerKind | None = None
    resolution: Annotated[str, _one_of(SPEAKER_RESOLUTIONS)] | None = None
    targets: tuple[str, ...] = ()
    about: _About | None = None


def read_labels(lines: Iterable[tuple[str, str]]) -> dict[str, Labels]:
    """The labels of a brat file by the id that they are of, from its attributes and notes as (line, where it is)."""
    found: dict[str, dict[str, Any]] = {}
    for line, at in lines:
        key, head, note, *_ = [*line.split("\t", 2), "", ""]
        name, of, value, *_ = [*head.split(), "", "", ""]
        if key[0] == "#" and note.lstrip().startswith("{"):
            found.setdefault(of, {}).update(_set(_Fields.model_validate_json, note, at))
        elif key[0] != "#" and name in _ATTRIBUTES:
            found.setdefault(of, {}).update(_set(_Fields.model_validate, {_ATTRIBUTES[name]: value}, at))
        elif key[0] != "#" and name in _FLAGS:
            found.setdefault(of, {})[_FLAGS[name]] = True
    return {of: Labels(**fields) for of, fields in found.items()}


def _set(validate: Any, said: str | Mapping[str, str], at: str) -> dict[str, Any]:
    """The fields that an attribute or a note sets."""
    try:
        fields: _Fields = validate(said)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the note"
        raise SettingsError(
            f"{at}: {where}: {first['msg']}; a note that is a JSON object may hold speakers, speaker_kind, "
            "resolution, targets, about (start, end, precision)"
        ) from problem
    values = {name: getattr(fields, name) for name in fields.model_fields_set}
    if fields.about:
        values["about"] = (fields.about.start, fields.about.end, fields.about.precision)
    return values
