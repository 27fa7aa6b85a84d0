"""Names of one article to actors: which names are one actor. Imports `authority`, `cast`,
`names`, `nested`, `peoples`, `spotting`.
"""

import re
from collections import Counter
from collections.abc import Iterable

from builder.extract.attribution import Name
from builder.resolve.authority import Authority, first_name_genders, plain
from builder.resolve.cast import Cast, Draft
from builder.resolve.names import NameMention, initials, is_same_person, name_words
from builder.resolve.nested import cast_nested
from builder.resolve.peoples import is_people
from builder.resolve.spotting import find_names

_ACRONYM_AFTER = re.compile(r"['’]?s?\s*\((?:the\s+)?[\"“]?([A-Z][A-Za-z&.-]{1,9})[\"”]?\)")


def cast_names(text: str, names: Iterable[Name], authority: Authority) -> Cast:
    """The named actors of an article.

    Full names come first: a last name alone is the most recent full name's before it that its title allows, else the
    next one's after it.
    """
    mentions = find_names(text, names, authority)
    cast = Cast()
    people = _cast_people([m for m in mentions if m.kind == "person"], cast)
    bearers = _by_word(people, cast)
    by_entry: dict[str, int] = {}
    organizations: dict[str, int] = {}
    for mention in mentions:
        number = people.get(mention.start)
        if number is None and not _is_state(mention, text, authority):
            number = _cast_person(mention, cast, bearers)
        if number is None:
            number = _cast_entry(mention, text, authority, cast, by_entry)
        if number is None:
            number = _cast_other(mention, text, authority, cast, organizations)
        if number is not None:
            _record(mention, cast, number)
    cast_nested(text, authority, cast, by_entry, organizations)
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


def _by_word(people: dict[int, int], cast: Cast) -> dict[tuple[int, str], dict[int, int]]:
    """The bearers of each last (-1) and first (0) name: {where a full name stands: bearer}."""
    found: dict[tuple[int, str], dict[int, int]] = {}
    for start, number in people.items():
        for position in (-1, 0):
            found.setdefault((position, cast.drafts[number].words[position]), {})[start] = number
    return found


def _cast_person(mention: NameMention, cast: Cast, bearers: dict[tuple[int, str], dict[int, int]]) -> int | None:
    """The person whose last name, or else first name, a single word is; a new one where a tagger saw a person."""
    words = name_words(mention.form)
    if len(words) != 1 or (mention.kind == "place" and mention.is_location):
        return None
    for position in (-1, 0):
        named = bearers.get((position, words[0]), {})
        fitting = {start: number for start, number in named.items() if _may_be(cast.drafts[number], mention)}
        if fitting:
            return _likeliest(fitting, mention.start, cast)
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
    if is_people(mention.form, mention.kind):
        return _cast_people_of(key, cast, organizations)
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


def _cast_people_of(key: str, cast: Cast, organizations: dict[str, int]) -> int:
    """The group of that name."""
    if key not in organizations:
        organizations[key] = cast.add(Draft("group", is_plural=True))
    return organizations[key]


def _longer_organization(mention: NameMention, cast: Cast) -> int | None:
    """The organization named before whose first or last words, or initials, a name is: the most named, then latest."""
    words = name_words(mention.form)
    bare = mention.form.replace(".", "")
    fitting = []
    for number, draft in enumerate(cast.drafts):
        if draft.kind != "organization" or not draft.forms:
            continue
        long = draft.words
        is_part = len(words) < len(long) and words in (long[-len(words) :], long[: len(words)])
        is_acronym = bare.isupper() and 2 <= len(bare) <= 7 and any(initials(form) == bare for form in draft.forms)
        if is_part or is_acronym:
            fitting.append(number)
    return max(fitting, key=lambda number: (len(cast.drafts[number].spans), number), default=None)


def _record(mention: NameMention, cast: Cast, number: int) -> None:
    draft = cast.drafts[number]
    (cast.peoples if draft.kind == "group" else cast.names).append((mention, number))
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
