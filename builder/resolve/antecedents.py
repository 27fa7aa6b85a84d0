"""Whom a noun phrase stands for. Imports `scene`, `nominals`, `pronouns`, `lexicon`, `cast`."""

import re
from collections import Counter
from collections.abc import Sequence

from builder.resolve.cast import Draft
from builder.resolve.lexicon import (
    DETERMINERS,
    DOCUMENTS,
    GROUP_WORDS,
    ORGANIZATIONS,
    PERSONS,
    ROLE_NOUNS,
    UNNAMED,
    word_set,
)
from builder.resolve.names import initials, title_gender
from builder.resolve.nominals import Nominal, role_of
from builder.resolve.noun_phrases import Phrase
from builder.resolve.pronouns import pronoun_class, resolve_pronoun
from builder.resolve.scene import Scene

# Who has such a role is not the one whom the bare office means.
_VICES = word_set("vice deputy assistant vice-presidential")
_POINTING = word_set("the this that these those")
# Nouns that take up the organization on the reader's mind, whatever it is called.
_ANY_ORGANIZATION = word_set("""
    company firm corporation group agency organization organisation outlet newspaper paper magazine network station
    broadcaster publication retailer manufacturer maker carmaker automaker airline watchdog nonprofit charity bank
    department ministry committee
    """)
# Nouns of what somebody has: "the campaign" is that of the person whom the article is about.
_HAD = word_set("campaign camp team administration government")
# Role nouns that, definite and with no person of that role in the article, take up whoever it is about.
_ANYBODY = word_set("""
    candidate nominee president senator governor front-runner frontrunner contender hopeful challenger mogul tycoon
    billionaire businessman businesswoman congressman congresswoman lawmaker politician chairman chairwoman secretary
    mayor minister premier chancellor author writer columnist professor actor actress star coach republican democrat
    pontiff leader incumbent celebrity veteran magnate socialist libertarian host surgeon neurosurgeon physician hacker
    comedian filmmaker documentarian novelist singer entrepreneur banker general
    """)
_IS_A = re.compile(r"(?:\s*\([^()\n]*\))?(?:,\s+|,?\s+(?:who )?(?:is|was|became|remains|remained)\s+)(?:then\s+)?")
# What a phrase is of or about, up to the comma or stop behind it.
_OF_WHAT = re.compile(r" (?:of|by|from|about|on|in|with|at|for|to) (?:[\w’'-]+ ?){1,7}(?<! )(?=[.,;:])")
_SENTENCE_WORDS = word_set("is are was were has have had will would could can may said says who which that to and did")
_PERSON_ENDINGS = ("ist", "ian", "man", "woman", "native")
# Of these roles anybody may have one: that the article says so of one person tells little.
_LOOSE = word_set("candidate nominee contender hopeful leader republican democrat politician rival challenger")


def actor_of(scene: Scene, nominal: Nominal, before: int) -> int:
    """The actor that a noun phrase stands for: somebody of that role, somebody named so before, or a new one."""
    number = _state(scene, nominal)
    if number is None and not nominal.is_plural:
        number = _person(scene, nominal, before)
    is_body = nominal.kind == "organization" and nominal.is_definite and not nominal.is_plural
    if number is None:
        number = _body(scene, nominal, before) if is_body else _earlier(scene, nominal)
    if number is None and _is_anybody(nominal):
        number = nearest(scene, "person", before)
    if number is None:
        phrase = _with_possessor(scene, nominal, before)
        number = scene.cast.add(Draft(nominal.kind, Counter({phrase: 1}), is_plural=nominal.is_plural))
        scene.draft(number).gender = title_gender([nominal.head])
    return number


def _body(scene: Scene, nominal: Nominal, before: int) -> int | None:
    """The body that a definite noun phrase means: the one called so before, or the one that its noun alone leads to.

    "The group" is rather a named one of the last two sentences than some group that was mentioned in passing.
    """
    earlier = _earlier(scene, nominal)
    if earlier is not None and not scene.draft(earlier).is_passing:
        return earlier
    named = _organization(scene, nominal, before)
    if earlier is None or named is None:
        return earlier if named is None else named
    salience = scene.salience(before)
    return named if salience.get(named, 0.0) >= salience.get(earlier, 0.0) else earlier


def _is_anybody(nominal: Nominal) -> bool:
    """Whether a noun phrase is a way to speak of one person: "the goalkeeper", "the 41-year-old"."""
    first = nominal.phrase.split()[0].casefold()
    is_human = nominal.head in (ROLE_NOUNS | PERSONS) - UNNAMED - GROUP_WORDS or nominal.head.endswith("-year-old")
    return (
        is_human
        and first == "the"
        and not nominal.is_plural
        and len(nominal.words) <= 2
        and not re.search(r"['’]s?\s| of ", nominal.phrase)
    )


