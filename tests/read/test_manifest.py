"""What counts as a collection, and what a settings file may say."""

from datetime import date
from pathlib import Path

import pytest

from builder.errors import RawFilesError, SettingsError
from builder.read.manifest import load_collections

SETTINGS = 'title = "The Tarn Post"\nlicense = "CC0-1.0"\ntext_may_be_published = true\n'


def make(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def settings_error(folder: Path, toml: str) -> str:
    make(folder, {"post/collection.toml": toml, "post/a.txt": "x"})
    with pytest.raises(SettingsError) as caught:
        load_collections(folder)
    return str(caught.value)


def test_every_key_of_a_settings_file_arrives(tmp_path: Path) -> None:
    extra = """publisher = "Tarn Press"
country = "XTA"
language = "en-GB"
selection = "front pages of March"
quotable = 300
retrieved_on = 2026-11-01
citation = "Tarn Press (2026)"
files = ["*.jsonl", "wire/*.gz"]
text = "verbatim"
speaker = "Edda Quill"
[columns]
id = "key"
text = "body"
published_at = "date"
"""
    make(tmp_path, {"tarn-post/collection.toml": SETTINGS + extra})
    (collection,) = load_collections(tmp_path)
    assert (collection.id, collection.prefix, collection.path) == ("tarn-post", "tarn-post", tmp_path / "tarn-post")
    assert (collection.title, collection.license, collection.text_may_be_published) == (
        "The Tarn Post",
        "CC0-1.0",
        True,
    )
    assert (collection.publisher, collection.country, collection.language) == ("Tarn Press", "XTA", "en-GB")
    assert (collection.selection, collection.quotable) == ("front pages of March", 300)
    assert (collection.retrieved_on, collection.citation) == (date(2026, 11, 1), "Tarn Press (2026)")
    assert (collection.files, collection.text, collection.speaker) == (
        ("*.jsonl", "wire/*.gz"),
        "verbatim",
        "Edda Quill",
    )
    assert collection.columns is not None
    assert collection.columns.mapped() == {"text": "body", "id": "key", "published_at": "date"}
    assert collection.is_declared


def test_collections_come_in_the_order_of_their_ids(tmp_path: Path) -> None:
    make(tmp_path, {f"{name}/collection.toml": SETTINGS for name in ("zinc", "alder", "moor")})
    assert [collection.id for collection in load_collections(tmp_path)] == ["alder", "moor", "zinc"]


def test_a_bare_folder_is_one_collection_of_unknown_licence_whose_text_stays_back(tmp_path: Path) -> None:
    raw = make(tmp_path / "My Articles_2026", {"a.txt": "x"})
    (collection,) = load_collections(raw)
    assert (collection.id, collection.prefix, collection.license) == ("my-articles-2026", "", "LicenseRef-unknown")
    assert not collection.text_may_be_published
    assert not collection.is_declared


def test_a_raw_folder_with_settings_of_its_own_is_one_collection(tmp_path: Path) -> None:
    raw = make(tmp_path / "post", {"collection.toml": SETTINGS, "a.txt": "x"})
    (collection,) = load_collections(raw)
    assert (collection.id, collection.prefix) == ("post", "")


def test_descriptions_and_project_settings_may_lie_beside_collections(tmp_path: Path) -> None:
    loose = ("README.md", "LICENSE", "NOTICE", ".gitattributes", "actors.toml", "decisions.csv")
    make(tmp_path, {"post/collection.toml": SETTINGS, **dict.fromkeys(loose, "x")})
    assert [collection.id for collection in load_collections(tmp_path)] == ["post"]


def test_a_loose_article_beside_collections_stops_the_build(tmp_path: Path) -> None:
    make(tmp_path, {"post/collection.toml": SETTINGS, "stray.txt": "x"})
    with pytest.raises(SettingsError, match=r"stray\.txt belongs to no collection"):
        load_collections(tmp_path)


def test_a_folder_without_settings_beside_collections_stops_the_build(tmp_path: Path) -> None:
    make(tmp_path, {"post/collection.toml": SETTINGS, "forgotten/a.txt": "x"})
    with pytest.raises(SettingsError, match=r"forgotten has no collection\.toml, but its neighbours do"):
        load_collections(tmp_path)


@pytest.mark.parametrize("place", ["post/deep/collection.toml", "year/post/collection.toml"])
def test_a_collection_inside_another_folder_stops_the_build(tmp_path: Path, place: str) -> None:
    make(tmp_path, {place: SETTINGS, "post/collection.toml" if place.startswith("post") else "year/a.txt": SETTINGS})
    with pytest.raises(SettingsError, match="move it"):
        load_collections(tmp_path)


@pytest.mark.parametrize("name", ["Harbour", "har bour", "harbour_", "-harbour", "harböur"])
def test_a_collection_folder_must_bear_an_id(tmp_path: Path, name: str) -> None:
    make(tmp_path, {f"{name}/collection.toml": SETTINGS})
    with pytest.raises(SettingsError, match="rename the folder"):
        load_collections(tmp_path)


@pytest.mark.parametrize("files", [{}, {"README.md": "x"}, {".hidden": "x"}])
def test_a_folder_without_articles_says_what_to_do_next(tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(RawFilesError, match=r"\.jsonl.*collection\.toml"):
        load_collections(make(tmp_path, files))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RawFilesError, match="nowhere is not there"):
        load_collections(tmp_path / "nowhere")


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_one(tmp_path: Path) -> None:
    message = settings_error(tmp_path, SETTINGS + 'publsher = "Tarn Press"\n')
    assert "collection.toml:4: unknown key 'publsher'; did you mean 'publisher'?" in message


def test_an_unknown_column_key_is_found_in_its_table(tmp_path: Path) -> None:
    message = settings_error(tmp_path, SETTINGS + '[columns]\ntext = "body"\ntitel = "headline"\n')
    assert "collection.toml:6: unknown key 'columns.titel'; did you mean 'title'?" in message


def test_all_mistakes_of_a_file_are_reported_at_once(tmp_path: Path) -> None:
    message = settings_error(tmp_path, 'title = 7\nlicense = "free for all!"\n')
    assert len(message.splitlines()) == 3
    assert "the key 'text_may_be_published' is missing" in message


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('text_may_be_published = "yes"', "expected true or false"),  # strict: a string is no boolean
        ("text_may_be_published = 1", "expected true or false"),
        ('license = "all rights reserved!"', "expected an SPDX identifier"),
        ('country = "Germany"', "expected an ISO 3166-1 alpha-3 code"),
        ('language = "English language"', "expected a BCP 47 tag"),
        ('quotable = "300"', "expected a whole number"),
        ("quotable = -1", "expected a whole number"),
        ('retrieved_on = "2026-11-01"', "expected a date"),
        ('text = "raw"', 'expected "clean" or "verbatim"'),
        ('files = "*.txt"', "expected a list of patterns"),
        ("files = []", "expected a list of patterns"),
        ('files = ["/etc/*"]', "expected a list of patterns"),
        ('files = ["../*.txt"]', "leaves the folder"),
        ("columns = 3", "columns"),
    ],
)
def test_a_wrong_value_says_what_was_expected_and_on_which_line(tmp_path: Path, line: str, expected: str) -> None:
    key = line.split(" =")[0]
    kept = [old for old in SETTINGS.splitlines() if not old.startswith(key)]
    message = settings_error(tmp_path, "\n".join([*kept, line]))
    assert f"collection.toml:{len(kept) + 1}" in message
    assert expected in message


@pytest.mark.parametrize("license_", ["CC-BY-SA-4.0", "LicenseRef-press-archive", "MIT OR Apache-2.0", "GPL-2.0+"])
def test_spdx_identifiers_and_license_refs_are_licences(tmp_path: Path, license_: str) -> None:
    make(tmp_path, {"post/collection.toml": SETTINGS.replace("CC0-1.0", license_)})
    assert load_collections(tmp_path)[0].license == license_


def test_broken_toml_is_named_with_its_line(tmp_path: Path) -> None:
    assert "line 4" in settings_error(tmp_path, SETTINGS + "publisher = Tarn\n")


def test_settings_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    make(tmp_path, {"post/a.txt": "x"})
    (tmp_path / "post" / "collection.toml").write_bytes(b'title = "Caf\xe9"\n')
    with pytest.raises(SettingsError, match="byte 12 is not UTF-8"):
        load_collections(tmp_path)
