"""Rows as Label Studio's tasks, and back from its JSON export. Imports `values`, `exported`, `returned`.

Every piece of a content, cue or source is a region; relations join a content to its cue, its source and its further
pieces. Kind, manner, negation and hedging are choices of a content's first piece, and its note is that of brat's form.
What the machine found goes out as a prediction: a task that comes back without an annotation was not read.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from builder.errors import SettingsError
from builder.extract.attribution import Span
from builder.measure.labels import Labels, read_labels
from builder.review.exported import Exported
from builder.review.returned import note_of, returned_row
from builder.review.values import CLAIM, QUOTE, SPANS, Row, fragments, joined
from schemas.vocabulary import ATTRIBUTION_TYPES, CLAIM_KINDS

TASKS, CONFIG, EXPORT = "tasks.json", "config.xml", "annotations.json"
_LABELS = {"content": "Content", "cue": "Cue", "source": "Source"}
_OWN = "Claim"
_FLAGS = {"is_negated": "Negated", "is_hedged": "Hedged"}
# How the attributes of brat's form, by which labels are read, are called here.
_CHOICES = {"kind": "ClaimKind", "manner": "AttributionType"}


class _Value(BaseModel):
    start: int | None = None
    end: int | None = None
    text: str | list[str] | None = None
    labels: list[str] = []
    choices: list[str] = []


class _Result(BaseModel):
    type: str
    id: str = ""
    from_name: str = ""
    value: _Value = _Value()
    from_id: str = ""
    to_id: str = ""


class _Annotation(BaseModel):
    result: list[_Result]
    was_cancelled: bool = False


class _Task(BaseModel):
    data: dict[str, Any]
    annotations: list[_Annotation] = []


@dataclass(slots=True)
class _Group:
    """The regions of one quote by part, and its first content's id."""

    head: str
    parts: dict[str, list[Span]] = field(default_factory=lambda: {part: [] for part in SPANS})


def render_config() -> str:
    """The labelling interface."""
    labels = "".join(f'    <Label value="{label}"/>\n' for label in (*_LABELS.values(), _OWN))
    kinds, manners, flags = (
        "".join(f'    <Choice value="{value}"/>\n' for value in values)
        for values in (CLAIM_KINDS, ATTRIBUTION_TYPES, _FLAGS.values())
    )
    return (
        f'<View>\n  <Labels name="part" toName="text">\n{labels}  </Labels>\n  <Text name="text" value="$text"/>\n'
        f'  <Choices name="kind" toName="text" perRegion="true">\n{kinds}  </Choices>\n'
        f'  <Choices name="manner" toName="text" perRegion="true">\n{manners}  </Choices>\n'
        f'  <Choices name="flags" toName="text" perRegion="true" choice="multiple">\n{flags}  </Choices>\n'
        '  <TextArea name="note" toName="text" perRegion="true" editable="true"/>\n</View>\n'
    )


def keys_of(article: Exported) -> dict[str, Row]:
    """The rows by the ids of their first regions."""
    return {f"R{number}": row for number, row in enumerate(article.rows, 1)}


def render_tasks(articles: Sequence[Exported]) -> str:
    """All articles as tasks with one prediction each."""
    tasks = [
        {
            "data": {"text": article.text, "article_id": article.article_id},
            "predictions": [{"model_version": "onrecord", "result": list(_results(article))}],
        }
        for article in articles
    ]
    return json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"


def _results(article: Exported) -> Iterator[dict[str, Any]]:
    for key, row in keys_of(article).items():
        regions = [
            (part, span, f"{key}.{part}.{number}" if (part, number) != ("content", 0) else key)
            for part in SPANS
            for number, span in enumerate(fragments(article.text, getattr(row.values, part)))
        ]
        for part, (start, end), ref in regions:
            label = _OWN if row.row == CLAIM else _LABELS[part]
            place = {"start": start, "end": end, "text": article.text[start:end]}
            yield {"id": ref, "from_name": "part", "to_name": "text", "type": "labels"} | {
                "value": place | {"labels": [label]}
            }
            if ref == key:
                for name, kind, said in _said(row):
                    yield {"id": ref, "from_name": name, "to_name": "text", "type": kind, "value": place | said}
            else:
                yield {"type": "relation", "from_id": key, "to_id": ref, "direction": "right"}


def _said(row: Row) -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    values = row.values
    if values.claim_kind:
        yield "kind", "choices", {"choices": [values.claim_kind]}
    if values.attribution_type:
        yield "manner", "choices", {"choices": [values.attribution_type]}
    if flags := [label for name, label in _FLAGS.items() if getattr(values, name)]:
        yield "flags", "choices", {"choices": flags}
    if note := note_of(row):
        yield "note", "textarea", {"text": [note]}


