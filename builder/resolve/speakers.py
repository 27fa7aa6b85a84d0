"""Whom the source of an attribution stands for. Imports `scene`, `sources`, `nominals`, `pronouns`, `lexicon`."""

import re
from collections import Counter
from collections.abc import Sequence

from builder.extract.attribution import Attribution, Span
from builder.normalize.article import Article
from builder.resolve.actor import Speaker
from builder.resolve.lexicon import FIRST_PLURAL, FIRST_SINGULAR, RELATIVE, ROLE_NOUNS, SECOND, word_set
from builder.resolve.names import name_words
from builder.resolve.nominals import Nominal, read_nominal, role_of
from builder.resolve.pronouns import pronoun_class, resolve_pronoun
from builder.resolve.scene import Scene
from builder.resolve.sources import named_in
from builder.resolve.within_article import Draft

_NOBODY = Speaker((), "none")
_UNRESOLVED = Speaker((), "unresolved")


def tell_speakers(scene: Scene, article: Article, attributions: Sequence[Attribution]) -> list[Speaker]:
    """The speaker of each attribution, in the order in which their sources, or else contents, stand in the text."""
    order = sorted(range(len(attributions)), key=lambda n: (attributions[n].source or attributions[n].content)[:1])
    speakers: list[Speaker] = [_NOBODY] * len(attributions)
    for n in order:
        attribution = attributions[n]
        if attribution.source:
            speakers[n] = _read_source(scene, article, attribution, attributions, speakers)
            for number in speakers[n].actors:
                scene.remember(attribution.source[0][0], number)
    for n, attribution in enumerate(attributions):
        if not attribution.source:
            speakers[n] = _inherit(article, attributions, speakers, n)
    return speakers


def _read_source(
    scene: Scene,
    article: Article,
    attribution: Attribution,
    attributions: Sequence[Attribution],
    speakers: Sequence[Speaker],
) -> Speaker:
    start, end = _span_with_name(scene, attribution.source)
    source = " ".join(scene.text[start:end].split()).strip(' ,;:"“”')
    word = re.sub(r"['’](?:s|d|ll|ve|m|re)$", "", source.casefold())
    if word in FIRST_SINGULAR | FIRST_PLURAL:
        return _first_person(scene, article, start, end, attributions, speakers)
    if word in SECOND:
        return _UNRESOLVED
    pronoun = pronoun_class(word)
    if pronoun:
        return _pronoun(scene, start, end, pronoun)
    if word in RELATIVE or re.match(r"(?:who|whom|whose|which)\b", word):
        return _relative(scene, start, end)
    named = named_in(scene, start, end)
    if named:
        return Speaker(named, _how_named(scene, start, end, named))
    return _nominal(scene, start, end, source)


def _span_with_name(scene: Scene, spans: Sequence[Span]) -> Span:
    """The piece of a source that holds a name; the first where none does."""
    return next((span for span in spans if scene.names_in(*span)), spans[0])


def _how_named(scene: Scene, start: int, end: int, numbers: Sequence[int]) -> str:
    """`named` where the first actor's full name stands in the source, else `alias`."""
    draft = scene.draft(numbers[0])
    words = set(name_words(scene.text[start:end]))
    return "named" if set(name_words(draft.name())) <= words else "alias"


def _pronoun(scene: Scene, start: int, end: int, kind: str) -> Speaker:
    number = resolve_pronoun(scene, kind, start)
    if number is None:
        return _UNRESOLVED
    scene.note(start, end, "pronoun", number)
    return Speaker((number,), "pronoun")


def _first_person(
    scene: Scene,
    article: Article,
    start: int,
    end: int,
    attributions: Sequence[Attribution],
    speakers: Sequence[Speaker],
) -> Speaker:
    """I and we: inside quotation marks whoever speaks there, outside the author, or the actor whose speech it is."""
    if scene.quoted[start]:
        line = scene.text.rfind("\n", 0, start) + 1
        for n in range(len(attributions) - 1, -1, -1):
            source = attributions[n].source
            if source and line <= source[0][0] < start and speakers[n].actors:
                scene.note(start, end, "pronoun", speakers[n].actors[0])
                return Speaker(speakers[n].actors, "pronoun")
    number = author_of(scene, article)
    scene.note(start, end, "pronoun", number)
    return Speaker((number,), "pronoun")


def author_of(scene: Scene, article: Article) -> int:
    """The actor behind the article's own I: the collection's speaker, else its one author, else just its journalist."""
    kind = "person" if article.speaker else "journalist"
    name = article.speaker or (article.authors[0] if len(article.authors) == 1 else "journalist")
    entry = scene.authority.find(name) if article.speaker else None
    words = name_words(name)
    for number, draft in enumerate(scene.cast.drafts):
        if (entry and draft.entry == entry) or (name_words(draft.name()) == words and draft.kind in {kind, "person"}):
            return number
    return scene.cast.add(Draft(entry.kind if entry else kind, Counter({name: 1}), entry=entry))


