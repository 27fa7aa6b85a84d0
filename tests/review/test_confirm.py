"""What a reader of a whole article left untouched is confirmed: marked as reviewed, and stale where it changed."""

import json
from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from builder.cli.main import app
from builder.errors import SettingsError
from builder.pipeline import Plan, build
from builder.publish.reopen import read_tables
from builder.review.choices import LABEL_STUDIO
from builder.review.corrections import read_corrections
from builder.review.folder import export_review, import_review, write_corrections
from tests.review.conftest import SIGNED, Desk, Tables
from tests.review.test_corrections import LATER

FERRY, BRIDGE = "ferry.html", "bridge.txt"


def confirm(desk: Desk, *read: str, name: str = "first", signed: object = SIGNED) -> None:
    returned = import_review(desk.reading, desk.out, signed, read or None)  # type: ignore[arg-type]
    write_corrections(desk.raw / "corrections" / f"{name}.jsonl", returned.corrections + returned.confirmed)


def reviewed(tables: Tables, locator: str) -> dict[str, list[bool]]:
    (key,) = tables["articles"].filter(locator=locator)["article_id"]
    return {name: tables[name].filter(article_id=key)["is_reviewed"].to_list() for name in ("quotes", "claims")}


def marks_only(before: Tables, after: Tables) -> bool:
    """Whether the tables are the same but for `is_reviewed`."""
    return all(
        before[name].drop("is_reviewed", strict=False).equals(after[name].drop("is_reviewed", strict=False))
        for name in before
    )


def test_nothing_is_confirmed_unless_somebody_says_so(desk: Desk) -> None:
    returned = import_review(desk.reading, desk.out, SIGNED)
    assert (returned.corrections, returned.confirmed) == ((), ())


def test_every_untouched_row_of_an_article_that_was_read_in_full_is_reviewed_and_nothing_else_changes(
    desk: Desk,
) -> None:
    before = read_tables(desk.out)
    confirm(desk, BRIDGE)
    after = desk.build()
    assert all(all(marks) for marks in reviewed(after, BRIDGE).values())
    assert not any(any(marks) for marks in reviewed(after, FERRY).values())
    assert after["dropped"].height == 0
    assert marks_only(before, after)


def test_all_that_came_back_can_be_confirmed_from_either_program(desk: Desk) -> None:
    before = read_tables(desk.out)
    tasks = desk.root / "tasks"
    export_review(desk.out, tasks, LABEL_STUDIO)
    path = tasks / "tasks.json"
    path.write_text(path.read_text("utf-8").replace("predictions", "annotations"), encoding="utf-8")
    of_studio = import_review(tasks, desk.out, SIGNED, None).confirmed
    assert of_studio == import_review(desk.reading, desk.out, SIGNED, None).confirmed
    confirm(desk)
    after = desk.build()
    assert after["quotes"]["is_reviewed"].all()
    assert after["claims"]["is_reviewed"].all()
    assert marks_only(before, after)


def test_a_corrected_row_is_corrected_and_its_neighbours_are_confirmed(desk: Desk) -> None:
    desk.edit(FERRY, lambda text: text.replace("ClaimKind E5 assertion", "ClaimKind E5 denial"))
    desk.edit(FERRY, lambda text: "".join(line for line in text.splitlines(True) if line[:3] != "E4\t"))
    confirm(desk, FERRY)
    n_before = read_tables(desk.out)["quotes"].height
    after = desk.build()
    assert after["quotes"].height == n_before - 1
    assert all(all(marks) for marks in reviewed(after, FERRY).values())
    assert after["claims"].filter("is_reviewed", claim_kind="denial").height
    assert after["dropped"].height == 0


def test_a_line_says_who_confirmed_which_values_of_which_text_and_when(desk: Desk) -> None:
    confirm(desk, BRIDGE)
    lines = (desk.raw / "corrections" / "first.jsonl").read_text("utf-8").splitlines()
    line = json.loads(lines[0])
    assert (line["by"], line["date"], line["why"]) == ("A. Quill", "2026-11-20", "full reading")
    assert (line["is_confirmed"], line["after"]) == (True, None)
    assert line["before"]["content"]
    assert len(line["text_sha256"]) == 64


