"""Direct quotations in languages that the encoder does not read, by marks and by a verb of saying beside them.

Imports `attribution`, `languages`, `typography`. A quotation is an attribution where a verb of saying, or a phrase like
“according to”, stands beside it, or where it is a sentence of its own; a word in marks alone is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.extract.attribution import Attribution, Extraction, Name, Span
from builder.extract.languages import CAPITAL, Language, read_language
from builder.extract.typography import Marked, find_marked

# Set, not measured: with a verb of saying beside the marks, and without.
TOLD, UNTOLD = 0.8, 0.5
# Words of a sentence that is quoted without saying by whom.
_SENTENCE = 5
_TAG = 160
_WORD = re.compile(r"\w[\w’'-]*")
_SENTENCE_ENDS = re.compile(r"(?<!\b\w)(?<!\b[DSM]r)(?<!\bSra)[.!?…;:]+(?=\s|$)|\s[—–]\s")
_STOPS = re.compile(r"[,.;:!?()«»“”„\"—–]")
_LEAD = re.compile(r",?\s*(?:[—–-]\s*)?")
_INITIALS = re.compile(r"\s*(?:\w{1,3}\.\s?)+")
# What may stand between a quotation and its verb: a comma, a dash, two little words (Spanish “lo”, German “das”).
_LEADS_IN = re.compile(_LEAD.pattern + r"(?:[^\W\d_]{1,4}\s){0,2}")
_LITTLE = 4
# Dutch “'s Ochtends” opens a sentence with two characters and a space before its capital.
_ELISION = 3


@dataclass(frozen=True, slots=True)
class Tag:
    """Who says it beside a quotation: the cue, the source where one is told, a name in it, and where the tag ends."""

    cue: Span
    source: Span | None
    name: Span | None
    end: int


def find_direct_quotes(text: str, code: str) -> Extraction:
    """The direct quotations of a text in one of `DIRECT_QUOTE_LANGUAGES`, and the names of who says them.

    >>> text = "„Das Tor bleibt zu“, sagte Bürgermeisterin Lena Brandt am Montag."
    >>> (quote,) = find_direct_quotes(text, "de").attributions
    >>> [text[start:end] for start, end in (*quote.content, *quote.cue, *quote.source)]
    ['„Das Tor bleibt zu“', 'sagte', 'Bürgermeisterin Lena Brandt']
    """
    language = read_language(code)
    marked = find_marked(text, language)
    attributions: list[Attribution] = []
    names: dict[Span, None] = {}
    end_of_tag = -1
    for number, quotation in enumerate(marked):
        if attributions and _goes_on(text, quotation, attributions[-1], end_of_tag):
            attributions[-1] = _with_piece(attributions[-1], quotation)
            continue
        following = marked[number + 1].start if number + 1 < len(marked) else len(text)
        before = marked[number - 1].end if number else 0
        tag = _behind(text, quotation, following, language) or _ahead(text, quotation, before, end_of_tag, language)
        if tag is None and not _is_sentence(text, quotation):
            continue
        inner = _within(text, quotation, language) if tag is None else None
        attributions.append(inner or _attribution(quotation, tag))
        if tag:
            end_of_tag = tag.end
            names.update({tag.name: None} if tag.name else {})
    return Extraction(tuple(attributions), tuple(Name(start, end, "person") for start, end in sorted(names)))


def _attribution(quotation: Marked, tag: Tag | None) -> Attribution:
    return Attribution(
        content=((quotation.start, quotation.end),),
        cue=(tag.cue,) if tag else (),
        source=(tag.source,) if tag and tag.source else (),
        confidence=TOLD if tag else UNTOLD,
        quote_type="direct",
    )


def _within(text: str, quotation: Marked, language: Language) -> Attribution | None:
    """A quotation whose tag stands inside its marks, as French sets it (« Non, a-t-elle dit. Jamais. »)."""
    for verb in language.verb.finditer(text, quotation.start, quotation.end):
        comma = text.rfind(",", quotation.start, verb.start())
        if (who := _inverted(verb)) and comma >= 0 and not text[comma + 1 : verb.start()].strip():
            rest = re.compile(r"[.,;]?\s*").match(text, verb.end(), quotation.end)
            after = (rest.end() if rest else verb.end(), quotation.end)
            pieces = [(quotation.start, comma)]
            pieces += [after] if _WORD.search(text, *after) else []
            return Attribution(tuple(pieces), (verb.span(),), (who,), TOLD, "direct")
    return None


def _goes_on(text: str, quotation: Marked, before: Attribution, end_of_tag: int) -> bool:
    """Whether a quotation goes on with the one before it: behind a tag that no full stop ends, in one sentence."""
    if not before.cue or before.cue[0] < before.content[-1] or end_of_tag < before.content[-1][1]:
        return False
    gap = text[end_of_tag : quotation.start]
    return quotation.start - end_of_tag <= _TAG and "\n" not in gap and re.search(r"[.!?;]", gap) is None


def _with_piece(before: Attribution, quotation: Marked) -> Attribution:
    content = (*before.content, (quotation.start, quotation.end))
    return Attribution(content, before.cue, before.source, before.confidence, "direct", before.attribution_type)


def _is_sentence(text: str, quotation: Marked) -> bool:
    """Whether what is quoted is a sentence: long enough, begun with a capital, ended before or right behind it."""
    inner = text[quotation.start + 1 : quotation.end].strip(" \u00a0\u202f\"”“»«’'")
    ends = re.search(r"[.!?…]$", inner) or re.match(r"\s*(?:[.!?…]|$)", text[quotation.end : quotation.paragraph[1]])
    return bool(ends) and len(_WORD.findall(inner)) >= _SENTENCE and inner[:1].isupper()


def _behind(text: str, quotation: Marked, following: int, language: Language) -> Tag | None:
    """The tag right behind a quotation, up to a comma or the sentence's end (“…”, said Anna Holm)."""
    limit = min(quotation.paragraph[1], following, quotation.end + _TAG)
    start, latest = _LEAD.match(text, quotation.end, limit), _LEADS_IN.match(text, quotation.end, limit)
    assert start is not None
    assert latest is not None
    stop = _SENTENCE_ENDS.search(text, start.end(), limit)
    end = stop.start() if stop else limit
    comma = text.find(",", start.end(), end)
    clause = (start.end(), comma if comma >= 0 else end)
    if according := language.according.match(text, *clause):
        rest = (according.end(), clause[1])
        return _tag(text, according.span(), rest, language, is_named=not language.names_inflect)
    verb = language.verb.search(text, *clause)
    if verb and language.stop.search(text, start.end(), verb.start()):
        return None
    if verb is None or verb.start() > latest.end():
        return _source_first(text, clause, verb, language)
    if who := _inverted(verb):
        return Tag(verb.span(), who, None, verb.end())
    return _with_apposition(text, _tag(text, verb.span(), (verb.end(), clause[1]), language), end, language)


