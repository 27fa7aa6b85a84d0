"""What an article says of an actor that tells him from others of his name: country, walk of life, offices, company.

Imports `authority`, `folding`, `lexicon`, `names`. Works on frames of all articles' actors; what words say is told
once for each different role.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from builder.resolve.authority import Authority
from builder.resolve.folding import fold_word
from builder.resolve.lexicon import (
    FEMALE_ROLES,
    FEMALE_TITLES,
    MALE_ROLES,
    MALE_TITLES,
    ROLE_MODIFIERS,
    ROLE_NOUNS,
    SHORT_ROLES,
    word_set,
)
from builder.resolve.names import title_gender

_FIELDS = Path(__file__).with_name("authority") / "fields.toml"
# Offices of which a place or body has one: those of two places are mostly two people's.
_OFFICES = word_set(
    "president premier minister chancellor governor mayor king queen emperor bishop archbishop sheriff speaker "
    "secretary-general ambassador commissioner prosecutor"
)
_ELSEWHERE = re.compile(r"\b(?:to|in|against|from|near|on)\s+(?:the\s+)?$")
_NAME = re.compile(r"[A-ZÀ-Þ][\w.&’'-]*(?:\s+[A-ZÀ-Þ][\w.&’'-]*)*")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Role:
    """What one role phrase says: a state, fields of life as bits, a gender, the office with its place, plain words."""

    country: str | None
    fields: int
    gender: str | None
    office: str | None
    plain: str


@cache
def field_bits() -> Mapping[str, int]:
    """{head word of a role: the bit of its field}."""
    fields = tomllib.loads(_FIELDS.read_text(encoding="utf-8"))["fields"]
    return {word: 1 << n for n, words in enumerate(fields.values()) for word in words.split()}


@cache
def _near_bits() -> Mapping[int, int]:
    """{a field's bit: the bits of it and of the fields near to it}."""
    table = tomllib.loads(_FIELDS.read_text(encoding="utf-8"))
    bit = {field: 1 << n for n, field in enumerate(table["fields"])}
    near = {value: value for value in bit.values()}
    for field, others in table["near"].items():
        for other in others.split():
            near[bit[field]] |= bit[other]
            near[bit[other]] |= bit[field]
    return near


@cache
def are_far(one: int, other: int) -> bool:
    """Whether two sets of fields, as bits, are known and have nothing to do with each other.

    >>> bits = field_bits()
    >>> are_far(bits["minister"], bits["goalkeeper"]), are_far(bits["minister"], bits["judge"])
    (True, False)
    """
    if not one or not other:
        return False
    return not any(bit & one and near & other for bit, near in _near_bits().items())


def read_role(phrase: str, authority: Authority) -> Role:
    """What a role phrase says.

    >>> from builder.resolve.authority import built_in_authority
    >>> role = read_role("Norrland’s mayor of Brask", built_in_authority())
    >>> role.office, role.gender, bool(role.fields)
    ('mayor|brask norrland', None, True)
    """
    words = [_POSSESSIVE.sub("", word.strip('.,()“”"').casefold()) for word in phrase.split()]
    raw = [word.casefold() for word in phrase.split()]
    bits, known = field_bits(), [word for word in (*words, *raw) if word in field_bits()]
    fields = 0
    for word in known:
        fields |= bits[word]
    head = next((word for word in words if word in _OFFICES), None)
    names = [_POSSESSIVE.sub("", match[0]) for match in _NAME.finditer(phrase)]
    place = {fold_word(word) for name in names for word in name.split() if not _is_role_word(word)} - {""}
    return Role(
        country=_state_of(phrase, authority),
        fields=fields,
        gender=title_gender([word for word in words if word in _GENDERED]),
        office=f"{head}|{' '.join(sorted(place))}" if head and place else None,
        plain=" ".join(sorted({fold_word(word) for word in words} - _EMPTY)),
    )


_GENDERED = MALE_TITLES | FEMALE_TITLES | MALE_ROLES | FEMALE_ROLES
_EMPTY = frozenset(
    {"", "the", "a", "an", "of", "for", "and", "new", "former", "then", "its", "his", "her", "s", "in", "at"}
)


def _is_role_word(word: str) -> bool:
    return word.casefold() in ROLE_NOUNS | ROLE_MODIFIERS or word.casefold() in SHORT_ROLES


def _state_of(phrase: str, authority: Authority) -> str | None:
    """The country of the first state that a role names, but for those of somewhere else ("ambassador to Russia")."""
    for match in _NAME.finditer(phrase):
        if not _may_name_state(match[0], authority):
            continue
        if _ELSEWHERE.search(phrase[: match.start()]):
            continue
        words = match[0].split()
        for length in range(min(4, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                name = _POSSESSIVE.sub("", " ".join(words[start : start + length]))
                state = authority.find(name) or authority.find_demonym(name)
                if state is not None and state.kind == "state":
                    return state.country
    return None


def _may_name_state(name: str, authority: Authority) -> bool:
    """Whether a word of the name, with or without its ending, is one of a state's names: most names have none."""
    for word in name.replace("’", "'").casefold().split():
        stem = _POSSESSIVE.sub("", word)
        if not authority.words_of_states.isdisjoint((word, stem, word[:-1], stem[:-1])):
            return True
    return False


def describe_actors(rows: pl.DataFrame, authority: Authority) -> pl.DataFrame:
    """`rows` (see `link_actors`) with what their roles say.

    Adds `country` (String), `fields` (UInt32 bits, 0 where unknown), `gender` (String), `offices` and `plain_roles`
    (lists of String): own country first, then that of a role, then that in an organization's own name.
    """
    phrases = rows.select(role=pl.col("roles").explode().drop_nulls().unique()).sort("role")["role"].to_list()
    told = [read_role(phrase, authority) for phrase in phrases]
    roles = pl.DataFrame(
        {
            "role": phrases,
            "role_country": [role.country for role in told],
            "field": [role.fields for role in told],
            "role_gender": [role.gender for role in told],
            "office": [role.office for role in told],
            "plain_role": [role.plain for role in told],
        },
        schema={
            "role": pl.String(),
            "role_country": pl.String(),
            "field": pl.UInt32(),
            "role_gender": pl.String(),
            "office": pl.String(),
            "plain_role": pl.String(),
        },
    )
    said = (
        rows.lazy()
        .filter(pl.col("actor_kind") == "person")
        .select("row", role="roles")
        .explode("role")
        .drop_nulls("role")
        .join(roles.lazy(), on="role", how="left")
        .group_by("row")
        .agg(
            pl.col("role_country").min(),
            pl.col("field").bitwise_or().alias("fields"),
            pl.col("role_gender").min().alias("gender"),
            pl.col("role_gender").n_unique().alias("n_genders"),
            pl.col("office").drop_nulls().unique().sort().alias("offices"),
            pl.col("plain_role").unique().sort().alias("plain_roles"),
        )
    )
    empty = pl.lit([], dtype=pl.List(pl.String))
    names = _countries_in_names(rows, authority).lazy()
    found = (
        rows.lazy()
        .select("row", "actor_kind", "name", "country_code")
        .join(said, on="row", how="left", maintain_order="left")
        .join(names, on=["actor_kind", "name"], how="left", maintain_order="left")
        .select(
            pl.col("fields").fill_null(0),
            "gender",
            pl.col("offices").fill_null(empty),
            pl.col("plain_roles").fill_null(empty),
            country=pl.coalesce("country_code", "role_country", "name_country"),
        )
    )
    return rows.hstack(found.collect())


def _countries_in_names(rows: pl.DataFrame, authority: Authority) -> pl.DataFrame:
    """The state that an organization's own name holds: Sarvenian Defence Ministry."""
    names = rows.filter(pl.col("actor_kind") == "organization")["name"].unique().sort().to_list()
    countries = [_state_of(name, authority) if " " in name else None for name in names]
    schema = {"actor_kind": pl.String(), "name": pl.String(), "name_country": pl.String()}
    return pl.DataFrame(
        {"actor_kind": ["organization"] * len(names), "name": names, "name_country": countries}, schema=schema
    )
