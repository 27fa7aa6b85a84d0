"""Who is who in small invented articles."""

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[..., Any]

ORM = {"Ada Orm": "person", "Orm": "person"}
BOTH = {**ORM, "Jan Vik": "person", "Vik": "person"}


def test_a_last_name_is_an_alias_of_the_full_name(read: Read) -> None:
    world = read("Ada Orm came. Orm said it rains.", ORM, [("Orm", "said", "it rains")])
    assert (world.speakers(), world.told()) == ([["Ada Orm"]], ["alias"])
    assert world.actor("Ada Orm").aliases == ("Orm",)


def test_a_full_name_in_the_source_is_named(read: Read) -> None:
    world = read("Ada Orm said it rains.", ORM, [("Ada Orm", "said", "it rains")])
    assert world.told() == ["named"]


def test_a_title_is_no_part_of_the_name_and_becomes_a_role(read: Read) -> None:
    world = read("Sen. Ada Orm said it rains.", {"Ada Orm": "person"}, [("Sen. Ada Orm", "said", "it rains")])
    assert world.actor("Ada Orm").roles == ("Sen.",)


def test_a_title_that_the_tagger_took_for_the_name_is_taken_off(read: Read) -> None:
    world = read("President Ada Orm left.", {"President Ada Orm": "person"})
    assert world.actor("Ada Orm").roles == ("President",)


def test_an_adjective_before_an_office_is_a_country_not_a_mention(read: Read) -> None:
    world = read("Polish Prime Minister Ada Orm left.", {"Polish": "other", "Ada Orm": "person"})
    orm = world.actor("Ada Orm")
    assert (orm.roles, orm.country_code, len(world.resolution.actors)) == (("Prime Minister",), "POL", 1)


def test_an_apposition_is_a_role(read: Read) -> None:
    world = read("Ada Orm, the foreign minister, left.", ORM)
    assert world.actor("Ada Orm").roles == ("foreign minister",)


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        # A pronoun takes the gender of the first name …
        ("Ada Orm met Jan Vik. She said it rains.", "She", "Ada Orm"),
        ("Ada Orm met Jan Vik. He said it rains.", "He", "Jan Vik"),
        # … or of the title.
        ("Mr. Orm met Mrs. Vik. She said it rains.", "She", "Vik"),
    ],
)
def test_a_pronoun_stands_for_the_person_whose_gender_it_has(read: Read, text: str, source: str, speaker: str) -> None:
    world = read(text, {**BOTH}, [(source, "said", "it rains")])
    assert (world.speakers(), world.told()) == ([[speaker]], ["pronoun"])


def test_a_pronoun_keeps_to_the_speaker_before(read: Read) -> None:
    text = "Jan Vik said the road is shut. He blamed snow. He said the harbour and Per Holm are fine."
    world = read(
        text,
        {**BOTH, "Per Holm": "person"},
        [("Jan Vik", "said", "the road is shut"), ("He", "said", "the harbour")],
    )
    assert world.speakers()[1] == ["Jan Vik"]


def test_a_pronoun_with_nobody_to_stand_for_is_unresolved(read: Read) -> None:
    world = read("He said it rains.", {}, [("He", "said", "it rains")])
    assert (world.speakers(), world.told()) == ([[]], ["unresolved"])


def test_no_source_is_no_speaker(read: Read) -> None:
    world = read("It is said that it rains.", {}, [("", "is said", "it rains")])
    assert world.told() == ["none"]


def test_a_quotation_that_goes_on_is_inherited(read: Read) -> None:
    text = "“It rains,” Ada Orm said. “It will go on.”"
    world = read(text, ORM, [("Ada Orm", "said", "“It rains,”"), ("", "", "“It will go on.”")])
    assert (world.speakers()[1], world.told()[1]) == (["Ada Orm"], "inherited")


def test_joint_speakers_are_all_listed(read: Read) -> None:
    world = read("Ada Orm and Jan Vik said it rains.", BOTH, [("Ada Orm and Jan Vik", "said", "it rains")])
    assert world.speakers() == [["Ada Orm", "Jan Vik"]]


def test_three_joint_speakers_are_all_listed(read: Read) -> None:
    source = "Ada Orm, Jan Vik and Per Holm"
    world = read(f"{source} said it rains.", {**BOTH, "Per Holm": "person"}, [(source, "said", "it rains")])
    assert world.speakers() == [["Ada Orm", "Jan Vik", "Per Holm"]]


def test_whom_an_apposition_mentions_does_not_speak(read: Read) -> None:
    source = "Ada Orm, a friend of Jan Vik,"
    world = read(f"{source} said it rains.", BOTH, [(source, "said", "it rains")])
    assert world.speakers() == [["Ada Orm"]]


