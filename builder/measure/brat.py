"""Attributions out of brat's stand-off files, whatever the corpus calls their parts.

Imports `roles`, `labels` and `builder.errors`.

An annotation lies beside its text, or in a folder beside the folder `text` (PolNeAR); its name may end in `_` and its
annotator. An attribution is an event, or annotations that relations join; a `Claim` is one in the article's own voice.
`labels` reads the attributes and notes of both. Equivalences and normalizations are passed over. What is malformed
raises SettingsError with file and line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder.errors import SettingsError
from builder.extract.attribution import Span
from builder.measure.labels import Labels, read_labels
from builder.measure.roles import role_of, roles_in

ROLES = ("source", "cue", "content")
OWN_VOICE = "Claim"
Parts = Mapping[str, tuple[Span, ...]]

# Lines that hold no spans and no links, and those of them that may hold labels; a text or a note may go on over several
# lines, without an id of their own.
_PASSED_OVER = re.compile(r"(?:[AMN]\d+|#\w*|\*)\t")
_LABELS = re.compile(r"(?:[AM]\d+|#\w*)\t")
_GOES_ON_AFTER = re.compile(r"[T#N]")
_LINE = re.compile(r"[TER]\d+\t")


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what one annotator marked in it, by the ids in the file: each attribution as {role: spans}."""

    annotation: Path
    text_path: Path
    text: str
    attributions: Mapping[str, Parts]
    claims: Mapping[str, tuple[Span, ...]]
    labels: Mapping[str, Labels]


@dataclass(frozen=True, slots=True)
class _Link:
    """An E or R line: its type, its arguments as (name, id), and where it stands."""

    kind: str
    arguments: list[tuple[str, str]]
    at: str


@dataclass(slots=True)
class _Marks:
    """An annotation file as it stands: {id: spans}, {id: type}, events by id, relations; lines of labels."""

    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    events: dict[str, _Link] = field(default_factory=dict)
    relations: list[_Link] = field(default_factory=list)
    labels: list[tuple[str, str]] = field(default_factory=list)


def read_brat(folder: Path, texts: Path | None = None) -> list[Document]:
    """The annotated texts anywhere below a folder, by path; of several annotations of one text, the first by name.

    Where any file's events hold a content, the corpus says it in events; else relations say it, and a content that
    no relation names is an attribution without a source. A text that the folder lacks is taken from the same place
    below `texts`.
    """
    marked: dict[Path, tuple[Path, str, _Marks]] = {}
    for annotation in sorted(path for path in folder.rglob("*.ann") if not path.name.startswith(".")):
        text_path = _text_of(annotation, texts / annotation.relative_to(folder) if texts else None)
        if text_path not in marked:
            text = _decoded(text_path)
            marked[text_path] = annotation, text, _parse(annotation, len(text))
    found = {text_path: _from_events(marks) for text_path, (_, _, marks) in marked.items()}
    if not any(found.values()):
        found = {text_path: _from_relations(marks) for text_path, (_, _, marks) in marked.items()}
    if not any(found.values()):
        what = f"no content in any of its {len(marked)} .ann files" if marked else "no .ann file in it"
        raise SettingsError(
            f"{folder}: {what}; expected .ann files beside their .txt, with events that have a Content, or relations "
            "that join a Content to its Source or Cue"
        )
    return [
        Document(annotation, path, text, found[path], _claims(marks), read_labels(marks.labels))
        for path, (annotation, text, marks) in marked.items()
    ]


def read_annotation(annotation: Path, text: str) -> tuple[Document, list[tuple[Span, ...]]]:
    """One annotation, whose attributions are events, of a text that is known; contents that no event takes up."""
    marks = _parse(annotation, len(text))
    found = _from_events(marks)
    taken = {spans for parts in found.values() for spans in parts["content"]}
    contents = [marks.spans[ref] for ref, kind in marks.kinds.items() if role_of(kind) == "content"]
    loose = [spans for spans in contents if not taken.issuperset(spans)]
    document = Document(
        annotation, annotation.with_suffix(".txt"), text, found, _claims(marks), read_labels(marks.labels)
    )
    return document, loose


def _text_of(annotation: Path, elsewhere: Path | None) -> Path:
    """Where an annotation's text lies: beside it, beside its folder, or in the same ways `elsewhere`."""
    candidates = [
        folder / f"{stem}.txt"
        for place in (annotation, elsewhere)
        if place
        for stem in dict.fromkeys((place.stem, place.stem.rpartition("_")[0] or place.stem))
        for folder in (place.parent, place.parent.parent / "text")
    ]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise SettingsError(f"{annotation}: its text is missing; expected {candidates[0]} or {candidates[1]}")


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as problem:
        raise SettingsError(f"{path}: not UTF-8 ({problem}); offsets count its characters, so convert it") from problem


def _parse(annotation: Path, size: int) -> _Marks:
    marks = _Marks()
    goes_on = False
    for number, line in enumerate(_decoded(annotation).split("\n"), 1):
        line = line.rstrip("\r")
        at = f"{annotation} line {number}"
        if _LINE.match(line):
            key, rest = line.split("\t", 1)
            _take(marks, key, rest, at, size)
        elif _LABELS.match(line):
            marks.labels.append((line, at))
        elif line.strip() and not _PASSED_OVER.match(line) and not goes_on:
            raise SettingsError(f"{at}: found {line[:60]!r}; expected T, E or R with a number and a tab, or a note")
        if _LINE.match(line) or _PASSED_OVER.match(line):
            goes_on = _GOES_ON_AFTER.match(line) is not None
    return marks


