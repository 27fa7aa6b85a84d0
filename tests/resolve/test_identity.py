"""Ids stand from build to build, and people's decisions overrule the machine: through the real build."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from builder.cli.main import app
from builder.errors import SettingsError
from builder.pipeline import Plan, build
from builder.resolve.decisions import render_decisions
from builder.resolve.ids import parse_ids

# One name, two people; a middle name that comes late; an author whom two articles name.
ARTICLES = {
    "mill": "Ada Orm, a baker, said that oats were dear. Jan Vik said that he had bought none.",
    "mill-2": "Ada Orm, the baker, said that the oven stood cold. Jan Vik said it was the frost.",
    "race": "The sprinter Ada Orm said that the track was wet. Liv Dahl, her coach, said that it would dry.",
    "race-2": "Liv Dahl said that the sprinter Ada Orm had hurt her knee.",
    "vote": "Ada Orm said that she had voted. Peter Holm said that he had not.",
    "vote-2": "Peter Holm said that Ada B. Orm was right.",
}
Tables = Mapping[str, pl.DataFrame]


def build_articles(folder: Path, names: Sequence[str], ids: bytes | None = None, **changed: str) -> Tables:
    raw = folder / "raw"
    raw.mkdir(exist_ok=True)
    lines = [json.dumps({"id": name, "text": changed.get(name, ARTICLES[name])}) for name in names]
    (raw / "wire.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (raw / "ids.csv").unlink(missing_ok=True)
    if ids is not None:
        (raw / "ids.csv").write_bytes(ids)
    return build(Plan(raw, folder / "out", folder / "cache"))


def ids_of(folder: Path) -> bytes:
    return (folder / "out" / "ids.csv").read_bytes()


def speakers(tables: Tables, articles: Sequence[str]) -> dict[str, list[str]]:
    """The speakers of every quote of these articles."""
    there = tables["articles"].filter(pl.col("locator").is_in(list(articles)))
    quotes = tables["quotes"].join(there.select("article_id"), on="article_id", how="semi")
    return dict(quotes.select("quote_id", "speaker_ids").iter_rows())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("identity")


@settings(deadline=None, max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=st.lists(st.sampled_from(sorted(ARTICLES)), unique=True, min_size=1))
def test_articles_that_come_later_change_no_id_that_stands(folder: Path, some: list[str]) -> None:
    before = build_articles(folder, some)
    ids = ids_of(folder)
    after = build_articles(folder, sorted(ARTICLES), ids)
    stood, stands = parse_ids(ids, "before"), parse_ids(ids_of(folder), "after")
    assert stood.join(stands, on=stood.columns, how="anti").height == 0
    assert speakers(after, some) == speakers(before, some)


def test_a_fuller_name_in_the_article_itself_changes_no_id(folder: Path) -> None:
    build_articles(folder, ["mill", "vote"])
    fuller = {"mill": ARTICLES["mill"].replace("Ada Orm", "Ada Beate Orm").replace("Jan Vik", "Jan Vik-Aasen")}
    after = build_articles(folder, ["mill", "vote"], ids_of(folder), **fuller)
    names = dict(after["actors"].select("actor_id", "name").iter_rows())
    assert names["person/jan-vik"] == "Jan Vik-Aasen"
    assert "person/ada-orm" in names
    assert not [actor_id for actor_id in names if "beate" in actor_id]


def test_an_id_of_an_article_that_is_gone_is_given_to_nobody_else_and_comes_back(folder: Path) -> None:
    build_articles(folder, ["race"])
    build_articles(folder, ["mill"], ids_of(folder))
    after = build_articles(folder, ["race", "mill"], ids_of(folder))
    assert all("person/liv-dahl" in ids or ids != ["person/liv-dahl"] for ids in speakers(after, ["mill"]).values())
    assert ["person/liv-dahl"] in speakers(after, ["race"]).values()


def test_both_files_are_inputs_of_the_build_with_their_sums_in_the_manifest(folder: Path) -> None:
    build_articles(folder, ["mill"])
    build_articles(folder, ["mill"], ids_of(folder))
    manifest = json.loads((folder / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["inputs"]) == ["ids.csv"]
    assert re.fullmatch("[0-9a-f]{64}", manifest["inputs"]["ids.csv"])
    sums = (folder / "out" / "SHA256SUMS").read_text(encoding="utf-8")
    assert "  ids.csv\n" in sums
    assert "  links.csv\n" in sums


def decide(folder: Path, *lines: tuple[str, str, str]) -> None:
    text = render_decisions((*line, "L. Dahl", "2026-11-02", "she told me") for line in lines)
    (folder / "raw" / "decisions.csv").write_text(text, encoding="utf-8")


@pytest.fixture
def decided(tmp_path: Path) -> Path:
    build_articles(tmp_path, ["mill", "mill-2", "race"])
    return tmp_path


def article(tables: Tables, locator: str) -> str:
    return str(tables["articles"].filter(pl.col("locator") == locator)["article_id"][0])


def test_who_is_decided_to_be_one_is_one_and_keeps_the_id_that_is_named_first(decided: Path) -> None:
    decide(decided, ("same", "person/ada-orm-2", "person/ada-orm"), ("rename", "person/ada-orm-2", "Ada the Swift"))
    tables = build_articles(decided, ["mill", "mill-2", "race"])
    (orm,) = tables["actors"].filter(pl.col("actor_id").str.starts_with("person/ada-orm")).iter_rows(named=True)
    assert (orm["name"], orm["aliases"]) == ("Ada the Swift", ["Ada Orm"])


def test_who_is_decided_to_be_two_is_two_with_ids_csv_and_without(decided: Path) -> None:
    tables = build_articles(decided, ["mill", "mill-2"])
    ids = ids_of(decided)
    assert tables["actors"].filter(pl.col("name") == "Jan Vik").height == 1
    one, other = (f"{article(tables, name)}#Jan Vik" for name in ("mill", "mill-2"))
    decide(decided, ("not the same", one, other))
    for previous in (None, ids):
        tables = build_articles(decided, ["mill", "mill-2"], previous)
        assert tables["actors"].filter(pl.col("name") == "Jan Vik").height == 2
    kept = speakers(tables, ["mill"]).values()
    assert ["person/jan-vik"] in kept


def test_a_decision_that_the_articles_contradict_stops_the_build_and_publishes_nothing(decided: Path) -> None:
    tables = build_articles(decided, ["mill", "mill-2"])
    before = ids_of(decided)
    one = f"{article(tables, 'mill')}#Jan Vik"
    decide(decided, ("not the same", one, "person/jan-vik"))
    with pytest.raises(SettingsError, match=r"decisions\.csv:2: keeps .* apart, but they are one actor"):
        build_articles(decided, ["mill", "mill-2"])
    assert ids_of(decided) == before


def test_suspects_become_decisions_and_a_rebuild_applies_them(decided: Path) -> None:
    runner = CliRunner()
    out, decisions = decided / "out", decided / "raw" / "decisions.csv"
    build_articles(decided, sorted(ARTICLES))
    listed = json.loads(runner.invoke(app, ["actors", "suspects", str(out), "--json"]).stdout)["suspects"]
    assert listed
    arguments = ["--decisions", str(decisions), "--who", "L. Dahl", "--when", "2026-11-02"]
    for _ in range(2):  # the second time, no line is new
        written = runner.invoke(app, ["actors", "suspects", str(out), *arguments])
        assert written.exit_code == 0, written.output
    assert len(decisions.read_text(encoding="utf-8").splitlines()) == 1 + len(listed)
    tables = build_articles(decided, sorted(ARTICLES))
    assert tables["actors"].filter(pl.col("name") == "Ada Orm").height == 1
    again = json.loads(runner.invoke(app, ["actors", "suspects", str(out), "--json"]).stdout)
    assert again["unmet_decisions"] == []
    assert not [s for s in again["suspects"] if s["decision"] == "same"]
