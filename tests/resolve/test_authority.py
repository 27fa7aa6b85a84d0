"""What is known about actors before any article is read."""

import pickle
from pathlib import Path

import pycountry
import pytest

from builder.errors import SettingsError
from builder.resolve.authority import (
    Authority,
    Entry,
    built_in_authority,
    extend_authority,
    join_authorities,
    parse_actors,
    read_authority,
)

GOOD = """
[[actor]]
id = "organization/northern-customs-union"
name = "Northern Customs Union"
kind = "organization"
country = "XAA"
aliases = ["NCU"]
authority_ids = ["wikidata:Q0"]
"""


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("Russia", "state/RUS"),
        ("the Kremlin", "state/RUS"),
        ("Russian Federation", "state/RUS"),
        ("South Korea", "state/KOR"),
        ("US", "state/USA"),
        ("U.S.", "state/USA"),
        ("UK", "state/GBR"),
        ("Britain", "state/GBR"),
        ("NATO", "organization/nato"),
        ("OPCW", "organization/organisation-for-the-prohibition-of-chemical-weapons"),
        ("Cape Verde", "state/CPV"),
        ("PNG", "state/PNG"),
        ("EU", "organization/european-union"),
        ("the White House", "organization/white-house"),
        ("Quai d’Orsay", "state/FRA"),
    ],
)
def test_names_find_the_actor_that_they_mean(name: str, entry: str) -> None:
    found = built_in_authority().find(name)
    assert found is not None
    assert found.id == entry


@pytest.mark.parametrize("word", ["us", "who", "Congo", "Moscow", "Georgia", "nobody"])
def test_words_ambiguous_names_and_bare_capitals_find_nobody(word: str) -> None:
    assert built_in_authority().find(word) is None


def test_a_name_that_needs_a_context_finds_its_actor_there() -> None:
    found = built_in_authority().find("Georgia", "Talks in Tbilisi went on.")
    assert found is not None
    assert found.id == "state/GEO"


def test_capitals_and_demonyms_have_lookups_of_their_own() -> None:
    authority = built_in_authority()
    found = [authority.find_capital("Moscow"), authority.find_demonym("Russian"), authority.find_demonym("Russians")]
    assert [entry and entry.id for entry in found] == ["state/RUS"] * 3


def test_every_state_of_iso_3166_is_known_and_nearly_all_have_people_of_a_name() -> None:
    states = [entry for entry in built_in_authority().entries if entry.kind == "state"]
    assert {country.alpha_3 for country in pycountry.countries} <= {entry.country for entry in states}
    sovereign = [entry for entry in states if entry.capitals]
    assert len(sovereign) >= 185
    assert [entry.name for entry in sovereign if not entry.demonyms and "," not in entry.name][20:] == []


def test_no_two_states_share_a_capital_or_a_demonym() -> None:
    entries = built_in_authority().entries
    for names in ([n for e in entries for n in e.capitals], [n for e in entries for n in e.demonyms]):
        assert len(names) == len(set(names))


def test_every_built_in_entry_is_found_by_its_own_name() -> None:
    authority = built_in_authority()
    text = " ".join(word for entry in authority.entries for word in entry.context)
    assert [e.id for e in authority.entries if authority.find(e.name, text) != e] == []


def test_an_actors_file_adds_to_the_base(tmp_path: Path) -> None:
    path = tmp_path / "actors.toml"
    path.write_text(GOOD, encoding="utf-8")
    authority = read_authority(path, built_in_authority())
    found = authority.find("NCU")
    assert found is not None
    assert (found.name, found.country, found.authority_ids) == ("Northern Customs Union", "XAA", ("wikidata:Q0",))
    assert authority.find("Russia") is not None


def test_an_entry_of_a_known_id_takes_its_place() -> None:
    base = Authority((Entry("person/orm", "Orm", "person"),))
    assert [e.name for e in extend_authority(base, [Entry("person/orm", "Ada Orm", "person")]).entries] == ["Ada Orm"]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('kind = "organization"', 'kind = "organisation"', "expected one of person, organization, state, place"),
        ('kind = "organization"', 'kind = "person"', "person/a-readable-name"),
        ('id = "organization/northern-customs-union"', 'id = "organization/NCU"', "lower-case"),
        ('name = "Northern Customs Union"', "", "name missing"),
        ('aliases = ["NCU"]', 'aliases = "NCU"', "expected a list of non-empty strings"),
        ('aliases = ["NCU"]', 'alias = ["NCU"]', "unknown key 'alias'"),
        ('country = "XAA"', 'country = "Xanadu"', "alpha-3"),
        ('country = "XAA"', "country = 3", "expected a string"),
        ('"wikidata:Q0"', '"Q0"', "scheme:id"),
        ("[[actor]]", "[[actors]]", "expected [[actor]] tables"),
        ("[[actor]]", "[[actor]", "not valid TOML"),
    ],
)
def test_a_mistake_says_where_it_is_and_what_was_expected(was: str, becomes: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_actors(GOOD.replace(was, becomes), "raw/c/actors.toml")
    assert str(caught.value).startswith("raw/c/actors.toml")
    assert said in str(caught.value)


def test_two_entries_of_one_id_are_a_mistake() -> None:
    with pytest.raises(SettingsError, match=r"actor 2: the id .* is that of actor 1 already"):
        parse_actors(GOOD + GOOD, "actors.toml")


def test_a_missing_file_is_a_mistake_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"actors\.toml: cannot be read"):
        read_authority(tmp_path / "actors.toml", built_in_authority())


def test_an_authority_survives_the_way_to_a_worker() -> None:
    authority = built_in_authority()
    again = pickle.loads(pickle.dumps(authority))
    assert (again, again.find("NATO")) == (authority, authority.find("NATO"))


def test_collections_that_disagree_on_one_id_are_a_mistake() -> None:
    one, other = (Authority((Entry("person/orm", name, "person"),)) for name in ("Ada Orm", "Per Orm"))
    with pytest.raises(SettingsError, match="one id is one actor"):
        join_authorities([one, other])


def test_collections_that_agree_unite_their_aliases() -> None:
    one, other = (Authority((Entry("person/orm", "Ada Orm", "person", aliases=(a,)),)) for a in ("A.O.", "Orm"))
    assert join_authorities([one, other]).entries[0].aliases == ("A.O.", "Orm")
