"""`onrecord evaluate`: what the package finds, against gold.

Imports `builder.measure` and the encoder where it runs.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Column, Table

from builder.errors import OutputError
from builder.extract.model_folder import SHIPPED

if TYPE_CHECKING:
    from builder.measure.figures import Figures, Pair
    from builder.measure.found import FoundClaim

# Tables of a row a group: what is measured of the found attributions, and by which figure.
BY_GROUP = {
    "speakers": {
        "gold": ("paired", "gold"),
        "found": ("paired", "recall"),
        "speaker": ("speaker", "accuracy"),
        "indirect": ("speaker_indirect", "accuracy"),
        "all": ("speaker_all", "accuracy"),
        "targets": ("targets", "f1"),
    },
    "claims": {
        "kind": ("kind", "accuracy"),
        "kind F1": ("kind", "macro_f1"),
        "negated": ("negated", "f1"),
        "hedged": ("hedged", "f1"),
        "about": ("about", "accuracy"),
        "own voice": ("own", "f1"),
    },
}


def evaluate_command(
    gold: Annotated[
        Path,
        typer.Argument(
            help="Gold: a .jsonl(.gz) file, or a folder of .ann files beside their .txt (brat, PolNeAR, raw)."
        ),
    ],
    model: Annotated[
        Path, typer.Option("--model", help="Folder of another encoder.", show_default="shipped")
    ] = SHIPPED,
    predicted: Annotated[
        Path | None, typer.Option("--predicted", help="Also write what was found, as JSON lines, to this file.")
    ] = None,
    split: Annotated[
        str | None, typer.Option("--split", help="Measure the articles of this split alone (of raw: dev, test).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
) -> None:
    """Measure extraction against gold: attributions; speakers and claims, names and actors, where gold has them.

    All by group (collection, genre, file), attributions by construction too.
    """
    from builder.extract.encoder import load_encoder
    from builder.measure.figures import aspects_of, measure, measure_constructions
    from builder.measure.found import find
    from builder.measure.gold import read_gold
    from builder.measure.origins import open_origins

    articles = read_gold(gold, split)
    if predicted and not predicted.parent.is_dir():
        raise OutputError(f"{predicted}: {predicted.parent} is no folder; make it, or give --predicted another file")
    encoder, origins = load_encoder(model), open_origins(gold)
    console = Console(stderr=True)
    pairs = [
        (article, find(article, encoder, origins.authority_of(article), origins.article_of(article)))
        for article in track(articles, "extract", console=console, transient=True)
    ]
    if predicted:
        _write(predicted, pairs)
    groups: dict[str, list[Pair]] = {}
    for article, found in pairs:
        groups.setdefault(article.group, []).append((article, found))
    groups["all"] = pairs
    aspects = aspects_of(articles)
    figures = {group: measure(some, aspects) for group, some in groups.items()}
    constructions = {group: measure_constructions(some, aspects) for group, some in groups.items()}
    if as_json:
        whole = {group: {**figures[group], "constructions": constructions[group]} for group in groups}
        print(json.dumps(whole if "attributions" in aspects else figures))
        return
    for table in _tables(figures, constructions["all"], aspects):
        Console().print(table)


def _tables(
    figures: Mapping[str, Mapping[str, "Figures"]], constructions: Mapping[str, "Figures"], aspects: frozenset[str]
) -> list[Table]:
    from builder.measure.figures import ACTOR_MEASURES, ATTRIBUTION_MEASURES

    tables = []
    if "attributions" in aspects:
        tables.append(_by_measure("attributions", ATTRIBUTION_MEASURES, figures))
    if "claims" in aspects:
        tables += [_by_group(title, columns, figures) for title, columns in BY_GROUP.items()]
    if "attributions" in aspects:
        tables.append(_constructions(constructions))
    if "actors" in aspects:
        tables.append(_by_measure("actors", ACTOR_MEASURES, figures))
    return tables


def _by_measure(title: str, measures: Sequence[str], figures: Mapping[str, Mapping[str, "Figures"]]) -> Table:
    table = Table("group", "measure", "precision", "recall", "F1", "gold", title=title)
    for group, by_measure in figures.items():
        for name in measures:
            row = by_measure[name]
            cells = (f"{row[key]:.1f}" if key in row else "" for key in ("precision", "recall", "f1"))
            table.add_row(group, name, *cells, str(row["gold"]))
        table.add_section()
    return table


def _by_group(
    title: str, columns: Mapping[str, tuple[str, str]], figures: Mapping[str, Mapping[str, "Figures"]]
) -> Table:
    """A row a group; what gold has none of is left empty."""
    table = Table(Column("group", no_wrap=True), *columns, title=title)
    for group, by_measure in figures.items():
        rows = [(by_measure.get(name, {"gold": 0}), key) for name, key in columns.values()]
        table.add_row(group, *(_cell(row[key]) if row["gold"] else "" for row, key in rows))
    return table


def _constructions(figures: Mapping[str, "Figures"]) -> Table:
    has_claims = any("speaker" in row for row in figures.values())
    table = Table("construction", "gold", "recall", *(("speaker", "kind") if has_claims else ()), title="constructions")
    for construction, row in figures.items():
        judged = [_cell(row[key]) if row["paired"] else "" for key in ("speaker", "kind")] if has_claims else []
        table.add_row(construction, str(row["gold"]), _cell(row["recall"]), *judged)
    return table


def _cell(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.1f}"


def _write(path: Path, pairs: Sequence["Pair"]) -> None:
    """What was found, one article a line, in the form of the gold; a mention without an actor is one of its own."""
    lines = []
    for article, found in pairs:
        line: dict[str, object] = {
            "doc": article.doc,
            "attributions": [{"content": a.content, "source": a.source, "cue": a.cue} for a in found.attributions],
        }
        if any(attribution.labels for attribution in article.attributions):
            line["claims"] = [_claim_line(claim) for claim in found.claims if not claim.is_own]
        if found.mentions:
            line["mentions"] = [
                {
                    "start": mention.start,
                    "end": mention.end,
                    "entity": f"alone-{number}" if mention.actor is None else str(mention.actor),
                    "name": mention.mention_type == "name",
                }
                for number, mention in enumerate(found.mentions)
            ]
        lines.append(json.dumps(line) + "\n")
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as problem:
        raise OutputError(f"{path}: cannot be written ({problem.strerror}); give --predicted another file") from problem


def _claim_line(claim: "FoundClaim") -> dict[str, object]:
    return {
        "content": claim.spans,
        "claim_kind": claim.claim_kind,
        "speaker": claim.speakers[0] if claim.speakers else None,
        "speaker_kind": claim.speaker_kind,
        "targets": claim.targets,
    }
