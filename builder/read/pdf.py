"""Text of PDF files, by PDFium. Leaf of `builder.read`; may import its other leaves.

PDF knows lines at places, not paragraphs: lines are joined where they follow each other closely, and a gap, or a
short last line, ends a paragraph. A scan has no text; nothing is guessed from pictures.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import BinaryIO

import pypdfium2

from builder.read.document import read_whole
from builder.read.limits import Limits
from builder.read.record import Metadata, Record
from builder.read.source import Source
from builder.tally import Dropped

# Lines of a paragraph stand at most this many times the page's usual distance apart.
_GAP = 1.35
# The last line of a paragraph is at most this share of the longest as long, and ends a sentence.
_SHORT = 0.85
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*$")
_NUMBER = re.compile(r"\d+")
# A line that stands on more than half of the pages, and on three at least, is a running head or foot.
_RUNNING = 3


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text and where it stands, in points from the page's lower left."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


def read_pdf(source: Source, stream: BinaryIO, limits: Limits) -> Iterator[Record | Dropped]:
    """The one record of a PDF; its properties are often those of the program that made it and are not read."""
    data = read_whole(source, stream, limits)
    if isinstance(data, Dropped):
        yield data
        return
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        yield source.dropped("truncated-file", f"not a whole PDF: {error}"[:300])
        return
    try:
        if len(document) > limits.pages:
            yield source.dropped("over-limit", f"{len(document)} pages, at most {limits.pages} are read")
            return
        pages = [_lines(document, number) for number in range(len(document))]
    finally:
        document.close()
    body = "\n\n".join(_paragraphs(_without_running(pages)))
    if not body.strip():
        yield source.dropped("empty", "the PDF holds no text: it may be a scan")
        return
    yield source.record(body, "text/plain", Metadata(), is_whole=True)


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[_Line]:
    """The lines of a page in the order in which the file gives them; none of a page that cannot be loaded."""
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return []
    lines: list[_Line] = []
    boxes = [text.get_rect(n) for n in range(text.count_rects())]
    for left, bottom, right, top in boxes:
        words = " ".join(text.get_text_bounded(left, bottom, right, top).replace("\ufffe", "-").split())
        last = lines[-1] if lines else None
        if not words:
            continue
        if last and abs(last.bottom - bottom) < (last.top - last.bottom) / 2 and left >= last.right - 1:
            joint = " " if left - last.right > (top - bottom) / 10 else ""
            lines[-1] = _Line(last.text + joint + words, last.left, right, min(last.bottom, bottom), max(last.top, top))
        else:
            lines.append(_Line(words, left, right, bottom, top))
    text.close()
    page.close()
    return lines


def _without_running(pages: list[list[_Line]]) -> list[list[_Line]]:
    """The pages without what stands at the same place of most of them, page numbers apart."""
    keys = [{_key(line) for line in lines} for lines in pages]
    counts = Counter(key for found in keys for key in found)
    often = {key for key, count in counts.items() if count >= _RUNNING and count * 2 > len(pages)}
    return [[line for line in lines if _key(line) not in often] for lines in pages]


def _key(line: _Line) -> tuple[str, int]:
    return _NUMBER.sub("#", line.text), round(line.bottom)


def _paragraphs(pages: list[list[_Line]]) -> list[str]:
    """The lines of all pages as paragraphs; one goes on over the page where its sentence does."""
    paragraphs: list[str] = []
    for lines in pages:
        distances = [a.bottom - b.bottom for a, b in pairwise(lines) if a.bottom > b.bottom]
        usual = median(distances) if distances else 0.0
        longest = max((line.right for line in lines), default=0.0)
        before: _Line | None = None
        for line in lines:
            if paragraphs and (_goes_on(before, line, usual, longest) if before else _is_open(paragraphs[-1])):
                paragraphs[-1] = f"{paragraphs[-1]}\n{line.text}"
            else:
                paragraphs.append(line.text)
            before = line
    return paragraphs


def _goes_on(before: _Line, line: _Line, usual: float, longest: float) -> bool:
    """Whether a line belongs to the paragraph of the one before it."""
    distance = before.bottom - line.bottom
    if not 0 < distance <= usual * _GAP:
        return False
    height, height_before = line.top - line.bottom, before.top - before.bottom
    if max(height, height_before) > 1.5 * min(height, height_before):
        return False
    return not (before.right < longest * _SHORT and _ENDS.search(before.text))


def _is_open(paragraph: str) -> bool:
    """Whether a paragraph at a page's foot goes on: it ends no sentence, and is more than a heading."""
    return not _ENDS.search(paragraph) and ("\n" in paragraph or len(paragraph) > 80)
