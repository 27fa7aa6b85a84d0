"""What a command does not need yet is not imported: help, mistakes and completion answer at once."""

import json
import os
import subprocess
import sys

import pytest

from builder.cli.examples import EXAMPLES
from schemas.vocabulary import CLAIM_KINDS
from tests.cli.conftest import ROOT

# What reads tables, runs the model, parses pages; each takes longer to import than any of these lines to answer.
HEAVY = ("datasets", "lxml", "numpy", "onnxruntime", "pandas", "pandera", "polars", "pyarrow", "trafilatura")
# Types the lines in one process, and prints after its last line which of the modules are there.
TYPIST = """
import json, os, sys
from builder.cli.main import run
for line in json.loads(os.environ["TYPED"]):
    sys.argv = ["onrecord", *line.split()]
    try:
        run()
    except SystemExit:
        pass
print()
print(json.dumps([name for name in json.loads(os.environ["HEAVY"]) if name in sys.modules]))
"""
LINES = {
    "help": ["--help", *(f"{command} --help" for command in EXAMPLES)],
    "version": ["--version"],
    "mistakes": ["bild raw", "build raw --worker 1", "build raw", "actors list dataset --kind persn", "show"],
    "the cache of nowhere": ["cache info nowhere"],
}


def typed(lines: list[str], **environment: str) -> list[str]:
    """What is printed of the lines."""
    ran = subprocess.run(
        [sys.executable, "-c", TYPIST],
        env=os.environ | {"TYPED": json.dumps(lines), "HEAVY": json.dumps(HEAVY)} | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.splitlines()


@pytest.mark.parametrize("what", LINES)
def test_what_no_table_is_read_for_imports_no_library_of_tables(what: str) -> None:
    assert typed(LINES[what])[-1] == "[]"


def test_completing_commands_options_and_kinds_imports_none_either() -> None:
    line = "onrecord claims dataset --kind "
    completing = {"_ONRECORD_COMPLETE": "complete_bash", "COMP_WORDS": line.replace(" ", "\n"), "COMP_CWORD": "4"}
    *offered, _, imported = typed([""], **completing)
    assert (offered, imported) == (list(CLAIM_KINDS), "[]")


def test_a_command_that_reads_tables_does_import_them() -> None:
    assert "polars" in json.loads(typed(["describe claims"])[-1])
