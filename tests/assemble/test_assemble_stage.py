import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import polars as pl
import pytest

from builder.assemble.shards import SHARD_SCHEMAS
from builder.assemble.stage import Processed, shard_tables
from builder.bins import WAITING
from builder.errors import SchemaError
from builder.extract.attribution import Attribution, Claim, Extraction
from builder.resolve.across_articles import link_actors
from builder.resolve.actor import ClaimActors, LocalActor, Mention, Resolution, Speaker
from builder.resolve.authority import built_in_authority
from schemas.derive import polars_schema
from schemas.relations import violations
from schemas.tables import TABLES
from tests.assemble.world import (
    HARBOUR,
    article,
    assemble_world,
    at,
    harbour,
    links,
    published_world,
    wire,
)


def third() -> Processed:
    """An article in an unsupported language: mentioned actors, no quotes."""
    return Processed(
        article(
            "valmark.txt",
            "Ilse Brandt a inauguré le port.",
            None,
            language="fr",
            extraction_status="unsupported-language",
        ),
        Extraction(),
        Resolution((LocalActor("Ilse Brandt", "person"),), (Mention(0, 11, "name", 0),), (), ()),
    )


def says(text: str, *contents: str) -> Processed:
    """An article in which Ilse Brandt says these things, each a claim too."""
    found = [at(text, words, contents[: number + 1].count(words)) for number, words in enumerate(contents)]
    quotes = tuple(Attribution((span,), (), (), 0.5) for span in found)
    claims = tuple(Claim((span,), number, "assertion", False, False, 0, 0.5) for number, span in enumerate(found))
    return Processed(
        article("says.txt", text, None),
        Extraction(quotes, (), claims),
        Resolution(
            (LocalActor("Ilse Brandt", "person"),),
            (),
            tuple(Speaker((0,), "inherited") for _ in quotes),
            tuple(ClaimActors((0,), ()) for _ in claims),
        ),
    )


def test_all_tables_come_in_their_schemas_columns_and_types() -> None:
    tables = published_world()
    assert {table: list(frame.schema.items()) for table, frame in tables.items()} == {
        table: list(polars_schema(table).items()) for table in TABLES
    }


def test_the_world_assembled_keeps_every_rule() -> None:
    assert violations(published_world()).rows() == []


def test_no_order_of_articles_no_cut_into_shards_and_no_size_of_bins_changes_a_row() -> None:
    expected = assemble_world([shard_tables([harbour(), wire(), third()])])
    for order in permutations([harbour(), wire(), third()]):
        for shards in ([order], [order[:1], order[1:]], [[one] for one in order], [(), *([one] for one in order)]):
            for articles_a_bin, limit in ((10, WAITING), (1, 0), (2, 5_000)):
                made = [shard_tables(list(shard)) for shard in shards]
                tables = assemble_world(made, articles_a_bin=articles_a_bin, limit=limit)
                assert all(tables[table].equals(expected[table]) for table in TABLES)


def test_neither_hash_seed_nor_threads_change_a_byte() -> None:
    print_world = "from tests.assemble.world import published_world as w; [print(t.write_json()) for t in w().values()]"
    printed = {
        subprocess.run(
            [sys.executable, "-c", print_world],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed, "POLARS_MAX_THREADS": threads},
            capture_output=True,
            check=True,
        ).stdout
        for seed, threads in (("0", "1"), ("1", "2"))
    }
    assert len(printed) == 1
    assert b"Ilse Brandt" in printed.pop()


def test_no_shards_make_empty_tables() -> None:
    tables = assemble_world([])
    assert {table: frame.height for table, frame in tables.items()} == {
        **dict.fromkeys(TABLES, 0),
        "collections": 1,
        "dropped": 1,
    }
    assert violations(tables).rows() == []


@pytest.mark.parametrize("table", SHARD_SCHEMAS)
def test_an_empty_shard_has_the_same_columns_as_a_full_one(table: str) -> None:
    assert shard_tables([])[table].schema == shard_tables([harbour()])[table].schema == SHARD_SCHEMAS[table]


def test_another_article_keeps_every_other_articles_ids() -> None:
    before, after = published_world(), assemble_world([shard_tables([third(), wire(), harbour()])])
    for table, key in (("articles", "article_id"), ("quotes", "quote_id"), ("claims", "claim_id")):
        assert set(before[table][key]) <= set(after[table][key])
    assert set(before["mentions"]["mention_id"]) < set(after["mentions"]["mention_id"])


