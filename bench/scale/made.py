"""Articles made out of others, as an archive would hold them: the recipe of the runs at scale.

The recipe, all of it drawn from one seed and the article's number, so that a small archive is the beginning of a large
one:

- a template of the corpus, evenly drawn;
- every person, organization and place in it another one, invented, by a law like Zipf's: half of them known to all
  collections, half to the article's own. States stay as they are; organizations keep the words that say what they are;
- numbers get other digits, but years, days and hours stay;
- of the words that hold no sentence together and that no stage looks up, three quarters become others of the same
  ending, one in twelve of them an invented one: two articles of one template share too few runs to be duplicates;
- one article in eight is a copy of one shortly before it: a quarter of these equal, of the others half cut at the end
  (a tenth to a third), half with one word in sixteen changed.

Spans of the recorded extraction move with the text; times that claims are about move with the article's date.
"""

import random
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bench.scale.invented import body_of, draw_rank, number_like, person_of, word_of
from bench.scale.templates import Moulds, Template, tokens_of, word_at
from builder.extract.attribution import Attribution, Claim, Extraction, Name, Span

COLLECTIONS = 12
COPIES = 0.125
EXCHANGED = 0.75
INVENTED = 1 / 12
EDITED = 1 / 16
_BEGAN = datetime(2021, 1, 4, 6, tzinfo=UTC)
_EVERY = timedelta(minutes=12)


@dataclass(frozen=True, slots=True)
class Draft:
    """A template with other words at some of its tokens, up to the end of a paragraph."""

    template: int
    words: dict[int, str]
    end: int


@dataclass(frozen=True, slots=True)
class Made:
    """An article of the archive, and what the encoder would be taken to find in it."""

    number: int
    collection: str
    title: str
    author: str
    published_at: datetime
    text: str
    extraction: Extraction


def collection_of(number: int) -> str:
    """The collection that the article with that number is in."""
    return f"paper-{number % COLLECTIONS + 1:02}"


def make_article(moulds: Moulds, seed: int, number: int) -> Made:
    """The article with that number, the same whatever other ones are made."""
    draft = _draft(moulds, seed, number)
    template = moulds.templates[draft.template]
    text, moved = _render(template, draft)
    published_at = _BEGAN + number * _EVERY
    before = template.article.published_at or _BEGAN
    title = _title(template, draft)
    author = " ".join(person_of(collection_of(number), random.Random(f"{seed}/{number}/author").randrange(40)))
    extraction = _moved(template.extraction, draft.end, moved, (published_at - before).days)
    return Made(number, collection_of(number), title, author, published_at, text, extraction)


def _draft(moulds: Moulds, seed: int, number: int) -> Draft:
    chance = random.Random(f"{seed}/{number}")
    if number and chance.random() < COPIES:
        back = 1 + int(chance.expovariate(1 / 40))
        return _copied(moulds, _draft(moulds, seed, max(number - back, 0)), chance)
    chosen = chance.randrange(len(moulds.templates))
    template = moulds.templates[chosen]
    words = {**_named(template, collection_of(number), chance), **_exchanged(moulds, template, EXCHANGED, chance)}
    for token in tokens_of(template, "number"):
        words[token] = number_like(word_at(template, template.tokens[token]), chance)
    return Draft(chosen, words, len(template.article.text))


def _copied(moulds: Moulds, of: Draft, chance: random.Random) -> Draft:
    template, way = moulds.templates[of.template], chance.random()
    if way < 0.25:
        return of
    if way < 0.625:
        least = of.end * chance.uniform(0.67, 0.9)
        return replace(of, end=next(end for end in template.paragraph_ends if end >= least))
    return replace(of, words={**of.words, **_exchanged(moulds, template, EDITED, chance)})