def test_an_office_before_a_comma_leads_to_the_name(read: Read) -> None:
    source = "the harbour’s manager, Jan Vik,"
    world = read(f"But {source} said it rains.", BOTH, [(source, "said", "it rains")])
    assert world.speakers() == [["Jan Vik"]]


def test_the_minister_is_who_was_called_one(read: Read) -> None:
    text = "Foreign Minister Ada Orm met Jan Vik. The minister said it rains."
    world = read(text, BOTH, [("The minister", "said", "it rains")])
    assert (world.speakers(), world.told()) == ([["Ada Orm"]], ["nominal"])


def test_russias_president_is_the_one_who_was_called_its_president(read: Read) -> None:
    text = "Russian President Jan Vik met Ada Orm. Russia’s president said it rains."
    names = {**BOTH, "Russian": "other", "Russia": "place"}
    assert read(text, names, [("Russia’s president", "said", "it rains")]).speakers() == [["Jan Vik"]]


@pytest.mark.parametrize(
    ("source", "kind", "name"),
    [
        ("A senior official", "unnamed", "A senior official"),
        ("People familiar with the talks", "unnamed", "People familiar with the talks"),
        ("Polish officials", "unnamed", "Polish officials"),
        ("Many voters", "group", "Many voters"),
        ("Fishermen, who had waited long,", "group", "Fishermen"),
        ("The latest poll", "document", "The latest poll"),
        ("A letter to the port", "document", "A letter to the port"),
    ],
)
def test_sources_without_a_name_keep_the_articles_words(read: Read, source: str, kind: str, name: str) -> None:
    world = read(f"{source} said it rains.", {"Polish": "other"}, [(source, "said", "it rains")])
    assert [(a.kind, a.name) for a in world.resolution.actors] == [(kind, name)]
    assert world.told() == ["nominal"]


def test_the_officials_are_those_named_before(read: Read) -> None:
    text = "Polish officials said it rains. The officials added that it snows."
    world = read(text, {}, [("Polish officials", "said", "it rains"), ("The officials", "added", "it snows")])
    assert world.speakers() == [["Polish officials"], ["Polish officials"]]


def test_an_acronym_defined_in_the_text_is_the_organization(read: Read) -> None:
    text = "The Northern Customs Union (NCU) met. The NCU said it rains."
    world = read(
        text, {"Northern Customs Union": "organization", "NCU": "organization"}, [("The NCU", "said", "it rains")]
    )
    assert world.speakers() == [["Northern Customs Union"]]
    assert world.actor("Northern Customs Union").aliases == ("NCU",)


def test_an_acronym_of_the_initials_is_the_organization(read: Read) -> None:
    text = "The Northern Customs Union met. The N.C.U. said it rains."
    names = {"Northern Customs Union": "organization", "N.C.U": "organization"}
    assert read(text, names, [("The N.C.U.", "said", "it rains")]).speakers() == [["Northern Customs Union"]]


def test_a_campaign_is_an_organization_of_its_own(read: Read) -> None:
    text = "Ada Orm came. Orm’s campaign said it rains."
    world = read(text, ORM, [("Orm’s campaign", "said", "it rains")])
    assert [(a.name, a.kind) for a in world.resolution.actors] == [
        ("Ada Orm", "person"),
        ("Orm’s campaign", "organization"),
    ]


def test_a_capital_that_acts_is_the_state(read: Read) -> None:
    world = read("Moscow said it rains.", {"Moscow": "place"}, [("Moscow", "said", "it rains")])
    assert (world.speakers(), world.actor("Russia").aliases) == ([["Russia"]], ("Moscow",))


def test_a_capital_where_something_happens_is_a_place(read: Read) -> None:
    world = read("Ada Orm spoke in Moscow.", {**ORM, "Moscow": "place"})
    assert [(a.name, a.kind) for a in world.resolution.actors if a.kind != "person"] == [("Moscow", "place")]


def test_names_of_the_authority_need_no_tagger(read: Read) -> None:
    world = read("The Kremlin said it rains.", {}, [("The Kremlin", "said", "it rains")])
    assert world.speakers() == [["Russia"]]


def test_a_transcripts_capitals_are_the_last_name(read: Read) -> None:
    text = "Ada Orm came.\n\nORM: It rains."
    assert read(text, {"Ada Orm": "person"}, [("ORM", ":", "It rains")]).speakers() == [["Ada Orm"]]


def test_two_of_one_last_name_stay_two_and_the_later_has_the_last_name(read: Read) -> None:
    text = "Ada Orm left. Per Orm stayed. Orm said it rains."
    world = read(text, {**ORM, "Per Orm": "person"}, [("Orm", "said", "it rains")])
    assert world.speakers() == [["Per Orm"]]
    assert {a.name for a in world.resolution.actors} == {"Ada Orm", "Per Orm"}


def test_a_title_vetoes_a_last_name(read: Read) -> None:
    text = "Ada Orm left. Per Orm stayed. Ms. Orm said it rains."
    world = read(text, {**ORM, "Per Orm": "person"}, [("Ms. Orm", "said", "it rains")])
    assert world.speakers() == [["Ada Orm"]]


