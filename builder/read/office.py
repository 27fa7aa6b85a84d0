"""Text of Word files (DOCX, by mammoth). Leaf of `builder.read`; may import its other leaves."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.parsers.expat import ExpatError

import mammoth

from builder.read.compressed import check_size, seekable
from builder.read.limits import Limits
from builder.read.record import FRAGMENT, Metadata, Record
from builder.read.source import Source
from builder.tally import Dropped

_STYLES = "\n".join(f"p{style} => h1:fresh" for style in ("[style-name='Title']", ".Title", ".Heading1"))
_BROKEN = (zipfile.BadZipFile, zlib.error, ExpatError, KeyError, EOFError, OSError, RuntimeError)
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


def read_docx(source: Source, stream: BinaryIO, limits: Limits) -> Iterator[Record | Dropped]:
    """The one record of a Word file: its text with insertions taken and deletions left out, and no pictures.

    The file's properties (author, title, dates) are often its template's and are not read.
    """
    with seekable(stream) as file:
        try:
            problem = _problem(file, limits)
            if problem:
                yield source.dropped(*problem)
                return
            file.seek(0)
            ignored = mammoth.images.img_element(_no_picture)
            body = mammoth.convert_to_html(file, convert_image=ignored, style_map=_STYLES).value
        except _BROKEN as error:
            yield source.dropped("truncated-file", f"not a whole Word file: {error}"[:300])
            return
    if not re.sub(r"<[^<>]*>", "", body).strip():
        yield source.dropped("empty", "the Word file holds no text")
        return
    title = _HEADING.match(body)
    words = " ".join(re.sub(r"<[^<>]*>", "", title[1]).split()) if title else ""
    yield source.record(body, FRAGMENT, Metadata(title=words or None), is_whole=True)


def _problem(file: BinaryIO, limits: Limits) -> tuple[str, str] | None:
    """Why the parts inside may not be parsed: too large, or XML with a DTD, which Word never writes."""
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        packed = sum(entry.compress_size for entry in entries)
        check_size(sum(entry.file_size for entry in entries), packed, limits)
        for entry in entries:
            if not entry.filename.endswith((".xml", ".rels")):
                continue
            if entry.file_size > limits.record:
                return "over-limit", f"{entry.filename} in the file has {entry.file_size} bytes"
            if b"<!DOCTYPE" in archive.read(entry):
                return "unsafe-xml", f"{entry.filename} in the file has a DOCTYPE"
    return None


def _no_picture(_image: Any) -> dict[str, str]:
    return {}
