"""`onrecord push`: a release to the Hugging Face Hub. Imports `builder.deliver.push` where it runs."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console


def push_command(
    release: Annotated[Path, typer.Argument(help="The folder of a release.", metavar="RELEASE")],
    repo: Annotated[str, typer.Argument(help="The dataset's repository, OWNER/NAME.", metavar="REPO")],
    private: Annotated[bool, typer.Option("--private", help="Make a new repository private.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Send a release to the Hugging Face Hub: one commit, tagged with the version."""
    from builder.deliver.push import push

    done = push(release, repo, private)
    if as_json:
        print(json.dumps(asdict(done)))
        return
    sent = f"{done.sent} files sent, {done.removed} removed" if done.sent or done.removed else "nothing to send"
    Console(soft_wrap=True).print(
        f"{done.repo} {done.version}: {sent} (commit {done.commit[:12]})\n\n"
        f'  load_dataset("{done.repo}", "quotes", split="train", revision="{done.version}")',
        highlight=False,
        markup=False,
    )
