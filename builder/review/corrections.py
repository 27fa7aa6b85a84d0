"""Corrections that people made, as the lines of `corrections/*.jsonl` of a raw folder.

Imports `values`, `builder.errors` and a name of `builder.read.manifest`. A line says which row of which article (with
the text's hash as it was read), what was there before and what is right, or that the row was right as it was; who says
so, when and why. Spans and names stand in it, none of the article's other words.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from builder.errors import SettingsError
from builder.read.manifest import CORRECTIONS
from builder.review.values import ACTORS, OF_CLAIMS, QUOTE, Values
from schemas.columns import ID_PREFIXES, SHA256

_EXPECTED = "a line as `onrecord review import` writes it"
_Words = Annotated[str, Field(pattern=r"\S")]


class Correction(BaseModel):
    """One line: a row changed (`before` and `after` hold what changed), deleted (no `after`) or added (no `before`).

    With `is_confirmed` the row was read and left: `before` is the whole of it, and there is no `after`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    article_id: Annotated[str, Field(pattern=rf"^{ID_PREFIXES['article']}-[0-9a-f]{{16}}$")]
    collection_id: _Words
    text_sha256: Annotated[str, Field(pattern=SHA256)]
    row: Literal["quote", "claim"]
    id: str | None
    before: Values | None
    after: Values | None
    by: _Words
    date: date
    why: _Words
    is_confirmed: bool = False

    @model_validator(mode="after")
    def _fits(self) -> Self:
        kind = ID_PREFIXES[self.row]
        if self.id is not None and not re.fullmatch(rf"{kind}-[0-9a-f]{{16}}", self.id):
            raise ValueError(f"id is {self.id!r}, expected {kind}- and 16 hexadecimal digits")
        if (self.id is None) != (self.before is None):
            raise ValueError("a row that was there has an id and a before; an added one has neither")
        if self.before is None and self.after is None:
            raise ValueError("neither before nor after, expected one of them at least")
        if self.is_confirmed and (self.after is not None or self.before is None):
            raise ValueError("a row that is confirmed has a before, its values, and no after")
        if self.after is not None and not self.after.model_fields_set:
            raise ValueError("after is empty, expected what changes, or null where the row is deleted")
        sets_content = self.id is None or (self.after is not None and "content" in self.after.model_fields_set)
        if self.after is not None and sets_content and not self.after.content:
            raise ValueError("after has no content, expected a span at least")
        set_fields = {name for side in (self.before, self.after) if side for name in side.model_fields_set}
        if self.row != QUOTE and set_fields - set(OF_CLAIMS):
            raise ValueError(f"a claim has no {min(set_fields - set(OF_CLAIMS))}, expected {', '.join(OF_CLAIMS)}")
        return self

    @property
    def right(self) -> Values | None:
        """What the row should be, as far as the line says it; None where it should not be there."""
        return self.before if self.is_confirmed else self.after


@dataclass(frozen=True, slots=True)
class Placed:
    """A correction and where it stands: a path relative to the raw folder and a line."""

    correction: Correction
    path: str
    line: int

    @property
    def order(self) -> tuple[date, str, int]:
        """Corrections are applied by date, file and line."""
        return self.correction.date, self.path, self.line

    @property
    def place(self) -> str:
        """For messages."""
        return f"{self.path}:{self.line}"


# By article, in the order in which they are applied.
Corrections = Mapping[str, tuple[Placed, ...]]


def render_corrections(corrections: Iterable[Correction]) -> str:
    """The corrections as JSON lines."""
    return "".join(
        json.dumps(one.model_dump(mode="json", exclude_unset=True), ensure_ascii=False) + "\n" for one in corrections
    )


def read_corrections(raw: Path, collections: Iterable[str]) -> tuple[dict[str, tuple[Placed, ...]], list[Path]]:
    """The corrections of a raw folder by article, and their files; SettingsError with file, line and what was expected.

    Two corrections that say different things of one row are a mistake, unless the later one was made on the earlier.
    """
    files = sorted((raw / CORRECTIONS).glob("*.jsonl"))
    known = set(collections)
    placed = [
        one for file in files for one in parse_corrections(file.read_bytes(), file.relative_to(raw).as_posix(), known)
    ]
    by_article: dict[str, list[Placed]] = {}
    for one in sorted(placed, key=lambda one: one.order):
        by_article.setdefault(one.correction.article_id, []).append(one)
    for some in by_article.values():
        _refuse_conflicts(some)
    return {article: tuple(some) for article, some in by_article.items()}, files


def parse_corrections(content: bytes, path: str, collections: set[str]) -> list[Placed]:
    """The lines of one file."""
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            correction = Correction.model_validate_json(line)
        except ValidationError as problem:
            first = problem.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the line"
            raise SettingsError(f"{path}:{number}: {where}: {first['msg']}; expected {_EXPECTED}") from problem
        if correction.collection_id not in collections:
            raise SettingsError(
                f"{path}:{number}: no collection {correction.collection_id!r}; expected one of "
                f"{', '.join(sorted(collections))}. Correct the line, or take it out if the collection is gone"
            )
        found.append(Placed(correction, path, number))
    return found


def _refuse_conflicts(of_article: list[Placed]) -> None:
    """Raise where two corrections of one article, in their order, cannot both hold."""
    for at, later in enumerate(of_article):
        for earlier in of_article[:at]:
            one, two = earlier.correction, later.correction
            if one.text_sha256 == two.text_sha256 and one.row == two.row and _contradict(one, two):
                raise SettingsError(
                    f"{later.place}: says otherwise of {two.id or 'an added row'} in {two.article_id} than "
                    f"{earlier.place} ({one.by}, {one.date}); expected one of them: settle it and take the other out"
                )


def _contradict(one: Correction, two: Correction) -> bool:
    if one.id != two.id:
        return False
    former, latter = one.right, two.right
    if one.before is None and two.before is None:
        assert former
        assert latter
        return _overlap(former, latter) and plain(former) != plain(latter)
    if former is None:
        return latter is not None
    first, was = plain(former), plain(two.before) if two.before else {}
    if latter is None:
        return any(name not in was or first[name] != was[name] for name in first)
    second = plain(latter)
    return any(first[name] not in (second[name], was.get(name)) for name in first.keys() & second.keys())


def plain(values: Values) -> dict[str, object]:
    """What is set, actors by their names alone."""
    return {
        name: tuple(one.name for one in getattr(values, name)) if name in ACTORS else getattr(values, name)
        for name in values.model_fields_set
    }


def _overlap(one: Values, two: Values) -> bool:
    return any(start < e and s < end for start, end in one.content for s, e in two.content)
