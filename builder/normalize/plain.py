"""Plain text to paragraphs. May import `builder.normalize`'s traced, head and draft.

A blank line ends a paragraph, and lines within one are joined by a space (they were wrapped). In a text without
blank lines every line is a paragraph.
"""

import re
from collections.abc import Sequence

from builder.normalize.draft import Draft
from builder.normalize.head import Head, read_head
from builder.normalize.traced import Traced, clean, concatenate, trace

LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


def read_plain(body: str, titles: Sequence[str] = ()) -> Draft:
    """The text of a plain body, without its title, byline and date line."""
    paragraphs = split_paragraphs(body)
    head = read_head([[line.text for line in lines] for lines in paragraphs], titles)
    kept = [
        [line for n, line in enumerate(lines) if (number, n) not in head.removed]
        for number, lines in enumerate(paragraphs)
    ]
    text = concatenate([clean(concatenate(lines, " ")) for lines in kept if lines], "\n\n")
    return Draft(text=text, title=head.title, authors=head.authors, dates=head_dates(head))


def head_dates(head: Head) -> dict[str, str]:
    """The dates that a head holds, by where they were read. An update's date stands in where no other is given."""
    byline = head.date_line or head.update_line
    found = {"byline": byline, "dateline": head.dateline_date}
    return {place: date for place, date in found.items() if date}


def split_paragraphs(body: str) -> list[list[Traced]]:
    """Paragraphs as lists of cleaned lines."""
    lines = _split_lines(trace(body))
    if not any(lines[n].text == "" for n in range(1, len(lines) - 1)):
        return [[line] for line in lines if line.text]
    paragraphs: list[list[Traced]] = [[]]
    for line in lines:
        if line.text:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def _split_lines(body: Traced) -> list[Traced]:
    """The cleaned lines, with blank ones at the two ends left out."""
    lines: list[Traced] = []
    start = 0
    for match in LINE_END.finditer(body.text):
        lines.append(clean(body[start : match.start()]))
        start = match.end()
    lines.append(clean(body[start:]))
    filled = [n for n, line in enumerate(lines) if line.text]
    return lines[filled[0] : filled[-1] + 1] if filled else []
