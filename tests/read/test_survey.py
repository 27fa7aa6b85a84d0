"""Which column is what: by name, then by contents; what cannot be told stays out."""

import json
from pathlib import Path

import pytest

from builder.read.files import list_files
from builder.read.survey import guess_columns, kind_of, survey
from tests.read.files import Files, collection, parquet

LONG = "The harbour board of Tarn will keep the old crane, its chair, Edda Quill, said on Monday. " * 4


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ({"text": "x", "id": 1}, {"text": "text", "id": "id"}),
        ({"Body": "x", "Headline": "y"}, {"text": "Body", "title": "Headline"}),
        ({"maintext": "x", "date_publish": "2026-05-04"}, {"text": "maintext", "published_at": "date_publish"}),
        ({"content": LONG, "link": "https://t.example/1"}, {"text": "content", "url": "link"}),
        ({"body": "x", "link": "not an address"}, {"text": "body"}),
        ({"body": "x", "date": "soon"}, {"text": "body"}),
        ({"body": "x", "lang": "en-GB", "outlet": "Post"}, {"text": "body", "language": "lang", "publisher": "outlet"}),
        ({"body": "x", "authors": ["Mira Fenn"]}, {"text": "body", "authors": "authors"}),
        ({"raw": LONG, "n": 1}, {"text": "raw"}),
        ({"n": 1, "note": "short"}, {}),
    ],
)
def test_a_column_is_told_by_its_name_and_by_what_stands_in_it(row: dict[str, object], columns: dict[str, str]) -> None:
    assert guess_columns([row]) == columns


def test_an_id_that_comes_twice_is_none() -> None:
    assert "id" not in guess_columns([{"id": 1, "text": "a"}, {"id": 1, "text": "b"}])


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.jsonl.gz", ".jsonl"), ("a.tar.xz", ".tar"), ("a.TGZ", ".tar"), ("a.Html", ".html"), ("a.xlsx", ""), ("a", "")],
)
def test_a_format_is_told_by_the_suffix_below_the_compression(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_files_of_rows_are_sampled_whatever_their_format_and_the_mapping_of_most_is_taken(tmp_path: Path) -> None:
    files: Files = {
        "a.jsonl": json.dumps({"body": "x", "key": "1"}),
        "b.csv": "body,key\nx,1\n",
        "c.parquet": parquet(body=["x"], key=["1"]),
        "d.tsv": "story\tkey\nx\t1\n",
        "e.jsonl": "{broken",
        "f.parquet": b"broken",
    }
    found = survey(list_files(collection(tmp_path, files)))
    assert found.columns == {"text": "body", "id": "key"}
    assert found.others == ("d.tsv",)
    assert dict(found.formats) == {".jsonl": 2, ".csv": 1, ".parquet": 2, ".tsv": 1}
