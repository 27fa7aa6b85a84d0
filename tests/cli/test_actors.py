"""`onrecord actors` as a person meets it, on the town's build and on one where two people have one name."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from builder.cli.main import app
from builder.errors import OutputError, SettingsError
from builder.pipeline import Plan, build

ROOT = Path(__file__).parents[2]
ARTICLES = {
    "race": "The sprinter Ada Orm said that the track was wet. Liv Dahl, her coach, said that it would dry.",
    "mill": "Ada Orm, a baker, said that oats were dear. Jan Vik said that he had bought none.",
    "mill-2": "Ada Orm, the baker, said that the oven stood cold. Jan Vik said it was the frost.",
}


def actors(*arguments: object, width: int = 120) -> Result:
    return CliRunner().invoke(app, ["actors", *map(str, arguments)], env={"COLUMNS": str(width), "TERM": "dumb"})


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("actors")
    (folder / "raw").mkdir()
    lines = [json.dumps({"id": name, "text": text}) for name, text in ARTICLES.items()]
    (folder / "raw" / "wire.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    build(Plan(folder / "raw", folder / "out"))
    return folder / "out"


def test_list_shows_those_who_speak_most_first_and_one_kind_if_asked(out: Path) -> None:
    listed = json.loads(actors("list", out, "--kind", "person", "--by", "quotes", "--json").stdout)["actors"]
    assert {row["actor_kind"] for row in listed} == {"person"}
    quotes = [row["n_quotes"] for row in listed]
    assert quotes == sorted(quotes, reverse=True)
    assert "person/jan-vik" in actors("list", out, "--limit", 20).stdout


def test_list_keeps_names_and_ids_whole_on_a_narrow_terminal(out: Path) -> None:
    narrow = actors("list", out, width=60).stdout
    assert "person/jan-vik" in narrow
    assert max(map(len, narrow.splitlines())) <= 60


@pytest.mark.parametrize("text", ["jan vik", "Vick", "jan-vik"])
def test_search_finds_a_name_by_something_like_it(out: Path, text: str) -> None:
    found = json.loads(actors("search", out, text, "--json").stdout)["actors"]
    assert found[0]["actor_id"] == "person/jan-vik"


def test_show_has_roles_articles_and_quotes(out: Path) -> None:
    shown = json.loads(actors("show", out, "Liv Dahl", "--json").stdout)
    assert (shown["actor"]["roles"], len(shown["articles"]), len(shown["quotes"])) == (["coach"], 1, 1)
    printed = actors("show", out, "person/liv-dahl").stdout
    assert "coach" in printed
    assert "it would dry" in printed


def test_why_says_what_joined_and_what_kept_apart(out: Path) -> None:
    printed = " ".join(actors("why", out, "Ada Orm").stdout.split())
    assert "joined: Ada Orm and Ada Orm: the same name in 2 articles" in printed
    assert "walks of life far from each other" in printed
    assert "nothing was to be decided" in actors("why", out, "Liv Dahl").stdout


def test_suspects_say_in_words_whom_to_look_at_and_how_to_decide(out: Path) -> None:
    printed = " ".join(actors("suspects", out).stdout.split())
    assert "Ada Orm and Ada Orm may be one" in printed
    assert "--decisions raw/decisions.csv" in printed
    lines = actors("suspects", out, "--decisions", "-", "--who", "L. Dahl", "--when", "2026-11-02").stdout.splitlines()
    assert lines[0] == "decision,actor,other,who,when,why"
    assert lines[1].startswith("same,art-")


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        (("show", "OUT", "Ada Orm"), SettingsError, "names 2 actors"),
        (("show", "OUT", "Jan Vikk"), SettingsError, "near it: person/jan-vik"),
        (("why", "OUT", "Nobody At All"), SettingsError, "no actor has the id or name"),
        (("suspects", "OUT", "--decisions", "-"), SettingsError, "needs --who and --when"),
        (("list", ROOT), OutputError, "is no build"),
    ],
)
def test_a_mistake_says_what_was_found_and_has_its_exit_code(
    out: Path, arguments: tuple[object, ...], error: type[Exception], said: str
) -> None:
    ran = actors(*(out if argument == "OUT" else argument for argument in arguments))
    assert isinstance(ran.exception, error)
    assert said in str(ran.exception)
