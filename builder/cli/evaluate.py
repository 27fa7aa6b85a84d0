"""`onrecord evaluate`: the encoder measured against gold attributions. Imports `builder.measure`, `builder.extract`."""

import json
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from builder.extract.encoder import SHIPPED, load_encoder
from builder.extract.stage import extract
from builder.measure.attributions import MEASURES, Rate, add_rates, rate_article
from builder.measure.gold import GoldArticle, read_gold
from builder.normalize.article import Article


def evaluate_command(
    gold: Annotated[Path, typer.Argument(help="Gold: a .jsonl(.gz) file, or a raw folder with gold/*.ann in it.")],
    model: Annotated[
        Path, typer.Option("--model", help="Folder of another encoder.", show_default="shipped")
    ] = SHIPPED,
    predicted: Annotated[
        Path | None, typer.Option("--predicted", help="Also write what was found, as JSON lines, to this file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")] = False,
) -> None:
    """Measure the extraction of attributions against gold: token, content, exact and attribution F1.

    Example: onrecord evaluate raw
    """
    articles = read_gold(gold)
    encoder = load_encoder(model)
    console = Console(stderr=True)
    found = [
        extract(as_article(article), encoder).attributions
        for article in track(articles, "extract", console=console, transient=True)
    ]
    if predicted:
        lines = [
            {"doc": article.doc, "attributions": [{"content": a.content, "source": a.source} for a in attributions]}
            for article, attributions in zip(articles, found, strict=True)
        ]
        predicted.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    rated = [(article.group, rate_article(article, some)) for article, some in zip(articles, found, strict=True)]
    groups = {group: add_rates(rates for _, rates in some) for group, some in groupby(rated, key=lambda row: row[0])}
    groups["all"] = add_rates(groups.values())
    if as_json:
        print(json.dumps({group: {m: _figures(rate) for m, rate in rates.items()} for group, rates in groups.items()}))
        return
    table = Table("group", "measure", "precision", "recall", "F1", "gold")
    for group, rates in groups.items():
        for measure in MEASURES:
            rate = rates[measure]
            table.add_row(
                group, measure, f"{rate.precision:.1f}", f"{rate.recall:.1f}", f"{rate.f1:.1f}", str(rate.gold)
            )
        table.add_section()
    Console().print(table)


def _figures(rate: Rate) -> dict[str, float | int]:
    return {
        "precision": round(rate.precision, 1),
        "recall": round(rate.recall, 1),
        "f1": round(rate.f1, 1),
        "gold": rate.gold,
        "predicted": rate.predicted,
    }


def as_article(gold: GoldArticle) -> Article:
    """The gold text as it stands: its offsets are the gold's."""
    return Article(
        collection_id=gold.group,
        locator=gold.doc,
        revision=1,
        raw_path=gold.doc,
        place="",
        raw_sha256="",
        url=None,
        title=None,
        authors=(),
        publisher=None,
        published_at=None,
        published_precision=None,
        published_from=None,
        language="en",
        text=gold.text,
        runs=(),
        extraction_status="extracted",
    )
