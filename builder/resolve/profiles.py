"""What is known of one actor-to-be, and what speaks against two of them being one. Imports `evidence`, `folding`.

A hard conflict keeps two apart whatever else they share; a soft one does unless they share a great deal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any, TypeVar, cast

from builder.resolve.evidence import are_far
from builder.resolve.folding import PERSONS
from builder.resolve.names import is_same_person

T = TypeVar("T")
# Nobody is in the news for longer.
_LIFETIME = 70 * 365


@dataclass(slots=True)
class Profile:
    """An actor-to-be and the evidence about it.

    `names` are the folded words of its names, `pins` the ids or decisions that hold it together, `apart` the numbers of
    decisions that keep it from those of the same number on the other side. Frozen sets, for an empty one takes no room,
    and most are.
    """

    number: int
    kind: str
    name: str
    article_id: str
    n_rows: int = 1
    countries: frozenset[str] = frozenset()
    fields: int = 0
    genders: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    names: frozenset[tuple[str, ...]] = frozenset()
    suffixes: frozenset[str] = frozenset()
    pins: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    entries: frozenset[str] = frozenset()
    first_date: date | None = None
    last_date: date | None = None

    def take(self, other: "Profile") -> None:
        """Be the other one as well; the name and article that more rows have stand for both."""
        if (-other.n_rows, other.name, other.article_id) < (-self.n_rows, self.name, self.article_id):
            self.name, self.article_id = other.name, other.article_id
        self.n_rows += other.n_rows
        for key in ("countries", "genders", "offices", "names", "suffixes", "pins", "apart", "entries"):
            setattr(self, key, getattr(self, key) | getattr(other, key))
        self.fields |= other.fields
        self.first_date = min((d for d in (self.first_date, other.first_date) if d), default=None)
        self.last_date = max((d for d in (self.last_date, other.last_date) if d), default=None)


def make_profile(number: int, row: Mapping[str, Any], shared: dict[object, object]) -> Profile:
    """A profile out of a row of aggregated evidence.

    `shared` holds each different value of what many have (countries, kinds, days) once, for all profiles made with it.
    """

    def one(value: T) -> T:
        return cast("T", shared.setdefault(value, value))

    return Profile(
        number=number,
        kind=one(row["actor_kind"]),
        name=row["name"],
        article_id=row["article_id"],
        n_rows=row["n_rows"],
        countries=one(frozenset(row["countries"])),
        fields=row["fields"],
        genders=one(frozenset(row["genders"])),
        offices=one(frozenset(row["offices"])),
        names=one(frozenset(tuple(name.split()) for name in row["folded"])),
        suffixes=one(frozenset(suffix for suffix in row["suffixes"] if suffix)),
        pins=one(frozenset(row["pins"])),
        apart=one(frozenset(row["apart"])),
        entries=one(frozenset(row["entries"])),
        first_date=one(row["first_date"]),
        last_date=one(row["last_date"]),
    )


def hard_conflict(one: Profile, other: Profile, *, is_one_name: bool = True) -> str | None:
    """Why the two can be nobody's one actor, in words; None where nothing forbids it.

    `is_one_name` is False where a change of name is at hand, so that names say nothing against it.
    """
    sides = {side[:-1] for side in one.apart if side[:-1] + ("b" if side[-1] == "a" else "a") in other.apart}
    if sides:
        return "a decision keeps them apart"
    if len(one.entries | other.entries) > 1:
        return f"two actors of the authority file: {_listed(one.entries | other.entries)}"
    if len(one.pins | other.pins) > 1:
        return "each stands with its own id in ids.csv"
    if one.countries and other.countries and not one.countries & other.countries:
        return f"countries {_listed(one.countries)} and {_listed(other.countries)}"
    if one.suffixes and other.suffixes and not one.suffixes & other.suffixes:
        return f"{_listed(one.suffixes)} and {_listed(other.suffixes)} by name"
    if one.kind in PERSONS and is_one_name and not _may_be_one_name(one.names, other.names):
        return "different middle names"
    if _days_apart(one, other) > _LIFETIME:
        return "more than a lifetime between their articles"
    return None


def soft_conflict(one: Profile, other: Profile) -> str | None:
    """What makes it unlikely that the two are one, in words."""
    if are_far(one.fields, other.fields):
        return "walks of life far from each other"
    if one.genders and other.genders and not one.genders & other.genders:
        return "titles of a man and of a woman"
    for office in sorted(one.offices):
        head, _, place = office.partition("|")
        places = {o.partition("|")[2] for o in other.offices if o.partition("|")[0] == head}
        own = {o.partition("|")[2] for o in one.offices if o.partition("|")[0] == head}
        if places and not any(set(a.split()) & set(b.split()) for a, b in product(own, places)):
            return f"{head} of {place} and of {_listed(places)}"
    return None


def _may_be_one_name(some: frozenset[tuple[str, ...]], others: frozenset[tuple[str, ...]]) -> bool:
    """Whether no two full names with middle names contradict each other."""
    return all(
        is_same_person(a, b) or a[0] != b[0] or a[-1] != b[-1]
        for a, b in product(some, others)
        if len(a) > 2 and len(b) > 2
    )


def _days_apart(one: Profile, other: Profile) -> int:
    if not (one.first_date and one.last_date and other.first_date and other.last_date):
        return 0
    return max((other.first_date - one.last_date).days, (one.first_date - other.last_date).days, 0)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(sorted(values))
