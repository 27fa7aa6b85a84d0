"""What is known of a language that the encoder does not read: marks, verbs of saying, words around names.

Imports nothing of the project. All of it is data, a file a language in `lexicon/languages`.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Capital letters of the Latin, Greek and Cyrillic scripts, which `re` has no class for.
_CAPITALS = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())
CAPITAL = f"[{re.escape(_CAPITALS)}]"


@dataclass(frozen=True, slots=True)
class Language:
    """`marks` are closers by opener; `verb` finds a cue (group `who`: a pronoun that stands in it), `according` one
    that stands before its source; `stop` ends a source. The word lists are case-folded.

    `names_inflect`: behind such a preposition a name stands in another case; `nouns_are_capitalized`: a capital alone
    makes no name.
    """

    marks: dict[str, str]
    elisions: frozenset[str]
    verb: re.Pattern[str]
    according: re.Pattern[str]
    stop: re.Pattern[str]
    pronouns: frozenset[str]
    roles: tuple[str, ...]
    not_names: frozenset[str]
    name: re.Pattern[str]
    names_inflect: bool
    nouns_are_capitalized: bool

    def is_role(self, word: str) -> bool:
        """Whether a capitalized word is an office or a form of address; in German it may end a longer noun."""
        bare = word.casefold().rstrip(".")
        longer = self.nouns_are_capitalized and any(len(role) > 3 and bare.endswith(role) for role in self.roles)
        return bare in self.roles or longer


@cache
def read_language(code: str) -> Language:
    """The language of one of `schemas.vocabulary.DIRECT_QUOTE_LANGUAGES`."""
    text = (files("builder.extract") / "lexicon" / "languages" / f"{code}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    particle = _any_of(data["particles"])
    capitalized = rf"{CAPITAL}[\w’'-]*\.?"
    return Language(
        marks=data["marks"],
        elisions=frozenset(data.get("elisions", ())),
        verb=re.compile(_verbs(data), re.IGNORECASE),
        according=re.compile(rf"(?<![\w-]){_any_of(data['according'])}(?![\w-])", re.IGNORECASE),
        stop=re.compile(rf"(?<![\w’'-]){_any_of(data['stops'])}(?![\w’'-])", re.IGNORECASE),
        pronouns=frozenset(data["pronouns"]),
        roles=tuple(data["roles"]),
        not_names=frozenset(data.get("not_names", ())),
        name=re.compile(rf"(?<![\w’'-]){capitalized}(?:\s(?:{particle}\s?){{0,2}}{capitalized})*"),
        names_inflect=data.get("names_inflect", False),
        nouns_are_capitalized=data.get("nouns_are_capitalized", False),
    )


def _verbs(data: dict[str, Sequence[str]]) -> str:
    """The verbs of saying; in French also in two words, and turned round with a pronoun (a-t-il dit, dit-elle)."""
    forms = [_any_of(data["verbs"])]
    if "participles" in data:
        who = f"(?P<who>{_any_of(data['inversions'])})"
        auxiliary, participle = _any_of(data["auxiliaries"]), _any_of(data["participles"])
        forms = [
            rf"{auxiliary}(?:-t)?-{who}\s{participle}",
            rf"{forms[0]}(?:-t)?-{who.replace('who', 'whom')}",
            rf"{auxiliary}\s{participle}",
            *forms,
        ]
    return rf"(?<![\w’'-])(?:{'|'.join(forms)})(?![\w’'-])"


def _any_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word).replace("'", "['’]") for word in sorted(words, key=len, reverse=True)) + ")"