def _state(scene: Scene, nominal: Nominal) -> int | None:
    """The state whose government a noun phrase is: "the Russian government", "the government of Norrland"."""
    if nominal.head != "government":
        return None
    of = re.search(r"\bgovernment of (?:the )?([A-Z][\w’'. -]+)", nominal.phrase)
    names = [of[1]] if of else [re.sub(r"['’]s?$", "", word) for word in nominal.phrase.split() if word[0].isupper()]
    for name in names:
        entry = scene.authority.find(name, scene.text) or scene.authority.find_demonym(name)
        if entry and entry.kind == "state":
            return scene.cast.of_entry(entry, nominal.phrase)
    return None


def _with_possessor(scene: Scene, nominal: Nominal, before: int) -> str:
    """The phrase of a body or a text with the name of whom "its" or "her" stands for: Ada Orm’s office.

    Groups and unnamed sources keep the article's own words.
    """
    first, _, rest = nominal.phrase.partition(" ")
    kind = pronoun_class(first)
    if not kind or nominal.kind not in {"organization", "document"} or not rest:
        return nominal.phrase
    number = resolve_pronoun(scene, kind, before)
    if number is None or scene.draft(number).is_passing:
        return nominal.phrase
    return f"{scene.draft(number).name()}’s {rest.removeprefix('own ')}"


def _earlier(scene: Scene, nominal: Nominal) -> int | None:
    """The latest actor of the same noun phrase, or of one that this one takes up."""
    for number in range(len(scene.cast.drafts) - 1, -1, -1):
        draft = scene.draft(number)
        if draft.kind == nominal.kind and draft.entry is None and _takes_up(scene, draft, nominal):
            return number
    return None


def _takes_up(scene: Scene, draft: Draft, nominal: Nominal) -> bool:
    """The same words; or definite, the same head, and no words of its own: "the officials"."""
    if any(form.casefold() == nominal.phrase.casefold() for form in draft.forms):
        return True
    own = {word for word in nominal.words if word not in _POINTING}
    if not nominal.is_definite or nominal.head in DETERMINERS:
        return False
    earlier = scene.nominal_of(draft)
    return earlier is not None and earlier.head == nominal.head and own <= set(earlier.words)


def _organization(scene: Scene, nominal: Nominal, before: int) -> int | None:
    """The organization that "the court", "his campaign", "the company" mean; a possessor's is its own."""
    own = [word for word in nominal.words if word not in _POINTING]
    possessor = pronoun_class(nominal.phrase.split()[0])
    if possessor and nominal.head in _HAD:
        person = resolve_pronoun(scene, possessor, before)
        return None if person is None else _had_by(scene, nominal, scene.draft(person))
    if own:
        return _of_acronym(scene, own[0]) if len(own) == 1 else None
    bodies = [(n, d) for n, d in enumerate(scene.cast.drafts) if d.kind == "organization" and not d.is_passing]
    with_word = [n for n, d in bodies if nominal.head in d.words]
    if with_word:
        salience = scene.salience(before)
        return max(with_word, key=lambda number: (salience.get(number, 0.0), -number))
    if nominal.head in _HAD:
        said = re.search(rf"\b[A-ZÀ-Þ][\w.]+(?:['’]s)?\s{nominal.head}\b", scene.text)
        if said:
            return scene.cast.add(Draft("organization", Counter({said[0]: 1})))
        return None
    return _nearest_named(scene, before) if nominal.head in _ANY_ORGANIZATION else None


def _nearest_named(scene: Scene, before: int) -> int | None:
    """The organization most on the reader's mind, one in passing only where no other is."""
    salience = {n: s for n, s in scene.salience(before).items() if scene.draft(n).kind == "organization"}
    return max(salience, key=lambda n: (not scene.draft(n).is_passing, salience[n], n), default=None)


def _of_acronym(scene: Scene, word: str) -> int | None:
    """The organization whose acronym a casefolded word is: "the NCU group"."""
    drafts = enumerate(scene.cast.drafts)
    return next((n for n, d in drafts if d.kind == "organization" and any(_stands_for(word, f) for f in d.forms)), None)


def _stands_for(word: str, form: str) -> bool:
    return len(word) > 1 and word.upper() in {initials(form), form.replace(".", "")}


def _had_by(scene: Scene, nominal: Nominal, person: Draft) -> int:
    """Orm's campaign, under the name that the article may already have used for it."""
    last = person.name().split()[-1]
    for number, draft in enumerate(scene.cast.drafts):
        if draft.kind == "organization" and nominal.head in draft.words and last.casefold() in " ".join(draft.words):
            return number
    return scene.cast.add(Draft("organization", Counter({f"{last}’s {nominal.head}": 1})))


