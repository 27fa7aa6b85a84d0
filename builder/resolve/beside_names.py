"""What stands right beside a person's full name and tells one from another: an office before it, a former name.

Imports `actor`, `authority`, `evidence`, `lexicon`. "The mayor of Hollin, Tomas Reed, said": a role of the
person, as one that follows the name is. "Ida Falk, née Strand": another name of hers.
"""

import re
from dataclasses import replace

from builder.resolve.actor import LocalActor, Mention, Resolution
from builder.resolve.authority import Authority
from builder.resolve.evidence import field_bits
from builder.resolve.lexicon import DETERMINERS, ROLE_NOUNS

_REACH = 110
# The stretch before a comma and a name in which an office may stand; a list ("the minister, Ann Holt and …") is none.
_STRETCH = re.compile(r"([^.;:,()\n“”\"]{3,90}),\s$")
_NO_LIST = re.compile(r",|\.|;|\n|$|\s+(?:said|says|told|has|had|was|is|will|would|who|added|warned|asked|called)\b")
_AFTER = re.compile(r",\s+(?:the\s+|an?\s+|its\s+|their\s+)?([^,.;:()\n“”\"]{3,70}?)[,.;]")
_PREPOSITION = re.compile(r"\s(?:of|for|at|in|from|with|to|on)\s")
_NAME = r"[A-ZÀ-Þ][\w’'-]+(?:\s+[A-ZÀ-Þ][\w.’'-]*)*"
_FORMER = re.compile(
    rf",?\s+\(?(?:née|nee|born|formerly(?:\s+known\s+as|\s+called)?|previously(?:\s+known\s+as)?|once\s+known\s+as|"
    rf"who\s+was(?:\s+known\s+as|\s+called)?|then(?:\s+known\s+as)?|now(?:\s+known\s+as)?|also\s+known\s+as|a\.k\.a\.|aka)"
    rf"\s+({_NAME})"
)
_ALSO_KNOWN = re.compile(r"also\s+known\s+as|a\.k\.a\.|aka|n[ée]e|born")
_CALENDAR = frozenset(
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"}
    | {"December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
)


def look_beside(resolution: Resolution, text: str, authority: Authority) -> Resolution:
    """A resolved article, its persons with the roles and other names that stand beside their full names."""
    roles: dict[int, dict[str, None]] = {}
    names: dict[int, dict[str, None]] = {}
    people = resolution.actors
    for mention in resolution.mentions:
        if mention.mention_type != "name" or mention.actor is None or people[mention.actor].kind != "person":
            continue
        name = text[mention.start : mention.end]
        if " " not in name:
            continue
        for role in (_office_before(text, mention), _trade_before(text, mention), _trade_after(text, mention)):
            if role:
                roles.setdefault(mention.actor, {})[role] = None
        if former := _other_name(text, mention, name):
            names.setdefault(mention.actor, {})[former] = None
    return replace(
        resolution,
        actors=tuple(
            _with(actor, tuple(roles.get(number, ())), tuple(names.get(number, ())), authority)
            for number, actor in enumerate(people)
        ),
    )


def _with(actor: LocalActor, roles: tuple[str, ...], names: tuple[str, ...], authority: Authority) -> LocalActor:
    country, kept = actor.country_code, []
    for role in roles:
        first, _, rest = role.partition(" ")
        state = authority.find_demonym(first) if rest else None
        country = country or (state.country if state else None)
        kept.append(rest if state else role)
    return replace(
        actor,
        roles=tuple(dict.fromkeys((*actor.roles, *kept))),
        aliases=tuple(name for name in dict.fromkeys((*actor.aliases, *names)) if name != actor.name),
        country_code=country,
    )


def _office_before(text: str, mention: Mention) -> str | None:
    """The office in "the mayor of Hollin, Tomas Reed,": from the determiner that leaves its head a role."""
    stretch = _STRETCH.search(text[max(0, mention.start - _REACH) : mention.start])
    if not stretch or not _NO_LIST.match(text, mention.end):
        return None
    words = stretch[1].split()
    for at in range(len(words) - 2, -1, -1):
        if words[at].casefold() in DETERMINERS:
            phrase = " ".join(words[at + 1 :])
            if _is_role(phrase):
                return phrase
    return None


def _is_role(phrase: str) -> bool:
    head = _PREPOSITION.split(phrase)[0].split()
    return 1 <= len(head) <= 5 and len(phrase.split()) <= 10 and _is_role_word(head[-1])


def _is_role_word(word: str) -> bool:
    return word.casefold() in ROLE_NOUNS or word.casefold() in field_bits()


def _trade_before(text: str, mention: Mention) -> str | None:
    """The trade in "the Ostranian sprinter Anna Berg": a lower-case role right before the name, and its adjective."""
    before = text[max(0, mention.start - 60) : mention.start]
    words = before.split()
    if not before.endswith(" ") or not words or not words[-1].islower() or not _is_role_word(words[-1]):
        return None
    adjective = words[-2] if len(words) > 1 and words[-2][:1].isupper() and words[-2].isalpha() else ""
    return f"{adjective} {words[-1]}".strip() if adjective.casefold() not in DETERMINERS else words[-1]


def _trade_after(text: str, mention: Mention) -> str | None:
    """The trade in "Ada Orm, a baker, said", which no list of offices has."""
    match = _AFTER.match(text, mention.end)
    if not match or any(word.casefold() in DETERMINERS for word in match[1].split()):
        return None
    return match[1] if _is_role(match[1]) else None


def _other_name(text: str, mention: Mention, name: str) -> str | None:
    """The name that the person had or has besides: "Ida Falk, née Strand", "Ida Falk, who was Ida Strand until May"."""
    match = _FORMER.match(text, mention.end)
    if not match:
        return None
    words, first = match[1].split(), name.split()[0]
    if words[0] in _CALENDAR:
        return None
    is_another = bool(_ALSO_KNOWN.search(text[mention.end : match.start(1)]))
    if words[0] == first and len(words) > 1:
        return match[1]
    if len(words) == 1 and is_another:
        return f"{first} {words[0]}"
    return match[1] if is_another and len(words) > 1 else None
