"""What somebody who is new to a command types wrong: every mistake is told, with what was found, where, what was
expected and what to do; with its exit code; before any work; and nothing is written.

Commands run in this process, by the function that the console script calls.
"""

import re
from pathlib import Path

import pytest

from builder.errors import OutputError, RawFilesError, ReleaseError, SettingsError
from tests.cli.conftest import PHONE, Onrecord

USAGE, SETTINGS, RAW = 2, SettingsError.exit_code, RawFilesError.exit_code
OUTPUT, RELEASE = OutputError.exit_code, ReleaseError.exit_code
NO_BUILD = ("is no build of onrecord", "expected the folder that `onrecord build` or `onrecord release` wrote")


def listing(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*")}


SIGNED = '--by "A. Quill" --date 2026-11-20 --why "read in full"'
# What is typed, the exit code, what the message says.
MISTAKES: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    # A command or option that there is not.
    ("bild raw", USAGE, ("No such command 'bild'", "Did you mean 'build'?")),
    ("build raw --out x --worker 1", USAGE, ("No such option: --worker", "--workers")),
    ("build", USAGE, ("Missing argument", "RAW", "onrecord build --help")),
    ("build raw", USAGE, ("Missing option '--out'",)),
    ("build raw --out x --limit 0", USAGE, ("--limit", "1")),
    # A raw folder that is none.
    ("build nowhere --out x", RAW, ("nowhere is not there", "give the folder that holds the raw articles")),
    ("build raw/gazette/bridge.txt --out x", RAW, ("bridge.txt is a file, not a folder", "give the folder")),
    ("build dataset --out x", RAW, ("dataset: is a dataset that onrecord built", "give the folder that it was built")),
    ("build empty --out x", RAW, ("empty holds no articles", "put files into it", "collection.toml")),
    ("check nowhere", RAW, ("nowhere is not there", "give the folder")),
    ("check dataset", RAW, ("dataset: is a dataset that onrecord built",)),
    ("new-collection nowhere", RAW, ("nowhere is not there", "raw files of one collection")),
    ("new-collection empty", RAW, ("empty holds no files", "put the raw articles into it first")),
    ("new-collection raw/gazette", OUTPUT, ("collection.toml is there and is not overwritten", "move it away")),
    ("describe --build dataset --raw nowhere", RAW, ("nowhere is not there",)),
    ("verify dataset --rebuild nowhere", RAW, ("nowhere is not there",)),
    ("verify dataset --rebuild dataset", RAW, ("dataset: is a dataset that onrecord built",)),
    # An output that is somebody else's, or cannot be.
    ("build raw --out notes", OUTPUT, ("notes: holds files and is no build", "nothing was touched", "another --out")),
    ("build raw --out file.txt", OUTPUT, ("file.txt: is a file", "Choose another --out")),
    ("build raw --out file.txt/x", OUTPUT, ("cannot be made in", "it is a file", "choose another --out")),
    ("build raw --out raw", OUTPUT, ("would lie in each other", "choose an --out beside it")),
    ("build raw --out raw/x", OUTPUT, ("would lie in each other", "choose an --out beside it")),
    ("build raw --out .", OUTPUT, ("would lie in each other",)),
    ("report dataset --out notes", OUTPUT, ("is no report of onrecord", "nothing was touched", "another --out")),
    ("report dataset --out file.txt", OUTPUT, ("file.txt: is a file", "another --out")),
    ("report dataset --out dataset/r", OUTPUT, ("lies inside the build dataset", "choose another --out")),
    ("report dataset --out /proc/x", OUTPUT, ("/proc/x: cannot be written", "Check that /proc can be written to")),
    ("deposit releases/0.1.0 --out notes", OUTPUT, ("notes: is not empty", "nothing was touched", "another --out")),
    ("review export dataset --out notes", OUTPUT, ("notes: stands already", "give a new folder")),
    ("review sample dataset --articles 1 --seed 1 --out notes", OUTPUT, ("notes: stands already", "give a new folder")),
    ("diff releases/0.1.0 dataset --changes no/c.parquet", OUTPUT, ("no is no folder", "another file")),
    ("diff releases/0.1.0 dataset --changes notes", OUTPUT, ("notes: cannot be written", "another file")),
    ("actors suspects dataset --decisions no/d.csv --who me --when 2026-11-02", OUTPUT, ("cannot be written", "give")),
    # A dataset that is none.
    *((f"{command}", OUTPUT, ("nowhere", "nothing is there", *NO_BUILD)) for command in (
        "show nowhere bridge", "report nowhere --out r", "cite nowhere", "claims nowhere", "describe --build nowhere",
        "actors list nowhere", "actors search nowhere x", "actors show nowhere x", "actors why nowhere x",
        "actors suspects nowhere", "diff nowhere dataset", "diff dataset nowhere", "verify nowhere",
        "hydrate nowhere --raw raw --out h", "deposit nowhere --out d", "push nowhere a/b",
        "release 0.2.0 --date 2026-11-24 --from nowhere --to releases", "review export nowhere --out r",
        "review sample nowhere --articles 1 --seed 1 --out r",
    )),
    ("show raw bridge", OUTPUT, ("raw:", "manifest.json is missing", *NO_BUILD)),
    ("claims raw/gazette/bridge.txt", OUTPUT, ("it is a file", *NO_BUILD)),
    ("verify raw", OUTPUT, ("raw:", *NO_BUILD)),
    ("show releases bridge", OUTPUT, ("but releases/0.1.0 is one", *NO_BUILD)),
    ("claims dataset/data", OUTPUT, ("dataset is one", *NO_BUILD)),
    # A name that is nearly right.
    ("show dataset brigde.txt", SETTINGS, ("dataset has no article 'brigde.txt'", "near it: bridge.txt")),
    ("show dataset art-", SETTINGS, ("names 3 articles", "give one of the ids")),
    ("actors show dataset 'Lena Fosby'", SETTINGS, ("no actor", "near it: person/lena-forsby", "actors search")),
    ("actors why dataset 'Lena Fosby'", SETTINGS, ("near it: person/lena-forsby", "actors search")),
    ("actors suspects dataset --actor 'Lena Fosby'", SETTINGS, ("near it: person/lena-forsby", "actors search")),
    ("actors list dataset --kind persn", USAGE, ("--kind", "'persn'", "'person'", "'organization'")),
    ("actors list dataset --by quote", USAGE, ("--by", "'quote'", "'quotes'", "'mentions'")),
    ("claims dataset --kind denail", USAGE, ("'denail' is no kind of claim", "Did you mean denial?")),
    ("claims dataset --claimant 'Lena Fosby'", SETTINGS, ("no actor is called 'Lena Fosby'", "near it: Lena Forsby")),
    ("claims dataset --target Forsbi", SETTINGS, ("no actor is called 'Forsbi'", "near it: Lena Forsby")),
    ("claims dataset --collection gazete", SETTINGS, ("no collection is called 'gazete'", "there are: gazette")),
    ("claims dataset --group grp-1", SETTINGS, ("'grp-1'", "--json")),
    ("describe qoutes", SETTINGS, ("qoutes: is no table", "claims", "Did you mean quotes?")),
    ("review export dataset --out r --article brigde.txt", SETTINGS, ("'brigde.txt'", "near it: bridge.txt")),
    ("cite dataset --format bibtx", USAGE, ("--format", "'bibtx'", "'bibtex'")),
    ("review export dataset --out r --format brt", USAGE, ("--format", "'brt'", "'brat'", "'label-studio'")),
    # A day, version, number or name that is none.
    ("claims dataset --from yesterday", USAGE, ("--from 'yesterday' is no day", "2026-04-15")),
    ("claims dataset --from 2026-13", USAGE, ("'2026-13' is in no calendar",)),
    ("claims dataset --from 2026-07 --to 2026-06", USAGE, ("--from 2026-07-01 comes after --to 2026-06-30",)),
    ("claims dataset --published-from 2027 --published-to 2026", USAGE, ("comes after --published-to", "earlier day")),
    ("release 0.2.0 --date gestern --from dataset --to releases", USAGE, ("--date", "'gestern'", "%Y-%m-%d")),
    (f"review import raw --from dataset {SIGNED} --date gestern --out a.jsonl", USAGE, ("'gestern'", "2026-11-20")),
    (f"review import raw --from dataset {SIGNED} --out a.txt", USAGE, ("--out", "a name that ends in .jsonl")),
    ("review estimate dataset raw --level 2", USAGE, ("--level", "2.0", "0.95")),
    ("release 0.2 --date 2026-11-24 --from dataset --to releases", RELEASE, ("'0.2' is no version", "(1.4.0)")),
    ("release 0.1.0 --date 2026-11-24 --from dataset --to releases", RELEASE, ("never changed", "a higher version")),
    ("release 0.0.9 --date 2026-11-24 --from dataset --to releases", RELEASE, ("0.0.9 comes before 0.1.0", "higher")),
    ("cite dataset --doi nonsense", SETTINGS, ("'nonsense' is no DOI", "10.5281/zenodo.1003150")),
    ("push releases/0.1.0 nonsense", OUTPUT, ("nonsense: is no repository's name", "OWNER/NAME")),
    # Options that do not go together, or need each other.
    ("claims dataset --json --csv", USAGE, ("--json or --csv, not both",)),
    ("diff releases/0.1.0 dataset --json --markdown", USAGE, ("--json or --markdown, not both",)),
    ("describe quotes --build dataset --raw raw", USAGE, ("--raw", "give --build, and no table")),
    ("actors suspects dataset --decisions d.csv", SETTINGS, ("--decisions needs --who and --when",)),
    # A build where a release is wanted.
    ("deposit dataset --out d", RELEASE, ("dataset: is a build, not a release", "`onrecord release`")),
    ("push dataset a/b", RELEASE, ("dataset: is a build, not a release", "`onrecord release`")),
    ("hydrate dataset --raw raw --out h", RELEASE, ("no words are withheld in it", "full tables already")),
    # A model, cache, cluster, gold or reading that is none.
    ("build raw --out x --model nowhere", SETTINGS, ("nowhere: not a model folder", "encoder.onnx", "leave out")),
    ("build raw --out x --model raw", SETTINGS, ("raw: not a model folder", "encoder.onnx", "leave out --model")),
    ("cache prune raw --model raw", OUTPUT, ("raw: no cache", "expected a folder that a build had as --cache")),
    ("cache info nowhere", OUTPUT, ("nowhere: no cache", "--cache")),
    ("cache verify file.txt", OUTPUT, ("file.txt: no cache", "--cache")),
    ("build raw --out x --workers 1 --cache file.txt", OUTPUT, ("file.txt: is a file", "Give --cache another one")),
    ("evaluate nowhere", SETTINGS, ("nowhere: no such file or folder", ".ann")),
    ("evaluate empty", SETTINGS, ("empty: no .ann file in it", "expected .ann files beside their .txt")),
    ("agreement nowhere raw", SETTINGS, ("nowhere: no such folder", ".ann")),
    ("agreement raw raw", SETTINGS, ("raw: no .ann file in it", ".ann")),
    (f"review import nowhere --from dataset {SIGNED} --out a.jsonl", SETTINGS, ("review.json", "review export")),
    ("review estimate dataset notes", SETTINGS, ("notes: has no review.json", "review export")),
)  # fmt: skip


