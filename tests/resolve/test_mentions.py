"""What counts as a mention of an actor in small invented articles: names, names in names, noun phrases, I and you."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]

ORM = {"Ada Orm": "person", "Orm": "person"}


@pytest.mark.parametrize(
    ("text", "tagged", "name", "mention"),
    [
        # A place that the project knows, or that the article names by itself.
        ("She studied at the University of Leeds.", "University of Leeds", "Leeds", "Leeds"),
        ("The Texas Harriers lost.", "Texas Harriers", "Texas", "Texas"),
        # "University of" is enough for a place that nobody knows.
        ("She studied at the University of Otterby.", "University of Otterby", "Otterby", "Otterby"),
        # A state's own name.
        ("The Bank of England met.", "Bank of England", "England", "England"),
    ],
)
def test_a_place_in_a_bodys_name_is_mentioned_too(read: Read, text: str, tagged: str, name: str, mention: str) -> None:
    world = read(text, {tagged: "organization"})
    assert mention in world.mentions(name)


def test_a_person_in_a_bodys_name_is_mentioned_too(read: Read) -> None:
    world = read("Ada Orm left. The Orm Foundation stays.", {"Ada Orm": "person", "Orm Foundation": "organization"})
    assert world.mentions("Ada Orm") == ["Ada Orm", "Orm"]


def test_a_name_in_a_name_does_not_speak(read: Read) -> None:
    names = {"University of Leeds": "organization"}
    world = read("The University of Leeds said it rains.", names, [("The University of Leeds", "said", "it rains")])
    assert world.speakers() == [["University of Leeds"]]


def test_a_people_is_a_group_and_no_state(read: Read) -> None:
    world = read("Ukrainians voted.", {"Ukrainians": "other"})
    assert [(a.name, a.kind, a.country_code) for a in world.resolution.actors] == [("Ukrainians", "group", "UKR")]


def test_an_event_is_no_people(read: Read) -> None:
    assert read("She won at the Olympics.", {"Olympics": "other"}).resolution.actors == ()


@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        # Cut at the hyphen, before the last name, and by another kind for it.
        ("The rapper Kold-K sang.", {"Kold": "person"}, "Kold-K"),
        ("Jorun Tveit and others sang.", {"Jorun": "person"}, "Jorun Tveit"),
        ("We met Margit Elvestad today.", {"Margit": "person", "Elvestad": "other"}, "Margit Elvestad"),
        # A body whose name goes on behind "of".
        (
            "The Church of Port Elsen burned.",
            {"Church of": "organization", "Port Elsen": "place"},
            "Church of Port Elsen",
        ),
    ],
)
def test_a_name_that_the_tagger_cut_is_whole(read: Read, text: str, tagged: dict[str, str], name: str) -> None:
    assert name in [actor.name for actor in read(text, tagged).resolution.actors]


def test_a_person_of_a_body_is_no_longer_name(read: Read) -> None:
    world = read("Ada Orm of Palm & Steen left.", {"Ada Orm of Palm & Steen": "person"})
    assert [(a.name, a.kind) for a in world.resolution.actors] == [
        ("Ada Orm", "person"),
        ("Palm & Steen", "organization"),
    ]


def test_a_saint_keeps_his_place(read: Read) -> None:
    world = read("Basil of Otterby wrote.", {"Basil of Otterby": "person"})
    assert [a.name for a in world.resolution.actors] == ["Basil of Otterby"]


def test_an_apposition_mentions_the_one_it_is_of(read: Read) -> None:
    world = read("Ada Orm, a painter, left. Her gallery, Orm Rooms, shut.", ORM)
    assert world.mentions("Ada Orm")[:2] == ["Ada Orm", "a painter"]


def test_what_somebody_is_mentions_him(read: Read) -> None:
    assert read("Ada Orm was a painter in Vale.", ORM).mentions("Ada Orm") == ["Ada Orm", "a painter"]


def test_whoever_is_mentioned_in_passing_and_never_speaks_is_no_actor(read: Read) -> None:
    assert read("A painter left. A report came.", {}).resolution.actors == ()


def test_i_in_an_articles_own_words_is_its_author(read: Read) -> None:
    world = read("I went to Vale. It rained on me.", {}, authors=("Liv Dahl",))
    assert world.mentions("Liv Dahl") == ["I", "me"]


def test_whoever_signs_a_letter_is_its_i(read: Read) -> None:
    text = "Dear Jan,\n\nI am well. I saw my house. I will write.\n\nAda Orm"
    assert read(text, {"Jan": "person", **ORM}).mentions("Ada Orm") == ["I", "I", "my", "I", "Ada Orm"]


def test_whom_a_column_ends_with_wrote_it(read: Read) -> None:
    text = "I like rain. I like snow, and I said so.\n\nAda Orm is a teacher in Vale."
    assert read(text, ORM).mentions("Ada Orm")[:3] == ["I", "I", "I"]


def test_an_interviews_you_is_whoever_answers(read: Read) -> None:
    text = "Liv Dahl met Ada Orm.\n\nDAHL: Do you sing?\n\nORM: I do.\n\nDAHL: Where?\n\nORM: At home."
    world = read(text, {"Liv Dahl": "person", **ORM})
    assert "you" in world.mentions("Ada Orm")
    assert "I" in world.mentions("Ada Orm")
