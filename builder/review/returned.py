"""A row as it came back, whatever the annotation program. Imports `values`, `exported`, `builder.measure.labels`."""

import json
from collections.abc import Mapping

from pydantic import ValidationError

from builder.errors import SettingsError
from builder.measure.labels import Labels
from builder.review.exported import Exported
from builder.review.values import QUOTE, Named, Row, Spans, Values


def returned_row(
    row: str, spans: Mapping[str, Spans], labels: Labels, was: Row | None, article: Exported, at: str
) -> Row:
    """A row as it came back; where a note or an attribute was taken away, what was exported holds."""
    before = was.values if was else Values()
    said = {
        **spans,
        "claim_kind": labels.claim_kind or before.claim_kind,
        "is_negated": labels.is_negated,
        "is_hedged": labels.is_hedged,
        "targets": named(labels.targets, article, None),
    }
    if row == QUOTE:
        said |= {
            "speakers": named(labels.speakers, article, labels.speaker_kind),
            "resolution": labels.resolution or before.resolution,
            "attribution_type": labels.attribution_type or before.attribution_type,
        }
        if was and labels.resolution is None and not labels.speakers and not labels.targets:
            said |= {"speakers": before.speakers, "targets": before.targets}
    try:
        return Row(row, was.id if was else None, Values.model_validate(said))
    except ValidationError as problem:
        first = problem.errors()[0]
        raise SettingsError(f"{at}: {'.'.join(map(str, first['loc']))}: {first['msg']}; correct the mark") from problem


def named(names: tuple[str, ...], article: Exported, kind: str | None) -> tuple[Named, ...]:
    """The actors that a reviewer named: the article's own of that name, else one of that name alone."""
    found = []
    for name in dict.fromkeys(" ".join(name.split()) for name in names):
        own = [actor for actor in article.actors if actor.name == name]
        own = own or [actor for actor in article.actors if name in actor.also]
        found.append(own[0] if own else Named(name=name, kind=kind))
    return tuple(found)


def note_of(row: Row) -> str | None:
    """What stands in the note of a row: always one for a quote, so that an annotator sees where speakers go."""
    values = row.values
    note: dict[str, object] = {}
    if row.row == QUOTE:
        note = {"speakers": [actor.name for actor in values.speakers], "resolution": values.resolution}
    if values.targets or row.row == QUOTE:
        note["targets"] = [actor.name for actor in values.targets]
    return json.dumps(note, ensure_ascii=False) if note else None