def test_i_in_a_quotation_is_its_speaker(read: Read) -> None:
    text = "“I like rain,” Ada Orm said."
    world = read(text, ORM, [("Ada Orm", "said", "“I like rain,”")])
    assert world.mentions("Ada Orm") == ["I", "Ada Orm"]


def test_he_in_a_quotation_is_not_its_speaker(read: Read) -> None:
    text = "Per Holm met Jan Vik. “He likes rain,” Vik said."
    world = read(text, {**BOTH, "Per Holm": "person"}, [("Vik", "said", "“He likes rain,”")])
    assert world.mentions("Per Holm") == ["Per Holm", "He"]


def test_the_articles_own_i_is_its_author(read: Read) -> None:
    world = read("I think it rains.", {}, [("I", "think", "it rains")], authors=("Liv Dahl",))
    assert [(a.name, a.kind) for a in world.resolution.actors] == [("Liv Dahl", "journalist")]


def test_i_in_a_speech_is_the_actor_whose_speech_it_is(read: Read) -> None:
    world = read("I think it rains.", {}, [("I", "think", "it rains")], speaker="Ada Orm")
    assert [(a.name, a.kind) for a in world.resolution.actors] == [("Ada Orm", "person")]


def test_who_is_whoever_stands_right_before(read: Read) -> None:
    text = "It was Ada Orm, who said it rains."
    assert read(text, ORM, [("who", "said", "it rains")]).speakers() == [["Ada Orm"]]


def test_they_are_the_two_who_were_named_together(read: Read) -> None:
    text = "Ada Orm and Jan Vik came. They said it rains."
    assert read(text, BOTH, [("They", "said", "it rains")]).speakers() == [["Ada Orm", "Jan Vik"]]


def test_claimants_are_the_attributions_speakers(read: Read) -> None:
    world = read("Ada Orm and Jan Vik said it rains.", BOTH, [("Ada Orm and Jan Vik", "said", "it rains")])
    assert world.resolution.claims[0].claimants == world.resolution.speakers[0].actors


def test_a_target_is_never_the_claimant(read: Read) -> None:
    text = "Ada Orm said Orm trusts Jan Vik."
    world = read(text, BOTH, [("Ada Orm", "said", "Orm trusts Jan Vik")])
    assert world.targets() == [["Jan Vik"]]


def test_a_pronoun_in_the_content_is_a_target(read: Read) -> None:
    text = "Ada Orm met Jan Vik. Orm said he lied."
    assert read(text, BOTH, [("Orm", "said", "he lied")], kind="accusation").targets() == [["Jan Vik"]]


def test_whom_the_cue_accuses_is_a_target(read: Read) -> None:
    text = "Ada Orm accused Jan Vik of fraud."
    world = read(text, BOTH, [("Ada Orm", "accused", "of fraud")], kind="accusation")
    assert world.targets() == [["Jan Vik"]]


def test_whom_the_cue_names_is_no_target_of_the_claims_after_the_first(read: Read) -> None:
    names = {**BOTH, "Per Holm": "person"}
    text = "Ada Orm urged Jan Vik to resign and accused Per Holm of fraud."
    world = read(text, names, [("Ada Orm", "urged", "to resign and accused Per Holm of fraud")], kind="demand")
    assert world.targets() == [["Jan Vik"], ["Per Holm"]]


def test_whom_somebody_tells_is_no_target(read: Read) -> None:
    text = "Ada Orm told Jan Vik that it rains."
    assert read(text, BOTH, [("Ada Orm", "told", "that it rains")], kind="criticism").targets() == [[]]


def test_targets_are_at_most_three(read: Read) -> None:
    names = {"Ada Orm": "person", "Jan Vik": "person", "Per Holm": "person", "Liv Dahl": "person", "Eva Lund": "person"}
    text = "Ada Orm said Jan Vik, Per Holm, Liv Dahl and Eva Lund won."
    world = read(text, names, [("Ada Orm", "said", "Jan Vik, Per Holm, Liv Dahl and Eva Lund won")])
    assert world.targets() == [["Jan Vik", "Per Holm", "Liv Dahl"]]


def test_every_mention_lies_in_the_text_in_its_order_and_names_an_actor(read: Read) -> None:
    text = "“I like rain,” said Ada Orm of Moscow. She told Russia’s president, Jan Vik, that the Kremlin leaks."
    names = {**BOTH, "Moscow": "place", "Russia": "place", "Kremlin": "organization"}
    world = read(text, names, [("She", "told", "the Kremlin leaks")])
    spans = [(m.start, m.end) for m in world.resolution.mentions]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(m.actor is None or 0 <= m.actor < len(world.resolution.actors) for m in world.resolution.mentions)
