"""Names as they are compared across articles: folded to plain letters, to their sound, to what may be one name.

Imports `names` and `lexicon`. Letters of other scripts and accents become ASCII (anyascii); how a name sounds is its
metaphone (jellyfish) after spellings that transliterations differ in are made one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii
from jellyfish import metaphone

from builder.resolve.lexicon import DEFINITE, DETERMINERS, ORGANIZATIONS, ROLE_MODIFIERS, word_set
from builder.resolve.names import SHORT_FOR

PERSONS = frozenset({"person", "journalist"})
NAMED = ("person", "organization", "state", "place", "journalist")
_SUFFIX = re.compile(r",?\s+(Jr|Sr|II|III|IV)\.?$")
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "ben", "ul"})
_COMPANY = frozenset({"inc", "ltd", "plc", "corp", "co", "llc", "gmbh", "ag", "sa", "as", "ab", "oy", "nv", "spa"})
_BRITISH = {"defence": "defense", "labour": "labor", "centre": "center", "harbour": "harbor", "programme": "program"}
_GENERIC = (ORGANIZATIONS | ROLE_MODIFIERS | DETERMINERS) | word_set(
    """of for and on in national central public supreme royal general grammar high primary secondary fire rescue
    ambulance labor consumer consumers rivers ports harbor coast guard water roads environment agriculture fisheries
    culture education tax customs statistics police district appeal appeals constitutional electoral election workers
    teachers bankers chamber commerce people's front list centrist green socialist democrats republicans liberals"""
)
# One sound, several transliterations; applied in this order to ASCII letters.
_SOUNDS = (
    (re.compile(r"tsch|tch"), "ch"),
    (re.compile(r"shch|sch|sz"), "sh"),
    (re.compile(r"([dkgtb])h"), r"\1"),
    (re.compile(r"q"), "k"),
    (re.compile(r"gu(?=[ei])"), "g"),
    (re.compile(r"^[yj]e(?=[vflr])"), "e"),
    (re.compile(r"(?:off|ow)$"), "ov"),
    (re.compile(r"^dj|^dzh"), "j"),
    (re.compile(r"ou"), "u"),
    (re.compile(r"^wl"), "vl"),
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A name folded: its `words`, and the `base` under which those of one name are looked for.

    `base` is None where a name says too little to be looked for in another article: a person's single name, "the
    company". `is_generic` is an organization whose every word many states have ("Health Ministry").
    """

    words: tuple[str, ...]
    base: str | None
    suffix: str = ""
    is_acronym: bool = False
    is_generic: bool = False


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Casefolded ASCII letters and digits of one word.

    >>> fold_word("Jørgensen"), fold_word("d’Orme"), fold_word("Зеленский")
    ('jorgensen', 'dorme', 'zelenskiy')
    """
    plain = word if word.isascii() else anyascii(word)
    return re.sub(r"[^a-z0-9]+", "", plain.casefold())


def fold_name(kind: str, name: str) -> Folded:
    """A name of an actor of that kind, folded.

    >>> fold_name("person", "José B. d’Orme Jr.").base, fold_name("person", "Orme").base
    ('person:jose dorme', None)
    >>> fold_name("organization", "The Harbour Defence League").base, fold_name("organization", "the company").base
    ('organization:harbor defense league', None)
    """
    if kind in PERSONS:
        return _fold_person(kind, name)
    if kind == "organization":
        return _fold_organization(name)
    words = tuple(filter(None, map(fold_word, re.split(r"[\s-]+", name))))
    words = words[words[:1] == ("the",) :]
    return Folded(words, f"{kind}:{' '.join(words)}" if kind in NAMED and words else None)


def _fold_person(kind: str, name: str) -> Folded:
    suffix = _SUFFIX.search(name)
    bare = name[: suffix.start()] if suffix else name
    words = tuple(filter(None, map(fold_word, re.split(r"[\s-]+", bare))))
    kept = tuple(word for n, word in enumerate(words) if n == 0 or word not in _PARTICLES)
    words = kept if len(kept) > 1 else words
    base = f"{kind}:{words[0]} {words[-1]}" if len(words) > 1 else None
    return Folded(words, base, suffix[1].casefold() if suffix else "")


def _fold_organization(name: str) -> Folded:
    given = [word for word in re.split(r"[\s-]+", name.replace("&", " and ")) if word]
    rest = given[1:] if given and given[0].casefold() in DEFINITE | DETERMINERS else given
    folded = [_BRITISH.get(word, word) for word in (fold_word(re.sub(r"['’]s?$", "", word)) for word in rest) if word]
    words = tuple(folded[: -1 if len(folded) > 1 and folded[-1] in _COMPANY else None])
    is_named = any(word[:1].isupper() or word[:1].isdigit() or not word[:1].isascii() for word in rest)
    bare = name.replace(".", "")
    return Folded(
        words,
        f"organization:{' '.join(words)}" if is_named and words else None,
        is_acronym=bare.isupper() and 2 <= len(bare) <= 7 and bare.isalpha(),
        is_generic=all(word in _GENERIC for word in words),
    )


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """How a folded word sounds, whatever its transliteration.

    >>> [sound(word) for word in ("gaddafi", "qadhafi", "kadhafi")], sound("sergei") == sound("serguei")
    (['KTF', 'KTF', 'KTF'], True)
    """
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return metaphone(word) if word.isalpha() else word


def is_short_for(one: str, other: str) -> bool:
    """Whether two folded first names are one: equal, a short form, an initial.

    >>> is_short_for("bill", "william"), is_short_for("j", "jan"), is_short_for("jan", "per")
    (True, True, False)
    """
    return SHORT_FOR.get(one, one) == SHORT_FOR.get(other, other) or (
        1 in (len(one), len(other)) and one[:1] == other[:1]
    )


def is_double_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one of two folded names is the other with a second last name: Lena Vik and Lena Vik-Aasen.

    >>> is_double_name(("lena", "vik"), ("lena", "vik", "aasen")), is_double_name(("lena", "vik"), ("lena", "dahl"))
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    return len(short) >= 2 and len(long) > len(short) and short[0] == long[0] and set(short) <= set(long)