def _named(template: Template, collection: str, chance: random.Random) -> dict[int, str]:
    """Another name for every person, organization and place, the same wherever it stands."""
    people: dict[str, tuple[str, str]] = {}
    bodies: dict[str, str] = {}
    words = {}
    for number, token in enumerate(template.tokens):
        if token.kind in ("given", "family"):
            if token.key not in people:
                people[token.key] = person_of(_pool(collection, chance), draw_rank(chance))
            words[number] = people[token.key][token.kind == "family"]
        elif token.kind in ("body", "acronym"):
            if token.key not in bodies:
                body = body_of(_pool(collection, chance), draw_rank(chance))
                bodies[token.key] = body.upper()[: len(token.key)] if token.kind == "acronym" else body
            words[number] = bodies[token.key]
    return words


def _pool(collection: str, chance: random.Random) -> str:
    return collection if chance.random() < 0.5 else ""


def _exchanged(moulds: Moulds, template: Template, share: float, chance: random.Random) -> dict[int, str]:
    words = {}
    for number in tokens_of(template, "word"):
        if chance.random() < share:
            known = moulds.words[template.tokens[number].key]
            words[number] = word_of(draw_rank(chance)) if chance.random() < INVENTED else chance.choice(known)
    return words


def _render(template: Template, draft: Draft) -> tuple[str, Callable[[Span], Span]]:
    """The text, and where spans of the template stand in it; one that ends inside an exchanged word takes it whole."""
    text, parts, at = template.article.text, [], 0
    olds, news = [(0, 0)], [(0, 0)]
    length = 0
    for number, word in sorted(draft.words.items()):
        token = template.tokens[number]
        if token.end > draft.end:
            break
        parts += [text[at : token.start], word]
        length += token.start - at
        olds.append((token.start, token.end))
        news.append((length, length + len(word)))
        length, at = length + len(word), token.end
    parts.append(text[at : draft.end])
    starts = [start for start, _ in olds]

    def moved(span: Span) -> Span:
        return place(span[0], 0), place(span[1], 1)

    def place(position: int, side: int) -> int:
        nearest = bisect_right(starts, position) - 1
        start, end = olds[nearest]
        return (
            news[nearest][side]
            if start < position < end
            else position
            - (end if position >= end else start)
            + (news[nearest][1] if position >= end else news[nearest][0])
        )

    return "".join(parts), moved


def _title(template: Template, draft: Draft) -> str:
    """The template's title with the same people and bodies as in the text."""
    others = {
        word_at(template, template.tokens[number]): word
        for number, word in draft.words.items()
        if template.tokens[number].kind != "number"
    }
    return " ".join(others.get(word, word) for word in (template.article.title or "").split())


def _moved(of: Extraction, end: int, moved: Callable[[Span], Span], days: int) -> Extraction:
    """What lies before `end`, at its place in the new text; claims go with their attributions."""
    kept = [number for number, found in enumerate(of.attributions) if _is_before(_spans_of(found), end)]
    new = {old: number for number, old in enumerate(kept)}
    return Extraction(
        tuple(_moved_attribution(of.attributions[number], moved) for number in kept),
        tuple(_moved_name(name, moved) for name in of.names if name.end <= end),
        tuple(
            _moved_claim(claim, new, moved, days)
            for claim in of.claims
            if _is_before(claim.spans, end) and (claim.attribution is None or claim.attribution in new)
        ),
    )


def _spans_of(found: Attribution) -> tuple[Span, ...]:
    return (*found.content, *found.cue, *found.source)


def _is_before(spans: Iterable[Span], end: int) -> bool:
    return all(stop <= end for _, stop in spans)


def _moved_attribution(found: Attribution, moved: Callable[[Span], Span]) -> Attribution:
    return replace(
        found,
        content=tuple(map(moved, found.content)),
        cue=tuple(map(moved, found.cue)),
        source=tuple(map(moved, found.source)),
    )


def _moved_name(name: Name, moved: Callable[[Span], Span]) -> Name:
    start, end = moved((name.start, name.end))
    return Name(start, end, name.kind)


def _moved_claim(claim: Claim, new: dict[int, int], moved: Callable[[Span], Span], days: int) -> Claim:
    return replace(
        claim,
        spans=tuple(map(moved, claim.spans)),
        attribution=None if claim.attribution is None else new[claim.attribution],
        about_start=_later(claim.about_start, days),
        about_end=_later(claim.about_end, days),
        is_speakers=False,
    )


def _later(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days=days)
