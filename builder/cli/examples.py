"""Examples of every command, for its `--help`: here and nowhere else. Imports nothing of the project.

They are of one small world, the town of `tests/worlds/town-council`, and follow each other: a test runs them in this
order. What needs an account, a cluster or torch is in `ELSEWHERE`, and only read.
"""

import inspect
from collections.abc import Mapping

import typer

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "new-collection": ("onrecord new-collection my-articles/gazette",),
    "check": ("onrecord check raw",),
    "build": (
        "onrecord build raw --out dataset --cache .cache",
        "onrecord build raw --out dataset --cluster tcp://10.0.0.5:8786",
    ),
    "cache": ("onrecord cache info .cache",),
    "cache info": ("onrecord cache info .cache",),
    "cache verify": ("onrecord cache verify .cache",),
    "cache prune": ("onrecord cache prune .cache",),
    "describe": ("onrecord describe", "onrecord describe quotes --build dataset"),
    "show": ("onrecord show dataset bridge", "onrecord show dataset bridge --json"),
    "actors": ("onrecord actors list dataset",),
    "actors list": ("onrecord actors list dataset --kind person --by quotes",),
    "actors search": ("onrecord actors search dataset forsbi",),
    "actors show": ("onrecord actors show dataset person/lena-forsby",),
    "actors why": ('onrecord actors why dataset "Lena Forsby"',),
    "claims": (
        'onrecord claims dataset --kind denial --claimant "Lena Forsby"',
        "onrecord claims dataset --published-from 2026 --csv > claims.csv",
    ),
    "evaluate": ("onrecord evaluate raw",),
    "agreement": ("onrecord agreement raw second-reading",),
    "release": ("onrecord release 0.1.0 --date 2026-11-24 --from dataset --to releases",),
    "cite": ("onrecord cite releases/0.1.0 --format bibtex",),
    "verify": ("onrecord verify dataset", "onrecord verify releases/0.1.0 --rebuild raw"),
    "diff": ("onrecord diff releases/0.1.0 dataset",),
    "hydrate": ("onrecord hydrate releases/0.1.0 --raw raw --out hydrated",),
    "deposit": ("onrecord deposit releases/0.1.0 --out deposit",),
    "push": ("onrecord push releases/0.1.0 harbour/who-said-what",),
    "report": ("onrecord report dataset --out report",),
    "review": ("onrecord review export dataset --out reading",),
    "review export": (
        "onrecord review export dataset --out reading",
        "onrecord review export dataset --out tasks --format label-studio --article ferry.html",
    ),
    "review import": (
        'onrecord review import reading --from dataset --by "A. Quill" --date 2026-11-20 --why "read in full" '
        "--confirm-all --out raw/corrections/first.jsonl",
    ),
    "review sample": ("onrecord review sample dataset --articles 100 --seed 7 --out validation",),
    "review estimate": (
        'onrecord review estimate dataset validation --out raw/validations/first.json --by "A. Quill" '
        "--date 2026-11-20",
    ),
    "actors suspects": (
        "onrecord actors suspects dataset",
        'onrecord actors suspects dataset --decisions raw/decisions.csv --who "L. Dahl" --when 2026-11-02',
    ),
    "train": ("onrecord train train.jsonl.gz --dev dev.jsonl.gz --base minilm --out model",),
}
ELSEWHERE = frozenset((EXAMPLES["build"][1], *EXAMPLES["push"], *EXAMPLES["train"]))


def attach_examples(app: typer.Typer, path: str = "") -> None:
    """Give every command and group of the application its examples, below what its docstring says."""
    for command in app.registered_commands:
        told = command.help or inspect.getdoc(command.callback) if command.callback else command.help
        command.help = _with_examples(told or "", f"{path}{command.name}")
    for group in app.registered_groups:
        instance = group.typer_instance
        if instance is not None:
            group.help = _with_examples(str(instance.info.help), f"{path}{group.name}")
            attach_examples(instance, f"{path}{group.name} ")


def _with_examples(told: str, name: str) -> str:
    return "\n\n".join((told.strip(), *(f"Example: {line}" for line in EXAMPLES[name])))
