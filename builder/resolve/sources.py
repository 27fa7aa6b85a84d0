"""The names that head a source: one, or several joined by "and".

Imports `scene`, `lexicon`, `names`, `nominals`, `cast`.
"""

import re
from collections import Counter
from dataclasses import dataclass

from builder.resolve.cast import Draft
from builder.resolve.lexicon import (
    DETERMINERS,
    DOCUMENTS,
    ORGANIZATIONS,
    POST_MODIFIERS,
    QUANTIFIERS,
    ROLE_NOUNS,
    SHORT_ROLES,
    UNNAMED,
    word_set,
)
from builder.resolve.names import name_words
from builder.resolve.nominals import is_plural_noun
from builder.resolve.scene import Scene

_TOKEN = re.compile(r"--|[^\s,;()—–]+|[,;()—–]")
# Words that a name does not go on with: a source that was cut too late.
_AFTER_NAME = word_set("""
    is are was were has have had will would can could may might did does do however also then now himself herself itself
    themselves later still again too today yesterday spent
    """)
# How many words a noun may have that an organization's name explains.
_OF_ONE = 3


@dataclass(slots=True)
class Part:
    """A stretch of a source between commas and ands: the actor whose name ends it, or None; its last word."""

    joined_by: str
    number: int | None = None
    last: str = ""
    first: str = ""
    n_words: int = 0
    is_closed: bool = False


def named_in(scene: Scene, start: int, end: int) -> tuple[int, ...]:
    """The actors whose names head text[start:end], in its order; empty where a noun heads it.

    "Anna Orm, the minister," and "the minister, Anna Orm," are both Anna Orm; "a friend of Anna Orm" is not.
    """
    parts = _parts(scene, start, end)
    heads = [part.number for part in parts if part.number is not None]
    if not heads:
        return _untagged(scene, start, end)
    first = parts[0]
    if first.number is None:
        return _apposed(scene, parts)
    return _joined(scene, parts)


def _apposed(scene: Scene, parts: list[Part]) -> tuple[int, ...]:
    """The name, or names where the noun is a plural, that follow a noun: "his manager, Jan Vik,"."""
    noun, rest = parts[0], parts[1:]
    if not rest or rest[0].number is None or rest[0].joined_by != ",":
        return ()
    if scene.draft(rest[0].number).kind == "organization" and len(rest) == 1 and noun.n_words <= _OF_ONE:
        return (rest[0].number,)  # "its owner, Orm Lines," whatever the noun
    if is_plural_noun(noun.last.casefold()) and noun.first.casefold() != "one":
        named = _joined(scene, rest)
        return named if len(named) > 1 else ()
    kinds = {"organization"} if noun.last.casefold() in ORGANIZATIONS else {"person"}
    is_text = noun.last.casefold() in DOCUMENTS
    return (rest[0].number,) if scene.draft(rest[0].number).kind in kinds and not is_text else ()


def _joined(scene: Scene, parts: list[Part]) -> tuple[int, ...]:
    """The first name, and those that "and" joins to it."""
    assert parts[0].number is not None
    numbers = [parts[0].number]
    kind = scene.draft(parts[0].number).kind
    waiting: list[int] = []
    for part in parts[1:]:
        if part.number is None or scene.draft(part.number).kind not in {kind, "person"}:
            continue
        waiting.append(part.number)
        if part.joined_by == "and":
            numbers.extend(waiting)
            waiting = []
    return tuple(dict.fromkeys(numbers))


def _parts(scene: Scene, start: int, end: int) -> list[Part]:
    names = {mention.start: (mention, number) for mention, number in scene.names_in(start, end)}
    parts = [Part("")]
    at, depth = start, 0
    while at < end:
        match = _TOKEN.search(scene.text, at, end)
        if not match:
            break
        at = match.end()
        word = match[0]
        name = next((names[n] for n in range(match.start(), match.end()) if n in names), None)
        depth += (word == "(") - (word == ")")
        if word in {"(", ")"} or depth > 0:
            continue
        if word in {",", ";", "—", "–", "--"}:
            parts.append(Part(","))
        elif word in {"and", "&"} and not name:
            if parts[-1].joined_by == "," and not parts[-1].n_words:
                parts[-1].joined_by = "and"
            else:
                parts.append(Part("and"))
        elif name and not parts[-1].is_closed:
            mention, number = name
            at = max(at, mention.end) if mention.end <= end + 2 else at
            _add_name(parts[-1], mention.form, number)
            at = _past_possessive(scene.text, at, end)
        elif _is_behind(parts[-1], word):
            break
        else:
            _add_word(parts[-1], word)
    return [part for part in parts if part.n_words]


def _is_behind(part: Part, word: str) -> bool:
    """Whether what heads a source is over before that word."""
    begins_clause = word in {"who", "whose", "which", "whom", "including", "like"} and part.first != ""
    return begins_clause or (part.number is not None and word in _AFTER_NAME)


def _add_name(part: Part, form: str, number: int) -> None:
    part.first = part.first or form
    part.number, part.last = number, form
    part.n_words += 1


def _past_possessive(text: str, at: int, end: int) -> int:
    match = re.compile(r"['’]s?\b|['’](?=\s|$)").match(text, at, end)
    return match.end() if match else at


def _add_word(part: Part, token: str) -> None:
    if part.is_closed:
        return
    if token in POST_MODIFIERS and part.n_words:
        part.is_closed = True
        return
    part.first = part.first or token
    part.number, part.last = None, re.sub(r"['’]s?$", "", token)
    part.n_words += 1


def _untagged(scene: Scene, start: int, end: int) -> tuple[int, ...]:
    """A source that is all a name, which the tagger did not see: a transcript's "ORM:", a stray last name."""
    words = [w.strip(",.:;\"“”'’") for w in re.sub(r"['’]s\b", "", scene.text[start:end]).split(",")[0].split()]
    if len(words) > 4 and words[0].casefold() in ROLE_NOUNS and words[1] == "of":
        words = words[3:]  # "Secretary of State John Orm"
    while words and words[0].casefold() in ROLE_NOUNS | {"the", "mr", "mrs", "ms"} | set(SHORT_ROLES):
        words = words[1:]
    words = [word for word in words if word]
    if not 1 <= len(words) <= 4 or not all(word[:1].isupper() or word[0] in "@#" for word in words):
        return ()
    name = " ".join(words)
    entry = scene.authority.find(name, scene.text) or scene.authority.find_capital(name, scene.text)
    if entry:  # what speaks is no venue: a capital as a source is its state
        number = scene.cast.of_entry(entry, name)
        at = scene.text.index(words[0], start)
        scene.note(at, at + len(name), "name", number)
        return (number,)
    lower = tuple(name_words(name))
    for number, draft in enumerate(scene.cast.drafts):
        if draft.kind == "person" and draft.words and lower in (draft.words, draft.words[-1:]):
            return (number,)
    state = scene.authority.find_demonym(name)
    if state and len(words) == 1 and not words[0].endswith("s") and len(scene.text[start:end].split()) == 1:
        return (scene.cast.of_entry(state, state.name),)
    last = words[-1].casefold()
    common = ROLE_NOUNS | DOCUMENTS | ORGANIZATIONS | UNNAMED | DETERMINERS | QUANTIFIERS
    if state or last in common or is_plural_noun(last) or not lower:
        return ()
    return (scene.cast.add(Draft("person", Counter({" ".join(words): 1}))),)
