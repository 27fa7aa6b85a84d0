"""What a validation told of a build: `validations/*.json` of a raw folder, for datasheet, card and manifest.

Imports `builder.errors`, schemas. A file says who read which share of the articles and when, of which rows
(their fingerprints) the estimates are, and the estimates. It says nothing of single articles, so that it can be passed
on as it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from builder.errors import SettingsError
from schemas.columns import SHA256
from schemas.vocabulary import CLAIM_KINDS

FORMAT: Final = "onrecord-validation/1"
_Table = Literal["articles", "quotes", "claims"]
# The tables that the estimates are of.
ESTIMATED: tuple[_Table, ...] = ("articles", "quotes", "claims")
_Words = Annotated[str, Field(pattern=r"\S")]
_Share = Annotated[float, Field(ge=0, le=1)]
# As the name of a collection's folder.
_Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$")]
_Sum = Annotated[str, Field(pattern=SHA256)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Interval(_Strict):
    """A share, 0 to 1, with its interval, of `rows` rows of the sample; None where it has none of them."""

    value: _Share | None
    low: _Share | None
    high: _Share | None
    rows: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        ends = (self.low, self.value, self.high)
        told = [end for end in ends if end is not None]
        if len(told) not in (0, 3) or told != sorted(told):
            raise ValueError(f"low, value, high are {ends}; expected three numbers in this order, or null for all")
        return self


class Estimated(_Strict):
    """Precision and recall of all quotes, of a collection's quotes, or of the claims of a kind."""

    by: Literal["all", "collection", "claim_kind"]
    group: _Name
    articles: Annotated[int, Field(ge=0)]
    precision: Interval
    recall: Interval

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.by == "claim_kind" and self.group not in CLAIM_KINDS:
            raise ValueError(f"no claim kind {self.group!r}; expected one of {', '.join(CLAIM_KINDS)}")
        return self


class Sampled(_Strict):
    """How many of a collection's articles were drawn, each with `inclusion_probability`, and read in full."""

    collection_id: _Name
    articles: Annotated[int, Field(ge=1)]
    drawn: Annotated[int, Field(ge=1)]
    inclusion_probability: Annotated[float, Field(gt=0, le=1)]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.drawn > self.articles or abs(self.inclusion_probability - self.drawn / self.articles) > 1e-6:
            raise ValueError(
                f"{self.drawn} of {self.articles} articles with the probability {self.inclusion_probability}; expected "
                "their quotient, 1 at most"
            )
        return self


class Rows(_Strict):
    """A table as it was when it was measured."""

    rows: Annotated[int, Field(ge=0)]
    fingerprint: _Sum


class RecordedValidation(_Strict):
    """One file of `validations/`: `version` and `fingerprint` are those of the build or release that was measured."""

    format: Literal["onrecord-validation/1"]
    by: _Words
    date: date
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")] | None
    fingerprint: _Sum
    tables: dict[_Table, Rows]
    seed: Annotated[int, Field(ge=0)]
    level: Annotated[float, Field(gt=0, lt=1)]
    sample: Annotated[tuple[Sampled, ...], Field(min_length=1)]
    estimates: Annotated[tuple[Estimated, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if missing := set(ESTIMATED) - self.tables.keys():
            raise ValueError(f"tables lacks {', '.join(sorted(missing))}")
        return self

    @property
    def drawn(self) -> int:
        """How many articles were read."""
        return sum(one.drawn for one in self.sample)

    @property
    def articles(self) -> int:
        """Out of how many they were drawn."""
        return sum(one.articles for one in self.sample)


@dataclass(frozen=True, slots=True)
class Change:
    """A table that is not as it was when it was measured: its rows then and now (as many, where only cells differ)."""

    table: str
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class Told:
    """A validation, and what changed since in the tables that it is of."""

    validation: RecordedValidation
    changes: tuple[Change, ...]


def parse_validation(content: bytes, path: str) -> RecordedValidation:
    """The file; SettingsError naming `path`, the key and what was expected where it has a mistake."""
    try:
        return RecordedValidation.model_validate_json(content)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise SettingsError(
            f"{path}: {where}: {first['msg']}; expected what `onrecord review estimate --out` writes. Write it anew, "
            "or take it out"
        ) from problem


def read_validations(recorded: Iterable[Mapping[str, Any]]) -> tuple[RecordedValidation, ...]:
    """Those that stand in a manifest."""
    return tuple(RecordedValidation.model_validate(one) for one in recorded)


def tell(validations: Iterable[RecordedValidation], tables: Mapping[str, tuple[int, str]]) -> tuple[Told, ...]:
    """Each validation beside the (rows, fingerprint) that the tables have now."""
    return tuple(Told(one, tuple(_changes(one, tables))) for one in validations)


def _changes(one: RecordedValidation, tables: Mapping[str, tuple[int, str]]) -> Iterator[Change]:
    for name, was in one.tables.items():
        rows, fingerprint = tables[name]
        if fingerprint != was.fingerprint:
            yield Change(name, was.rows, rows)
