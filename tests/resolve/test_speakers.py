"""Who speaks, where the source does not name him: roles, bodies, turns, missing sources; and what unnamed ones are."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]

ORM = {"Ada Orm": "person", "Orm": "person"}
BOTH = {**ORM, "Jan Vik": "person", "Vik": "person"}
INTERVIEW = "Ada Orm chairs the board.\n\nQ: Is it late?\n\nA: It is late.\n\nQ: Why?\n\nA: It rains."


def test_a_is_whom_the_interview_is_with(read: Read) -> None:
    world = read(INTERVIEW, ORM, [("A", ":", "It is late"), ("A", ":", "It rains")], authors=("Liv Dahl",))
    assert world.speakers() == [["Ada Orm"], ["Ada Orm"]]


def test_q_is_the_author_where_there_is_one(read: Read) -> None:
    assert read(INTERVIEW, ORM, [("Q", ":", "Is it late?")], authors=("Liv Dahl",)).speakers() == [["Liv Dahl"]]


def test_who_asks_at_a_briefing_is_nobody_known(read: Read) -> None:
    assert read(INTERVIEW, ORM, [("Q", ":", "Is it late?")]).told() == ["none"]


def test_a_turns_first_name_is_the_person_of_that_name(read: Read) -> None:
    text = "In the studio: Ada Orm and Jan Vik.\n\nAda: Hello.\n\nJan: Good day.\n\nAda: It rains.\n\nJan: It does."
    world = read(text, BOTH, [("Ada", ":", "It rains"), ("Jan", ":", "It does")])
    assert world.speakers() == [["Ada Orm"], ["Jan Vik"]]


def test_i_in_a_turn_is_its_speaker(read: Read) -> None:
    text = "ORM: Hello.\n\nVIK: Good day.\n\nORM: Well, I think it rains.\n\nVIK: It does."
    names = {"Ada Orm": "person", "Jan Vik": "person"}
    world = read("Ada Orm met Jan Vik.\n\n" + text, names, [("I", "think", "it rains")])
    assert world.speakers() == [["Ada Orm"]]


def test_the_company_is_the_named_one_of_the_sentence_before(read: Read) -> None:
    text = "A company burned in 1990. Norvane Lines paid. The company said it rains."
    world = read(text, {"Norvane Lines": "organization"}, [("The company", "said", "it rains")])
    assert world.speakers() == [["Norvane Lines"]]


def test_its_owner_before_a_comma_leads_to_the_bodys_name(read: Read) -> None:
    source = "Its owner, Norvane Lines,"
    world = read(f"{source} said it rains.", {"Norvane Lines": "organization"}, [(source, "said", "it rains")])
    assert world.speakers() == [["Norvane Lines"]]


def test_a_last_part_of_two_names_is_the_body_that_is_named_more(read: Read) -> None:
    names = {"Norvane Lines": "organization", "Norvane Petrel": "organization", "Norvane": "organization"}
    text = "Norvane Lines met. Norvane Lines owns the Norvane Petrel. Norvane said it rains."
    assert read(text, names, [("Norvane", "said", "it rains")]).speakers() == [["Norvane Lines"]]


def test_a_goalkeeper_is_whoever_is_on_the_readers_mind(read: Read) -> None:
    text = "Ada Orm denied it. The goalkeeper said it rains."
    assert read(text, ORM, [("The goalkeeper", "said", "it rains")]).speakers() == [["Ada Orm"]]


def test_a_vice_president_is_no_president(read: Read) -> None:
    text = "President Ada Orm met Vice President Jan Vik. The president said it rains."
    assert read(text, BOTH, [("The president", "said", "it rains")]).speakers() == [["Ada Orm"]]


def test_an_inspector_general_is_no_general(read: Read) -> None:
    text = "General Jan Vik left. The ministry’s inspector general said it rains."
    source = "The ministry’s inspector general"
    assert read(text, BOTH, [(source, "said", "it rains")]).speakers() == [["The ministry’s inspector general"]]


def test_a_letter_of_hers_has_her_name(read: Read) -> None:
    text = "Ada Orm shut the school. Her letter said it rains."
    assert read(text, ORM, [("Her letter", "said", "it rains")]).speakers() == [["Ada Orm’s letter"]]


def test_a_states_government_is_the_state(read: Read) -> None:
    text = "The Russian government said it rains."
    world = read(text, {"Russian": "other"}, [("The Russian government", "said", "it rains")])
    assert world.speakers() == [["Russia"]]


def test_it_is_the_report_that_was_just_mentioned(read: Read) -> None:
    text = "Much turns on an audit. It found that it rains."
    assert read(text, {}, [("It", "found", "it rains")]).speakers() == [["an audit"]]


def test_that_is_the_noun_right_before(read: Read) -> None:
    text = "Ada Orm leads, according to a new poll that shows it rains."
    assert read(text, ORM, [("that", "shows", "it rains")]).speakers() == [["a new poll"]]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Ada Orm, who is 93 and tired, wondered whether it rains.", "wondered", "whether it rains"),
        ("Noting that it rains, Ada Orm left.", "Noting", "that it rains"),
        ("In addition to stating that it rains, Ada Orm left.", "stating", "that it rains"),
        ("Ada Orm left and demanded that it rain.", "demanded", "that it rain"),
    ],
)
def test_without_a_source_the_verbs_subject_speaks(read: Read, text: str, cue: str, content: str) -> None:
    world = read(text, ORM, [("", cue, content)])
    assert (world.speakers(), world.told()) == ([["Ada Orm"]], ["inherited"])


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Asked whether it rains, Ada Orm left.", "Asked", "whether it rains"),
        ("Ada Orm is expected to say that it rains.", "expected", "to say that it rains"),
        ("Ada Orm seemed to like rain.", "seemed", "to like rain"),
    ],
)
def test_without_a_source_and_an_active_verb_nobody_speaks(read: Read, text: str, cue: str, content: str) -> None:
    assert read(text, ORM, [("", cue, content)]).told() == ["none"]


def test_a_widow_is_told_from_the_husband_who_came_in_by_her(read: Read) -> None:
    text = "Ada Orm, whose husband, Captain Jan Orm, died, left. Orm said it rains."
    names = {**ORM, "Jan Orm": "person"}
    assert read(text, names, [("Orm", "said", "it rains")]).speakers() == [["Ada Orm"]]


def test_a_pronoun_tells_no_gender_where_another_was_as_likely(read: Read) -> None:
    text = "Xan Orm met Zin Vik. She said it rains. Xan Orm is a father. He said it snows."
    names = {"Xan Orm": "person", "Zin Vik": "person"}
    world = read(text, names, [("She", "said", "it rains"), ("He", "said", "it snows")])
    assert world.speakers()[1] == ["Xan Orm"]


@pytest.mark.parametrize(
    ("source", "country", "role"),
    [
        ("A senior US official", "USA", "senior official"),
        ("South Korean diplomats", "KOR", "diplomats"),
        ("A spokeswoman for the Israeli Defense Ministry", "ISR", "spokeswoman for the Israeli Defense Ministry"),
        ("A person familiar with the talks", None, "person"),
    ],
)
def test_an_unnamed_source_keeps_what_it_belongs_to(read: Read, source: str, country: str | None, role: str) -> None:
    world = read(f"{source} said it rains.", {}, [(source, "said", "it rains")])
    actor = world.resolution.actors[world.resolution.speakers[0].actors[0]]
    assert (actor.kind, actor.name, actor.country_code, actor.roles) == ("unnamed", source, country, (role,))


def test_central_americans_are_of_no_one_state(read: Read) -> None:
    world = read("Central Americans said it rains.", {}, [("Central Americans", "said", "it rains")])
    assert world.actor("Central Americans").country_code is None