def _person(scene: Scene, nominal: Nominal, before: int) -> int | None:
    """The person whose role a definite noun phrase names; where none has it, whoever is on the reader's mind."""
    head = role_of(nominal.head)
    is_owned = nominal.is_definite and nominal.words[:1] and nominal.words[0] not in _POINTING
    if not (nominal.is_definite or nominal.phrase[:1].isupper()) or head in ORGANIZATIONS | DOCUMENTS:
        return None
    by_role = person_of_role(scene, head, nominal.words, before)
    if by_role is not None:
        return by_role
    is_new_word = nominal.kind == "unnamed" and head not in UNNAMED | ROLE_NOUNS and head.endswith(_PERSON_ENDINGS)
    if is_owned or nominal.words[:1] == ("a",) or not nominal.is_definite or not (head in _ANYBODY or is_new_word):
        return None
    return nearest(scene, "person", before)


def person_of_role(scene: Scene, head: str, words: Sequence[str], before: int) -> int | None:
    """The person in the article whose role has that noun, best by its other words and by who was last spoken of."""
    if head not in ROLE_NOUNS:
        return None
    salience = scene.salience(before)
    scores: dict[int, float] = {}
    for number, draft in enumerate(scene.cast.drafts):
        if draft.kind != "person":
            continue
        overlap = max((_overlap(role, head, words) for role in draft.roles), default=0.0)
        if overlap or (head in _LOOSE and number in salience):
            weight = 0.5 if head in _LOOSE else 1.0
            scores[number] = weight * overlap + salience.get(number, 0.0)
    return max(scores, key=lambda number: (scores[number], -number), default=None)


def _overlap(role: str, head: str, words: Sequence[str]) -> float:
    """How well a role answers a noun phrase: 0 where no word of it is the head."""
    own = [role_of(word.casefold().strip(".,")) for word in role.split()]
    if head not in own or (_VICES & set(own)) - set(words):
        return 0.0
    return 1.0 + sum(word in own for word in words)


def nearest(scene: Scene, kind: str, before: int) -> int | None:
    """The actor of that kind who is most on the reader's mind."""
    salience = {n: s for n, s in scene.salience(before).items() if scene.draft(n).kind == kind}
    return max(salience, key=lambda number: (salience[number], number), default=None)


def two_nearest(scene: Scene, before: int) -> tuple[int, ...]:
    """The two persons most on the reader's mind, in the order of their numbers; empty where there are no two."""
    salience = {n: s for n, s in scene.salience(before).items() if scene.draft(n).kind == "person"}
    pair = sorted(sorted(salience, key=lambda number: (-salience[number], number))[:2])
    return tuple(pair) if len(pair) == 2 else ()


def note_phrase(scene: Scene, phrase: Phrase) -> None:
    """Record whom a noun phrase outside sources stands for; one that is new is on the reader's mind in passing."""
    nominal, start, end = phrase.nominal, phrase.start, phrase.end
    beside = _beside(scene, phrase)
    if beside is None and nominal.is_definite and not nominal.is_plural:
        known = len(scene.cast.drafts)
        beside = actor_of(scene, nominal, start)
        if beside >= known:
            scene.draft(beside).is_passing = True
    if beside is None:
        behind = _OF_WHAT.match(scene.text, end)
        is_plain = behind is not None and not _SENTENCE_WORDS & set(behind[0].split())
        said = nominal.phrase + behind[0] if behind and is_plain else nominal.phrase
        draft = Draft(nominal.kind, Counter({said: 1}), is_plural=nominal.is_plural, is_passing=True)
        draft.gender = title_gender([nominal.head])
        beside = scene.cast.add(draft)
    scene.note(start, end, "nominal", beside, scene.weight_at(start, end))


def _beside(scene: Scene, phrase: Phrase) -> int | None:
    """The actor whose name stands in apposition to a noun phrase, or of whom it says what he is."""
    text = scene.text
    for mention, number in scene.names_in(max(0, phrase.start - 60), phrase.start)[-1:]:
        if _IS_A.fullmatch(text, mention.end, phrase.start) and _fits(scene.draft(number), phrase.nominal):
            return number
    for mention, number in scene.names_in(phrase.end, phrase.end + 40)[:1]:
        closed = text[mention.end : mention.end + 1] in {",", ".", ";", ")", "\n"}
        if text[phrase.end : mention.start] == ", " and closed and _fits(scene.draft(number), phrase.nominal):
            return number
    return None


def _fits(draft: Draft, nominal: Nominal) -> bool:
    """Whether a name of that kind may be what a noun phrase says."""
    if nominal.is_plural:
        return False
    if nominal.head in ORGANIZATIONS:
        return draft.kind == "organization"
    is_person = nominal.head in ROLE_NOUNS | PERSONS | UNNAMED
    gender = title_gender([nominal.head])
    return is_person and draft.kind == "person" and (gender is None or draft.gender in {None, gender})