def _take(marks: _Marks, key: str, rest: str, at: str, size: int) -> None:
    if key[0] == "T":
        kind, _, offsets = rest.split("\t")[0].partition(" ")
        marks.kinds[key] = kind
        marks.spans[key] = _spans(offsets, at, size)
        return
    words = rest.split()
    pairs = [(name, ref) for name, colon, ref in (word.partition(":") for word in words) if colon and ref]
    if key[0] == "E" and pairs and len(pairs) == len(words):
        marks.events[key] = _Link(pairs[0][0], pairs, at)
    elif key[0] == "R" and len(words) == 3 and len(pairs) == 2:
        marks.relations.append(_Link(words[0], pairs, at))
    else:
        form = "Type:T1 Role:T2 …" if key[0] == "E" else "Type Arg1:T1 Arg2:T2"
        raise SettingsError(f"{at}: found {rest[:60]!r} after {key}; expected {form}")


def _spans(offsets: str, at: str, size: int) -> tuple[Span, ...]:
    pieces = [re.fullmatch(r"(\d+) (\d+)", piece) for piece in offsets.split(";")]
    spans = tuple((int(piece[1]), int(piece[2])) for piece in pieces if piece)
    if len(spans) < len(pieces):
        raise SettingsError(f"{at}: offsets {offsets!r}; expected start and end, as in 12 20 or 12 20;25 30")
    for start, end in spans:
        if not start < end <= size:
            raise SettingsError(f"{at}: offsets {start} {end}; expected start < end <= {size}, the text's length")
    return spans


def _claims(marks: _Marks) -> dict[str, tuple[Span, ...]]:
    return {ref: marks.spans[ref] for ref, kind in marks.kinds.items() if kind == OWN_VOICE}


def _from_events(marks: _Marks) -> dict[str, Parts]:
    """The events that have a content."""
    found = {}
    for key, event in marks.events.items():
        parts = _no_parts()
        for role, ref in _event_roles(event, marks.kinds):
            parts[role] += marks.spans[_anchor(ref, marks, event.at)]
        found[key] = parts
    return _whole(found)


def _event_roles(event: _Link, kinds: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(role, id) of an event's parts: by its argument's name, else by the type of what it names.

    The event's type is the role of its trigger, unless an argument of another name has that role: then the type says
    what kind of attribution it is ("Quotation:T2 Content:T3"), and the trigger is the cue where no other is named.
    """
    (kind, trigger), *arguments = event.arguments
    named = [(name, role_of(name) or role_of(kinds.get(ref, "")), ref) for name, ref in arguments]
    role = role_of(kind)
    rivals = {_bare(name) for name, other, _ in named if other == role}
    if role is None or (role != "cue" and rivals and _bare(kind) not in rivals):
        role = None if any(other == "cue" for _, other, _ in named) else "cue"
    for each, ref in ((role, trigger), *((other, ref) for _, other, ref in named)):
        if each:
            yield each, ref


def _bare(name: str) -> str:
    return name.rstrip("0123456789").casefold()


def _anchor(ref: str, marks: _Marks, at: str) -> str:
    """The T that an id stands for: an event stands where its trigger does."""
    seen = {ref}
    while ref in marks.events and marks.events[ref].arguments[0][1] not in seen:
        ref = marks.events[ref].arguments[0][1]
        seen.add(ref)
    if ref not in marks.spans:
        raise SettingsError(f"{at}: it names {ref}, which the file lacks; expected the id of a T line of this file")
    return ref


def _from_relations(marks: _Marks) -> dict[str, Parts]:
    """Contents and cues that relations join are one attribution; its sources are those joined to any of them."""
    roles = {ref: role for ref, kind in marks.kinds.items() if (role := role_of(kind))}
    joined = [pair for relation in marks.relations if (pair := _ends(relation, roles, marks))]
    roles |= {ref: role for pair in joined for role, ref in pair}
    group = {ref: ref for ref, role in roles.items() if role != "source"}
    for (_, ref), (_, other) in joined:
        if ref in group and other in group:
            kept, gone = group[ref], group[other]
            group |= {member: kept for member, its in group.items() if its == gone}
    parts = {its: _no_parts() for its in group.values()}
    for ref, its in group.items():
        parts[its][roles[ref]] += marks.spans[ref]
    for pair in joined:
        for (_, ref), (_, partner) in (pair, pair[::-1]):
            if partner in group and ref not in group:
                parts[group[partner]]["source"] += marks.spans[ref]
    return dict(sorted(_whole(parts).items(), key=lambda pair: pair[1]["content"]))


def _ends(relation: _Link, roles: Mapping[str, str], marks: _Marks) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """A relation's two arguments as (role, id), None where it joins no two parts of an attribution.

    An argument's role is that of its type, else of its name, else the one that the relation's type speaks of beside
    the other argument's ("Speaker" from a quotation to a person).
    """
    (name, ref), (other_name, other) = ((name, _anchor(ref, marks, relation.at)) for name, ref in relation.arguments)
    role, other_role = roles.get(ref) or role_of(name), roles.get(other) or role_of(other_name)
    spoken = [each for each in roles_in(relation.kind) if each not in (role, other_role)]
    if spoken and (role is None) != (other_role is None):
        role, other_role = role or spoken[0], other_role or spoken[0]
    return ((role, ref), (other_role, other)) if role and other_role else None


def _no_parts() -> dict[str, list[Span]]:
    return {role: [] for role in ROLES}


def _whole(found: Mapping[str, Mapping[str, list[Span]]]) -> dict[str, Parts]:
    """Attributions that have a content, each span once, in the text's order."""
    return {
        key: {role: tuple(sorted(set(parts[role]))) for role in ROLES}
        for key, parts in found.items()
        if parts["content"]
    }
