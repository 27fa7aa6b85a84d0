"""`onrecord`: the commands, and how an error reaches the person who typed one. Imports the files of this folder.

Exit codes: 0 done; 1 something unforeseen, please report it; 2 the command line is wrong; 3 a settings file is wrong;
4 raw files are missing or not the recorded ones; 5 the tables break their schema; 6 the output cannot be written;
7 a release is refused or does not hold; 130 interrupted.
"""

import errno
import os
import sys
from importlib.metadata import version

import typer
from rich.console import Console

from builder.cli.actors import actors_app
from builder.cli.agreement import agreement_command
from builder.cli.build import build_command, check_command
from builder.cli.cache import cache_app
from builder.cli.cite import cite_command
from builder.cli.claims import claims_command
from builder.cli.deposit import deposit_command
from builder.cli.describe import describe_command
from builder.cli.diff import diff_command
from builder.cli.evaluate import evaluate_command
from builder.cli.examples import attach_examples
from builder.cli.hydrate import hydrate_command
from builder.cli.new_collection import new_collection_command
from builder.cli.push import push_command
from builder.cli.release import release_command
from builder.cli.report import report_command
from builder.cli.review import review_app
from builder.cli.show import show_command
from builder.cli.train import train_command
from builder.cli.verify import verify_command
from builder.errors import OnrecordError, OutputError

EPILOG = (
    "Exit codes: 0 done, 1 unforeseen, 2 wrong command line, 3 wrong settings file, 4 wrong raw files, "
    "5 broken schema, 6 output not writable, 7 release refused or broken, 130 interrupted."
)

TRACEBACK = "--traceback"
INTERRUPTED = 130

app = typer.Typer(
    name="onrecord",
    help="Raw news articles in, a validated, versioned, citable dataset of who said what out.",
    epilog=EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("build")(build_command)
app.command("new-collection")(new_collection_command)
app.command("check")(check_command)
app.add_typer(cache_app, name="cache")
app.command("describe")(describe_command)
app.command("show")(show_command)
app.command("report")(report_command)
app.command("cite")(cite_command)
app.command("claims")(claims_command)
app.command("push")(push_command)
app.command("deposit")(deposit_command)
app.command("release")(release_command)
app.command("diff")(diff_command)
app.command("verify")(verify_command)
app.command("hydrate")(hydrate_command)
app.command("evaluate")(evaluate_command)
app.command("agreement")(agreement_command)
app.add_typer(review_app, name="review")
app.command("train")(train_command)
app.add_typer(actors_app, name="actors")
attach_examples(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"onrecord {version('onrecord')}")
        raise typer.Exit


@app.callback()
def _options(
    _version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version and end."
    ),
    _traceback: bool = typer.Option(False, TRACEBACK, help="Show where in the code an unforeseen error arose."),
) -> None:
    """Options of every command."""


def run() -> None:
    """The console script: an error of ours is one message and its exit code, never a traceback."""
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except OnrecordError as error:
        _say(f"[bold red]error[/]: {_plain(str(error))}")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _end_quietly()
    except SystemExit as end:  # what click and rich make of it
        if isinstance(end.__context__, BrokenPipeError):
            _end_quietly()
        if end.code == INTERRUPTED:
            _say("interrupted; what was published before is whole, and the cache goes on from here")
        raise
    except Exception as error:
        if TRACEBACK in sys.argv:
            raise
        _end_with(error)


def _end_with(error: Exception) -> None:
    """A full disk is no defect of ours; all else that nobody foresaw is to be reported."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        _say(f"[bold red]error[/]: {_plain(str(error))}; make room where the output goes, then run again")
        _forget_output()
        sys.exit(OutputError.exit_code)
    _say(
        f"[bold red]unforeseen[/]: {_plain(f'{type(error).__name__}: {error}')}\n"
        f"Nothing half-made was left behind. Please report it with what `onrecord {TRACEBACK} …` prints"
    )
    sys.exit(1)


def _end_quietly() -> None:
    """`| head` has seen enough; that is no error."""
    _forget_output()
    sys.exit(0)


def _forget_output() -> None:
    """What is still to be printed goes nowhere: Python would try again at its end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(message: str) -> None:
    Console(stderr=True, soft_wrap=True).print(message, highlight=False)


def _plain(message: str) -> str:
    return message.replace("[", r"\[")
