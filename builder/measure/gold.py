"""Gold to measure against: JSON lines, or brat stand-off beside texts.

Imports `brat`, `labels`, `split`, `builder.errors`, and the name of a collection's settings.

JSON lines have `doc`, `text` and `attributions` (each `content`, `source`, `cue`: lists of [start, end]; perhaps
`claim_kind`, `is_negated`, `is_hedged`, `speaker` (several joined by "; "), `speaker_kind`, `targets`) or `mentions`
(each `spans`, `head`, `kind`, `entity`, `named`), perhaps `genre` and `split`. Brat is read from any folder of .txt and
.ann files: PolNeAR's, the `gold` folders of a raw folder, other corpora's (`brat` says how their parts are told).
"""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError

from builder.errors import SettingsError
from builder.extract.attribution import Span
from builder.measure.brat import Document, read_brat
from builder.measure.labels import ClaimKind, Labels, SpeakerKind
from builder.measure.split import half_of
from builder.read.manifest import SETTINGS_NAME

_EXPECTED = "a .jsonl(.gz) file of articles with attributions or mentions, or a folder of .ann files beside their .txt"
# Folders that hold one kind of file: what they belong to is the folder above.
_BY_KIND = frozenset({"gold", "attributions"})
_Spans = Annotated[list[Span], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """What somebody marked, each in pieces; no source where the article gives none."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    labels: Labels | None = None


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim in the article's own voice."""

    spans: tuple[Span, ...]
    labels: Labels | None = None


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention of an entity; `head` are its head's words; `is_named` where that is a proper noun."""

    spans: tuple[Span, ...]
    head: tuple[Span, ...]
    kind: str
    entity: str
    is_named: bool


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A text with everything that is marked in it; `group` is the genre, collection or file that it belongs to."""

    doc: str
    group: str
    text: str
    attributions: tuple[GoldAttribution, ...] = ()
    mentions: tuple[GoldMention, ...] = ()
    split: str | None = None
    claims: tuple[GoldClaim, ...] = ()


class _Attribution(BaseModel):
    content: _Spans
    source: list[Span] = []
    cue: list[Span] = []
    claim_kind: ClaimKind | None = None
    is_negated: bool = False
    is_hedged: bool = False
    speaker: str | None = None
    speaker_kind: SpeakerKind | None = None
    targets: list[str] = []


class _Mention(BaseModel):
    spans: _Spans
    head: _Spans
    kind: str
    entity: str
    named: bool


class _Row(BaseModel):
    """An article as one line of JSON; other keys are passed over."""

    doc: str
    text: str
    attributions: list[_Attribution] = []
    mentions: list[_Mention] = []
    genre: str | None = None
    split: str | None = None


def read_gold(path: Path, split: str | None = None) -> list[GoldArticle]:
    """The gold articles of a JSON-lines file or of all annotations below a folder, in a fixed order.

    With `split`, those of that split alone. Raises SettingsError where a file has a mistake or nothing to measure.
    """
    if path.is_dir():
        articles = _read_folder(path)
    elif path.is_file():
        articles = _read_lines(path)
    else:
        raise SettingsError(f"{path}: no such file or folder; expected {_EXPECTED}")
    if not any(article.attributions or article.mentions for article in articles):
        raise SettingsError(f"{path}: {len(articles)} articles, no attribution and no mention; expected {_EXPECTED}")
    return articles if split is None else _of_split(articles, split, path)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file, plain or gzipped."""
    return [json.loads(line) for _, line in _numbered_lines(path)]


def _numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _of_split(articles: list[GoldArticle], split: str, path: Path) -> list[GoldArticle]:
    chosen = [article for article in articles if article.split == split]
    if not chosen:
        known = sorted({article.split for article in articles if article.split})
        has = f"its splits are {', '.join(known)}" if known else "its articles name none, so leave --split out"
        raise SettingsError(f"{path}: no article of the split {split!r}; {has}")
    return chosen


def _read_folder(path: Path) -> list[GoldArticle]:
    return [gold_of(document) for document in read_brat(path)]


def gold_of(document: Document) -> GoldArticle:
    """An annotated text as gold; it is of a half where it lies in the `gold` folder of a collection."""
    folder = document.annotation.resolve().parent
    doc, group = document.text_path.stem, _group_of(folder)
    is_raw = folder.name == "gold" and (folder.parent / SETTINGS_NAME).is_file()
    return GoldArticle(
        doc,
        group,
        document.text,
        tuple(
            GoldAttribution(**parts, labels=document.labels.get(key)) for key, parts in document.attributions.items()
        ),
        split=half_of(group, doc) if is_raw else None,
        claims=tuple(GoldClaim(spans, document.labels.get(key)) for key, spans in document.claims.items()),
    )


def _group_of(folder: Path) -> str:
    return folder.parent.name if folder.name in _BY_KIND else folder.name


def _read_lines(path: Path) -> list[GoldArticle]:
    group = path.name.removesuffix(".gz").removesuffix(".jsonl")
    try:
        return [_parse(line, group, f"{path} line {number}") for number, line in _numbered_lines(path)]
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as problem:
        raise SettingsError(f"{path}: cannot be read ({problem}); expected {_EXPECTED}") from problem


def _parse(line: str, group: str, at: str) -> GoldArticle:
    try:
        row = _Row.model_validate_json(line, strict=True)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise SettingsError(
            f"{at}: {where or 'the line'}: {first['msg']}; expected an object with doc, text and attributions "
            "(content, source, cue) or mentions (spans, head, kind, entity, named)"
        ) from problem
    attributions = tuple(
        GoldAttribution(tuple(a.content), tuple(a.source), tuple(a.cue), _labels(a)) for a in row.attributions
    )
    mentions = tuple(GoldMention(tuple(m.spans), tuple(m.head), m.kind, m.entity, m.named) for m in row.mentions)
    spans = [span for a in attributions for part in (a.content, a.source, a.cue) for span in part]
    spans += [span for m in mentions for part in (m.spans, m.head) for span in part]
    for start, end in spans:
        if not 0 <= start < end <= len(row.text):
            raise SettingsError(
                f"{at}: found the span [{start}, {end}] in {row.doc}; "
                f"expected 0 <= start < end <= {len(row.text)}, the text's length"
            )
    return GoldArticle(row.doc, row.genre or group, row.text, attributions, mentions, row.split)


def _labels(row: _Attribution) -> Labels | None:
    """The labels of a line's attribution, where it has a kind."""
    if row.claim_kind is None:
        return None
    return Labels(
        claim_kind=row.claim_kind,
        is_negated=row.is_negated,
        is_hedged=row.is_hedged,
        speakers=tuple(row.speaker.split("; ")) if row.speaker else (),
        speaker_kind=row.speaker_kind,
        targets=tuple(row.targets),
    )
