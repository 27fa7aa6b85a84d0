"""The articles of a raw folder as moulds for others: what may be exchanged in each, and its recorded extraction.

Imports the stages read, normalize and extract, and the lexicon of resolve.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from builder.extract.attribution import Extraction
from builder.extract.encoder import Encoder, load_encoder
from builder.extract.stage import extract
from builder.normalize.article import Article
from builder.normalize.stage import normalize
from builder.read.record import Record
from builder.resolve import lexicon
from builder.resolve.authority import Authority, Entry, join_authorities
from builder.sources import open_sources, read_sources

_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?[\s./-]+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}|\d{1,2}[:.]\d\d"
)
# Words of fewer letters, and the corpus's own commonest ones, hold sentences together and stay.
_SHORTEST, _COMMONEST = 4, 150
_ENDINGS = ("ed", "ing", "ly", "s")
# Words that resolve looks up stay, or nobody would be a minister any more.
_KEPT = (
    frozenset(lexicon.SHORT_ROLES)
    | lexicon.ROLE_NOUNS | lexicon.ROLE_MODIFIERS | lexicon.DOCUMENTS | lexicon.ORGANIZATIONS | lexicon.PERSONS
    | lexicon.UNNAMED | lexicon.GROUP_WORDS | lexicon.PLURAL_PRONOUNS | lexicon.MALE_PRONOUNS | lexicon.FEMALE_PRONOUNS
    | lexicon.NEUTER_PRONOUNS | lexicon.FIRST_PLURAL | lexicon.SECOND | lexicon.RELATIVE | lexicon.DETERMINERS
    | lexicon.POST_MODIFIERS | lexicon.QUANTIFIERS | lexicon.PLACE_PREPOSITIONS
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number that may be exchanged.

    `kind` is given, family (of the person `key`), body (the organization or place `key`), acronym, number, or word
    (`key` is then its ending).
    """

    start: int
    end: int
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Template:
    """An article, what the encoder found in it, and what may be exchanged, in the text's order."""

    article: Article
    extraction: Extraction
    tokens: tuple[Token, ...]

    @property
    def paragraph_ends(self) -> list[int]:
        """Where its paragraphs end."""
        text = self.article.text
        return [match.start() for match in re.finditer(r"\n\n", text)] + [len(text)]


@dataclass(frozen=True, slots=True)
class Moulds:
    """All templates, the words that may stand for others by their endings, and the states that all articles know."""

    templates: tuple[Template, ...]
    words: dict[str, tuple[str, ...]]
    states: tuple[Entry, ...]


def read_moulds(raw: Path, encoder: Encoder | None = None) -> Moulds:
    """The English articles of `raw`, extracted here and now."""
    sources = open_sources(raw)
    encoder = encoder or load_encoder()
    authority = join_authorities(sources.authorities.values())
    collections = {collection.id: collection for collection in sources.collections}
    records = [found.item for found in read_sources(sources) if isinstance(found.item, Record)]
    normalized = [normalize(record, collections[record.collection_id]) for record in records]
    articles = [
        replace(article, speaker=None)
        for article in normalized
        if isinstance(article, Article) and article.extraction_status == "extracted"
    ]
    fixed = _KEPT | _commonest(articles)
    templates = tuple(_template(article, extract(article, encoder), authority, fixed) for article in articles)
    words: dict[str, list[str]] = {ending: [] for ending in (*_ENDINGS, "")}
    for template in templates:
        for token in template.tokens:
            if token.kind == "word":
                words[token.key].append(template.article.text[token.start : token.end])
    states = {entry.id: entry for entry in authority.entries if entry.id.startswith("state/X")}
    return Moulds(
        templates,
        {ending: tuple(sorted(some)) for ending, some in words.items()},
        tuple(states[name] for name in sorted(states)),
    )


def _commonest(articles: Sequence[Article]) -> frozenset[str]:
    counts = Counter(word.casefold() for article in articles for word in _TOKEN.findall(article.text))
    return frozenset(sorted(counts, key=lambda word: (-counts[word], word))[:_COMMONEST])


def _template(article: Article, extraction: Extraction, authority: Authority, fixed: frozenset[str]) -> Template:
    people, bodies = _people(article.text, extraction), _bodies(article.text, extraction, authority)
    days = [match.span() for match in _DAY.finditer(article.text)]
    kept = [span for found in extraction.attributions for span in (*found.cue, *found.source)]
    tokens = []
    for match in _TOKEN.finditer(article.text):
        word, span = match[0], match.span()
        if word in people:
            tokens.append(Token(*span, *people[word]))
        elif span in bodies:
            tokens.append(Token(*span, "acronym" if word.isupper() else "body", word))
        elif word[0].isdigit():
            if not _YEAR.fullmatch(word) and not _touches(span, days):
                tokens.append(Token(*span, "number", ""))
        elif word.islower() and len(word) >= _SHORTEST and word not in fixed and not _touches(span, kept):
            tokens.append(Token(*span, "word", _ending(word)))
    return Template(article, extraction, tuple(tokens))


def _people(text: str, extraction: Extraction) -> dict[str, tuple[str, str]]:
    """Each word of a person's name: whether it is a given or family name, and whose (by the family name)."""
    names = [_name_words(text[n.start : n.end]) for n in extraction.names if n.kind == "person"]
    found: dict[str, tuple[str, str]] = {}
    for words in sorted(names, key=len, reverse=True):
        if words and words[-1] not in found:
            found[words[-1]] = ("family", words[-1])
        for word in words[:-1]:
            found.setdefault(word, ("given", words[-1]))
    return found


def _name_words(name: str) -> list[str]:
    words = [match[0] for match in _TOKEN.finditer(name)]
    return [word for word in words if word[0].isupper() and len(word) > 1 and word.casefold() not in lexicon.TITLES]


def _bodies(text: str, extraction: Extraction, authority: Authority) -> set[tuple[int, int]]:
    """Where the telling word of an organization or place stands: the first of its name. States keep theirs."""
    found = set()
    for name in extraction.names:
        whole = text[name.start : name.end]
        if name.kind == "person" or _is_of_state(whole, authority):
            continue
        for match in _TOKEN.finditer(text, name.start, name.end):
            word = match[0]
            if word[0].isupper() and len(word) > 1 and word.casefold() != "the":
                if not _is_of_state(word, authority):
                    found.add(match.span())
                break
    return found


def _is_of_state(name: str, authority: Authority) -> bool:
    entry = authority.find(name) or authority.find_capital(name) or authority.find_demonym(name)
    return entry is not None and entry.kind == "state"


def _touches(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _ending(word: str) -> str:
    return next((ending for ending in _ENDINGS if word.endswith(ending)), "")


def word_at(template: Template, token: Token) -> str:
    """The token's own text."""
    return template.article.text[token.start : token.end]


def tokens_of(template: Template, kind: str) -> Iterator[int]:
    """Numbers of the template's tokens of one kind."""
    return (number for number, token in enumerate(template.tokens) if token.kind == kind)
