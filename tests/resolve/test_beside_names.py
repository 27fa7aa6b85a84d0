"""What stands beside a person's name: offices before it, trades, other names; and what only looks like it."""

import pytest

from builder.resolve.actor import LocalActor, Mention, Resolution
from builder.resolve.authority import Authority, Entry
from builder.resolve.beside_names import look_beside

AUTHORITY = Authority((Entry("state/XOS", "Ostrania", "state", "XOS", demonyms=("Ostranian",)),))


def look(text: str, name: str) -> LocalActor:
    start = text.index(name)
    resolution = Resolution(
        actors=(LocalActor(name, "person"),),
        mentions=(Mention(start, start + len(name), "name", 0),),
        speakers=(),
        claims=(),
    )
    return look_beside(resolution, text, AUTHORITY).actors[0]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The mayor of Hollin, Tomas Reed, said so.", ("mayor of Hollin",)),
        ("He said that its foreign minister, Tomas Reed, would come.", ("foreign minister",)),
        ("The judge in the case, Tomas Reed, said so.", ("judge in the case",)),
        ("The sprinter Tomas Reed won.", ("sprinter",)),
        ("Tomas Reed, a baker, said so.", ("baker",)),
        ("Tomas Reed, who met the baker, said so.", ()),
        ("He met the minister, Tomas Reed and others.", ()),  # a list
        ("In the morning, Tomas Reed left.", ()),
        ("Tomas Reed said so.", ()),
    ],
)
def test_an_office_or_trade_beside_a_name_is_a_role(text: str, roles: tuple[str, ...]) -> None:
    assert look(text, "Tomas Reed").roles == roles


def test_an_adjective_of_a_state_before_the_office_is_the_country() -> None:
    actor = look("The Ostranian foreign minister, Tomas Reed, said so.", "Tomas Reed")
    assert (actor.roles, actor.country_code) == (("foreign minister",), "XOS")


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Ida Falk, née Strand, said so.", ("Ida Strand",)),
        ("Ida Falk (born Ida Strand) said so.", ("Ida Strand",)),
        ("Ida Falk, who was Ida Strand until May, said so.", ("Ida Strand",)),
        ("Ida Falk, formerly Ida Strand, said so.", ("Ida Strand",)),
        ("Ida Falk, also known as Lady Rain, said so.", ("Lady Rain",)),
        ("Ida Falk, who was Prime Minister then, said so.", ()),
        ("Ida Falk, born Monday, slept.", ()),
        ("Ida Falk, formerly Mayor of Hollin, said so.", ()),
    ],
)
def test_another_name_beside_a_name_is_an_alias(text: str, other: tuple[str, ...]) -> None:
    assert look(text, "Ida Falk").aliases == other
