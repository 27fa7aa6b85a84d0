"""`onrecord evaluate`: what the package finds, against gold. Imports `builder.measure`, the encoder, the authority."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from builder.errors import OutputError
from builder.extract.encoder import SHIPPED, load_encoder
from builder.measure.actors import add_actor_rates, rate_actors
from builder.measure.attributions import MEASURES, RECALLS, add_rates, rate_article, rate_recalls
from builder.measure.found import Found, find
from builder.measure.gold import GoldArticle, read_gold
from builder.measure.rates import BCubed, Rate
from builder.resolve.authority import built_in_authority

ACTOR_MEASURES = ("names", "b3")
TABLES = {"attributions": (*MEASURES, *RECALLS), "actors": ACTOR_MEASURES}

Pair = tuple[GoldArticle, Found]
Figures = dict[str, float | int]


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
    split: Annotated[str | None, typer.Option("--split", help="Measure the articles of this split alone.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
) -> None:
    """Measure extraction against gold: attributions where it has attributions, names and actors where it has mentions.

    Example: onrecord evaluate raw
    """
    articles = read_gold(gold, split)
    if predicted and not predicted.parent.is_dir():
        raise OutputError(f"{predicted}: {predicted.parent} is no folder; make it, or give --predicted another file")
    encoder, authority = load_encoder(model), built_in_authority()
    console = Console(stderr=True)
    pairs = [
        (article, find(article, encoder, authority))
        for article in track(articles, "extract", console=console, transient=True)
    ]
    if predicted:
        _write(predicted, pairs)
    groups: dict[str, list[Pair]] = {}
    for article, found in pairs:
        groups.setdefault(article.group, []).append((article, found))
    measures = _measures_for(articles)
    figures = {group: _measure(some, measures) for group, some in (groups | {"all": pairs}).items()}
    if as_json:
        print(json.dumps(figures))
        return
    for title, rows in TABLES.items():
        if rows[0] in measures:
            Console().print(_table(title, rows, figures))


def _measures_for(articles: Sequence[GoldArticle]) -> tuple[str, ...]:
    """The measures that this gold allows: an article without attributions counts where others have some."""
    has_attributions = any(article.attributions for article in articles)
    has_mentions = any(article.mentions for article in articles)
    return (TABLES["attributions"] if has_attributions else ()) + (TABLES["actors"] if has_mentions else ())


def _measure(pairs: Sequence[Pair], measures: Sequence[str]) -> dict[str, Figures]:
    figures: dict[str, Figures] = {}
    if MEASURES[0] in measures:
        rates = add_rates(rate_article(article, found.attributions) for article, found in pairs)
        recalls = add_rates((rate_recalls(article, found.attributions) for article, found in pairs), RECALLS)
        figures |= {measure: _figures(rate) for measure, rate in rates.items()}
        figures |= {measure: {"recall": round(rate.recall, 1), "gold": rate.gold} for measure, rate in recalls.items()}
    if ACTOR_MEASURES[0] in measures:
        actors = add_actor_rates(rate_actors(article, found.mentions) for article, found in pairs)
        figures |= {"names": _figures(actors.names), "b3": _figures(actors.b3)}
    return figures


def _figures(rate: Rate | BCubed) -> Figures:
    return {
        "precision": round(rate.precision, 1),
        "recall": round(rate.recall, 1),
        "f1": round(rate.f1, 1),
        "gold": rate.gold,
        "predicted": rate.predicted,
    }


def _table(title: str, measures: Sequence[str], figures: Mapping[str, Mapping[str, Figures]]) -> Table:
    table = Table("group", "measure", "precision", "recall", "F1", "gold", title=title)
    for group, by_measure in figures.items():
        for measure in measures:
            row = by_measure[measure]
            cells = (f"{row[key]:.1f}" if key in row else "" for key in ("precision", "recall", "f1"))
            table.add_row(group, measure, *cells, str(row["gold"]))
        table.add_section()
    return table


def _write(path: Path, pairs: Sequence[Pair]) -> None:
    """What was found, one article a line, in the form of the gold; a mention without an actor is one of its own."""
    lines = []
    for article, found in pairs:
        line: dict[str, object] = {
            "doc": article.doc,
            "attributions": [{"content": a.content, "source": a.source, "cue": a.cue} for a in found.attributions],
        }
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
