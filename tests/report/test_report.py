"""What a report holds and how it is written; that it works in a browser is tested in test_browser.py."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import lxml.html
import polars as pl
import pytest
from typer.testing import CliRunner

from builder.cli.main import app
from builder.errors import OutputError
from builder.report.search import split_words
from builder.report.site import SHARING, file_name
from builder.report.stage import report
from tests.report.conftest import CROWDED

Tables = dict[str, pl.DataFrame]


def page(path: Path) -> Any:
    return lxml.html.fromstring(path.read_bytes())


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def cells(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


@pytest.mark.parametrize("which", ["site", "hostile"])
def test_every_link_leads_to_a_file_and_place_of_the_folder_and_nothing_is_loaded_from_elsewhere(
    which: str, request: pytest.FixtureRequest
) -> None:
    folder = request.getfixturevalue(which)
    pages = {path: page(path) for path in folder.rglob("*.html")}
    ids = {path.resolve(): [one.get("id") for one in root.iter() if one.get("id")] for path, root in pages.items()}
    for path, root in pages.items():
        own = ids[path.resolve()]
        assert len(own) == len(set(own)), path
        loaded = [*root.xpath("//script/@src"), *root.xpath("//link/@href")]
        assert {name.split("/")[-1] for name in loaded} == {"report.css", "report.js", "data:,"}
        assert not root.xpath("//*[@style or @onclick or @onerror] | //script[not(@src)] | //img | //iframe")
        for href in [*root.xpath("//a/@href"), *root.xpath("//form/@action")]:
            address, _, anchor = href.partition("#")
            if address.startswith(("http://", "https://")):
                continue
            target = (path.parent / address).resolve() if address else path.resolve()
            assert target.is_file(), f"{path}: {href}"
            assert not anchor or anchor in ids[target], f"{path}: {href}"


def test_every_article_and_actor_has_a_page_that_the_lists_lead_to(site: Path, tables: Tables) -> None:
    listed = [name for path in (site / "articles").glob("list*.html") for name in page(path).xpath("//th/a/@href")]
    assert sorted(listed) == sorted(f"../articles/{one}.html" for one in tables["articles"]["article_id"])
    for actor, name, n_articles in tables["actors"].select("actor_id", "name", "n_articles").iter_rows():
        if n_articles > 1:
            shown = page(site / "actors" / f"{file_name(actor)}.html")
            assert shown.xpath("string(//h1)") == name
        else:
            shared = [page(path) for path in (site / "actors").glob("shared*.html")]
            assert sum(len(root.xpath("//section[@id=$id]", id=file_name(actor))) for root in shared) == 1
    assert all(len(page(path).xpath("//section[@id]")) <= SHARING for path in (site / "actors").glob("shared*.html"))


def test_an_articles_page_shows_its_text_and_every_quote_with_who_kind_and_confidence(
    site: Path, tables: Tables
) -> None:
    names = dict(tables["actors"].select("actor_id", "name").iter_rows())
    for article in tables["articles"].iter_rows(named=True):
        root = page(site / "articles" / f"{article['article_id']}.html")
        for mark in root.xpath("//article//sup"):
            mark.drop_tree()
        assert root.xpath("string(//article)").split() == article["text"].split()
        quotes = tables["quotes"].filter(pl.col("article_id") == article["article_id"])
        rows = root.xpath("//tbody/tr")
        assert len(rows) >= quotes.height
        shown = " ".join(root.xpath("string(//tbody)").split())
        for quote in quotes.iter_rows(named=True):
            assert " ".join(quote["text"].split()) in shown
            assert all(names[one] in shown for one in quote["speaker_ids"])
            assert f"{round(quote['confidence'], 3):.2f}" in shown


def test_the_tables_to_download_hold_what_the_build_holds(site: Path, tables: Tables) -> None:
    actors = {row["actor_id"]: row for row in cells(site / "tables" / "actors.csv")}
    assert set(actors) == set(tables["actors"]["actor_id"])
    kinds = {row["claim_kind"]: int(row["claims"]) for row in cells(site / "tables" / "claim-kinds.csv")}
    assert {kind: n for kind, n in kinds.items() if n} == dict(
        tables["claims"]["claim_kind"].value_counts().iter_rows()
    )
    sources = cells(site / "tables" / "sources.csv")
    counted = sum(int(row[kind]) for row in sources for kind in ("named", "unnamed", "unresolved", "none"))
    assert counted == tables["quotes"].height
    over_time = cells(site / "tables" / "articles-over-time.csv")
    dated = tables["articles"]["published_at"].drop_nulls().len()
    assert sum(int(n) for row in over_time for n in list(row.values())[1:]) == dated
    linked = set(page(site / "index.html").xpath("//a[@download]/@href"))
    assert linked
    assert all((site / href).is_file() for href in linked)


def test_the_first_page_shows_shares_as_percentages_and_the_kinds_of_an_actors_claims_by_colour(
    site: Path, tables: Tables
) -> None:
    root = page(site / "index.html")
    types = root.xpath("//section[@aria-labelledby='quote-types']")[0]
    assert types.xpath(".//th[@scope='col']/text()") == ["Quote type", "Quotes", "Share"]
    direct = tables["quotes"].filter(pl.col("quote_type") == "direct").height / tables["quotes"].height
    assert f"{100 * direct:.1f} %" in types.xpath(".//tbody//td/text()")
    kinds = root.xpath("//section[@aria-labelledby='claim-kinds-by-actor']")[0]
    for row in kinds.xpath(".//tbody/tr"):
        numbers = [int(one) for one in row.xpath("td/text()")]
        strongest = {n for n, cell in zip(numbers, row.xpath("td"), strict=True) if "shade4" in cell.get("class")}
        assert strongest == {max(numbers)} - {0}
        assert all("shade0" in cell.get("class") for cell in row.xpath("td[text()='0']"))


def test_the_index_finds_every_word_of_every_quote(site: Path, tables: Tables) -> None:
    def taken(path: Path) -> Any:
        return json.loads(path.read_text("utf-8").partition(",")[2].partition(",")[2].removesuffix(");\n"))

    index = taken(site / "search" / "index.js")
    rows = [row for n in range(-(-index["rows"] // index["size"])) for row in taken(site / "search" / f"rows-{n}.js")]
    words: dict[str, list[int]] = {}
    for number, first in enumerate(index["firsts"]):
        shard = taken(site / "search" / f"words-{number}.js")
        assert shard[0][0] == first
        words |= {word: [sum(steps[: at + 1]) for at in range(len(steps))] for word, steps in shard}
    assert len(rows) == index["rows"]
    assert {text for text, *_ in rows} >= set(tables["quotes"]["text"])
    for number, row in enumerate(rows):
        assert all(number in words[word] for word in split_words(row[0]))


def test_what_the_tables_withhold_is_nowhere_in_the_report(
    tables: Tables, manifest: Mapping[str, Any], tmp_path: Path
) -> None:
    withheld = tables | {
        "articles": tables["articles"].with_columns(text=pl.lit(None, pl.String), title=pl.lit(None, pl.String)),
        "quotes": tables["quotes"].with_columns(
            pl.lit(None, pl.String).alias(name) for name in ("text", "cue_text", "source_text")
        ),
        "claims": tables["claims"].with_columns(text=pl.lit(None, pl.String)),
    }
    report(withheld, "Withheld", manifest, tmp_path / "report")
    written = b"\n".join(bytes_of(tmp_path / "report").values()).decode()
    assert not [text for text in tables["quotes"]["text"] if len(text) > 30 and text in written]
    assert "may not be passed on" in written
    assert "not shown" in written


def test_a_report_that_shows_texts_which_may_not_be_passed_on_says_so_on_every_page(
    site: Path, tables: Tables, manifest: Mapping[str, Any], tmp_path: Path
) -> None:
    private = tables | {"collections": tables["collections"].with_columns(text_may_be_published=pl.lit(value=False))}
    report(private, "Private", manifest, tmp_path / "report")
    assert all("Not to be passed on" in one.read_text("utf-8") for one in (tmp_path / "report").rglob("*.html"))
    assert not [one for one in site.rglob("*.html") if "Not to be passed on" in one.read_text("utf-8")]


def test_the_same_tables_give_the_same_bytes(
    site: Path, tables: Tables, manifest: Mapping[str, Any], tmp_path: Path
) -> None:
    report(tables, "The town council", manifest, tmp_path / "again")
    assert bytes_of(tmp_path / "again") == bytes_of(site)


def test_who_said_much_has_several_pages_and_so_have_long_lists(crowded: Path) -> None:
    speaker = crowded / "actors" / f"{file_name(CROWDED)}.html"
    parts = [speaker, *(speaker.with_suffix(f".{number}.html") for number in (2, 3))]
    assert [page(part).xpath("count(//td[@class='date'])") for part in parts] == [50, 50, 20]
    assert page(parts[1]).xpath("//a[@rel='next']/@href") == [f"../actors/{parts[2].name}"] * 2
    assert page(crowded / "actors" / "list.2.html").xpath("count(//tbody/tr)") > 0
    assert page(crowded / "actors" / "shared.3.html").xpath("count(//section[@id])") > 0


def test_an_empty_build_has_a_report_too(tables: Tables, manifest: Mapping[str, Any], tmp_path: Path) -> None:
    report({name: table.clear() for name, table in tables.items()}, "Nothing", manifest, tmp_path / "report")
    assert "0</strong> articles" in (tmp_path / "report" / "index.html").read_text("utf-8")


def test_an_older_report_is_replaced_and_nothing_else_is_touched(
    tables: Tables, manifest: Mapping[str, Any], tmp_path: Path
) -> None:
    out = tmp_path / "report"
    report(tables, "Old", manifest, out)
    report(tables, "New", manifest, out)
    assert "New" in (out / "index.html").read_text("utf-8")
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"beside the report it holds notes\.txt"):
        report(tables, "Newer", manifest, out)
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="is no report of onrecord"):
        report(tables, "New", manifest, other)
    with pytest.raises(OutputError, match="is a file"):
        report(tables, "New", manifest, other / "thesis.txt")
    assert "New" in (out / "index.html").read_text("utf-8")


def test_the_command_says_what_it_wrote_and_never_writes_into_a_build(town: Path, tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["report", str(town), "--out", str(tmp_path / "report"), "--json"])
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.stdout)["files"] == len(bytes_of(tmp_path / "report"))
    ran = CliRunner().invoke(app, ["report", str(town), "--out", str(town / "report")])
    assert isinstance(ran.exception, OutputError)
    assert not (town / "report").exists()
