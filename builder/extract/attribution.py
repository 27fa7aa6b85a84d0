"""What extraction finds in one article. Imports nothing of the project.

Spans are code-point offsets into the article's normalized text, end exclusive.
"""

from dataclasses import dataclass
from datetime import date

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content that the article hands to a source (Newell, Margolin and Ruths, LREC 2018); each part in pieces.

    `confidence` is the probability, 0 to 1, that content and source are right (`confidence`).
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    confidence: float
    quote_type: str = "indirect"
    attribution_type: str = "communication"


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name; `kind` is person, organization, place or other."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition: of the attribution with that number in the article, or (None) in the article's own voice.

    `is_speakers` where the article is its speaker's speech, so that its own voice is the speaker's.
    """

    spans: tuple[Span, ...]
    attribution: int | None
    claim_kind: str
    is_negated: bool
    is_hedged: bool
    checkworthy: float
    confidence: float
    about_start: date | None = None
    about_end: date | None = None
    about_precision: str | None = None
    is_speakers: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything extracted from one article, each in the text's order."""

    attributions: tuple[Attribution, ...] = ()
    names: tuple[Name, ...] = ()
    claims: tuple[Claim, ...] = ()
