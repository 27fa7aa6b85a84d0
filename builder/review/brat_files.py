"""Rows as brat's stand-off files, and back. Imports `values`, `exported`, `returned`, `builder.measure.brat`.

A quote is an event: `Cue` with its `Content` and `Source`, or `Quotation`, whose trigger is the content, where there is
no cue. A `Claim` is one in the article's own voice. Kind, type, negation and hedging are attributes; speakers, how they
were told, and targets stand in a note as JSON, by canonical names.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from builder.errors import SettingsError
from builder.measure.brat import OWN_VOICE, read_annotation
from builder.measure.labels import Labels
from builder.review.exported import Exported
from builder.review.returned import note_of, returned_row
from builder.review.values import CLAIM, QUOTE, SPANS, Row, Spans, Values, fragments, joined
from schemas.vocabulary import ATTRIBUTION_TYPES, CLAIM_KINDS

CONF = "annotation.conf"
_UNCUED = "Quotation"
_EVENT = {"cue": "Cue", "content": "Content", "source": "Source"}


def render_conf() -> str:
    """Brat's annotation.conf: what may be marked."""
    kinds, types = "|".join(CLAIM_KINDS), "|".join(ATTRIBUTION_TYPES)
    return (
        f"[entities]\nSource\nContent\n{OWN_VOICE}\n\n[relations]\n\n"
        f"[events]\nCue\tContent+:Content, Source*:Source\n"
        f"{_UNCUED}\tSource*:Source\n\n"
        f"[attributes]\nClaimKind\tArg:<EVENT>|<ENTITY>, Value:{kinds}\n"
        f"AttributionType\tArg:<EVENT>, Value:{types}\n"
        "Negated\tArg:<EVENT>|<ENTITY>\nHedged\tArg:<EVENT>|<ENTITY>\n"
    )


def render_brat(article: Exported) -> tuple[str, dict[str, Row]]:
    """The text of the .ann file, and the rows by the ids that they have in it."""
    marks: dict[tuple[str, Spans], str] = {}
    lines: list[str] = []
    keys: dict[str, Row] = {}
    for number, row in enumerate(article.rows, 1):
        if row.row == QUOTE:
            key = f"E{number}"
            lines.append(f"{key}\t" + " ".join(_event(article.text, row.values, marks)))
        else:
            key = _mark(article.text, OWN_VOICE, row.values.content, marks)
        keys[key] = row
    attributes = (f"{key} {value}".rstrip() for of, row in keys.items() for key, value in _attributes(of, row))
    lines += [f"A{number}\t{line}" for number, line in enumerate(attributes, 1)]
    notes = [(key, note) for key, row in keys.items() if (note := note_of(row))]
    lines += [f"#{number}\tAnnotatorNotes {key}\t{note}" for number, (key, note) in enumerate(notes, 1)]
    spans = [_span_line(article.text, ref, kind, pieces) for (kind, pieces), ref in marks.items()]
    return "".join(f"{line}\n" for line in spans + lines), keys


def read_brat_rows(annotation: Path, article: Exported, keys: Mapping[str, Row]) -> dict[str, Row]:
    """The rows of a file that came back, by their ids in it; `keys` are those that it was exported with.

    SettingsError where a content was marked that no event takes up: it would be lost.
    """
    document, loose = read_annotation(annotation, article.text)
    known = {span for row in keys.values() for span in fragments(article.text, row.values.content)}
    for spans in loose:
        if not known.issuperset(spans):
            raise SettingsError(
                f"{annotation}: the content at {spans[0][0]} {spans[-1][1]} belongs to no event; expected a Cue with "
                f"it as its Content, or a {_UNCUED} in its place"
            )
    found = {}
    for key, parts in document.attributions.items():
        of_quote = {part: joined(article.text, parts[part]) for part in SPANS}
        found[key] = returned_row(
            QUOTE, of_quote, document.labels.get(key, Labels()), keys.get(key), article, f"{annotation}: {key}"
        )
    for key, pieces in document.claims.items():
        of_claim = {"content": joined(article.text, sorted(pieces))}
        found[key] = returned_row(
            CLAIM, of_claim, document.labels.get(key, Labels()), keys.get(key), article, f"{annotation}: {key}"
        )
    return found


def _event(text: str, values: Values, marks: dict[tuple[str, Spans], str]) -> Iterator[str]:
    """The event's arguments, the trigger first."""
    trigger, parts = ("Cue", ("source", "content")) if values.cue else (_UNCUED, ("source",))
    yield f"{trigger}:{_mark(text, trigger, values.cue or values.content, marks)}"
    for part in parts:
        if spans := getattr(values, part):
            yield f"{_EVENT[part]}:{_mark(text, _EVENT[part], spans, marks)}"


def _mark(text: str, kind: str, spans: Spans, marks: dict[tuple[str, Spans], str]) -> str:
    """The id of the marked pieces, the same for the same pieces of the same kind."""
    return marks.setdefault((kind, fragments(text, spans)), f"T{len(marks) + 1}")


def _span_line(text: str, ref: str, kind: str, pieces: Spans) -> str:
    places = ";".join(f"{start} {end}" for start, end in pieces)
    return f"{ref}\t{kind} {places}\t{' '.join(text[start:end] for start, end in pieces)}"


def _attributes(of: str, row: Row) -> Iterator[tuple[str, str]]:
    values = row.values
    if values.claim_kind:
        yield f"ClaimKind {of}", values.claim_kind
    if values.attribution_type:
        yield f"AttributionType {of}", values.attribution_type
    if values.is_negated:
        yield f"Negated {of}", ""
    if values.is_hedged:
        yield f"Hedged {of}", ""
