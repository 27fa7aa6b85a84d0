"""Title, byline, date line and dateline at the head of an article. May import `builder.normalize.dates`.

What is read here and told to be no part of the body is taken out of the text; a dateline stays, it is part of the
first sentence's paragraph.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.normalize.dates import find_full_date, parse_date

# Within how many paragraphs a byline or date line may stand, and how long a paragraph is the body for sure.
HEAD_PARAGRAPHS = 6
BODY_LENGTH = 120
TITLE_LENGTH = 200

_BYLINE = re.compile(r"(?:by|By|BY)[:\s]\s*(?P<names>[^\W\d_].{1,110})")
_NOT_NAMES = re.compile(
    r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|june|july|august|september"
    r"|october|november|december)\b"
)
_BETWEEN_NAMES = re.compile(r"\s*(?:,\s+and\s+|\s+and\s+|\s*&\s*|;|\s+with\s+)\s*|,\s+")
_SMALL_NAME_WORDS = frozenset(
    [
        *(
            "van",
            "von",
            "de",
            "der",
            "den",
            "del",
            "della",
            "di",
            "da",
            "dos",
            "du",
            "la",
            "le",
            "el",
            "al",
            "bin",
            "ibn",
        ),
        *("of", "for", "the", "y", "e", "ter", "ten", "and", "with"),
    ]
)
_SEPARATORS = re.compile(r"\s+[|•·–—-]\s+|\s*[|•·]\s*")
_DATE_LABEL = re.compile(r"(?i)(?:first )?(?:published|posted|date|issued)\s*(?:on|at)?\s*:?\s+(?=\S)")
_UPDATE_LABEL = re.compile(r"(?i)(?:last )?(?:updated|modified)\s*(?:on|at)?\s*:?\s+(?=\S)")
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_YEARLESS_DATE = re.compile(
    rf"(?i)(?:{_WEEKDAY},?\s+)?(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{{1,2}}"
    rf"|\d{{1,2}}\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?)|{_WEEKDAY}"
)
_PLACE = r"[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]*)*(?:, [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)*)??"
_ANY_PLACE = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)*(?:, [A-Z][\w.'’-]+)??"
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]{2,8}\.?(?:,? \d{4})?|\d{4}-\d{2}-\d{2})"
_AGENCY = r"\([^()]{2,60}\)"
# “PORT ELSEN, March 3 (Courier) —”, “Port Elsen, 3 March 2026 –”, “(Outlet.com)-”; a paragraph must follow.
_DATELINE = re.compile(
    rf"(?P<head>{_PLACE}(?:, {_DAY})?(?: {_AGENCY})?|{_ANY_PLACE}, {_DAY}(?: {_AGENCY})?|{_AGENCY}(?=\s?[—–-]))"
    r"\s*(?:—|–|--|(?<=\s)-|(?<=\))-)\s+(?=\S.{39})"
)
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]\.){2,}$|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|St|Mr|Mrs|Dr|vs)\.$")
_FINAL = re.compile(r"[.!?:;,…][\"”’')\]]*$")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says; `removed` are (paragraph, line) pairs that are no part of the body."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    date_line: str | None = None
    update_line: str | None = None
    dateline_date: str | None = None
    removed: frozenset[tuple[int, int]] = frozenset()


def read_head(paragraphs: Sequence[Sequence[str]], titles: Sequence[str] = ()) -> Head:
    """The head of an article given as paragraphs of cleaned lines.

    `titles` are forms of the title known from elsewhere: where one opens the text it is taken out, and no other title
    is looked for. Where taking the head out would leave nothing, nothing is taken out.
    """
    head = Head(title=titles[0] if titles else None)
    if not titles and len(paragraphs) > 0:
        head = _with_title(head, paragraphs)
    for number, lines in enumerate(paragraphs[:HEAD_PARAGRAPHS]):
        kept = [n for n in range(len(lines)) if (number, n) not in head.removed]
        for n in kept:
            head = _with_line(head, lines[n], (number, n), titles)
        left = [lines[n] for n in kept if (number, n) not in head.removed]
        if left and (_opens_with_dateline(left[0]) or len(" ".join(left)) > BODY_LENGTH):
            break
    if all((p, n) in head.removed for p, lines in enumerate(paragraphs) for n in range(len(lines))):
        head = replace(head, removed=frozenset())
    return replace(head, dateline_date=_dateline_date(paragraphs, head))


def split_names(text: str) -> tuple[str, ...]:
    """The names of a byline, in its order.

    >>> split_names("By Mira Tolland, Corin Hale and Edda van Quill")
    ('Mira Tolland', 'Corin Hale', 'Edda van Quill')
    """
    match = _BYLINE.fullmatch(text.strip())
    names = match["names"] if match else text.strip()
    if " of " in names:  # an office (“Ministry of Fish and Ice”), whose name is not to be taken apart
        return (names,)
    parts = [name.strip(" ,.|") for name in _BETWEEN_NAMES.split(names)]
    return tuple(dict.fromkeys(part for part in parts if part))


def is_same_title(one: str, other: str) -> bool:
    """Whether two strings are one title, but for case, spaces and punctuation."""
    return _words(one) == _words(other) != []


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _with_title(head: Head, paragraphs: Sequence[Sequence[str]]) -> Head:
    """The first paragraph as title, if it is one line (but for byline and date line) and reads like a headline."""
    lines = paragraphs[0]
    rest = list(lines[1:])
    following = rest + [line for lines in paragraphs[1:3] for line in lines[:1]]
    if not following or any(_furniture(line) is None for line in rest) or _furniture(lines[0]) is not None:
        return head
    if reads_like_title(lines[0], following[0]):
        return replace(head, title=lines[0], removed=frozenset({(0, 0)}))
    return head


def reads_like_title(line: str, following: str) -> bool:
    """Whether a line that opens a text is its headline.

    It ends like no sentence, or most of its words are capitalized; or a byline, date line or dateline follows it.

    >>> reads_like_title("Gate Stays Shut, Says Port of U.S.", "Edda Quill left on Monday.")
    True
    >>> reads_like_title("Edda Quill left on Monday.", "Nobody knew why.")
    False
    """
    if len(line) > TITLE_LENGTH or _opens_with_dateline(line):
        return False
    if _furniture(following) is not None or _opens_with_dateline(following):
        return True
    if not _FINAL.search(line):
        return True
    return _is_title_cased(line) and (line.endswith(("?", "!")) or _ABBREVIATION.search(line) is not None)


def _is_title_cased(line: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w'’]*", line) if len(word) > 3]
    return bool(words) and sum(word[0].isupper() for word in words) * 4 >= len(words) * 3


def _with_line(head: Head, line: str, spot: tuple[int, int], titles: Sequence[str]) -> Head:
    """The head with what one line says, if that is no part of the body."""
    if any(is_same_title(line, title) for title in titles) and spot[0] < 2:
        return replace(head, removed=head.removed | {spot})
    furniture = _furniture(line)
    if furniture is None:
        return head
    return replace(
        head,
        authors=head.authors or furniture.authors,
        date_line=head.date_line or furniture.date_line,
        update_line=head.update_line or furniture.update_line,
        removed=head.removed | {spot},
    )


def _furniture(line: str) -> Head | None:
    """What a line says that is a byline, a date line, or both with a bar between; None for any other line."""
    if len(line) > BODY_LENGTH:
        return None
    if (found := _part(line)) is not None:
        return found
    parts = [part for part in _SEPARATORS.split(line) if part]
    found = _part(parts[0]) if len(parts) > 1 else None
    for part in parts[1:]:
        more = _part(part)
        if found is None or more is None:
            return None
        found = Head(
            authors=found.authors or more.authors,
            date_line=found.date_line or more.date_line,
            update_line=found.update_line or more.update_line,
        )
    return found


def _part(text: str) -> Head | None:
    if _is_byline(text):
        return Head(authors=split_names(text))
    label = _UPDATE_LABEL.match(text)
    if label and _is_day(text[label.end() :]):
        return Head(update_line=text[label.end() :])
    label = _DATE_LABEL.match(text)
    date = text[label.end() :] if label else text
    if _is_day(date):
        return Head(date_line=date)
    return Head() if _YEARLESS_DATE.fullmatch(date) else None


def _is_day(text: str) -> bool:
    found = parse_date(text) if len(text) <= 60 else None
    return found is not None and found.precision in ("day", "minute")


def _is_byline(line: str) -> bool:
    """“By” and capitalized names, with no sentence about them."""
    match = _BYLINE.fullmatch(line)
    if not match or _NOT_NAMES.search(match["names"]) or re.search(r"[.!?]$", match["names"]):
        return False
    words = [word for word in re.split(r"[\s,;&|]+", match["names"]) if word]
    return all(word[0].isupper() or word in _SMALL_NAME_WORDS for word in words)


def _opens_with_dateline(line: str) -> bool:
    return _DATELINE.match(line) is not None


def _dateline_date(paragraphs: Sequence[Sequence[str]], head: Head) -> str | None:
    """The full date in the dateline that opens the body; one without its year dates nothing."""
    for number, lines in enumerate(paragraphs[:HEAD_PARAGRAPHS]):
        for n, line in enumerate(lines):
            if (number, n) not in head.removed and (match := _DATELINE.match(line)):
                return find_full_date(match["head"])
    return None
