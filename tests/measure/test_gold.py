"""Gold read from JSON lines: attributions, mentions, splits, and every way in which a line can be wrong."""

import gzip
import json
from pathlib import Path

import pytest

from builder.errors import SettingsError
from builder.measure.gold import GoldAttribution, GoldMention, read_gold, read_rows

TEXT = "Ann Holt said the mill would close."
ATTRIBUTION = {"content": [[14, 34]], "source": [[0, 8]], "cue": [[9, 13]], "speaker": "Ann Holt"}
MENTION = {"spans": [[0, 8]], "head": [[0, 3], [4, 8]], "kind": "person", "entity": "1", "named": True, "wiki": None}


def write(path: Path, *rows: object) -> Path:
    lines = "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)
    path.write_bytes(gzip.compress(lines.encode()) if path.suffix == ".gz" else lines.encode())
    return path


@pytest.mark.parametrize("name", ["dev.jsonl", "dev.jsonl.gz"])
def test_attributions_come_with_their_cues_and_the_name_of_their_file(tmp_path: Path, name: str) -> None:
    (article,) = read_gold(write(tmp_path / name, {"doc": "a", "text": TEXT, "attributions": [ATTRIBUTION]}))
    assert (article.doc, article.group, article.text) == ("a", "dev", TEXT)
    assert article.attributions == (GoldAttribution(((14, 34),), ((0, 8),), ((9, 13),)),)


def test_mentions_come_with_their_entities_grouped_by_genre(tmp_path: Path) -> None:
    row = {"doc": "a", "genre": "letter", "split": "dev", "text": TEXT, "mentions": [MENTION]}
    (article,) = read_gold(write(tmp_path / "gum.jsonl", row))
    assert (article.group, article.split) == ("letter", "dev")
    assert article.mentions == (GoldMention(((0, 8),), ((0, 3), (4, 8)), "person", "1", True),)


def test_a_split_is_chosen_and_an_unknown_one_names_those_that_are_there(tmp_path: Path) -> None:
    rows = [{"doc": s, "split": s, "text": TEXT, "mentions": [MENTION]} for s in ("dev", "train")]
    path = write(tmp_path / "gum.jsonl", *rows)
    assert [article.doc for article in read_gold(path, "dev")] == ["dev"]
    with pytest.raises(SettingsError, match=r"no article of the split 'test'; its splits are dev, train"):
        read_gold(path, "test")


def test_gold_without_splits_says_to_leave_the_option_out(tmp_path: Path) -> None:
    path = write(tmp_path / "dev.jsonl", {"doc": "a", "text": TEXT, "attributions": [ATTRIBUTION]})
    with pytest.raises(SettingsError, match="leave --split out"):
        read_gold(path, "dev")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{broken", "gold.jsonl line 2: the line: Invalid JSON"),
        ({"doc": "b", "sentence": TEXT}, "line 2: text: Field required; expected an object with doc, text"),
        ({"doc": "b", "text": TEXT, "attributions": [{"content": []}]}, "line 2: attributions.0.content: List should"),
        ({"doc": "b", "text": TEXT, "mentions": [{"spans": [[0, 3]]}]}, "line 2: mentions.0.head: Field required"),
        (
            {"doc": "b", "text": TEXT, "attributions": [{"content": [[14, 99]]}]},
            "line 2: found the span [14, 99] in b; expected 0 <= start < end <= 35",
        ),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(tmp_path: Path, row: object, says: str) -> None:
    path = write(tmp_path / "gold.jsonl", {"doc": "a", "text": TEXT, "attributions": [ATTRIBUTION]}, row)
    with pytest.raises(SettingsError) as error:
        read_gold(path)
    assert says in str(error.value)


def test_gold_in_which_nothing_is_marked_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="1 articles, no attribution and no mention"):
        read_gold(write(tmp_path / "gold.jsonl", {"doc": "a", "text": TEXT}))


def test_what_is_no_file_or_was_cut_short_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file or folder"):
        read_gold(tmp_path / "gone.jsonl")
    path = write(tmp_path / "short.jsonl.gz", {"doc": "a", "text": TEXT, "attributions": [ATTRIBUTION]})
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(SettingsError, match=r"short\.jsonl\.gz: cannot be read"):
        read_gold(path)


def test_rows_are_the_objects_of_the_file_as_they_stand(tmp_path: Path) -> None:
    assert read_rows(write(tmp_path / "rows.jsonl.gz", {"doc": "a"}, "", {"names": [1]})) == [
        {"doc": "a"},
        {"names": [1]},
    ]
