"""What is known about actors before any article is read: states, organizations, a collection's own `actors.toml`.

Imports `builder.errors` only. `read_authority` and `built_in_authority` read files; all else takes and returns values.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pycountry

from builder.errors import SettingsError

KINDS = ("person", "organization", "state", "place")
_ID = re.compile(r"state/[A-Z]{3}|(?:organization|person|place)/[a-z0-9]+(?:-[a-z0-9]+)*")
_AUTHORITY_ID = re.compile(r"[^\s:]+:\S+")
_LISTS = ("aliases", "demonyms", "roles", "authority_ids", "capitals", "context")
_TEXTS = ("id", "name", "kind", "country")
_BUILT_IN = Path(__file__).with_name("authority")


@dataclass(frozen=True, slots=True)
class Entry:
    """One known actor.

    `aliases` are its other names and the metonyms that nearly always mean it; `capitals` mean it only where they act
    ("Moscow submitted"), not where they are places; `demonyms` are its adjectives and people's names. Where `context`
    is not empty, a name means this actor only in an article that holds one of those words.
    """

    id: str
    name: str
    kind: str
    country: str | None = None
    aliases: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    authority_ids: tuple[str, ...] = ()

    def is_named_in(self, text: str) -> bool:
        """Whether a text holds its own name, or its people's."""
        return any(re.search(rf"\b{re.escape(name)}\b", text) for name in (self.name, *self.demonyms))


