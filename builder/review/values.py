"""What a reviewer sees and may correct of a quote, or of a claim in the article's own voice.

Imports `builder.measure.labels` and `schemas.vocabulary`. Spans are code points in the article's text, end exclusive.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from builder.extract.attribution import Span
from builder.measure.labels import ClaimKind, SpeakerKind
from schemas.vocabulary import ATTRIBUTION_TYPES, SPEAKER_RESOLUTIONS

QUOTE, CLAIM = "quote", "claim"
ROWS = (QUOTE, CLAIM)
_GAP = re.compile(r"\s*\n\s*")


def _in_order(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    end_before = 0
    for start, end in spans:
        if not end_before <= start < end:
            raise ValueError(f"found {list(spans)}, expected spans in the text's order, none empty, none overlapping")
        end_before = end
    return spans


def _known_type(value: str | None) -> str | None:
    if value is not None and value not in ATTRIBUTION_TYPES:
        raise ValueError(f"found {value!r}, expected one of {', '.join(ATTRIBUTION_TYPES)}")
    return value


def _known_resolution(value: str | None) -> str | None:
    if value is not None and value not in SPEAKER_RESOLUTIONS:
        raise ValueError(f"found {value!r}, expected one of {', '.join(SPEAKER_RESOLUTIONS)}")
    return value


Spans = Annotated[tuple[Span, ...], AfterValidator(_in_order)]


class Named(BaseModel):
    """An actor by canonical name; `also` are the names by which the article mentions it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, pattern=r"^\S(.*\S)?$")]
    kind: SpeakerKind | None = None
    also: tuple[str, ...] = ()


class Values(BaseModel):
    """The correctable values; a correction sets those alone that it changes. None: to be told by rule."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    content: Spans = ()
    cue: Spans = ()
    source: Spans = ()
    speakers: tuple[Named, ...] = ()
    resolution: Annotated[str | None, AfterValidator(_known_resolution)] = None
    attribution_type: Annotated[str | None, AfterValidator(_known_type)] = None
    claim_kind: ClaimKind | None = None
    is_negated: bool = False
    is_hedged: bool = False
    targets: Annotated[tuple[Named, ...], Field(max_length=3)] = ()


SPANS = ("content", "cue", "source")
ACTORS = ("speakers", "targets")
# A claim in the article's own voice has these; a quote has all.
OF_CLAIMS = ("content", "claim_kind", "is_negated", "is_hedged", "targets")


@dataclass(frozen=True, slots=True)
class Row:
    """A quote with its claim, or a claim by itself (own voice, one of a quote's); no `id` if a person added it."""

    row: str
    id: str | None
    values: Values


def fragments(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    r"""The spans without line breaks, which annotation programs cannot mark.

    >>> fragments("One.\n\nTwo.", [(0, 10)])
    ((0, 4), (6, 10))
    """
    found = []
    for start, end in spans:
        at = start
        for gap in [*_GAP.finditer(text, start, end), None]:
            stop = gap.start() if gap else end
            if at < stop:
                found.append((at, stop))
            at = gap.end() if gap else end
    return tuple(found)


def joined(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    r"""The spans with those made one that only a line break parts: the contrary of `fragments`.

    >>> joined("One.\n\nTwo.", [(0, 4), (6, 10)])
    ((0, 10),)
    """
    found: list[Span] = []
    for start, end in fragments(text, spans):
        if found and _GAP.fullmatch(text, found[-1][1], start):
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return tuple(found)
