"""Quotes and claims as one list an article, as a reader meets them. Imports nothing of the project."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A quote with the claims that it makes, or a claim in the article's own voice (`quote_type` is empty).

    `number` counts from 1 within the article, in the text's order. Spans are code points, end exclusive. `text`,
    `cue` and `source` are None where the tables do not show them.
    """

    number: int
    article_id: str
    text: str | None
    cue: str | None
    source: str | None
    content_spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    source_spans: tuple[Span, ...]
    kinds: tuple[str, ...]
    quote_type: str
    resolution: str
    speakers: tuple[str, ...]
    targets: tuple[str, ...]
    about: str
    confidence: float


def gather_entries(quotes: Iterable[Mapping[str, Any]], claims: Iterable[Mapping[str, Any]]) -> dict[str, list[Entry]]:
    """Rows of `quotes` and `claims` by article."""
    of_quote, own = defaultdict(list), defaultdict(list)
    for claim in claims:
        if claim["quote_id"] is None:
            own[claim["article_id"]].append((claim, [claim]))
        else:
            of_quote[claim["quote_id"]].append(claim)
    by_article = own
    for quote in quotes:
        by_article[quote["article_id"]].append((quote, of_quote[quote["quote_id"]]))
    return {
        article: [
            _entry(number, row, made) for number, (row, made) in enumerate(sorted(by_article[article], key=_place), 1)
        ]
        for article in sorted(by_article)
    }


def _place(pair: tuple[Mapping[str, Any], list[Mapping[str, Any]]]) -> tuple[int, str]:
    row = pair[0]
    spans = row["content_spans"] if "content_spans" in row else row["spans"]
    return spans[0]["start"], row.get("quote_id") or row["claim_id"]


def _entry(number: int, row: Mapping[str, Any], claims: list[Mapping[str, Any]]) -> Entry:
    is_quote = "content_spans" in row
    speakers = [*(row["speaker_ids"] if is_quote else []), *(one for claim in claims for one in claim["claimant_ids"])]
    targets = [one for claim in claims for one in claim["target_ids"]]
    return Entry(
        number=number,
        article_id=row["article_id"],
        text=row["text"],
        cue=row["cue_text"] if is_quote else None,
        source=row["source_text"] if is_quote else None,
        content_spans=_spans(row["content_spans"] if is_quote else row["spans"]),
        cue_spans=_spans(row["cue_spans"]) if is_quote else (),
        source_spans=_spans(row["source_spans"]) if is_quote else (),
        kinds=tuple(dict.fromkeys(claim["claim_kind"] for claim in claims)),
        quote_type=row["quote_type"] if is_quote else "",
        resolution=row["speaker_resolution"] if is_quote else "own voice",
        speakers=tuple(dict.fromkeys(speakers)),
        targets=tuple(dict.fromkeys(targets)),
        about=next((_period(claim["about_start"], claim["about_end"]) for claim in claims if claim["about_start"]), ""),
        confidence=round(row["confidence"], 3),
    )


def _spans(spans: Iterable[Mapping[str, int]]) -> tuple[Span, ...]:
    return tuple((span["start"], span["end"]) for span in spans)


def _period(start: date, end: date | None) -> str:
    return start.isoformat() if end in (None, start) else f"{start.isoformat()} to {end.isoformat()}"