Index = Mapping[str, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class Authority:
    """Known actors, found by casefolded name. A name that several bear finds nobody: ambiguity is kept visible.

    `sum` is the SHA-256 of all that is known: two authorities of one sum find the same. `words_of_states` are all words
    of states' names, aliases and demonyms, as they are looked up.
    """

    entries: tuple[Entry, ...]
    sum: bytes = field(init=False, repr=False, compare=False)
    words_of_states: frozenset[str] = field(init=False, repr=False, compare=False)
    by_id: Mapping[str, Entry] = field(init=False, repr=False, compare=False)
    _names: Index = field(init=False, repr=False, compare=False)
    _beginnings: frozenset[str] = field(init=False, repr=False, compare=False)
    _capitals: Index = field(init=False, repr=False, compare=False)
    _demonyms: Index = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the entries once: lookups are the inner loop of resolving an article."""
        set_field = object.__setattr__
        set_field(self, "sum", hashlib.sha256(repr(self.entries).encode("utf-8", "surrogatepass")).digest())
        named = (name for e in self.entries if e.kind == "state" for name in (e.name, *e.aliases, *e.demonyms))
        set_field(self, "words_of_states", frozenset(word for name in named for word in plain(name).split()))
        set_field(self, "by_id", MappingProxyType({entry.id: entry for entry in self.entries}))
        set_field(self, "_names", _index((e, (e.name, *e.aliases)) for e in self.entries))
        firsts = {name.partition(" ")[0] for name in self._names}
        set_field(self, "_beginnings", frozenset(word[:n] for word in firsts for n in range(len(word) + 1)))
        set_field(self, "_capitals", _index((e, e.capitals) for e in self.entries))
        set_field(self, "_demonyms", _index((e, e.demonyms) for e in self.entries))

    def __reduce__(self) -> tuple[type["Authority"], tuple[tuple[Entry, ...]]]:
        """Sent to workers as its entries: they index it again."""
        return Authority, (self.entries,)

    def find(self, name: str, text: str = "") -> Entry | None:
        """The one entry of that name, alias or metonym; `text` is the article, for names that need a context.

        An acronym is one only in its capitals: "us" is never the United States.
        """
        return _only(self._names, name, text)

    def may_begin(self, word: str) -> bool:
        """Whether the first word of a name, alias or metonym begins so, or may after an article: most words do not."""
        return plain(word) in self._beginnings or word.casefold() == "the"

    def find_capital(self, name: str, text: str = "") -> Entry | None:
        """The state whose capital or seat has that name."""
        return _only(self._capitals, name, text)

    def find_demonym(self, word: str) -> Entry | None:
        """The state whose adjective or people has that name, in singular or plural: Russian, Russians."""
        return _only(self._demonyms, word, "") or (_only(self._demonyms, word[:-1], "") if word.endswith("s") else None)


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """A name as it is looked up: without a leading article, straight apostrophes, single spaces, casefolded.

    >>> plain("The  Quai d’Orsay")
    "quai d'orsay"
    """
    words = name.replace("’", "'").casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _index(names_of: Iterable[tuple[Entry, Iterable[str]]]) -> Index:
    found: dict[str, list[Entry]] = {}
    for entry, names in names_of:
        for key in dict.fromkeys(map(plain, names)):
            found.setdefault(key, []).append(entry)
    return MappingProxyType({key: tuple(entries) for key, entries in found.items()})


def _only(index: Index, name: str, text: str) -> Entry | None:
    named = index.get(plain(name))
    if named is None:
        return None
    entries = [e for e in named if not e.context or any(word in text for word in e.context)]
    if len(entries) != 1:
        return None
    is_acronym = any(len(n) <= 5 and n.isupper() and plain(n) == plain(name) for n in entries[0].aliases)
    return entries[0] if not is_acronym or any(c.isupper() for c in name[1:]) else None


def parse_actors(content: str, where: str) -> tuple[Entry, ...]:
    r"""Entries out of the text of an actors.toml; `where` names the file in errors.

    >>> parse_actors('[[actor]]\nid = "person/orm"\nname = "Orm"\nkind = "person"', "actors.toml")[0].name
    'Orm'
    """
    try:
        table = tomllib.loads(content)
    except tomllib.TOMLDecodeError as mistake:
        raise SettingsError(f"{where}: not valid TOML ({mistake}); mend the file") from mistake
    actors = table.get("actor", [])
    if set(table) - {"actor"} or not isinstance(actors, list):
        unknown = ", ".join(sorted(set(table) - {"actor"})) or "actor"
        raise SettingsError(f"{where}: found {unknown} at the top level; expected [[actor]] tables only")
    entries = tuple(_parse_actor(actor, f"{where}, actor {n}") for n, actor in enumerate(actors, 1))
    seen: dict[str, int] = {}
    for n, entry in enumerate(entries, 1):
        if entry.id in seen:
            raise SettingsError(
                f"{where}, actor {n}: the id {entry.id!r} is that of actor {seen[entry.id]} already; "
                "expected one entry an actor: join the two or give this one its own id"
            )
        seen[entry.id] = n
    return entries


def _parse_actor(actor: object, where: str) -> Entry:
    if not isinstance(actor, dict):
        raise SettingsError(f"{where}: expected a table with id, name and kind, found {actor!r}")
    where = f"{where} ({actor.get('id', actor.get('name', 'without an id'))})"
    for key, value in actor.items():
        _check_value(key, value, where)
    missing = [key for key in ("id", "name", "kind") if not str(actor.get(key, "")).strip()]
    if missing:
        raise SettingsError(f"{where}: {', '.join(missing)} missing; every actor needs id, name and kind")
    _check_fields(actor, where)
    lists = {key: tuple(actor.get(key, ())) for key in _LISTS}
    return Entry(id=actor["id"], name=actor["name"], kind=actor["kind"], country=actor.get("country"), **lists)


def _check_value(key: str, value: object, where: str) -> None:
    if key in _LISTS:
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise SettingsError(f"{where}: {key} = {value!r}; expected a list of non-empty strings")
    elif key not in _TEXTS:
        raise SettingsError(f"{where}: unknown key {key!r}; expected one of {', '.join((*_TEXTS, *_LISTS))}")
    elif not isinstance(value, str):
        raise SettingsError(f"{where}: {key} = {value!r}; expected a string")


def _check_fields(actor: Mapping[str, str], where: str) -> None:
    if actor["kind"] not in KINDS:
        raise SettingsError(f"{where}: kind {actor['kind']!r}; expected one of {', '.join(KINDS)}")
    if not _ID.fullmatch(actor["id"]) or actor["id"].split("/")[0] != actor["kind"]:
        raise SettingsError(
            f"{where}: id {actor['id']!r}; expected state/XXX (ISO 3166-1 alpha-3), or the kind, a slash and "
            f"lower-case letters, digits and hyphens, as in {actor['kind']}/a-readable-name"
        )
    country = actor.get("country")
    if country is not None and not re.fullmatch(r"[A-Z]{3}", country):
        raise SettingsError(
            f"{where}: country {country!r}; expected ISO 3166-1 alpha-3, as in RUS (XAA to XZZ: invented)"
        )
    for authority_id in actor.get("authority_ids", ()):
        if not _AUTHORITY_ID.fullmatch(authority_id):
            raise SettingsError(f"{where}: authority id {authority_id!r}; expected scheme:id, as in wikidata:Q42")


def read_authority(path: Path, base: Authority) -> Authority:
    """`base` with the actors of the file at `path`; an entry of an id that `base` has takes its place."""
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingsError(f"{path}: cannot be read as UTF-8 text ({problem}); mend or remove the file") from problem
    return extend_authority(base, parse_actors(content, str(path)))


def extend_authority(base: Authority, entries: Iterable[Entry]) -> Authority:
    """`base` with `entries`, which take the place of those of the same id."""
    own = {entry.id: entry for entry in entries}
    kept = [own.pop(entry.id, entry) for entry in base.entries]
    return Authority((*kept, *own.values()))


def join_authorities(authorities: Iterable[Authority]) -> Authority:
    """What several collections know, together: for linking actors across them.

    An entry that two of them give must have one name, kind and country (SettingsError otherwise); its lists are united.
    """
    joined: dict[str, Entry] = {}
    for entry in (entry for authority in authorities for entry in authority.entries):
        known = joined.setdefault(entry.id, entry)
        if known is entry or known == entry:
            continue
        if (known.name, known.kind, known.country) != (entry.name, entry.kind, entry.country):
            raise SettingsError(
                f"actors.toml of two collections: {entry.id} is {known.name!r} ({known.kind}, {known.country}) in one "
                f"and {entry.name!r} ({entry.kind}, {entry.country}) in another; one id is one actor: make them agree"
            )
        united: dict[str, Any] = {
            key: tuple(dict.fromkeys((*getattr(known, key), *getattr(entry, key)))) for key in _LISTS
        }
        joined[entry.id] = replace(known, **united)
    return Authority(tuple(joined[key] for key in sorted(joined)))


@cache
def built_in_authority() -> Authority:
    """The states of ISO 3166-1 and the organizations that ship with the package."""
    states = tomllib.loads((_BUILT_IN / "states.toml").read_text(encoding="utf-8"))["states"]
    codes = sorted({country.alpha_3 for country in pycountry.countries} | set(states))
    bodies = [
        entry
        for name in ("organizations.toml", "international.toml")
        for entry in parse_actors((_BUILT_IN / name).read_text(encoding="utf-8"), name)
    ]
    return Authority((*(_state(c, states.get(c, {})) for c in codes), *bodies))


def _state(code: str, own: Mapping[str, str | list[str]]) -> Entry:
    country = pycountry.countries.get(alpha_3=code)
    official = [getattr(country, key) for key in ("common_name", "name", "official_name") if hasattr(country, key)]
    name = str(own.get("name") or official[0])
    aliases = dict.fromkeys((*own.get("aliases", ()), *own.get("metonyms", ()), *official))
    capital = own.get("capital")
    return Entry(
        id=f"state/{code}",
        name=name,
        kind="state",
        country=code,
        aliases=tuple(alias for alias in aliases if alias != name),
        capitals=(str(capital),) if capital else (),
        demonyms=tuple(own.get("demonyms", ())),
        context=tuple(own.get("context", ())),
    )


@cache
def first_name_genders() -> Mapping[str, str]:
    """Casefolded first names and the pronoun's gender that goes with them, "m" or "f"."""
    table = tomllib.loads((_BUILT_IN / "first_names.toml").read_text(encoding="utf-8"))
    pairs = (
        (name.casefold(), "m" if key == "male" else "f") for key in ("male", "female") for name in table[key].split()
    )
    return MappingProxyType(dict(pairs))


@cache
def known_places() -> frozenset[str]:
    """Casefolded names of regions and cities that the names of bodies are made of."""
    table = tomllib.loads((_BUILT_IN / "places.toml").read_text(encoding="utf-8"))
    return frozenset(" ".join(name.split()).casefold() for name in table["names"].split(","))
