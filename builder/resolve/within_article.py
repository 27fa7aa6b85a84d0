"""Names of one article to actors: which names are one actor. Imports `authority`, `names`, `lexicon`."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from builder.extract.attribution import Name
from builder.resolve.authority import Authority, Entry, first_name_genders, plain
from builder.resolve.names import NameMention, initials, is_same_person, name_words, read_name

_ACRONYM_AFTER = re.compile(r"['’]?s?\s*\((?:the\s+)?[\"“]?([A-Z][A-Za-z&.-]{1,9})[\"”]?\)")
_TOKEN = re.compile(r"[A-ZÀ-Þ][\w.&’'-]*|\b(?:of|the|for|and|on)\b")


@dataclass(slots=True)
class Draft:
    """An actor while the article is read; `spans` are its mentions in the order in which they were found.

    `forms` counts the forms of its name; `gender` is m, f or None where unknown; a plural one answers to "they".
    """

    kind: str
    forms: Counter[str] = field(default_factory=Counter)
    entry: Entry | None = None
    roles: dict[str, None] = field(default_factory=dict)
    gender: str | None = None
    country: str | None = None
    is_plural: bool = False
    spans: list[tuple[int, int]] = field(default_factory=list)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its fullest form."""
        return max((name_words(form) for form in self.forms), key=len, default=())

    def name(self) -> str:
        """The canonical name: the authority's, else the fullest form, the most frequent and first among equals."""
        if self.entry:
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
        if number is None:
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


def find_names(text: str, names: Iterable[Name], authority: Authority) -> list[NameMention]:
    """The tagger's names, and the authority's where the tagger saw none; in the text's order, none overlapping."""
    found: list[NameMention] = []
    taken = bytearray(len(text))
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        mention = read_name(text, name.start, name.end, name.kind, authority)
        if mention and not any(taken[name.start : name.end]):
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
            found.append(mention)
    tokens = [t.span() for t in _TOKEN.finditer(text)]
    for at, (start, _) in enumerate(tokens):
        end = _longest_known(text, tokens, at, authority) if text[start].isupper() else 0
        if end and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            mention = read_name(text, start, end, "other", authority)
            if mention:
                found.append(mention)
    return sorted(found, key=lambda m: m.start)


def _longest_known(text: str, tokens: list[tuple[int, int]], at: int, authority: Authority) -> int:
    """Where the longest name of the authority that begins with token `at` ends; 0 where none does."""
    start, best = tokens[at][0], 0
    last = start
    for token_start, end in tokens[at : at + 6]:
        if token_start > last + 1 and token_start != start:
            break
        last = end
        bare = re.sub(r"(?:['’]s?|-)$", "", text[start:end])
        for form in (bare, bare.rstrip(".")):
            if authority.find(form, text):
                best = max(best, start + len(form))
    return best


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
        draft.forms[mention.form] += 1
        draft.gender = draft.gender or mention.gender or first_name_genders().get(words[0])
    for draft in cast.drafts:
        draft.forms = Counter(dict.fromkeys(draft.forms, 0))
    return people


def _may_be(draft: Draft, mention: NameMention) -> bool:
    """A title vetoes: Mr is no woman's."""
    return draft.gender is None or mention.gender is None or draft.gender == mention.gender


def _cast_person(mention: NameMention, cast: Cast, people: dict[int, int]) -> int | None:
    """The person whose last name, or else first name, a single word is; a new one where a tagger saw a person."""
    words = name_words(mention.form)
    if len(words) != 1 or mention.kind == "place":
        return None
    for position in (-1, 0):
        bearers = {
            start: number
            for start, number in people.items()
            if cast.drafts[number].words[position] == words[0] and _may_be(cast.drafts[number], mention)
        }
        if bearers:
            before = [start for start in bearers if start < mention.start]
            return bearers[max(before) if before else min(bearers)]
    return None


def _cast_entry(
    mention: NameMention, text: str, authority: Authority, cast: Cast, by_entry: dict[str, int]
) -> int | None:
    """The actor of the authority's entry that a name means, capitals included where they act."""
    entry = authority.find(mention.form, text)
    if entry is None and not mention.is_location and mention.kind != "person":
        entry = authority.find_capital(mention.form, text)
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
    draft.forms[mention.form] += 1
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