def read_tasks(path: Path, articles: Sequence[Exported]) -> dict[str, dict[str, Row]]:
    """By article, the rows of the tasks that came back with an annotation, by the ids of their first regions.

    SettingsError where a task has several annotations, another text, a region at another place than it says, or a part
    that no content takes up.
    """
    try:
        tasks = TypeAdapter(list[_Task]).validate_json(path.read_bytes())
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise SettingsError(f"{path}: {where}: {first['msg']}; expected Label Studio's export as JSON") from problem
    by_id = {article.article_id: article for article in articles}
    found: dict[str, dict[str, Row]] = {}
    for number, task in enumerate(tasks, 1):
        at, key = f"{path} task {number}", str(task.data.get("article_id"))
        if key not in by_id:
            raise SettingsError(f"{at}: article_id is {key!r}; expected an article that was exported with it")
        if task.data.get("text") != by_id[key].text:
            raise SettingsError(f"{at}: is not the text that was exported, so offsets no longer hold; import it anew")
        done = [annotation for annotation in task.annotations if not annotation.was_cancelled]
        if len(done) > 1 or key in found:
            raise SettingsError(f"{at}: {key} has several annotations; expected one: settle them, delete the others")
        if done:
            found[key] = _rows(done[0].result, by_id[key], at)
    return found


def _rows(results: Sequence[_Result], article: Exported, at: str) -> dict[str, Row]:
    """The rows of one annotation."""
    regions = {
        one.id: (one.value.labels[0], _place(one.value, article.text, at)) for one in results if one.value.labels
    }
    links = [(one.from_id, one.to_id) for one in results if one.type == "relation"]
    keys = keys_of(article)
    groups = _groups(regions, links, keys, at)
    labels = read_labels(_label_lines(results, at))
    rows = {}
    for group in groups:
        of = {part: joined(article.text, sorted(spans)) for part, spans in group.parts.items()}
        key = _key(QUOTE, group.head, of["content"], keys, regions, article)
        rows[key] = returned_row(QUOTE, of, _labels_of(group.head, labels), keys.get(key), article, f"{at}: {key}")
    for ref, (label, span) in regions.items():
        if label == _OWN:
            own = {"content": joined(article.text, [span])}
            key = _key(CLAIM, ref, own["content"], keys, regions, article)
            rows[key] = returned_row(CLAIM, own, _labels_of(ref, labels), keys.get(key), article, f"{at}: {key}")
    return rows


def _labels_of(ref: str, labels: Mapping[str, Labels]) -> Labels:
    return labels.get(ref, Labels())


def _place(value: _Value, text: str, at: str) -> Span:
    """A region's place in code points: browsers may count UTF-16 units, which the region's own words tell."""
    start, end = value.start or 0, value.end or 0
    wanted = value.text if isinstance(value.text, str) else text[start:end]
    wide = text.encode("utf-16-le")
    as_units = [len(wide[: 2 * place].decode("utf-16-le", "ignore")) for place in (start, end)]
    for first, last in ((start, end), (as_units[0], as_units[1])):
        if first < last <= len(text) and _words(text[first:last]) == _words(wanted):
            return first, last
    raise SettingsError(f"{at}: the region {start} {end} says {wanted[:40]!r}; expected the text at its place")


def _words(text: str) -> list[str]:
    return text.replace("\\n", " ").split()


def _groups(
    regions: Mapping[str, tuple[str, Span]], links: Sequence[tuple[str, str]], keys: Mapping[str, Row], at: str
) -> list[_Group]:
    """The quotes: contents that relations join are one, cues and sources go to the contents that they are joined to."""
    part_of = {ref: part for ref, (label, _) in regions.items() for part in SPANS if label == _LABELS[part]}
    contents = [ref for ref, part in part_of.items() if part == "content"]
    head_of = {ref: ref for ref in contents}
    both = [(one, other) for one, other in links if one in part_of and other in part_of]
    for one, other in both:
        if one in head_of and other in head_of:
            first, second = head_of[one], head_of[other]
            kept, gone = (second, first) if second in keys and first not in keys else (first, second)
            head_of = {ref: kept if head == gone else head for ref, head in head_of.items()}
    groups = {head: _Group(head) for head in dict.fromkeys(head_of.values())}
    for ref in contents:
        groups[head_of[ref]].parts["content"].append(regions[ref][1])
    taken = set(contents)
    for pair in both:
        for ref, partner in (pair, pair[::-1]):
            if ref not in head_of and partner in head_of:
                groups[head_of[partner]].parts[part_of[ref]].append(regions[ref][1])
                taken.add(ref)
    for ref in sorted(part_of.keys() - taken):
        if ref.split(".")[0] not in keys:  # what is left of a deleted quote has its id
            raise SettingsError(
                f"{at}: the {part_of[ref]} at {regions[ref][1]} belongs to no content; relate it to one"
            )
    return list(groups.values())


def _key(
    row: str, ref: str, content: Sequence[Span], keys: Mapping[str, Row], regions: Mapping[str, Any], article: Exported
) -> str:
    """The id with which the row went out, where the program kept it or the content is the same."""
    if ref in keys:
        return ref
    same = (
        key
        for key, was in keys.items()
        if key not in regions and was.row == row and joined(article.text, was.values.content) == content
    )
    return next(same, ref)


def _label_lines(results: Sequence[_Result], at: str) -> Iterator[tuple[str, str]]:
    """Choices and notes as the lines of brat's form, by which they are checked."""
    for one in results:
        for value in one.value.choices:
            if one.from_name in _CHOICES:
                yield f"A1\t{_CHOICES[one.from_name]} {one.id} {value}", at
            elif value in _FLAGS.values():
                yield f"A1\t{value} {one.id}", at
        if one.type == "textarea" and isinstance(one.value.text, list):
            yield from ((f"#1\tNote {one.id}\t{note}", at) for note in one.value.text)
