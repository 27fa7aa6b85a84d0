"""A quote that makes several claims, from the build through what reads it to corrections of one of them."""

import polars as pl
from typer.testing import CliRunner

from builder.cli.main import app
from builder.publish.reopen import read_tables
from builder.report.entries import gather_entries
from tests.review.conftest import Desk, Tables

BRIDGE = "bridge.txt"
PARTS = ["We have heard the residents", "we will not close the bridge", "“That is a promise.”"]


def parts_in(tables: Tables) -> pl.DataFrame:
    """The claims of the quote about the bridge."""
    quotes = tables["quotes"].filter(pl.col("text").str.contains("heard the residents"))
    return tables["claims"].join(quotes.select("quote_id"), on="quote_id", how="semi", maintain_order="left")


def test_one_quote_makes_several_claims_of_one_speaker_with_ids_of_their_own(desk: Desk) -> None:
    tables = read_tables(desk.out)
    parts = parts_in(tables)
    assert parts["text"].to_list() == PARTS
    assert parts["claim_kind"].to_list()[1] == "commitment"
    assert parts["is_negated"].to_list() == [False, True, False]
    assert parts["claimant_ids"].to_list() == [["person/lena-forsby"]] * 3
    assert parts["claim_id"].n_unique() == 3
    assert parts["claim_group_id"].n_unique() == 3


def test_the_kinds_of_all_its_claims_are_shown(desk: Desk) -> None:
    tables = read_tables(desk.out)
    kinds = parts_in(tables)["claim_kind"].to_list()
    shown = CliRunner().invoke(app, ["show", str(desk.out), BRIDGE, "--no-pager"], env={"COLUMNS": "200"})
    assert f"Lena Forsby · {', '.join(kinds)} · direct" in shown.output
    entries = gather_entries(tables["quotes"].iter_rows(named=True), tables["claims"].iter_rows(named=True))
    of_article = entries[parts_in(tables)["article_id"][0]]
    assert tuple(kinds) in [entry.kinds for entry in of_article]


def test_one_claim_of_several_is_corrected_and_the_others_stay(desk: Desk) -> None:
    before = parts_in(read_tables(desk.out))

    def change(text: str) -> str:
        (mark,) = (line.split("\t")[0] for line in text.splitlines() if line.endswith(f"\t{PARTS[1]}"))
        return text.replace(f"ClaimKind {mark} commitment", f"ClaimKind {mark} refusal")

    desk.edit(BRIDGE, change)
    after = parts_in(desk.rebuild())
    assert after["claim_id"].to_list() == before["claim_id"].to_list()
    assert after["is_reviewed"].to_list() == [False, True, False]
    assert after.filter("is_reviewed")["claim_kind"].to_list() == ["refusal"]


def test_one_claim_of_several_is_taken_away_alone(desk: Desk) -> None:
    def change(text: str) -> str:
        (mark,) = (line.split("\t")[0] for line in text.splitlines() if line.endswith(f"\t{PARTS[2]}"))
        return "".join(line for line in text.splitlines(True) if f"{mark}\t" not in line and f" {mark} " not in line)

    desk.edit(BRIDGE, change)
    tables = desk.rebuild()
    assert parts_in(tables)["text"].to_list() == PARTS[:2]
    assert tables["dropped"].height == 0


def test_a_quote_whose_bounds_are_narrowed_keeps_the_claims_inside(desk: Desk) -> None:
    desk.edit(BRIDGE, lambda text: text.replace("Content 128 192;206 226", "Content 128 192"))
    after = parts_in(desk.rebuild())
    assert after["text"].to_list() == PARTS[:2]
    assert after["is_reviewed"].all()
