"""Articles on the takedown list are in no dataset any more, and a list that takes nothing down is a mistake."""

import shutil
from pathlib import Path

import pytest

from builder.errors import SettingsError
from builder.pipeline import Plan, build
from builder.read.withdrawn import parse_withdrawn

TOWN = Path(__file__).parents[1] / "worlds" / "town-council" / "raw"
HEADER = "collection_id,locator,withdrawn_on,reason\n"


def town_without(line: str, to: Path) -> Path:
    shutil.copytree(TOWN, to)
    (to / "withdrawn.csv").write_text(HEADER + line, encoding="utf-8")
    return to


def test_a_withdrawn_article_is_in_no_table_but_dropped_with_its_date_and_reason(tmp_path: Path) -> None:
    raw = town_without("gazette,bridge.txt,2026-11-20,the publisher asked for it\n", tmp_path / "raw")
    tables = build(Plan(raw, tmp_path / "out"))
    assert "bridge.txt" not in tables["articles"]["locator"].to_list()
    assert tables["articles"].height == 2
    row = tables["dropped"].row(0, named=True)
    assert (row["reason"], row["detail"]) == ("withdrawn", "bridge.txt, on 2026-11-20: the publisher asked for it")
    assert '"withdrawn.csv": "' in (tmp_path / "out" / "manifest.json").read_text("utf-8")


def test_nobody_is_named_any_more_whom_only_a_withdrawn_article_named(tmp_path: Path) -> None:
    build(Plan(TOWN, tmp_path / "before"))
    raw = town_without("gazette,bridge.txt,2026-11-20,asked\n", tmp_path / "raw")
    ids = (tmp_path / "before" / "ids.csv").read_text(encoding="utf-8")
    (raw / "ids.csv").write_text(ids, encoding="utf-8")
    build(Plan(raw, tmp_path / "out"))
    left = "".join((tmp_path / "out" / name).read_text(encoding="utf-8") for name in ("ids.csv", "links.csv"))
    assert "Piet Maas" in ids
    assert "Maas" not in left
    assert "Mara Dunn" in left


def test_a_withdrawal_that_meets_no_article_stops_the_build_and_nothing_is_published(tmp_path: Path) -> None:
    raw = town_without("gazette,brigde.txt,2026-11-20,asked\n", tmp_path / "raw")
    with pytest.raises(SettingsError, match=r"withdrawn\.csv:2: no article .* 'brigde\.txt'"):
        build(Plan(raw, tmp_path / "out"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("article,date\n", r"withdrawn\.csv:1: expected the header"),
        (HEADER + "bay,a.txt,2026-11-20\n", r":2: found 3 cells"),
        (HEADER + "bay,a.txt,20 November,asked\n", r":2: withdrawn_on is '20 November'"),
        (HEADER + "bay,,2026-11-20,asked\n", r":2: .* none empty"),
        (HEADER + "bay,a.txt,2026-11-20,asked\n" * 2, r":3: a\.txt stands on line 2 already"),
        (HEADER + '"bay,a.txt\n', r"not valid CSV"),
        (HEADER + "bay,a.txt,2026-11-20,asked\udcff\n", r"is not UTF-8"),
    ],
)
def test_a_mistake_in_the_list_names_its_line(text: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        parse_withdrawn(text.encode(errors="surrogateescape"))