def _with_apposition(text: str, tag: Tag, end: int, language: Language) -> Tag:
    """A tag with the name that stands behind its noun and a comma (said the mayor, Anna Holm)."""
    if tag.source is None or tag.name is not None or text[tag.end : tag.end + 2] != ", ":
        return tag
    name = next(_names(text, (tag.end + 2, end), language), None)
    if name is None or len(_WORD.findall(text, tag.end, name[0])) > 1:
        return tag
    return Tag(tag.cue, (tag.source[0], name[1]), name, name[1])


def _source_first(text: str, span: Span, verb: re.Match[str] | None, language: Language) -> Tag | None:
    """A tag whose source stands before its verb: “…”, Anna Holm said."""
    if verb is None or len(_WORD.findall(text, span[0], verb.start())) > _LITTLE:
        return None
    source, name = _phrase(text, (span[0], verb.start()), language)
    return Tag(verb.span(), source, name, verb.end()) if source else None


def _ahead(text: str, quotation: Marked, before: int, end_of_tag: int, language: Language) -> Tag | None:
    """The tag before a quotation, which a colon or comma ends (Anna Holm said: “…”)."""
    start = max(quotation.paragraph[0], before, end_of_tag, quotation.start - 2 * _TAG)
    head = text[start : quotation.start].rstrip()
    if not head.endswith((":", ",")):
        return None
    end = start + len(head) - 1
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(text, start, end)]
    start = ends[-1] if ends else start
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if according := language.according.match(text, start, end):
        return _tag(text, according.span(), (according.end(), end), language, is_named=not language.names_inflect)
    verbs = list(language.verb.finditer(text, start, end))
    if not verbs:
        return None
    verb = verbs[-1]
    if who := _inverted(verb):
        return Tag(verb.span(), who, None, quotation.start)
    source, name = _before_verb(text, (start, verb.start()), language)
    if name is None:
        tag = _tag(text, verb.span(), (verb.end(), end), language)
        source, name = (tag.source, tag.name) if tag.name or source is None else (source, name)
    return Tag(verb.span(), source, name, quotation.start)


