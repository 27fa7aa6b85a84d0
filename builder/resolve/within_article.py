"""Names of one article to actors: which names are one actor. Imports `authority`, `names`, `spotting`."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from builder.extract.attribution import Name
from builder.resolve.authority import Authority, Entry, first_name_genders, plain
from builder.resolve.names import NameMention, initials, is_same_person, name_words
from builder.resolve.spotting import find_names

_ACRONYM_AFTER = re.compile(r"['’]?s?\s*\((?:the\s+)?[\"“]?([A-Z][A-Za-z&.-]{1,9})[\"”]?\)")


@dataclass(slots=True)
class Draft:
    """An actor while the article is read; `spans` are its mentions in the order in which they were found.

    `forms` counts the forms of its name; `gender` is m, f or None where unknown; a plural one answers to "they";
    kin are persons who first came in as somebody's husband or daughter.
    """

    kind: str
    forms: Counter[str] = field(default_factory=Counter)
    words: tuple[str, ...] = ()
    entry: Entry | None = None
    roles: dict[str, None] = field(default_factory=dict)
    gender: str | None = None
    country: str | None = None
    is_plural: bool = False
    is_kin: bool = False
    spans: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take the words of the form that it comes with."""
        for form in list(self.forms):
            self.add_form(form, 0)

    def add_form(self, form: str, count: int = 1) -> None:
        """Count a form of its name; `words` are those of the fullest, the first among equals."""
        if form not in self.forms or not self.words:
            words = name_words(form)
            self.words = words if len(words) > len(self.words) else self.words
        self.forms[form] += count

    def name(self) -> str:
        """The canonical name: the authority's, else the fullest form, the most frequent and first among equals."""
        if self.entry and (self.kind != "organization" or all(form.isupper() for form in self.forms)):
            return self.entry.name
        if self.kind not in {"person", "organization", "place"}:
            return next(iter(self.forms))
        return max(
            self.forms, key=lambda form: (len(name_words(form)), len(form) > 1 and not form.isupper(), self.forms[form])
        )


@dataclass(slots=True)
class Cast:
    """The actors of an article while they are found, and the name mentions with the number of their actor."""

    drafts: list[Draft] = field(default_factory=list)
    names: list[tuple[NameMention, int]] = field(default_factory=list)

    def add(self, draft: Draft) -> int:
        """Take a new actor on and give its number."""
        self.drafts.append(draft)
        return len(self.drafts) - 1

    def of_entry(self, entry: Entry, form: str) -> int:
        """The number of the authority's actor, taken on where it is new, with a form of its name in this article."""
        known = next((number for number, draft in enumerate(self.drafts) if draft.entry == entry), None)
        number = self.add(Draft(entry.kind, entry=entry, country=entry.country)) if known is None else known
        self.drafts[number].add_form(form)
        return number


def cast_names(text: str, names: Iterable[Name], authority: Authority) -> Cast:
    """The named actors of an article.

    Full names come first: a last name alone is the most recent full name's before it that its title allows, else the
    next one's after it.
    """
    mentions = find_names(text, names, authority)
    cast = Cast()
    people = _cast_people([m for m in mentions if m.kind == "person"], cast)
    by_entry: dict[str, int] = {}
    organizations: dict[str, int] = {}
    for mention in mentions:
        number = people.get(mention.start)
        if number is None and not _is_state(mention, text, authority):
            number = _cast_person(mention, cast, people)
        if number is None:
            number = _cast_entry(mention, text, authority, cast, by_entry)
        if number is None:
            number = _cast_other(mention, text, authority, cast, organizations)
        if number is not None:
            _record(mention, cast, number)
    for draft in cast.drafts:
        _complete(draft, text, authority)
    return cast


def _cast_people(mentions: list[NameMention], cast: Cast) -> dict[int, int]:
    """Actors of the full names of persons: {where a full name starts: its actor}."""
    people: dict[int, int] = {}
    for mention in mentions:
        words = name_words(mention.form)
        if len(words) < 2:
            continue
        same = [n for n, d in enumerate(cast.drafts) if is_same_person(words, d.words) and _may_be(d, mention)]
        number = same[-1] if same else cast.add(Draft("person"))
        people[mention.start] = number
        draft = cast.drafts[number]
        draft.add_form(mention.form, 0)
        draft.gender = draft.gender or mention.gender or first_name_genders().get(words[0])
        draft.is_kin = draft.is_kin or (not same and mention.is_kin)
    return people


