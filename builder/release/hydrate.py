"""hydrate: the full tables of a release, for somebody who holds the articles whose text it withholds.

Imports publish, `originals`, `recipes`, `withheld_files`. The articles are normalized with the recorded version; one
whose text has another hash is refused. Words come back from the spans, from recipes, headlines and bylines from the
article; in the end every table has the fingerprint that the build's had.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from builder.errors import ReleaseError
from builder.normalize.stage import VERSION as NORMALIZE_VERSION
from builder.publish.fingerprint import fingerprint_table
from builder.publish.folder import writing_aside
from builder.publish.recognize import read_manifest
from builder.publish.reopen import read_facts, read_tables
from builder.publish.stage import check_replaceable, write_build, write_sums
from builder.release.findings import list_findings
from builder.release.originals import Originals, read_originals
from builder.release.recipes import follow_recipe
from builder.release.stage import BESIDE_TABLES
from builder.release.verify import check_sums
from builder.release.withheld_files import WITHHELD, restore_ids
from builder.release.withhold import replace_ids
from builder.resolve.ids import NAME as IDS
from schemas.texts import sha256_of, text_at

_TEXTS = {
    "quotes": {"text": "content_spans", "cue_text": "cue_spans", "source_text": "source_spans"},
    "claims": {"text": "spans"},
}
_SHOWN = 5

Tables = dict[str, pl.DataFrame]


def hydrate(release: Path, raw: Path, out: Path) -> None:
    """Write the release with all its words into `out`; raise ReleaseError where the articles are not the released."""
    manifest = read_manifest(release)
    _check_release(release, manifest)
    check_replaceable(out)
    tables = read_tables(release)
    withheld = _withheld_articles(tables)
    originals = read_originals(raw, _failed(tables))
    _check_articles(withheld, originals, raw)
    texts = {article: originals.articles[article].text for article in withheld["article_id"]}
    recipes = json.loads((release / WITHHELD).read_bytes())
    full = _restore(tables, texts, originals, recipes["actors"])
    _check_tables(full, manifest)
    facts = read_facts(release)
    known = {actor: _id_of(columns, texts, actor) for actor, columns in recipes["actors"].items()}
    beside = {IDS: restore_ids(facts.beside[IDS], recipes["ids"], texts, known)}
    with writing_aside(out) as folder:
        check_replaceable(out)
        write_build(full, replace(facts, full_fingerprints={}, beside=beside), folder)
        for name in BESIDE_TABLES:
            (folder / name).write_bytes((release / name).read_bytes())
        write_sums(folder)


def _check_release(release: Path, manifest: Mapping[str, Any]) -> None:
    if not manifest.get("full"):
        raise ReleaseError(f"{release}: no words are withheld in it; it holds the full tables already")
    if broken := list(check_sums(release)):
        raise ReleaseError(f"{release} is not whole; fetch it again\n{list_findings(broken)}")
    if (recorded := manifest["stages"]["normalize"]) != NORMALIZE_VERSION:
        raise ReleaseError(
            f"{release}: its texts were normalized by {recorded}, and this onrecord has {NORMALIZE_VERSION}; install "
            f"onrecord {manifest['package']['version']} and hydrate with that"
        )


def _withheld_articles(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    collections = tables["collections"].filter(~pl.col("text_may_be_published")).select("collection_id")
    return tables["articles"].join(collections, on="collection_id", how="semi", maintain_order="left")


def _failed(tables: Mapping[str, pl.DataFrame]) -> set[tuple[str, str]]:
    """The places of articles on which a stage after normalize failed, without the word how."""
    rows = tables["dropped"].filter(pl.col("stage").is_in(["extract", "resolve"]) & pl.col("detail").is_null())
    return set(rows.select("raw_path", "place").iter_rows())


def _check_articles(withheld: pl.DataFrame, originals: Originals, raw: Path) -> None:
    """Every withheld article is there, with the text that its hash is of."""
    wrong = []
    for article, locator, expected in withheld.select("article_id", "locator", "text_sha256").iter_rows():
        held = originals.articles.get(article)
        if held is None:
            wrong.append(f"{article} ({locator}) is not there; its text has sha256 {expected} in the release")
        elif (found := sha256_of(held.text)) != expected:
            wrong.append(f"{held.raw_path} ({article}) gives a text with sha256 {found}; the release has {expected}")
    if wrong:
        more = f"\n  … and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        raise ReleaseError(
            f"{raw} does not hold the articles of the release; nothing was written. Expected the same texts:\n  "
            + "\n  ".join(wrong[:_SHOWN])
            + more
        )


def _restore(tables: Tables, texts: Mapping[str, str], originals: Originals, recipes: Mapping[str, Any]) -> Tables:
    """The tables with every word in its place."""
    full = dict(tables)
    full["articles"] = _restore_articles(tables["articles"], originals, texts)
    for table, columns in _TEXTS.items():
        for column, spans in columns.items():
            rows = tables[table].select("article_id", column, spans).iter_rows()
            values = [_at(texts, article, words, places) for article, words, places in rows]
            full[table] = full[table].with_columns(pl.Series(column, values, dtype=pl.String))
    places = tables["mentions"].select("article_id", "text", "start", "end").iter_rows()
    words = [texts[article][start:end] if article in texts else text for article, text, start, end in places]
    full["mentions"] = tables["mentions"].with_columns(pl.Series("text", words, dtype=pl.String))
    full["dropped"] = _restore_details(tables["dropped"], originals)
    full["actors"] = _restore_actors(tables["actors"], texts, recipes)
    known = {actor: _id_of(columns, texts, actor) for actor, columns in recipes.items()}
    return replace_ids(full, known)


def _restore_articles(articles: pl.DataFrame, originals: Originals, texts: Mapping[str, str]) -> pl.DataFrame:
    held = {article: originals.articles[article] for article in texts}
    rows = articles.select("article_id", "title", "authors", "text").iter_rows()
    values = [
        (held[article].title, list(held[article].authors), held[article].text)
        if article in held
        else (title, names, text)
        for article, title, names, text in rows
    ]
    titles, authors, bodies = (list(column) for column in zip(*values, strict=True)) if values else ([], [], [])
    return articles.with_columns(
        pl.Series("title", titles, dtype=pl.String),
        pl.Series("authors", authors, dtype=pl.List(pl.String)),
        pl.Series("text", bodies, dtype=pl.String),
    )


def _at(texts: Mapping[str, str], article: str, words: str | None, spans: list[dict[str, int]]) -> str | None:
    """The words at the spans; what a publishable article shows stays as it is."""
    if article not in texts:
        return words
    return text_at(texts[article], [(span["start"], span["end"]) for span in spans]) if spans else None


def _restore_details(dropped: pl.DataFrame, originals: Originals) -> pl.DataFrame:
    left = {place: list(details) for place, details in originals.details.items()}
    values = []
    for stage, collection, path, place, reason, detail in dropped.iter_rows():
        details = left.get((stage, collection, path, place, reason))
        values.append(details.pop(0) if details else detail)
    return dropped.with_columns(pl.Series("detail", values, dtype=pl.String))


def _restore_actors(actors: pl.DataFrame, texts: Mapping[str, str], recipes: Mapping[str, Any]) -> pl.DataFrame:
    """The actors with their whole names, aliases and roles; their ids are still the release's."""
    rows = actors.to_dicts()
    for row in rows:
        for column, items in recipes.get(row["actor_id"], {}).items():
            words = [follow_recipe(item, texts) for item in items]
            if column != "actor_id":
                row[column] = words[0] if column == "name" else words
    return pl.DataFrame(rows, schema=actors.schema)


def _id_of(columns: Mapping[str, Any], texts: Mapping[str, str], actor: str) -> str:
    """The build's own id of an actor."""
    return follow_recipe(columns["actor_id"][0], texts) if "actor_id" in columns else actor


def _check_tables(tables: Tables, manifest: Mapping[str, Any]) -> None:
    for name, rows in tables.items():
        if (found := fingerprint_table(rows)) != manifest["full"][name]:
            raise ReleaseError(
                f"the table {name} could not be given back as it was built: its fingerprint is {found}, expected "
                f"{manifest['full'][name]}. Are headlines, bylines and settings of the raw folder the released ones?"
            )
