"""Label Studio's tasks out and its export back: the same corrections as from brat's files."""

import json
from collections.abc import Callable
from typing import Any

import lxml.etree
import polars as pl
import pytest

from builder.errors import SettingsError
from builder.publish.reopen import read_tables
from builder.review.choices import LABEL_STUDIO
from builder.review.corrections import Correction
from builder.review.exported import choose_articles, export_rows
from builder.review.folder import export_review, import_review
from builder.review.label_studio import read_tasks, render_tasks
from tests.review.conftest import SIGNED, Desk

Results = list[dict[str, Any]]
FERRY = "ferry.html"


@pytest.fixture
def studio(desk: Desk) -> Desk:
    """The same desk, exported for Label Studio instead."""
    desk = Desk(desk.root)
    for path in desk.reading.iterdir():
        path.unlink()
    desk.reading.rmdir()
    export_review(desk.out, desk.reading, LABEL_STUDIO)
    return desk


def submit(desk: Desk, change: Callable[[Results], Results] = lambda results: results) -> tuple[Correction, ...]:
    """Every prediction submitted as the annotation, that of the ferry changed before."""
    tasks = json.loads((desk.reading / "tasks.json").read_text(encoding="utf-8"))
    for task in tasks:
        results = task["predictions"][0]["result"]
        is_ferry = "Ferry Union" in task["data"]["text"]
        task["annotations"] = [{"id": 7, "result": change(results) if is_ferry else results, "was_cancelled": False}]
    (desk.reading / "annotations.json").write_text(json.dumps(tasks), encoding="utf-8")
    return import_review(desk.reading, desk.out, SIGNED).corrections


def region(results: Results, words: str) -> str:
    """The id of the region with these words."""
    (found,) = (one["id"] for one in results if one["type"] == "labels" and words in one["value"]["text"])
    return str(found)


def test_what_comes_back_as_it_went_out_gives_no_corrections(studio: Desk) -> None:
    assert submit(studio) == ()


def test_tasks_that_nobody_submitted_were_not_read(studio: Desk) -> None:
    returned = import_review(studio.reading, studio.out, SIGNED)
    assert (returned.corrections, returned.articles, len(returned.missing)) == ((), 0, 3)


def test_ids_that_the_program_gave_anew_are_no_corrections(studio: Desk) -> None:
    def renamed(results: Results) -> Results:
        text = json.dumps(results)
        for one in results:
            if one["type"] != "relation":
                text = text.replace(f'"{one["id"]}"', f'"new-{one["id"]}"')
        return json.loads(text)  # type: ignore[no-any-return]

    assert submit(studio, renamed) == ()


def test_a_span_a_speaker_a_kind_a_deleted_and_an_added_quote_come_back_and_survive_a_rebuild(studio: Desk) -> None:
    def corrected(results: Results) -> Results:
        money, gone = region(results, "that the money"), region(results, "not to be named")
        for one in results:
            if one.get("id") == money:
                one["value"] |= {"start": 338}
                if one["type"] == "labels":
                    one["value"]["text"] = "the money was there"
                if one["from_name"] == "kind":
                    one["value"]["choices"] = ["denial"]
                if one["type"] == "textarea":
                    one["value"]["text"] = ['{"speakers": ["Mara Dunn"], "resolution": "named", "targets": []}']
        kept = [one for one in results if gone not in (one.get("id"), one.get("from_id"))]
        own = region(kept, "It is unlikely")
        kept = [one for one in kept if one.get("id") != own]
        words = {"start": 416, "end": 463, "text": "the posts will be filled before the autumn"}
        words["text"] = "posts will be filled before the autumn"
        words["start"] = 463 - len("posts will be filled before the autumn")
        value = words | {"labels": ["Content"]}
        return [*kept, {"id": "n1", "from_name": "part", "to_name": "text", "type": "labels", "value": value}]

    corrections = submit(studio, corrected)
    assert len(corrections) == 4  # one quote changed, one deleted, one added, an own claim deleted
    (studio.raw / "corrections").mkdir()
    after = studio.rebuild()
    (row,) = after["quotes"].filter(pl.col("text") == "the money was there").to_dicts()
    assert (row["speaker_ids"], row["is_reviewed"]) == (["person/mara-dunn"], True)
    claim = after["claims"].filter(pl.col("quote_id") == row["quote_id"])
    assert claim["claim_kind"].to_list() == ["denial"]
    words = after["quotes"]["text"].to_list()
    assert "not to be named" not in words
    assert "posts will be filled before the autumn" in words


def test_offsets_in_utf16_units_are_told_by_the_regions_words(studio: Desk) -> None:
    tables = read_tables(studio.out)
    (article,) = export_rows(tables, choose_articles(tables["articles"], [FERRY]))
    text = article.text.replace("Ferry", "🚢")
    tasks = [
        {
            "data": {"text": text, "article_id": article.article_id},
            "annotations": [
                {
                    "result": [
                        {
                            "id": "n1",
                            "type": "labels",
                            "value": {"start": at, "end": at + 5, "text": "union", "labels": ["Claim"]},
                        }
                    ]
                }
            ],
        }
        for at in [len(text[: text.index("union")].encode("utf-16-le")) // 2]
    ]
    path = studio.root / "emoji.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    other = type(article)(article.article_id, article.collection_id, text, article.text_sha256, (), ())
    (row,) = read_tasks(path, [other])[article.article_id].values()
    ((start, end),) = row.values.content
    assert text[start:end] == "union"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda task: task["data"].update(text="another"), "offsets no longer hold"),
        (lambda task: task["data"].update(article_id="art-0"), "expected an article that was exported"),
        (lambda task: task["annotations"].append({"result": []}), "several annotations"),
        (lambda task: task["annotations"][0]["result"][0]["value"].update(start=1), "expected the text at its place"),
        (lambda task: task["annotations"][0].update(result="none"), "annotations.0.result"),
        (
            lambda task: task["annotations"][0]["result"].append(
                {"id": "n", "type": "labels", "value": {"start": 0, "end": 3, "labels": ["Cue"]}}
            ),
            "belongs to no content",
        ),
    ],
)
def test_mistakes_name_the_task(studio: Desk, change: Callable[[dict[str, Any]], None], expected: str) -> None:
    submit(studio)
    path = studio.reading / "annotations.json"
    tasks = json.loads(path.read_text(encoding="utf-8"))
    change(tasks[0])
    path.write_text(json.dumps(tasks), encoding="utf-8")
    with pytest.raises(SettingsError, match=expected):
        import_review(studio.reading, studio.out, SIGNED)


def test_the_interface_has_every_name_that_the_tasks_use(studio: Desk) -> None:
    view = lxml.etree.fromstring((studio.reading / "config.xml").read_bytes())
    names = {element.get("name") for element in view if element.get("name")}
    values = {element.get("value") for element in view.iter("Label", "Choice")}
    tables = read_tables(studio.out)
    tasks = json.loads(render_tasks(export_rows(tables, choose_articles(tables["articles"], []))))
    results = [one for task in tasks for one in task["predictions"][0]["result"] if one["type"] != "relation"]
    assert {one["from_name"] for one in results} <= names
    assert {value for one in results for key in ("labels", "choices") for value in one["value"].get(key, ())} <= values