def _relative(scene: Scene, start: int, end: int) -> Speaker:
    """Who, which and that: the name or noun phrase right before."""
    before = scene.text[:start].rstrip(" ,—–-")
    for mention, number in reversed(scene.names_in(max(0, start - 200), start)):
        gap = scene.text[mention.end : len(before)]
        if re.fullmatch(r"\s*(?:\([^()\n]*\)|,[^,.;\n]*|\s+of\s[^,.;\n]*)?\s*,?", gap):
            scene.note(start, end, "pronoun", number)
            return Speaker((number,), "pronoun")
    phrase = re.split(r"[,.;:()“”\"\n]|\b(?:by|with|and|but|for|to|is|was|are|were|says|said)\b", before)[-1]
    nominal = read_nominal(phrase)
    if nominal is None:
        return _UNRESOLVED
    return Speaker((_actor_of(scene, nominal, start),), "pronoun")


def _nominal(scene: Scene, start: int, end: int, source: str) -> Speaker:
    nominal = read_nominal(source)
    if nominal is None:
        return _UNRESOLVED
    number = _actor_of(scene, nominal, start)
    scene.note(start, end, "nominal", number)
    return Speaker((number,), "nominal")


def _actor_of(scene: Scene, nominal: Nominal, before: int) -> int:
    """The actor that a noun phrase stands for: somebody of that role, somebody named so before, or a new one."""
    if not nominal.is_plural:
        number = _by_role(scene, nominal, before)
        if number is not None:
            return number
    for number in range(len(scene.cast.drafts) - 1, -1, -1):
        draft = scene.draft(number)
        if draft.kind == nominal.kind and draft.entry is None and _names_again(draft, nominal):
            return number
    if nominal.kind == "organization" and nominal.is_definite and len(nominal.words) <= 1:
        number = _nearest(scene, "organization", before)
        if number is not None:
            return number
    return scene.cast.add(Draft(nominal.kind, Counter({nominal.phrase: 1}), is_plural=nominal.is_plural))


def _names_again(draft: Draft, nominal: Nominal) -> bool:
    """Whether a phrase takes up an earlier one: the same words, or definite, the same head, no words of its own."""
    if any(form.casefold() == nominal.phrase.casefold() for form in draft.forms):
        return True
    own = {word for word in nominal.words if word not in {"the", "this", "that", "these", "those"}}
    if not nominal.is_definite:
        return False
    earlier = read_nominal(next(iter(draft.forms)))
    return earlier is not None and earlier.head == nominal.head and own <= set(earlier.words)


def _by_role(scene: Scene, nominal: Nominal, before: int) -> int | None:
    """The person whose role a definite noun phrase names; where none has it, whoever is on the reader's mind."""
    head = role_of(nominal.head)
    if head not in ROLE_NOUNS or not (nominal.is_definite or nominal.phrase[:1].isupper()):
        return None
    salience = scene.salience(before)
    scores: dict[int, float] = {}
    for number, draft in enumerate(scene.cast.drafts):
        overlap = max((_overlap(role, head, nominal.words) for role in draft.roles), default=0.0)
        if draft.kind == "person" and overlap:
            scores[number] = overlap + min(salience.get(number, 0.0), 2.0)
    if scores:
        return max(scores, key=lambda number: (scores[number], -number))
    return _nearest(scene, "person", before) if nominal.kind == "unnamed" and head in _TAKEN_UP else None


def _overlap(role: str, head: str, words: Sequence[str]) -> float:
    """How well a role answers a noun phrase: 0 where no word of it is the head."""
    own = [role_of(word.casefold().strip(".,")) for word in re.split(r"[\s]+", role)]
    if head not in own:
        return 0.0
    return 1.0 + sum(word in own for word in words)


def _nearest(scene: Scene, kind: str, before: int) -> int | None:
    salience = {n: s for n, s in scene.salience(before).items() if scene.draft(n).kind == kind}
    return max(salience, key=lambda number: (salience[number], number), default=None)


# Role nouns that, definite and with no person of that role in the article, take up whoever it is about.
_TAKEN_UP = word_set(
    "candidate nominee president senator governor front-runner frontrunner contender hopeful challenger mogul tycoon "
    "billionaire businessman businesswoman congressman congresswoman lawmaker politician chairman chairwoman secretary "
    "mayor minister premier chancellor author writer columnist professor actor actress star coach republican democrat "
    "pontiff leader incumbent celebrity veteran magnate"
)


def _inherit(article: Article, attributions: Sequence[Attribution], speakers: Sequence[Speaker], n: int) -> Speaker:
    """A direct quotation without a source goes on with the one before it, in its paragraph or quoted in the next."""
    if n == 0 or attributions[n].quote_type != "direct" or not attributions[n].content:
        return _NOBODY
    before = speakers[n - 1]
    end = max((span[1] for span in attributions[n - 1].content + attributions[n - 1].cue), default=0)
    gap = article.text[end : attributions[n].content[0][0]]
    if before.actors and attributions[n - 1].quote_type != "indirect" and gap.count("\n") <= 2 and len(gap) <= 200:
        return Speaker(before.actors, "inherited")
    return _NOBODY
