"""Records out of WARC files (ISO 28500), streaming. Leaf of `builder.read`; may import its other leaves.

A page that was crawled twice is two versions of one article. What a WARC tells about its crawl (requests, metadata),
error pages, pictures and scripts are no articles; each is a row of `dropped` all the same, so that the records of a
file can be counted.
"""

from collections.abc import Iterator
from email.message import Message
from typing import BinaryIO, Protocol

from fastwarc.warc import ArchiveIterator, WarcRecord

from builder.read.document import decoded
from builder.read.limits import Limits
from builder.read.record import Metadata, Record
from builder.read.source import Source
from builder.tally import Dropped

_CHUNK = 64 * 1024
_MEDIA_TYPES = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    "text/markdown": "text/markdown",
}
_PAYLOADS = ("response", "resource", "conversion")


class _Reader(Protocol):
    def read(self, size: int, /) -> bytes: ...


def read_warc(source: Source, stream: BinaryIO, limits: Limits) -> Iterator[Record | Dropped]:
    """A record per archived page; the place is the record's offset in the decompressed file."""
    place = "the start"
    try:
        # Compression is undone before, within our limits; HTTP is parsed apart, for a failure in it ends the iteration.
        for found in ArchiveIterator(stream, parse_http=False, stream_detect=False):
            place = f"offset {found.stream_pos}"
            yield _read(source, place, found, limits)
            if found.content_length > limits.record:
                found.consume()
    except OSError as error:
        yield source.dropped("truncated-file", f"no WARC record where one should begin, after {place}: {error}")


def _read(source: Source, place: str, found: WarcRecord, limits: Limits) -> Record | Dropped:
    kind = found.headers.get("WARC-Type") or ""
    stated = found.content_length
    if found.headers.get("Content-Length") is None:
        return source.dropped("truncated-file", "the record's header breaks off, or has no Content-Length", place)
    if stated > limits.record:
        return source.dropped("over-limit", f"a record of {stated} bytes, at most {limits.record} are read", place)
    data = _read_until(found.reader, stated)
    if len(data) < stated:
        return source.dropped("truncated-file", f"the record has {len(data)} of its {stated} bytes", place)
    if kind not in _PAYLOADS:
        return source.dropped("no-article", f"a WARC record of the type {kind[:40]!r}", place)
    payload = _http_payload(data, limits) if found.is_http else (data, found.headers.get("Content-Type") or "")
    if isinstance(payload, str):
        return source.dropped(payload.split(":")[0], payload.split(": ", 1)[1], place)
    return _page(source, place, found.headers.get("WARC-Target-URI"), *payload)


def _page(source: Source, place: str, url: str | None, data: bytes, content_type: str) -> Record | Dropped:
    header = Message()
    header["Content-Type"] = content_type
    media_type = _MEDIA_TYPES.get(header.get_content_type() if content_type else "")
    if media_type is None:
        return source.dropped("no-article", f"the archived file is {content_type[:80]!r}", place)
    if not data.strip():
        return source.dropped("empty", "the archived page holds nothing", place)
    body = decoded(source, data, is_markup=media_type == "text/html", place=place, declared=_charset(header))
    if isinstance(body, Dropped):
        return body
    address = (url or "").strip().strip("<>")
    is_web = address.startswith(("http://", "https://"))
    metadata = Metadata(url=address if is_web else None)
    return source.record(body, media_type, metadata, place=place, locator=address or None, may_come_again=True)


def _read_until(reader: _Reader, size: int) -> bytes:
    """So many bytes, or fewer where there are no more; a reader may give less at a time than asked for."""
    chunks: list[bytes] = []
    while size > 0 and (chunk := reader.read(min(size, _CHUNK))):
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)


def _charset(header: Message) -> str:
    try:
        return header.get_content_charset("")
    except (LookupError, ValueError):
        return ""


def _http_payload(data: bytes, limits: Limits) -> tuple[bytes, str] | str:
    """The body of an archived HTTP response without its transfer and content codings, and its content type.

    A string “reason: detail” where there is none to read.
    """
    response = WarcRecord()
    response.set_bytes_content(data)
    response.is_http = True
    try:
        response.parse_http(auto_decode="all")
        status = response.http_headers.status_code if response.http_headers else None
        if status is None:
            return "broken-record: no HTTP response inside the record"
        if status != 200:
            return f"no-article: the server answered {status}"
        body = _read_until(response.reader, limits.record + 1)
    except OSError as error:
        return f"broken-record: the HTTP response cannot be decoded: {error}"
    if len(body) > limits.record:
        return f"over-limit: a page of more than {limits.record} bytes"
    return body, response.http_headers.get("Content-Type") or ""