def test_a_confirmation_of_a_text_that_changed_is_reported(desk: Desk) -> None:
    confirm(desk, FERRY)
    page = desk.raw / "gazette" / FERRY
    page.write_text(page.read_text(encoding="utf-8").replace("before the summer", "before autumn"), encoding="utf-8")
    tables = desk.build()
    lines = len((desk.raw / "corrections" / "first.jsonl").read_text("utf-8").splitlines())
    assert tables["dropped"]["reason"].to_list() == ["stale-correction"] * lines
    assert all("text has changed" in detail for detail in tables["dropped"]["detail"])
    assert not tables["quotes"]["is_reviewed"].any()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda values: values | {"claim_kind": "threat"}, "claim_kind"),
        (lambda values: values | {"is_negated": not values["is_negated"]}, "is_negated"),
        (lambda values: values | {"cue": [[0, 3]]}, "cue"),
        (lambda values: values | {"speakers": []}, "speakers"),
        (lambda values: values | {"speakers": [{"name": "Lena Forsby"}]}, "speakers"),
        (lambda values: values | {"targets": [{"name": "Piet Maas"}]}, "targets"),
    ],
)
def test_a_row_that_is_not_what_was_confirmed_is_not_marked_but_reported(
    desk: Desk, change: Callable[[dict[str, object]], dict[str, object]], what: str
) -> None:
    """As after another version of the model: the record is of other values than the build finds."""
    confirm(desk, BRIDGE)
    path = desk.raw / "corrections" / "first.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    speakers = [[actor["name"] for actor in line["before"].get("speakers", [])] for line in lines]
    at = speakers.index(["Piet Maas"])
    lines[at]["before"] = change(lines[at]["before"])
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    tables = desk.build()
    (row,) = tables["dropped"].to_dicts()
    assert (row["reason"], row["place"]) == ("stale-correction", f"line {at + 1}")
    assert f"confirmed with other values than it has now: {what}" in row["detail"]
    assert not tables["quotes"].filter(quote_id=lines[at]["id"])["is_reviewed"].item()


def test_who_confirms_what_another_corrected_contradicts_him_unless_he_saw_it(desk: Desk) -> None:
    def correct() -> None:
        desk.edit(FERRY, lambda text: text.replace("ClaimKind E5 assertion", "ClaimKind E5 denial"))
        desk.rebuild()

    unseen = import_review(desk.reading, desk.out, LATER, [FERRY]).confirmed
    correct()
    desk.export()
    seen = import_review(desk.reading, desk.out, LATER, [FERRY]).confirmed
    second = desk.raw / "corrections" / "second.jsonl"
    write_corrections(second, unseen)
    with pytest.raises(SettingsError, match="says otherwise of"):
        read_corrections(desk.raw, ["gazette"])
    second.unlink()
    write_corrections(second, seen)
    assert all(all(marks) for marks in reviewed(desk.build(), FERRY).values())


def test_what_was_confirmed_may_be_corrected_later(desk: Desk) -> None:
    confirm(desk, FERRY)
    desk.build()
    desk.export()
    desk.edit(FERRY, lambda text: text.replace("ClaimKind E5 assertion", "ClaimKind E5 denial"))
    tables = desk.rebuild("second", LATER)
    assert all(all(marks) for marks in reviewed(tables, FERRY).values())
    assert tables["dropped"].height == 0


def test_a_build_with_a_limit_says_nothing_of_articles_that_it_did_not_read(desk: Desk) -> None:
    confirm(desk)
    short = desk.root / "short"
    tables = build(Plan(desk.raw, short, desk.root / "cache", limit=1))
    assert tables["dropped"].height == 0
    assert tables["quotes"]["is_reviewed"].all()
    whole = build(Plan(desk.raw, short, desk.root / "cache", limit=99))
    assert whole["dropped"].height == 0


def test_confirming_as_typed(desk: Desk) -> None:
    signed = ("--by", "A. Quill", "--date", "2026-11-20", "--why", "full reading")
    typed = ["review", "import", str(desk.reading), "--from", str(desk.out), *signed]
    out = desk.raw / "corrections" / "first.jsonl"
    desk.annotation(FERRY).unlink()
    ran = CliRunner().invoke(app, [*typed, "--out", str(out), "--confirm", FERRY])
    assert "did not come back" in str(ran.exception)
    ran = CliRunner().invoke(app, [*typed, "--out", str(out), "--confirm", "nowhere.txt"])
    assert "no article is 'nowhere.txt'" in str(ran.exception)
    assert not out.exists()
    ran = CliRunner().invoke(app, [*typed, "--out", str(out), "--confirm", BRIDGE, "--json"])
    assert json.loads(ran.stdout)["confirmed"] == len(out.read_text("utf-8").splitlines()) > 0
    ran = CliRunner().invoke(app, [*typed, "--out", str(out.with_name("all.jsonl")), "--confirm-all"])
    assert "0 deleted, " in ran.stdout
    assert "confirmed; " in ran.stdout