def test_another_quote_keeps_every_other_quotes_id() -> None:
    text = "“No.” Then she went out. “Perhaps.” And again: “No.”"
    two = shard_tables([says(text, "No.", "No.")])["quotes"]["quote_id"].to_list()
    three = shard_tables([says(text, "No.", "Perhaps.", "No.")])["quotes"]["quote_id"].to_list()
    assert len(set(two)) == 2
    assert [three[0], three[2]] == two


def test_a_joint_statement_lists_its_speakers_in_the_texts_order() -> None:
    quotes = published_world()["quotes"]
    assert quotes["speaker_ids"].to_list()[1] == ["state/XAA", "organization/dockers-league"]


def test_one_claim_told_in_two_articles_is_one_group() -> None:
    groups = published_world()["claims"]["claim_group_id"].to_list()
    assert groups[0] == groups[3]
    assert len(set(groups)) == 3


def test_a_claim_in_the_articles_own_voice_has_no_quote_and_no_claimants() -> None:
    claim = published_world()["claims"].row(2, named=True)
    assert (claim["text"], claim["quote_id"], claim["claimant_ids"]) == (
        "The wall may not survive the next storm.",
        None,
        [],
    )


def test_an_article_that_was_not_read_has_its_mentions_and_no_quotes() -> None:
    tables = assemble_world([shard_tables([third()])])
    assert (tables["quotes"].height, tables["mentions"].height) == (0, 1)
    assert violations(tables).rows() == []


def test_names_that_turn_out_to_be_one_actor_speak_once_and_are_no_target_of_themselves() -> None:
    shard = shard_tables([harbour()])
    actor_of, actors = links(shard["local_actors"])
    actor_of = actor_of.with_columns(actor_id=pl.lit("state/XAA"))  # the mayor, the state and the union
    tables = assemble_world([shard], (actor_of, actors))
    assert tables["quotes"]["speaker_ids"].to_list() == [["state/XAA"], ["state/XAA"]]
    assert tables["claims"]["claimant_ids"].to_list() == [["state/XAA"], ["state/XAA"], []]
    assert tables["claims"]["target_ids"].to_list() == [[], [], []]
    assert tables["actors"]["actor_id"].to_list() == ["state/XAA"]
    assert violations(tables).rows() == []


def test_an_actor_on_whom_nothing_is_on_record_is_left_out() -> None:
    silent = harbour()
    silent = replace(
        silent,
        resolution=replace(silent.resolution, actors=(*silent.resolution.actors, LocalActor("Noah Voss", "person"))),
    )
    assert "person/noah-voss" not in assemble_world([shard_tables([silent])])["actors"]["actor_id"].to_list()


def test_numbers_are_kept_with_three_decimals() -> None:
    assert published_world()["quotes"]["confidence"].to_list()[0] == pytest.approx(0.912, abs=1e-7)


def test_dates_of_local_actors_are_their_articles_days() -> None:
    local = shard_tables([harbour(), wire()])["local_actors"]
    assert local["published_date"].to_list() == [date(2026, 3, 2)] * 3 + [None]


def test_a_joined_quote_reads_as_one_text() -> None:
    assert published_world()["quotes"]["text"].to_list()[0] == "The harbour, will never close."
    assert "The harbour, will" not in HARBOUR


def test_actors_as_the_stage_resolve_links_them_keep_every_rule() -> None:
    shards = [shard_tables([harbour(), third()]), shard_tables([wire()])]
    linked = link_actors(pl.concat([shard["local_actors"] for shard in shards]), built_in_authority())
    tables = assemble_world(shards, (linked.actor_of, linked.actors))
    assert violations(tables).rows() == []
    assert tables["actors"].filter(actor_id="person/ilse-brandt")["n_articles"].to_list() == [3]


def test_an_actor_that_was_not_linked_stops_the_build() -> None:
    shard = shard_tables([harbour()])
    actor_of, actors = links(shard["local_actors"])
    with pytest.raises(SchemaError, match="not linked, the first to number 2 of article art-"):
        assemble_world([shard], (actor_of.head(2), actors))


def test_an_actor_linked_twice_stops_the_build() -> None:
    shard = shard_tables([harbour()])
    actor_of, actors = links(shard["local_actors"])
    twice = pl.concat([actor_of, actor_of.head(1)])
    with pytest.raises(SchemaError, match="actor_of: 2 rows share their article_id, local"):
        assemble_world([shard], (twice, actors))


def test_speakers_that_do_not_fit_the_attributions_are_refused() -> None:
    crooked = replace(harbour(), resolution=replace(harbour().resolution, speakers=()))
    with pytest.raises(ValueError, match="zip"):
        shard_tables([crooked])