@pytest.mark.parametrize(("line", "code", "says"), MISTAKES, ids=[line for line, _, _ in MISTAKES])
def test_a_mistake_is_told_with_a_next_step_and_nothing_is_written(
    onrecord: Onrecord, at_the_desk: Path, line: str, code: int, says: tuple[str, ...]
) -> None:
    before = listing(at_the_desk)
    ran = onrecord(line)
    assert ran.code == code, ran.err
    assert [words for words in says if words not in ran.said] == [], ran.said
    assert "Traceback" not in ran.err
    assert ran.out == ""
    assert listing(at_the_desk) == before


@pytest.mark.parametrize(
    "line", ["claims dataset --kind denail", "build raw --out notes", "bild raw", "show raw bridge"]
)
def test_a_narrow_terminal_gets_the_same_words_and_no_wider_frame(
    onrecord: Onrecord, at_the_desk: Path, line: str
) -> None:
    wide, narrow = onrecord(line), onrecord(line, PHONE)
    assert re.sub(r"\W", "", narrow.said) == re.sub(r"\W", "", wide.said)
    assert all(len(row) <= int(PHONE) for row in narrow.err.splitlines() if row.startswith(("│", "╭", "╰")))


def test_what_is_lost_on_the_way_to_a_cluster_or_a_store_is_told(
    onrecord: Onrecord, at_the_desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("builder.workers.ANSWER", 1)  # nobody will answer, however long one waits
    nonsense = onrecord("build raw --out x --cluster nonsense")
    assert (nonsense.code, "tcp://10.0.0.5:8786" in nonsense.said) == (SETTINGS, True)
    assert nonsense.said.startswith("error: --cluster nonsense: is no address")
    nobody = onrecord("build raw --out x --cluster tcp://127.0.0.1:9")
    assert nobody.code == SETTINGS
    assert "no Dask scheduler answers" in nobody.said
    assert "Traceback" not in nonsense.err + nobody.err
    gone = onrecord("diff file:///nowhere/at/all dataset")
    assert (gone.code, "cannot be fetched" in gone.said, "hf://datasets/OWNER/NAME" in gone.said) == (
        OUTPUT,
        True,
        True,
    )
    assert not (at_the_desk / "x").exists()
