"""A release shows no more of an article than may be shown, over all its files; its holder gets the rest back."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from builder.errors import OutputError, ReleaseError
from builder.pipeline import Plan, build
from builder.publish.checksums import sum_folder
from builder.publish.fingerprint import fingerprint_table
from builder.publish.recognize import read_manifest
from builder.publish.reopen import read_table, read_tables
from builder.release.hydrate import hydrate
from builder.release.stage import write_release
from builder.release.verify import verify_folder
from builder.release.withhold import withhold
from tests.release.conftest import BRIDGE, TOWN, release_town

Tables = dict[str, pl.DataFrame]

# The bridge article once more with one word changed: a copy, in which other quotes could be shown.
COPY = '{"key": "w-2", "headline": "Bridge kept", "date": "2026-05-08", "body": %s}\n'


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The raw folder of the town whose text may not be published, with a near copy and two damaged records."""
    raw = shutil.copytree(TOWN, tmp_path_factory.mktemp("held") / "raw")
    settings = raw / "gazette" / "collection.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("text_may_be_published = true", "text_may_be_published = false\nquotable = 120"), encoding="utf-8"
    )
    body = BRIDGE.split("\n\n", 3)[3].replace("before the vote", "before that vote")
    with (raw / "gazette" / "wire.jsonl").open("a", encoding="utf-8") as wire:
        wire.write(
            COPY % json.dumps(body.replace("On Monday", "Yesterday")) + '{"key": "w-3", "body": "broken\n{"key": 4}\n'
        )
    return raw


@pytest.fixture(scope="module")
def full(held: Path) -> Path:
    """Its build, which has all words."""
    build(Plan(held, held.parent / "full"))
    return held.parent / "full"


@pytest.fixture(scope="module")
def released(full: Path) -> Path:
    """Its release."""
    return release_town(full, full.parent / "releases")


def limited(tables: Tables, quotable: int | None) -> Tables:
    limit = pl.lit(quotable, pl.Int32)
    return tables | {"collections": tables["collections"].with_columns(quotable=limit)}


def list_words(tables: Tables, articles: list[str]) -> Iterator[str]:
    """Every string that the release shows of these articles, and of the actors who appear in them."""
    actors: set[str] = set()
    for table, columns in {
        "articles": ("title", "authors", "text"),
        "quotes": ("text", "cue_text", "source_text", "speaker_ids"),
        "claims": ("text", "claimant_ids", "target_ids"),
        "mentions": ("text", "actor_id"),
    }.items():
        rows = tables[table].filter(pl.col("article_id").is_in(articles))
        for column in columns:
            values = (rows[column].explode() if rows[column].dtype == pl.List else rows[column]).drop_nulls().to_list()
            if column.endswith(("_id", "_ids")):
                actors.update(values)
            else:
                yield from values
    for name, *lists in (
        tables["actors"].filter(pl.col("actor_id").is_in(actors)).select("name", "aliases", "roles").rows()
    ):
        yield from (name, *(item for items in lists for item in items))


def reassemble(tables: Tables, text: str, article: str) -> set[int]:
    """The places of the text that somebody could fill in who has the release.

    From the spans of its rows, from who is mentioned where, and wherever words of it or of its copies stand in it.
    """
    cluster = dict(tables["articles"].select("article_id", "duplicate_cluster_id").rows())
    copies = [one for one in cluster if cluster[one] == cluster[article]]
    found: set[int] = set()
    for words in list_words(tables, copies):
        for place in re.finditer(f"(?={re.escape(words)})", text, re.IGNORECASE):
            found.update(range(place.start(), place.start() + len(words)))
    for table, pairs in {
        "quotes": (("text", "content_spans"), ("cue_text", "cue_spans"), ("source_text", "source_spans")),
        "claims": (("text", "spans"),),
    }.items():
        of_article = tables[table].filter(pl.col("article_id") == article)
        for column, spans in pairs:
            for shown in of_article.drop_nulls(column)[spans].to_list():
                found.update(at for span in shown for at in range(span["start"], span["end"]))
    names = {
        actor: [name, *aliases]
        for actor, name, aliases in tables["actors"].select("actor_id", "name", "aliases").rows()
    }
    mentions = tables["mentions"].filter(pl.col("article_id") == article)
    for actor, start, end, words in mentions.select("actor_id", "start", "end", "text").iter_rows():
        if words is not None or any(name == text[start:end] for name in names.get(actor, [])):
            found.update(range(start, end))
    return found


@pytest.mark.parametrize("quotable", [None, 0, 30, 120, 300])
def test_no_more_of_an_article_can_be_put_together_than_may_be_shown(full: Path, quotable: int | None) -> None:
    whole = limited(read_tables(full), quotable)
    withheld = withhold(whole)
    assert withheld is not None
    assert withheld.tables["articles"]["text"].null_count() == 4
    assert withheld.tables["articles"]["duplicate_cluster_id"].n_unique() == 3
    for article, text in whole["articles"].select("article_id", "text").iter_rows():
        row = withheld.tables["articles"].row(by_predicate=pl.col("article_id") == article, named=True)
        beside = len(row["title"] or "") + sum(map(len, row["authors"]))
        assert len(reassemble(withheld.tables, text, article)) + beside <= (quotable or 0)
    if quotable == 120:
        assert withheld.tables["quotes"]["text"].count() > 0  # what may be shown is shown


