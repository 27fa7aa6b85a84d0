"""Files of corrections: mistakes and conflicts stop a build before work begins, what is stale is counted."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest

from builder.errors import OutputError, SettingsError
from builder.publish.recognize import read_manifest
from builder.publish.reopen import read_tables
from builder.review.compare import Signed
from builder.review.corrections import parse_corrections, read_corrections, render_corrections
from builder.review.folder import export_review, import_review, write_corrections
from tests.review.conftest import SIGNED, Desk

LATER = Signed("B. Reed", date(2026, 11, 21), "second reading")
FERRY = "ferry.html"
LINE: dict[str, Any] = {
    "article_id": "art-0979f537e5e74921",
    "collection_id": "gazette",
    "text_sha256": "0" * 64,
    "row": "quote",
    "id": "quo-0979f537e5e74921",
    "before": {"claim_kind": "assertion"},
    "after": {"claim_kind": "denial"},
    "by": "A. Quill",
    "date": "2026-11-20",
    "why": "full reading",
}


def write(desk: Desk, *lines: Mapping[str, Any], name: str = "first") -> None:
    path = desk.raw / "corrections" / f"{name}.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def kind(desk: Desk, to: str) -> None:
    desk.edit(FERRY, lambda text: text.replace("ClaimKind E5 assertion", f"ClaimKind E5 {to}"))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"id": None}, "an added one has neither"),
        ({"id": "cla-0979f537e5e74921"}, "expected quo-"),
        ({"after": {"claim_kind": "gossip"}}, "expected one of denial"),
        ({"after": {}}, "after is empty"),
        ({"after": {"content": []}}, "a span at least"),
        ({"after": {"content": [[5, 9], [2, 4]]}}, "in the text's order"),
        ({"after": {"targets": [{"name": name} for name in "abcd"]}}, "at most 3"),
        ({"date": "yesterday"}, "date"),
        ({"why": " "}, "why"),
        ({"collection_id": "herald"}, "expected one of gazette"),
        ({"row": "claim", "id": "cla-0979f537e5e74921", "after": {"cue": [[1, 2]]}}, "a claim has no cue"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_mistake_names_file_line_and_what_was_expected(change: dict[str, Any], expected: str) -> None:
    content = "\n" + json.dumps(LINE | change)
    with pytest.raises(SettingsError, match=r"corrections/first\.jsonl:2: ") as caught:
        parse_corrections(content.encode(), "corrections/first.jsonl", {"gazette"})
    assert expected in str(caught.value)


def test_a_mistake_stops_the_build_before_any_work(desk: Desk) -> None:
    write(desk, LINE | {"why": ""})
    before = read_manifest(desk.out)
    with pytest.raises(SettingsError, match=r"first\.jsonl:1"):
        desk.build()
    assert read_manifest(desk.out) == before


def test_what_is_written_is_read_again(desk: Desk) -> None:
    kind(desk, "denial")
    corrections = desk.bring_back()
    text = render_corrections(corrections)
    placed = parse_corrections(text.encode(), "corrections/first.jsonl", {"gazette"})
    assert [one.correction for one in placed] == list(corrections)
    assert json.loads(text)["before"] == {"claim_kind": "assertion"}


def test_two_corrections_of_one_thing_stop_the_build_and_name_both_places(desk: Desk) -> None:
    for name, signed, to in (("first", SIGNED, "denial"), ("second", LATER, "support")):
        desk.export()
        kind(desk, to)
        write_corrections(desk.raw / "corrections" / f"{name}.jsonl", desk.bring_back(signed))
    with pytest.raises(SettingsError, match=r"second\.jsonl:1: says otherwise .*first\.jsonl:1 \(A\. Quill"):
        desk.build()


@pytest.mark.parametrize(
    ("first", "second", "is_conflict"),
    [
        ({"claim_kind": "denial"}, {"claim_kind": "denial"}, False),
        ({"claim_kind": "denial"}, {"is_negated": True}, False),
        ({"claim_kind": "denial"}, None, True),
        (None, None, False),
        ({"content": [[0, 5]]}, {"content": [[0, 6]]}, True),
    ],
)
def test_corrections_that_can_both_hold_are_no_conflict(
    desk: Desk, first: dict[str, Any] | None, second: dict[str, Any] | None, is_conflict: bool
) -> None:
    write(desk, LINE | {"after": first}, LINE | {"after": second})
    if is_conflict:
        with pytest.raises(SettingsError, match="says otherwise"):
            read_corrections(desk.raw, ["gazette"])
    else:
        found, _ = read_corrections(desk.raw, ["gazette"])
        assert len(found["art-0979f537e5e74921"]) == 2


def test_what_was_corrected_may_be_deleted_later_by_who_saw_the_correction(desk: Desk) -> None:
    whole = {"content": [[0, 5]], "claim_kind": "denial"}
    later = LINE | {"after": None, "date": "2026-11-21"}
    write(desk, LINE, later | {"before": whole})
    found, _ = read_corrections(desk.raw, ["gazette"])
    assert len(found["art-0979f537e5e74921"]) == 2
    write(desk, LINE, later | {"before": whole | {"claim_kind": "assertion"}})
    with pytest.raises(SettingsError, match="says otherwise"):
        read_corrections(desk.raw, ["gazette"])


def test_added_quotes_that_overlap_and_are_not_the_same_are_a_conflict(desk: Desk) -> None:
    added = LINE | {"id": None, "before": None}
    write(desk, added | {"after": {"content": [[0, 9]]}}, added | {"after": {"content": [[5, 12]]}})
    with pytest.raises(SettingsError, match="says otherwise of an added row"):
        read_corrections(desk.raw, ["gazette"])


def test_a_correction_of_a_text_that_changed_is_dropped_and_counted(desk: Desk) -> None:
    kind(desk, "denial")
    write_corrections(desk.raw / "corrections" / "first.jsonl", desk.bring_back())
    page = desk.raw / "gazette" / FERRY
    page.write_text(page.read_text(encoding="utf-8").replace("before the summer", "before autumn"), encoding="utf-8")
    tables = desk.build()
    (row,) = tables["dropped"].to_dicts()
    assert (row["stage"], row["reason"]) == ("assemble", "stale-correction")
    assert (row["raw_path"], row["place"], row["collection_id"]) == ("corrections/first.jsonl", "line 1", "gazette")
    assert "the article's text has changed" in row["detail"]
    assert not tables["quotes"]["is_reviewed"].any()


def test_corrections_of_a_row_and_of_an_article_that_are_gone_are_dropped_and_counted(desk: Desk) -> None:
    article = read_tables(desk.out)["articles"].filter(pl.col("locator") == FERRY).row(0, named=True)
    here = LINE | {"article_id": article["article_id"], "text_sha256": article["text_sha256"]}
    overlapping = {"id": None, "before": None, "after": {"content": [[330, 340]]}}
    too_long = {"id": None, "before": None, "after": {"content": [[9000, 9001]]}}
    write(desk, here, LINE, here | overlapping, here | too_long)
    dropped = desk.build()["dropped"].sort("place")
    assert dropped["reason"].to_list() == ["stale-correction"] * 4
    for detail, problem in zip(
        dropped["detail"], ("the row is gone", "not in this build", "overlaps that of", "ends after"), strict=True
    ):
        assert problem in detail


def test_quotes_that_make_room_for_each_other_are_corrected_in_whatever_order(desk: Desk) -> None:
    def change(text: str) -> str:
        return text.replace("Content 311 326", "Content 311 332").replace("Content 333 357", "Content 338 357")

    desk.edit(FERRY, change)
    corrections = desk.bring_back()
    for name, some in (("a", corrections), ("b", corrections[::-1])):
        for old in (desk.raw / "corrections").glob("*"):
            old.unlink()
        write_corrections(desk.raw / "corrections" / f"{name}.jsonl", some)
        assert desk.build()["quotes"]["is_reviewed"].sum() == 2


def test_a_bare_folder_takes_corrections_and_never_reads_them_as_articles(desk: Desk) -> None:
    (desk.raw / "gazette" / "collection.toml").unlink()
    bare = Desk(desk.root / "bare")
    (desk.raw / "gazette").rename(bare.root)
    bare.raw.mkdir()
    (bare.root / "bridge.txt").rename(bare.raw / "bridge.txt")
    bare.build()
    bare.export()
    bare.edit("bridge.txt", lambda text: text.replace("ClaimKind E1 demand", "ClaimKind E1 commitment"))
    tables = bare.rebuild()
    assert tables["articles"].height == 1
    assert tables["quotes"]["is_reviewed"].sum() == 1


def test_another_build_than_the_exported_one_is_refused(desk: Desk) -> None:
    bridge = desk.raw / "gazette" / "bridge.txt"
    bridge.write_text(bridge.read_text(encoding="utf-8") + "\nThe mayor said that it rained.\n", encoding="utf-8")
    desk.build()
    with pytest.raises(SettingsError, match="was exported from a build with the fingerprint"):
        import_review(desk.reading, desk.out, SIGNED)


def test_a_changed_text_a_stray_file_and_a_loose_content_are_refused(desk: Desk) -> None:
    annotation = desk.annotation(FERRY)
    before = annotation.read_text(encoding="utf-8")
    annotation.write_text(before + "T90\tContent 401 410\tx\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="belongs to no event"):
        desk.bring_back()
    annotation.write_text(before, encoding="utf-8")
    stray = desk.reading / "notes.ann"
    stray.write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"notes\.ann: is of no article"):
        desk.bring_back()
    stray.unlink()
    annotation.with_suffix(".txt").write_text("another text", encoding="utf-8")
    with pytest.raises(SettingsError, match="offsets no longer hold"):
        desk.bring_back()


def test_an_article_that_does_not_come_back_is_named_and_nothing_is_said_of_it(desk: Desk) -> None:
    desk.annotation(FERRY).unlink()
    returned = import_review(desk.reading, desk.out, SIGNED)
    assert (returned.corrections, returned.articles, len(returned.missing)) == ((), 2, 1)


def test_nothing_that_stands_already_is_replaced(desk: Desk) -> None:
    with pytest.raises(OutputError, match="stands already"):
        export_review(desk.out, desk.reading)
    out = desk.root / "one.jsonl"
    out.write_text("precious", encoding="utf-8")
    with pytest.raises(OutputError, match="stands already"):
        write_corrections(out, ())
    assert out.read_text(encoding="utf-8") == "precious"
    assert [path.name for path in desk.root.glob(".*.writing")] == []
