"""Turns of a transcript, whose sentences are claims of one quote: each is corrected by itself."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from builder.review.choices import LABEL_STUDIO
from builder.review.folder import export_review, import_review
from tests.review.conftest import SIGNED, Desk

TEXT = """Ada Orm: The mill on the quay is open again. It will stay open through the whole winter.

Tomas Reed: The council has paid for the roof. We will not pay for the wheel as well.
"""


@pytest.fixture
def radio(built: Path, tmp_path: Path) -> Desk:
    """A bare folder with one transcript, exported."""
    desk = Desk(tmp_path / "desk")
    desk.raw.mkdir(parents=True)
    shutil.copytree(built / "cache", desk.root / "cache")
    (desk.raw / "mill.txt").write_text("Morning at the mill\n\n" + TEXT, encoding="utf-8")
    desk.build()
    desk.export()
    return desk


def claims_in(desk: Desk) -> pl.DataFrame:
    return pl.read_parquet(desk.out / "data" / "claims" / "*.parquet").filter(pl.col("quote_id").is_not_null())


def test_turns_come_back_as_they_went_out(radio: Desk) -> None:
    assert claims_in(radio).height > pl.read_parquet(radio.out / "data" / "quotes" / "*.parquet").height
    assert radio.bring_back() == ()
    tasks = radio.root / "tasks"
    export_review(radio.out, tasks, LABEL_STUDIO)
    path = tasks / "tasks.json"
    path.write_text(path.read_text("utf-8").replace("predictions", "annotations"), encoding="utf-8")
    returned = import_review(tasks, radio.out, SIGNED)
    assert (returned.corrections, returned.articles) == ((), 1)


def test_one_sentence_of_a_turn_is_corrected_and_its_neighbour_stays(radio: Desk) -> None:
    before = claims_in(radio)
    start = TEXT.index("It will stay")

    def change(text: str) -> str:
        (mark,) = (line.split("\t")[0] for line in text.splitlines() if f"\tClaim {start} " in line)
        kind = next(line for line in text.splitlines() if f"ClaimKind {mark} " in line)
        return text.replace(kind, kind.rsplit(" ", 1)[0] + " threat")

    radio.edit("mill.txt", change)
    radio.rebuild()
    after = claims_in(radio)
    assert after["claim_id"].to_list() == before["claim_id"].to_list()
    assert after.filter("is_reviewed")["claim_kind"].to_list() == ["threat"]


def test_a_turn_given_to_another_speaker_takes_its_claims_along_and_a_deleted_one_too(radio: Desk) -> None:
    before = claims_in(radio)
    note = '{"speakers": ["Tomas Reed"]'
    radio.edit("mill.txt", lambda text: text.replace('{"speakers": ["Ada Orm"]', note))
    quotes = radio.rebuild()["quotes"]
    assert {tuple(ids) for ids in claims_in(radio)["claimant_ids"].to_list()} == {("person/tomas-reed",)}
    assert claims_in(radio).height == before.height
    radio.export()
    radio.edit("mill.txt", lambda text: "".join(line for line in text.splitlines(True) if not line.startswith("E")))
    radio.rebuild("second")
    assert quotes.height == 2
    assert claims_in(radio).height == 0