def test_no_file_of_a_release_holds_a_longer_piece_of_an_article(released: Path, full: Path) -> None:
    """Any twenty characters in a row that some file holds belong to what may be shown."""
    assert (released / "withheld.json").is_file()
    tables = read_tables(released)
    headlines = tables["articles"]["title"].to_list()  # counted by their length
    texts = [
        path.read_text(encoding="utf-8")
        for path in released.rglob("*")
        if path.is_file() and path.suffix != ".parquet" and path.name != "SHA256SUMS"
    ]
    changes = pl.read_parquet(released / "changes.parquet")
    cells = [str(value) for frame in (*tables.values(), changes) for row in frame.rows() for value in row]
    everything = "\0".join([*texts, *cells])
    for article, text in read_table(full, "articles").select("article_id", "text").iter_rows():
        twenty = {at: text[at : at + 20] for at in range(len(text) - 19)}
        found = [at for at, words in twenty.items() if words in everything and words not in " ".join(headlines)]
        pieces = {at + n for at in found for n in range(20)}
        known = reassemble(tables, text, article)
        assert pieces <= known, [twenty[at] for at in found if not {*range(at, at + 20)} <= known]
        assert len(pieces) <= 120


def test_ids_of_actors_without_a_name_hold_no_words_and_stay_the_same(full: Path) -> None:
    one, other = (withhold(limited(read_tables(full), quotable)) for quotable in (0, 300))
    assert one is not None
    assert other is not None
    assert one.ids == other.ids
    without_words = r"[a-z]+/x-[0-9a-f]{12}-[0-9a-f]{8}"
    assert all(re.fullmatch(without_words, new) for new in one.ids.values())
    nameless = one.tables["actors"].filter(pl.col("actor_kind").is_in(["unnamed", "group", "document"]))["actor_id"]
    assert len(nameless) > 0
    assert all(re.fullmatch(without_words, actor) for actor in nameless)


def test_a_release_with_withheld_words_verifies_and_keeps_ids_spans_and_hashes(released: Path, full: Path) -> None:
    assert verify_folder(released) == []
    kept = ["article_id", "text_sha256", "n_chars", "n_words"]
    assert read_table(released, "articles").select(kept).equals(read_table(full, "articles").select(kept))
    kept = ["quote_id", "content_spans", "cue_spans", "source_spans", "confidence"]
    assert read_table(released, "quotes").select(kept).equals(read_table(full, "quotes").select(kept))
    assert read_manifest(released)["full"]["quotes"] == fingerprint_table(read_table(full, "quotes"))


def test_who_holds_the_articles_gets_the_same_bytes_as_the_full_tables(
    released: Path, full: Path, held: Path, tmp_path: Path
) -> None:
    hydrate(released, held, tmp_path / "out")
    assert sum_folder(tmp_path / "out" / "data") == sum_folder(full / "data")
    assert (tmp_path / "out" / "ids.csv").read_bytes() == (full / "ids.csv").read_bytes()
    assert read_manifest(tmp_path / "out")["fingerprint"] == read_manifest(full)["fingerprint"]
    assert verify_folder(tmp_path / "out") == []
    with pytest.raises(ReleaseError, match="no words are withheld in it"):
        hydrate(tmp_path / "out", held, tmp_path / "again")
    with pytest.raises(OutputError, match=r"is release 0\.1\.0, and releases are never overwritten"):
        hydrate(released, held, tmp_path / "out")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("hiding", "burying", r"gazette/bridge\.txt \(art-[0-9a-f]{16}\) gives a text with sha256"),
        (None, None, r"\(bridge\.txt\) is not there"),
        ("Council votes", "Council has voted", r"the table articles could not be given back"),
    ],
)
def test_articles_that_are_not_the_released_ones_are_refused_and_nothing_is_written(
    released: Path, held: Path, tmp_path: Path, old: str | None, new: str | None, says: str
) -> None:
    raw = shutil.copytree(held, tmp_path / "raw")
    bridge = raw / "gazette" / "bridge.txt"
    if old is None or new is None:
        bridge.rename(raw / "gazette" / "other.txt")
    else:
        bridge.write_text(bridge.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ReleaseError, match=says):
        hydrate(released, raw, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_texts_that_may_be_published_are_left_as_they_are(town: Path, tmp_path: Path) -> None:
    assert withhold(read_tables(town)) is None
    release = release_town(town, tmp_path)
    assert not (release / "withheld.json").exists()
    assert sum_folder(release / "data") == sum_folder(town / "data")


def test_the_same_words_are_withheld_every_time(full: Path, tmp_path: Path) -> None:
    from builder.publish.reopen import read_facts

    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        write_release(full, read_facts(full), tmp_path / name)
    assert sum_folder(tmp_path / "one") == sum_folder(tmp_path / "other")