def _may_be(draft: Draft, mention: NameMention) -> bool:
    """A title vetoes: Mr is no woman's."""
    return draft.gender is None or mention.gender is None or draft.gender == mention.gender


def _cast_person(mention: NameMention, cast: Cast, people: dict[int, int]) -> int | None:
    """The person whose last name, or else first name, a single word is; a new one where a tagger saw a person."""
    words = name_words(mention.form)
    if len(words) != 1 or (mention.kind == "place" and mention.is_location):
        return None
    for position in (-1, 0):
        bearers = {
            start: number
            for start, number in people.items()
            if cast.drafts[number].words[position] == words[0] and _may_be(cast.drafts[number], mention)
        }
        if bearers:
            return _likeliest(bearers, mention.start, cast)
    return None


def _is_state(mention: NameMention, text: str, authority: Authority) -> bool:
    """Whether a place's name is a state's, whatever last name it may also be."""
    entry = authority.find(mention.form, text) if mention.kind == "place" else None
    return entry is not None and entry.kind == "state"


def _likeliest(bearers: dict[int, int], before: int, cast: Cast) -> int:
    """Of several bearers of a last name, {where a full name stands: bearer}, the one whom it means.

    Whoever came in as somebody's husband or daughter steps back; then whoever is named in full twice as often as the
    others; then the most recent.
    """
    own = {start: n for start, n in bearers.items() if not cast.drafts[n].is_kin} or bearers
    counts = Counter(own.values()).most_common(2)
    if len(counts) == 1 or counts[0][1] >= 2 * counts[1][1]:
        return counts[0][0]
    earlier = [start for start in own if start < before]
    return own[max(earlier) if earlier else min(own)]


def _cast_entry(
    mention: NameMention, text: str, authority: Authority, cast: Cast, by_entry: dict[str, int]
) -> int | None:
    """The actor of the authority's entry that a name means, capitals included where they act."""
    entry = authority.find(mention.form, text)
    if entry is None and not mention.is_location and not mention.roles:
        seat = authority.find_capital(mention.form, text)
        # Taggers take a capital that speaks for a person, unless they know it.
        entry = seat if seat and (mention.kind != "person" or seat.is_named_in(text)) else None
    if entry is None:
        return None
    if entry.id not in by_entry:
        by_entry[entry.id] = cast.add(Draft(entry.kind, entry=entry, country=entry.country))
    return by_entry[entry.id]


def _cast_other(
    mention: NameMention, text: str, authority: Authority, cast: Cast, organizations: dict[str, int]
) -> int | None:
    """Organizations and places by their name, its acronym, its first or last words; else single names of persons."""
    key = plain(mention.form)
    number = organizations.get(key)
    if number is None and mention.kind != "place":
        number = _longer_organization(mention, cast)
    if number is None and (mention.kind == "other" or authority.find_demonym(mention.form)):
        return None
    if number is None:
        number = cast.add(Draft(mention.kind))
    organizations[key] = number
    draft = cast.drafts[number]
    acronym = _ACRONYM_AFTER.match(text, mention.end)
    if acronym and draft.kind == "organization":
        organizations[plain(acronym[1])] = number
    return number


def _longer_organization(mention: NameMention, cast: Cast) -> int | None:
    """The latest organization named before whose first or last words, or initials, a name is."""
    words = name_words(mention.form)
    bare = mention.form.replace(".", "")
    for number in range(len(cast.drafts) - 1, -1, -1):
        draft = cast.drafts[number]
        if draft.kind != "organization" or not draft.forms:
            continue
        long = draft.words
        if len(words) < len(long) and words in (long[-len(words) :], long[: len(words)]):
            return number
        if bare.isupper() and 2 <= len(bare) <= 7 and any(initials(form) == bare for form in draft.forms):
            return number
    return None


def _record(mention: NameMention, cast: Cast, number: int) -> None:
    draft = cast.drafts[number]
    cast.names.append((mention, number))
    draft.add_form(mention.form)
    draft.spans.append((mention.start, mention.end))
    draft.roles.update(dict.fromkeys(mention.roles))
    draft.gender = draft.gender or mention.gender
    draft.country = draft.country or mention.country


def _complete(draft: Draft, text: str, authority: Authority) -> None:
    """Take from the authority what it knows of the actor's full name."""
    if draft.entry is None:
        entry = authority.find(draft.name(), text)
        draft.entry = entry if entry and entry.kind == draft.kind else None
    if draft.entry:
        draft.country = draft.country or draft.entry.country
        draft.roles.update(dict.fromkeys(draft.entry.roles))
