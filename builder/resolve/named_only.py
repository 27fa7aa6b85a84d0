"""Speakers where only names are known: articles in languages whose nouns and pronouns nothing here reads.

Imports `actor`, `authority`, `names` and the row types. A full name is a person; a last name alone is the latest person
of that last name, else one of its own; a quotation without a source goes on with the one before it in its paragraph.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from builder.extract.attribution import Attribution, Extraction, Name
from builder.normalize.article import Article
from builder.resolve.actor import LocalActor, Mention, Resolution, Speaker
from builder.resolve.authority import Authority
from builder.resolve.names import name_words

_NOBODY = Speaker((), "none")
_UNRESOLVED = Speaker((), "unresolved")


@dataclass(slots=True)
class _Person:
    """A person while the article is read; the first form is the fullest."""

    forms: list[str] = field(default_factory=list)


def resolve_named(article: Article, extraction: Extraction, authority: Authority) -> Resolution:
    """Persons out of the names of sources, and the speaker of each attribution."""
    persons: list[_Person] = []
    of_name: dict[Name, int] = {}
    by_length = sorted(extraction.names, key=lambda name: (len(_words(article.text, name)) < 2, name.start))
    for name in by_length:
        of_name[name] = _person_of(article.text[name.start : name.end], persons)
    speakers: list[Speaker] = []
    for number, attribution in enumerate(extraction.attributions):
        speakers.append(_speaker(article.text, attribution, of_name, persons))
        if not attribution.source and not attribution.cue and number:
            speakers[number] = _inherited(article.text, extraction.attributions[number - 1 : number + 1], speakers)
    mentions = [Mention(name.start, name.end, "name", of_name[name]) for name in sorted(of_name, key=lambda n: n.start)]
    actors = tuple(_close(person, authority) for person in persons)
    return Resolution(actors, tuple(mentions), tuple(speakers), ())


def _words(text: str, name: Name) -> tuple[str, ...]:
    return tuple(name_words(text[name.start : name.end]))


def _person_of(form: str, persons: list[_Person]) -> int:
    """The number of the person whom a name means, taken on where it is new."""
    words = tuple(name_words(form))
    for number in range(len(persons) - 1, -1, -1):
        known = tuple(name_words(persons[number].forms[0]))
        if words == known or (len(words) == 1 and words == known[-1:]):
            if form not in persons[number].forms:
                persons[number].forms.append(form)
            return number
    persons.append(_Person([form]))
    return len(persons) - 1


def _speaker(text: str, attribution: Attribution, of_name: dict[Name, int], persons: Sequence[_Person]) -> Speaker:
    if not attribution.source:
        return _NOBODY
    start, end = attribution.source[0]
    for name, number in of_name.items():
        if start <= name.start and name.end <= end:
            is_full = text[name.start : name.end] == persons[number].forms[0]
            return Speaker((number,), "named" if is_full else "alias")
    return _UNRESOLVED


def _inherited(text: str, pair: Sequence[Attribution], speakers: Sequence[Speaker]) -> Speaker:
    """The speaker of the quotation before, where both stand in one paragraph."""
    before, own = pair
    gap = text[before.content[-1][1] : own.content[0][0]]
    known = speakers[-2].actors
    return Speaker(known, "inherited") if known and "\n" not in gap else _NOBODY


def _close(person: _Person, authority: Authority) -> LocalActor:
    entry = authority.find(person.forms[0])
    entry = entry if entry and entry.kind == "person" else None
    return LocalActor(
        name=person.forms[0],
        kind="person",
        aliases=tuple(person.forms[1:]),
        roles=entry.roles if entry else (),
        country_code=entry.country if entry else None,
        authority_ids=entry.authority_ids if entry else (),
        entry=entry.id if entry else None,
    )