def _inverted(verb: re.Match[str]) -> Span | None:
    """The pronoun inside a French verb turned round."""
    for group in ("who", "whom"):
        if group in verb.re.groupindex and verb[group]:
            return verb.span(group)
    return None


def _tag(text: str, cue: Span, rest: Span, language: Language, *, is_named: bool = True) -> Tag:
    """A tag whose source follows its cue."""
    source, name = _phrase(text, rest, language)
    return Tag(cue, source, name if is_named else None, source[1] if source else cue[1])


def _before_verb(text: str, span: Span, language: Language) -> tuple[Span | None, Span | None]:
    """The source before a verb and the name in it: the last name that no preposition governs, else the phrase's end.

    A lone capitalized word that opens the sentence is a name where it ends a full name somewhere in the text.
    """
    start, end = span
    for name in reversed(list(_names(text, span, language))):
        word = re.search(r"[\w’'-]+$", text[start : name[0]].rstrip())
        if word and language.stop.fullmatch(word[0]):
            continue
        form = text[name[0] : name[1]]
        if (
            name[0] - start <= _ELISION
            and " " not in form
            and not re.search(rf"{CAPITAL}[\w’'-]* {re.escape(form)}\b", text)
        ):
            continue
        return _with_roles(text, name, start, language), name
    clause = max(text.rfind(",", start, end - 1), text.rfind(";", start, end)) + 1
    words = list(_WORD.finditer(text, max(clause, start), end))
    stops = [n for n, word in enumerate(words) if language.stop.fullmatch(word[0])]
    words = words[(stops[-1] + 1 if stops else 0) :]
    return ((words[0].start(), words[-1].end()), None) if 1 <= len(words) <= _LITTLE else (None, None)


def _with_roles(text: str, name: Span, start: int, language: Language) -> Span:
    """A name with the offices that stand right before it."""
    first = name[0]
    while (before := re.search(r"([\w’'-]+\.?)\s$", text[start:first])) and language.is_role(before[1]):
        first = start + before.start(1)
    return first, name[1]


def _phrase(text: str, span: Span, language: Language) -> tuple[Span | None, Span | None]:
    """The noun phrase at the start of text[span], up to its name's end where it has one, and that name."""
    initials = _INITIALS.match(text, *span)
    stop = _STOPS.search(text, initials.end() if initials else span[0], span[1])
    clause = (span[0], stop.start() if stop else span[1])
    preposition = language.stop.search(text, *clause)
    words = list(_WORD.finditer(text, clause[0], preposition.start() if preposition else clause[1]))
    if not words:
        return None, None
    start = words[0].start()
    if words[0][0].casefold() in language.pronouns:
        return words[0].span(), None
    name = next(_names(text, (start, clause[1]), language), None)
    if name and name[0] < words[-1].end() and len(_WORD.findall(text, start, name[0])) <= _LITTLE:
        return (start, name[1]), name
    return (start, words[min(len(words), _LITTLE) - 1].end()), None


def _names(text: str, span: Span, language: Language) -> Iterator[Span]:
    """The names in a stretch: capitalized words without the offices before them."""
    for match in language.name.finditer(text, *span):
        words = [word for word in re.finditer(r"\S+", match[0]) if word[0] not in language.not_names]
        while words and language.is_role(words[0][0]):
            words = words[1:]
        if not words or (language.nouns_are_capitalized and len(words) == 1 and _is_noun(text, match, words[0])):
            continue
        start, end = match.start() + words[0].start(), match.start() + words[-1].end()
        yield start, end - (text[end - 1] == "." and end == span[1])


def _is_noun(text: str, match: re.Match[str], word: re.Match[str]) -> bool:
    """Whether a lone capitalized word stands behind an article or pronoun, as nouns do and last names do not."""
    before = re.search(r"([\w’'-]+)\s$", text[: match.start() + word.start()])
    return before is not None and bool(re.fullmatch(r"(?i)(?:d(?:er|ie|as|en|em|es)|ein\w*|sein\w*|ihr\w*)", before[1]))
