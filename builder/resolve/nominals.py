"""What a noun phrase is: its head, whether it is definite or plural, and which kind of actor it names.

Imports `lexicon` only.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from builder.resolve.lexicon import (
    DEFINITE,
    DETERMINERS,
    DOCUMENTS,
    GROUP_WORDS,
    ORGANIZATIONS,
    POST_MODIFIERS,
    QUANTIFIERS,
    ROLE_NOUNS,
    SHORT_ROLES,
    UNNAMED,
)

_WORD = re.compile(r"[\w.%$&/@#’'-]*\w[.]?")
_IN_THE_KNOW = re.compile(
    r"\b(?:person|people|someone|those) (?:familiar|close|briefed|with knowledge|who know)\b", re.I
)
# "The inspector general" is an inspector.
_GENERALS = frozenset({"inspector", "attorney", "surgeon", "secretary", "solicitor", "director", "consul", "governor"})
_LEAD = re.compile(r"^(?:according to|by|among|from|and|but|even|only|while|as)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun phrase: `head` casefolded, `words` those before the head, `phrase` the article's own words for it."""

    phrase: str
    head: str
    words: tuple[str, ...]
    is_definite: bool
    is_plural: bool
    kind: str


@lru_cache(maxsize=65536)
def read_nominal(source: str) -> Nominal | None:
    """The noun phrase that a source is; None where it holds no word.

    >>> read_nominal("several senior officials familiar with the talks").kind
    'unnamed'
    >>> read_nominal("the latest report, published on Monday,").phrase
    'the latest report'
    """
    phrase = _cut(_LEAD.sub("", " ".join(source.split())))
    tokens = [match[0] for match in _WORD.finditer(phrase)]
    if not tokens:
        return None
    core = core_of(tokens)
    is_definite = True
    if core and len(core) < len(tokens) and core[-1].casefold() in QUANTIFIERS and tokens[len(core)] == "of":
        core = core_of(tokens[len(core) + 1 :]) or core
        is_plural = True
        is_definite = core[0].casefold() in {"those", "these", "them"}
    else:
        is_plural = tokens[0].casefold() in QUANTIFIERS - {"one", "any", "each"}
    if not core:
        core = tokens[:1]
    head = _bare(core[-1])
    if head == "general" and len(core) > 1 and _bare(core[-2]) in _GENERALS:
        head = _bare(core.pop(-2))
    is_plural = is_plural or is_plural_noun(head)
    return Nominal(
        phrase=re.sub(r"(?<=\w)['’]s?$", "", phrase),
        head=head,
        words=tuple(_bare(word) for word in core[:-1]),
        is_definite=is_definite
        and (core[0].casefold() in DEFINITE or any(re.search(r"['’]s?$", word) for word in core[:-1])),
        is_plural=is_plural,
        kind="unnamed" if _IN_THE_KNOW.search(phrase) else _kind(head, is_plural),
    )


def core_of(tokens: list[str]) -> list[str]:
    """The words up to the head: what stands before the first word that modifies it from behind."""
    of_whom = next((at for at in range(2, len(tokens) - 1) if tokens[at].endswith(("'s", "’s"))), 0)
    if of_whom and "of" in tokens[max(0, of_whom - 2) : of_whom]:
        tokens = tokens[of_whom + 1 :]  # "the secretary of state's website" is a website
    for at, word in enumerate(tokens):
        if at > 1 and word.endswith(("ing", "ed")) and tokens[at - 1].isalpha() and is_plural_noun(tokens[at - 1]):
            return tokens[:at]
        if at and word in POST_MODIFIERS and not (at == 1 and tokens[0].casefold() in {"the", "a"}):
            return tokens[:at]
    return tokens


def _cut(phrase: str) -> str:
    """The phrase up to its first comma, dash or bracket."""
    return re.split(r"\s*(?:,\s|,$|\s[–—-]{1,2}\s|—|\(|:$|;)", phrase)[0].strip(" ,;:")


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.casefold())


def is_plural_noun(word: str) -> bool:
    """Whether a casefolded noun is a plural, by its ending or as one that groups people."""
    return (word.endswith("s") and not word.endswith(("ss", "us", "is", "news"))) or word.endswith("men") or word in {
        "people", "men", "women", "children", "police", "spokesmen", "congressmen", "lawmen", "businessmen", "media",
    }  # fmt: skip


def role_of(word: str) -> str:
    """A role's noun in full: "sen." is a senator."""
    return SHORT_ROLES.get(word, word)


def _kind(head: str, is_plural: bool) -> str:
    """The kind of actor that a head names; a word of no list is a group where plural, else a document or a person."""
    if head in UNNAMED:
        return "unnamed"
    if head in DOCUMENTS:
        return "document"
    if head in ORGANIZATIONS:
        return "organization"
    if is_plural or head in GROUP_WORDS or head in QUANTIFIERS or head in DETERMINERS:
        return "group"
    if head in ROLE_NOUNS or head.endswith(("er", "or", "ist", "ian", "man", "woman", "ant", "ent")):
        return "unnamed"
    return "document" if head.endswith(("tion", "ment", "ity", "ness", "ing")) else "unnamed"
