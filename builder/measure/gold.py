"""Gold attributions to measure against: JSON lines, or brat stand-off beside texts. Imports `builder.errors`.

JSON lines have `doc`, `text` and `attributions`, each with `content` and `source`, lists of [start, end]. Brat is read
from every `gold` folder below a raw folder: `<article>.txt` with `<article>.ann`, in which events hold a Content, a Cue
and a Source (raw/README.md).
"""

import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.errors import SettingsError
from builder.extract.attribution import Span


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """What somebody marked: content and source, each in pieces; no source where the article gives none."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A text with everything that is attributed in it; `group` is the collection or file that it belongs to."""

    doc: str
    group: str
    text: str
    attributions: tuple[GoldAttribution, ...]


def read_gold(path: Path) -> list[GoldArticle]:
    """The gold articles of a JSON-lines file or of all `gold` folders below a folder, in a fixed order."""
    if path.is_file():
        return _read_lines(path)
    annotations = sorted(path.rglob("gold/*.ann")) + sorted(path.glob("*.ann"))
    if not annotations:
        raise SettingsError(f"{path}: no gold there; expected a .jsonl(.gz) file, or a folder with gold/*.ann in it")
    return [_read_brat(annotation) for annotation in annotations]


def _read_lines(path: Path) -> list[GoldArticle]:
    return [
        GoldArticle(
            row["doc"],
            path.name.removesuffix(".gz").removesuffix(".jsonl"),
            row["text"],
            tuple(GoldAttribution(_spans(a["content"]), _spans(a["source"])) for a in row["attributions"]),
        )
        for row in read_rows(path)
    ]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file, plain or gzipped."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in pairs)


def _read_brat(annotation: Path) -> GoldArticle:
    text = annotation.with_suffix(".txt").read_bytes().decode("utf-8")
    spans: dict[str, tuple[Span, ...]] = {}
    events: list[dict[str, str]] = []
    for line in annotation.read_text(encoding="utf-8").splitlines():
        key, _, rest = line.partition("\t")
        if re.fullmatch(r"T\d+", key):
            offsets = rest.split("\t")[0].split(" ", 1)[1]
            spans[key] = tuple((int(s), int(e)) for s, e in (piece.split() for piece in offsets.split(";")))
        elif re.fullmatch(r"E\d+", key):
            events.append(dict(part.split(":") for part in rest.split()))
    attributions = tuple(
        GoldAttribution(spans[event["Content"]], spans[event["Source"]] if "Source" in event else ())
        for event in events
        if "Content" in event
    )
    return GoldArticle(annotation.stem, annotation.parent.parent.name, text, attributions)
