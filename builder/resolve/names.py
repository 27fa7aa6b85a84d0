"""Names as they stand in a text: their bounds, their titles and roles, the forms one name may take.

Imports `actor`-free leaves only: `lexicon` and `authority`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from builder.resolve.authority import Authority
from builder.resolve.lexicon import (
    FEMALE_ROLES,
    FEMALE_TITLES,
    MALE_ROLES,
    MALE_TITLES,
    PLACE_PREPOSITIONS,
    ROLE_MODIFIERS,
    ROLE_NOUNS,
    SHORT_ROLES,
    TITLES,
)

_WORD = re.compile(r"[^\s,;:()\[\]\"“”]+")
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$", re.IGNORECASE)
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV)\.?$")
_OFFICE_OF = re.compile(r"(?:[Ss]ecretary|[Mm]inister|[Dd]irector|[Ss]peaker) of (?:the )?[A-Z]\w+(?: [A-Z]\w+)?\s$")
_APPOSITION = re.compile(
    r"(?:,?\s*\([^()\n]{1,20}\))?,\s+"  # a party and a state in brackets may come first
    r"((?:the|a|an|its|his|her|their|who is)?\s*[^,.;:()\n“”\"]{3,90}?)"
    r"(?:[,.;]|\s+(?:who|said|says|told|—|–)\b)"
)
_NO_ROLE = frozenset(
    {"the", "a", "an", "that", "his", "her", "its", "their", "who", "you’re", "you're", "he’s", "she’s"}
)
_KIN = re.compile(
    r"(?:husband|wife|widow|widower|father|mother|son|daughter|brother|sister|spouse|uncle|aunt|cousin)"
    r"(?:,?\s+(?:of\s+)?(?:the\s+late\s+|former\s+)?(?:[A-Z][\w.]*\s+){0,2}|['’]s\s+)$"
)
SHORT_FOR = {
    "joe": "joseph", "bill": "william", "will": "william", "mike": "michael", "tom": "thomas", "bob": "robert",
    "rob": "robert", "jim": "james", "dan": "daniel", "dave": "david", "steve": "steven", "chris": "christopher",
    "ted": "edward", "ed": "edward", "tony": "anthony", "nick": "nicholas", "ben": "benjamin", "sam": "samuel",
    "tim": "timothy", "matt": "matthew", "jeff": "jeffrey", "greg": "gregory", "ron": "ronald", "ken": "kenneth",
    "andy": "andrew", "alex": "alexander", "don": "donald", "bernie": "bernard", "larry": "lawrence", "rick": "richard",
    "dick": "richard", "liz": "elizabeth", "beth": "elizabeth", "kate": "katherine", "sue": "susan", "pat": "patrick",
    "fred": "frederick", "harry": "harold", "jerry": "gerald", "chuck": "charles", "charlie": "charles",
    "debbie": "deborah", "sandy": "sandra",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameMention:
    """text[start:end] is a name without its titles and possessive ending.

    `roles` are the titles and offices said with it, `country` the state whose adjective stands before them,
    `gender` what its title says, `is_location` whether it stands where a place stands ("in Moscow"),
    `is_kin` whether it comes in by somebody else ("her husband, Jan Orm").
    """

    start: int
    end: int
    form: str
    kind: str
    roles: tuple[str, ...] = field(default=())
    gender: str | None = None
    country: str | None = None
    is_location: bool = False
    is_kin: bool = False


def read_name(text: str, start: int, end: int, kind: str, authority: Authority) -> NameMention | None:
    """The name inside text[start:end] as a tagger gave it; None where nothing of a name is left."""
    start, end, taken_off = trim_name(text, start, end, kind)
    form = " ".join(text[start:end].split())
    if not any(char.isalnum() for char in form):
        return None
    role, role_start = _role_before(text, start)
    titles = [word.casefold() for word in (*taken_off, *role.split())]
    is_person = kind == "person" or (
        kind != "place" and any(word in MALE_TITLES | FEMALE_TITLES or word in SHORT_ROLES for word in titles[-1:])
    )
    roles = [_without_courtesy(phrase) for phrase in (" ".join(taken_off), role)]
    if is_person:
        roles.append(_apposition(text, end))
    country, roles = _take_country(roles, text, role_start if role else start, authority)
    return NameMention(
        start=start,
        end=end,
        form=form,
        kind="person" if is_person else kind,
        roles=tuple(dict.fromkeys(filter(None, roles))) if is_person else (),
        gender=title_gender([*titles, *" ".join(roles).casefold().split()]) if is_person else None,
        country=country if is_person else None,
        is_location=stands_as_place(text, start, end),
        is_kin=bool(_KIN.search(text[max(0, start - 30) : start])),
    )


def trim_name(text: str, start: int, end: int, kind: str) -> tuple[int, int, tuple[str, ...]]:
    """Bounds without the article, titles, punctuation and 's around a name; and the titles taken off.

    A body's name keeps its words: the Justice Department is no justice.
    """
    while start < end and not text[start].isalnum() and text[start] not in "@#":
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in ".!)":
        end -= 1
    possessive = _POSSESSIVE.search(text, start, end)
    end = possessive.start() if possessive and possessive.start() > start else end
    if text[end - 1 : end] == "." and "." not in text[start : end - 1] and text[start:end].count(" ") == 0:
        end -= 1
    words = list(_WORD.finditer(text, start, end))
    n_titles = _count_titles([word[0] for word in words], may_be_person=kind in {"person", "other"})
    taken = tuple(word[0] for word in words[:n_titles] if word[0].casefold() != "the")
    start = words[n_titles].start() if words else start
    return start, max(start, end), taken


def _count_titles(words: Sequence[str], *, may_be_person: bool) -> int:
    """How many words at a name's beginning are titles: "Foreign Minister" is two where a name follows.

    A modifier ("Foreign") is one only before a title; the last word never is, and "The" only with a title behind it.
    """
    count = 0
    for at, word in enumerate(words[:-1]):
        lower = word.casefold()
        is_office = lower in ROLE_NOUNS and word[0].isupper()
        if lower == "the":
            count = at + 1 if at == 0 else count
        elif not may_be_person:
            break
        elif lower in TITLES or lower in SHORT_ROLES or is_office:
            count = at + 1
        elif lower not in ROLE_MODIFIERS:
            break
    return count


def _role_before(text: str, start: int) -> tuple[str, int]:
    """The role phrase that ends right before `start` on its line, and where it begins: "former Secretary of State"."""
    line = text[max(text.rfind("\n", 0, start) + 1, start - 90) : start]
    if not line.endswith(" ") and not line.endswith("\xa0"):
        return "", start
    office = _OFFICE_OF.search(line)
    kept_from = office.start() if office else len(line)
    words = list(re.finditer(r"[^\s]+", line[:kept_from]))
    has_noun = bool(office)
    for word in reversed(words):
        lower = word[0].casefold()
        is_noun = lower in ROLE_NOUNS or lower in SHORT_ROLES or lower in TITLES - {"the"}
        if not has_noun and not is_noun:
            break
        if not is_noun and lower not in ROLE_MODIFIERS and lower.split("-")[-1] not in ROLE_NOUNS:
            break
        has_noun = True
        kept_from = word.start()
    role = " ".join(line[kept_from:].split()) if has_noun else ""
    return role, start - len(line) + kept_from


def _apposition(text: str, end: int) -> str:
    """The role that an apposition right after a name gives: ", the foreign minister," gives "foreign minister"."""
    match = _APPOSITION.match(text, end, end + 130)
    if not match:
        return ""
    phrase = re.sub(r"^(?:who is )?(?:the|a|an|its|his|her|their)\s+", "", match[1].strip())
    phrase = re.sub(r"\s+(?:for|of|to|at|from|with)\s+(?:\S+\s+)*(?:Sen|Gov|Rep|Gen|Mr|Mrs|Ms|Dr|St|U)$", "", phrase)
    head = re.split(r"\s(?:of|for|at|in|with|from|to|on|and)\s", phrase)[0].split()
    is_role = bool(head) and head[-1].casefold() in ROLE_NOUNS and len(phrase.split()) <= 12
    # ", met the foreign minister," is a verb and its object.
    return phrase if is_role and not any(word.casefold() in _NO_ROLE for word in head) else ""


def _without_courtesy(role: str) -> str:
    return " ".join(w for w in role.split() if w.casefold() not in {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss"})


def _take_country(roles: list[str], text: str, before: int, authority: Authority) -> tuple[str | None, list[str]]:
    """The state whose adjective begins a role or stands before it, and the roles without it."""
    country, kept = None, []
    for role in roles:
        first, _, rest = role.partition(" ")
        state = authority.find_demonym(first) or (authority.find(first) if rest and first.isupper() else None)
        country = country or (state.country if state else None)
        kept.append(rest if state else role)
    adjective = re.search(r"((?:South |North |New )?[A-ZÀ-Þ][\w.]+)(?:['’]s)?\s$", text[max(0, before - 30) : before])
    if country is None and any(kept) and adjective:
        state = authority.find_demonym(adjective[1]) or authority.find(adjective[1])
        country = state.country if state and state.kind == "state" else None
    return country, kept


def title_gender(words: Sequence[str]) -> str | None:
    """What a title or a role says, m or f: the last word that says so."""
    for word in reversed(words):
        if word in MALE_TITLES or word in MALE_ROLES:
            return "m"
        if word in FEMALE_TITLES or word in FEMALE_ROLES:
            return "f"
    return None


def stands_as_place(text: str, start: int, end: int) -> bool:
    """Whether a name stands where a place stands: after in, at, from, near, to; or before a region (Moscow, Idaho)."""
    before = re.search(r"(\w+)\s+(?:the\s+)?$", text[max(0, start - 24) : start])
    after = re.match(r",\s+(?:[A-Z]\.[A-Z]|[A-Z][a-z]+,)|\s+D\.?C", text[end : end + 24])
    return bool(after) or (before is not None and before[1].casefold() in PLACE_PREPOSITIONS)


@lru_cache(maxsize=65536)
def name_words(form: str) -> tuple[str, ...]:
    """Casefolded words of a name, without a suffix, initials' dots or a leading article.

    >>> name_words("Donald J. Orm Jr.")
    ('donald', 'j', 'orm')
    """
    words = [word.strip(".,'’\"“”()") for word in _SUFFIX.sub("", form).casefold().split()]
    return tuple(word for word in words[words[:1] == ["the"] :] if word)


def is_same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names may be one person's: same last word, first names equal, short for, or an initial.

    >>> is_same_person(("anna", "maria", "orm"), ("anna", "orm")), is_same_person(("anna", "orm"), ("jan", "orm"))
    (True, False)
    """
    if one[-1] != other[-1]:
        return False
    short, long = sorted((one[:-1], other[:-1]), key=len)
    if set(short) <= set(long):
        return True
    a, b = short[0], long[0]
    same_first = a == b or SHORT_FOR.get(a, a) == SHORT_FOR.get(b, b) or (1 in (len(a), len(b)) and a[0] == b[0])
    return same_first and (len(short) == 1 or len(long) == 1 or short[1][0] == long[1][0])


def initials(form: str) -> str:
    """The acronym that a name's capitalized words make.

    >>> initials("Northern Customs Union of Vale")
    'NCUV'
    """
    return "".join(word[0] for word in re.split(r"[\s-]+", form) if word[:1].isupper() and word.casefold() != "the")
