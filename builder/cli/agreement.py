"""`onrecord agreement`: how far two annotations of the same texts agree. Imports `measure.agreement` where it runs."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

if TYPE_CHECKING:
    from builder.measure.agreement import Agreement

KAPPAS = {"kind": "kinds", "type": "types"}
SHARES = {"speakers": "speakers", "targets": "targets"}


def agreement_command(
    one: Annotated[Path, typer.Argument(metavar="A", help="A folder of .ann files beside their .txt (brat, raw).")],
    other: Annotated[
        Path,
        typer.Argument(metavar="B", help="Another annotation: .ann files at the same places; its .txt may be missing."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
) -> None:
    """Compare two annotations of the same texts: F1 of attributions, kappa of kinds and types, equal actors."""
    from builder.measure.agreement import MEASURES, add_agreements, compare, read_passes

    both, left_out = read_passes(one, other)
    groups: dict[str, list[Agreement]] = {}
    for ours, theirs in both:
        agreement = compare(ours, theirs)
        for group in (ours.group, "all"):
            groups.setdefault(group, []).append(agreement)
    groups["all"] = groups.pop("all")
    figures = {group: {"articles": len(some), **_figures(add_agreements(some))} for group, some in groups.items()}
    if as_json:
        print(json.dumps({"left_out": left_out, **figures}))
        return
    Console().print(_table("agreement on attributions (F1)", ("articles", *MEASURES), figures))
    labels = ("labelled", *(f"{name}_kappa" for name in KAPPAS), *SHARES)
    Console().print(_table("agreement on labels of paired attributions (kappa, % equal)", labels, figures))
    if left_out:
        Console(stderr=True).print(f"{left_out} texts that only one of the two annotates are left out")


def _figures(agreement: "Agreement") -> dict[str, float | int]:
    """F1 by measure; how many pairs both label; what is said of these."""
    from builder.measure.agreement import kappa

    return {
        **{measure: round(rate.f1, 1) for measure, rate in agreement.rates.items()},
        "labelled": agreement.speakers.gold,
        **{f"{name}_kappa": round(kappa(getattr(agreement, pairs)), 2) for name, pairs in KAPPAS.items()},
        **{name: round(getattr(agreement, share).recall, 1) for name, share in SHARES.items()},
    }


def _table(title: str, columns: tuple[str, ...], figures: dict[str, dict[str, float | int]]) -> Table:
    headings = (Column(column.replace("_", " "), overflow="fold") for column in columns)
    table = Table(Column("group", no_wrap=True), *headings, title=title)
    for group, row in figures.items():
        table.add_row(group, *(str(row[column]) for column in columns))
    return table
