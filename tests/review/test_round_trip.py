"""Out for review, back, and into the next build: what a person corrected holds, and nothing else changes."""

from collections.abc import Callable

import polars as pl
import pytest

from builder.publish.checksums import sum_folder
from builder.publish.recognize import read_manifest
from builder.publish.reopen import read_tables
from tests.review.conftest import Desk, Tables

FERRY, BRIDGE = "ferry.html", "bridge.txt"


def quotes_of(tables: Tables) -> pl.DataFrame:
    """Quotes with the names of their speakers and the kinds of their claims."""
    names = dict(tables["actors"].select("actor_id", "name").iter_rows())
    kinds = tables["claims"].select("quote_id", "claim_kind", claim_text="text", claim_reviewed="is_reviewed")
    speakers = [[names[actor] for actor in actors] for actors in tables["quotes"]["speaker_ids"]]
    return (
        tables["quotes"]
        .with_columns(pl.Series("speakers", speakers, dtype=pl.List(pl.String)))
        .join(kinds, on="quote_id", how="left", maintain_order="left")
    )


def one(tables: Tables, words: str) -> dict[str, object]:
    (row,) = quotes_of(tables).filter(pl.col("text").str.contains(words, literal=True)).to_dicts()
    return row


def swap(before: str, after: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert text.count(before) == 1
        return text.replace(before, after)

    return change


def without(*starts: str) -> Callable[[str], str]:
    return lambda text: "".join(line for line in text.splitlines(keepends=True) if not line.startswith(starts))


def test_what_comes_back_as_it_went_out_gives_no_corrections(desk: Desk) -> None:
    assert desk.bring_back() == ()


def test_lines_in_another_order_and_free_notes_are_no_corrections(desk: Desk) -> None:
    desk.edit(FERRY, lambda text: "".join(reversed(text.splitlines(keepends=True))) + "#9\tAnnotatorNotes E1\tunsure\n")
    assert desk.bring_back() == ()


def test_a_corrected_span_survives_a_rebuild(desk: Desk) -> None:
    before = read_tables(desk.out)
    desk.edit(FERRY, swap("Content 333 357\tthat the money was there", "Content 338 357\tthe money was there"))
    after = desk.rebuild()
    row = one(after, "money was there")
    assert (row["text"], row["claim_text"]) == ("the money was there",) * 2
    assert row["content_spans"] == [{"start": 338, "end": 357}]
    assert row["is_reviewed"]
    assert row["claim_reviewed"]
    assert row["quote_id"] != one(before, "money was there")["quote_id"]
    assert after["quotes"]["is_reviewed"].sum() == 1


def test_a_corrected_speaker_survives_a_rebuild_and_claims_what_was_said(desk: Desk) -> None:
    desk.edit(BRIDGE, swap('E7\t{"speakers": ["Piet Maas"]', 'E7\t{"speakers": ["Lena Forsby"]'))
    after = desk.rebuild()
    row = one(after, "cracks in March")
    assert row["speakers"] == ["Lena Forsby"]
    claim = after["claims"].filter(pl.col("quote_id") == row["quote_id"])
    assert claim["claimant_ids"].to_list() == [["person/lena-forsby"]]
    assert claim["target_ids"].to_list() == [[]]  # who claims is no target


def test_a_speaker_whom_the_article_has_not_is_a_new_actor(desk: Desk) -> None:
    note = 'E6\t{"speakers": ["The ministry itself"], "resolution": "nominal"'
    said = 'E6\t{"speakers": ["Ministry of Crossings"], "speaker_kind": "organization", "resolution": "alias"'
    desk.edit(FERRY, swap(note, said))
    after = desk.rebuild()
    row = one(after, "to comment")
    assert (row["speakers"], row["speaker_resolution"]) == (["Ministry of Crossings"], "alias")
    assert row["speaker_ids"] == ["organization/ministry-of-crossings"]


def test_a_speaker_taken_away_leaves_the_quote_unresolved(desk: Desk) -> None:
    desk.edit(BRIDGE, swap('E7\t{"speakers": ["Piet Maas"]', 'E7\t{"speakers": []'))
    row = one(desk.rebuild(), "cracks in March")
    assert (row["speakers"], row["speaker_resolution"]) == ([], "unresolved")


def test_a_corrected_kind_survives_a_rebuild(desk: Desk) -> None:
    desk.edit(FERRY, swap("ClaimKind E5 assertion", "ClaimKind E5 denial"))
    after = desk.rebuild()
    assert one(after, "money was there")["claim_kind"] == "denial"
    assert one(after, "to comment")["is_reviewed"] is False


def test_a_deleted_quote_stays_away_and_takes_its_claim_along(desk: Desk) -> None:
    before = read_tables(desk.out)
    desk.edit(FERRY, without("E4", "A8", "A9", "A10", "#4"))
    after = desk.rebuild()
    assert "not to be named" not in " ".join(after["quotes"]["text"])
    assert after["quotes"].height == before["quotes"].height - 1
    assert after["claims"].height == before["claims"].height - 1


def test_an_added_quote_survives_a_rebuild(desk: Desk) -> None:
    added = "T90\tCue 401 406\tIt is\nT91\tContent 416 463\tx\nE90\tCue:T90 Content:T91\n"
    added += '#90\tNote E90\t{"speakers": ["Mara Dunn"]}\n'
    desk.edit(FERRY, lambda text: without("T19", "A15", "A16")(text) + added)
    after = desk.rebuild()
    row = one(after, "posts will be filled")
    assert (row["speakers"], row["speaker_resolution"], row["cue_text"]) == (["Mara Dunn"], "inherited", "It is")
    assert (row["confidence"], row["is_reviewed"], row["quote_type"]) == (1.0, True, "indirect")
    assert after["claims"].filter(pl.col("quote_id").is_null()).height == 0  # the own claim was taken away


def test_an_own_claim_is_corrected_and_added_too(desk: Desk) -> None:
    change = swap("ClaimKind T19 prediction", "ClaimKind T19 assessment")
    desk.edit(FERRY, change)
    desk.edit(BRIDGE, lambda text: text + "T80\tClaim 0 61\tx\nA80\tClaimKind T80 assertion\n")
    claims = desk.rebuild()["claims"].filter(pl.col("quote_id").is_null() & pl.col("is_reviewed"))
    assert sorted(claims["claim_kind"]) == ["assertion", "assessment"]


def test_what_was_corrected_comes_back_unchanged_from_a_second_reading_and_can_be_corrected_again(desk: Desk) -> None:
    desk.edit(FERRY, swap("Content 333 357\tthat the money was there", "Content 338 357\tthe money was there"))
    desk.edit(FERRY, swap("ClaimKind E5 assertion", "ClaimKind E5 denial"))
    desk.rebuild()
    desk.export()
    assert desk.bring_back() == ()
    desk.edit(FERRY, swap("ClaimKind E5 denial", "ClaimKind E5 support"))
    after = desk.rebuild("second")
    assert one(after, "money was there")["claim_kind"] == "support"
    assert after["dropped"].height == 0


def test_a_rebuild_gives_the_same_bytes_and_its_manifest_has_the_sum_of_the_corrections(desk: Desk) -> None:
    desk.edit(FERRY, swap("ClaimKind E5 assertion", "ClaimKind E5 denial"))
    desk.rebuild()
    sums = sum_folder(desk.out)
    assert "corrections/first.jsonl" in read_manifest(desk.out)["inputs"]
    desk.build()
    assert sum_folder(desk.out) == sums


@pytest.mark.parametrize("wanted", [FERRY, "gazette/ferry.html"])
def test_one_article_can_be_asked_for(desk: Desk, wanted: str) -> None:
    desk.export(wanted)
    assert len(list(desk.reading.glob("*.ann"))) == 1
    assert desk.bring_back() == ()
