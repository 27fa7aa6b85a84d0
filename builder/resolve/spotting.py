"""Which stretches of an article are names: the tagger's, mended, and those that it did not see.

Imports `authority`, `bounds`, `lexicon`, `names`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from builder.extract.attribution import Name
from builder.resolve.authority import Authority
from builder.resolve.bounds import mend_bounds
from builder.resolve.lexicon import ROLE_MODIFIERS, ROLE_NOUNS
from builder.resolve.names import NameMention, name_words, read_name

_TOKEN = re.compile(r"[A-ZÀ-Þ][\w.&’'-]*|\b(?:of|the|for|and|on)\b")
_ENDING = re.compile(r"(?:['’]s?|-)$")
_LINE = re.compile(r"[^\n]+")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
# Last names that are also words which open sentences.
_ALSO_WORDS = frozenset({"will", "may", "white", "black", "brown", "young", "rice", "long", "best", "price", "love"})

# How many names that the authority knows may begin inside a longer one.
_OVERLAPPING = 6
# Nouns that a tagger takes for an organization's name where they are capitalized.
_COMMON = frozenset(
    {"party", "pac", "committee", "company", "university", "court", "department", "ministry", "team", "office"}
    | {"council", "college", "campaign", "minority", "majority", "president", "senator", "governor", "state", "states"}
)


def find_names(text: str, names: Iterable[Name], authority: Authority) -> list[NameMention]:
    """All names in the text's order, none overlapping.

    In a heading, where every word is capitalized, a tagger's name is cut to what is a name elsewhere; one that is part
    of a longer name that the authority knows is that name. Then come the names that only the authority knows, and the
    last names of persons whom the article names in full.
    """
    found: list[NameMention] = []
    taken = bytearray(len(text))
    headings = list(_headings(text))
    spans = mend_bounds(text, ((n.start, n.end, n.kind) for n in names))
    body = [span for span in spans if not _is_in(span[0], headings)]
    known = {name_words(text[start:end])[-1:] for start, end, _ in body}
    in_authority = list(_known_names(text, authority))
    for start, end, kind in spans:
        if _is_in(start, headings):
            start, end = _cut_heading(text, start, end, known)
        whole = _around(start, end, in_authority)
        if whole and (whole != (start, end) or " " in text[start:end]):  # "Jordan" alone may be somebody
            (start, end), kind = whole, "other"
        _take(text, start, end, kind, authority, taken, found)
    for start, end in in_authority:
        _take(text, start, end, "other", authority, taken, found)
    for start, end in _last_names(text, found, taken):
        _take(text, start, end, "person", authority, taken, found)
    return sorted(found, key=lambda m: m.start)


def _around(start: int, end: int, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The first of some names in the text's order, few of which overlap, that text[start:end] is part of."""
    at = bisect_right(spans, start, key=lambda span: span[0])
    return next((span for span in spans[max(0, at - _OVERLAPPING) : at] if end <= span[1]), None)


def _take(
    text: str, start: int, end: int, kind: str, authority: Authority, taken: bytearray, found: list[NameMention]
) -> None:
    mention = read_name(text, start, end, kind, authority) if start < end and not any(taken[start:end]) else None
    if mention and mention.form.casefold() not in _COMMON and not _is_title(text, mention):
        taken[start:end] = b"\1" * (end - start)
        found.append(mention)


def _is_title(text: str, mention: NameMention) -> bool:
    """Whether a tagger took the beginning of a title for a name: "Foreign" of "Foreign Minister"."""
    following = re.match(r"\s+(\w+)", text[mention.end : mention.end + 30])
    return mention.form.casefold() in ROLE_MODIFIERS and bool(following and following[1].casefold() in ROLE_NOUNS)


def _headings(text: str) -> Iterator[tuple[int, int]]:
    """Lines in title case: at least four long words, eight in ten of them capitalized."""
    for line in _LINE.finditer(text):
        words = _LONG_WORD.findall(line[0]) if len(line[0]) < 160 else []
        if len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.8 * len(words):
            yield line.span()


def _is_in(offset: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in spans)


def _cut_heading(text: str, start: int, end: int, known: set[tuple[str, ...]]) -> tuple[int, int]:
    """A heading's name up to the first word that ends a name in the body: "Orm Calls On Vik" is Orm."""
    words = list(re.finditer(r"\S+", text[start:end]))
    if len(words) < 2 or name_words(words[-1][0])[-1:] in known:
        return start, end
    for word in words:
        if name_words(re.sub(r"['’]s$", "", word[0]))[-1:] in known:
            return start, start + word.end()
    return start, end


def _known_names(text: str, authority: Authority) -> Iterator[tuple[int, int]]:
    """The longest names of the authority at each capitalized word."""
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    for at, (start, _) in enumerate(tokens):
        end = _longest_known(text, tokens, at, authority) if text[start].isupper() else 0
        if end:
            yield start, end


def _longest_known(text: str, tokens: list[tuple[int, int]], at: int, authority: Authority) -> int:
    """Where the longest name of the authority that begins with token `at` ends; 0 where none does."""
    start, best = tokens[at][0], 0
    if not authority.may_begin(_bare(text[slice(*tokens[at])]).rstrip(".")):
        return 0
    last = start
    for token_start, end in tokens[at : at + 6]:
        if token_start > last + 1 and token_start != start:
            break
        last = end
        bare = _bare(text[start:end])
        for form in (bare, bare.rstrip(".")):
            if authority.find(form, text):
                best = max(best, start + len(form))
    return best


def _bare(form: str) -> str:
    """A name without the ending that makes it a possessive."""
    return _ENDING.sub("", form)


def _last_names(text: str, found: list[NameMention], taken: bytearray) -> Iterator[tuple[int, int]]:
    """Capitalized words that no name holds yet and that are a person's last name, alone between lower-case words."""
    lasts = {m.form.split()[-1] for m in found if m.kind == "person" and " " in m.form}
    lasts = {last for last in lasts if len(last) > 2 and last[0].isupper() and last.casefold() not in _ALSO_WORDS}
    if not lasts:
        return
    pattern = re.compile(r"(?<![\w@#-])(?:" + "|".join(map(re.escape, sorted(lasts))) + r")(?![\w-])")
    for match in pattern.finditer(text):
        follows = re.match(r"\s[A-Z]\w", text[match.end() : match.end() + 3])
        if not any(taken[match.start() : match.end()]) and not follows:
            yield match.span()
