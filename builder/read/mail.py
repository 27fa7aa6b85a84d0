"""Press releases and newsletters as `.eml` files (RFC 5322). Leaf of `builder.read`; may import its other leaves.

The text is the mail's own; what is attached is read as a file of its own, as far as there is a reader for it.
"""

import re
from collections.abc import Iterator
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import BinaryIO, cast

from builder.read.compressed import Budget
from builder.read.decoding import BinaryDataError, UndecodableError, decode
from builder.read.document import read_whole
from builder.read.record import FRAGMENT, Metadata, Record
from builder.read.source import Member, Source
from builder.tally import Dropped

# More parts than this in one mail are no mail of ours, and each is looked at.
_PARTS = 1000
# Subjects and addresses are shorter; 17,000 brackets in a header kept the parser for 13 seconds.
_LONGEST_HEADER = 2_000
# Comments in brackets may lie in each other; the parser calls itself for each.
_BRACKETS = 20
# Pictures and signatures that belong to how a mail looks are no articles.
_LOOKS = re.compile(r"(?i)(?:image|audio|video|font)/|application/(?:pgp|pkcs7|x-pkcs7)|text/(?:calendar|css|vcard)")


class _ShortHeaders(EmailPolicy):
    """The standard library's policy, without what its parser takes too long for (the square of the length)."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """A header's name, and as much of its value as is read."""
        name, value = super().header_source_parse(sourcelines)
        value = value[:_LONGEST_HEADER]
        return name, value.replace("(", " ") if value.count("(") > _BRACKETS else value


_POLICY = cast("EmailPolicy[EmailMessage]", _ShortHeaders())


def read_mail(source: Source, stream: BinaryIO, budget: Budget) -> Iterator[Record | Dropped | Member]:
    """The mail's text as a record, located by its Message-ID, and then its attachments."""
    data = read_whole(source, stream, budget.limits)
    if isinstance(data, Dropped):
        yield data
        return
    message = BytesParser(EmailMessage, policy=_POLICY).parsebytes(data)
    parts = [part for part in message.walk() if not part.is_multipart()]
    if not message.keys() or len(parts) > _PARTS:
        reason = "over-limit" if message.keys() else "broken-record"
        yield source.dropped(reason, f"{len(message.keys())} header lines and {len(parts)} parts, which is no mail")
        return
    yield _text(source, message, parts)
    for number, part in enumerate(parts, 1):
        if part.get_filename() or part.is_attachment():
            yield _attachment(source, part, number)


def _text(source: Source, message: EmailMessage, parts: list[EmailMessage]) -> Record | Dropped:
    """The parts of plain text, or where there are none the HTML ones."""
    own = [part for part in parts if not part.get_filename() and not part.is_attachment()]
    for kind, media_type in (("text/plain", "text/plain"), ("text/html", FRAGMENT)):
        try:
            bodies = [_decoded(part) for part in own if part.get_content_type() == kind]
        except (BinaryDataError, UndecodableError) as error:
            reason = "binary" if isinstance(error, BinaryDataError) else "undecodable"
            return source.dropped(reason, str(error))
        body = "\n\n".join(bodies)
        if body.strip():
            locator = _header(message, "Message-ID").strip("<> ")
            return source.record(body, media_type, _metadata(message), locator=locator or None, is_whole=True)
    return source.dropped("empty", "the mail has no text of its own")


def _decoded(part: EmailMessage) -> str:
    """A part's characters, by its header or else as those of any text file."""
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    try:
        declared = part.get_content_charset("")
    except (LookupError, ValueError):
        declared = ""
    return decode(data, is_markup=part.get_content_type() == "text/html", declared=declared) if data else ""


def _metadata(message: EmailMessage) -> Metadata:
    sender = re.sub(r"\s*<[^<>]*>\s*$", "", _header(message, "From")).strip("\"' ")
    return Metadata(
        title=_header(message, "Subject") or None,
        publisher=sender if sender and "@" not in sender else None,
        published_at=_date(_header(message, "Date")),
        language=_header(message, "Content-Language").split(",")[0].strip() or None,
        published_from="header",
    )


def _date(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return text or None


def _header(message: EmailMessage, name: str) -> str:
    """A header's text on one line; "" where there is none or it cannot be read."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (MessageError, ValueError, LookupError, IndexError, TypeError, AttributeError):
        return ""  # the parser of headers of the standard library fails on some damaged ones


def _attachment(source: Source, part: EmailMessage, number: int) -> Member | Dropped:
    name = re.sub(r"[\\/\x00-\x1f]", "_", str(part.get_filename() or f"part-{number}"))
    name = name.encode("utf-8", "backslashreplace").decode("utf-8")
    kind = part.get_content_type()
    if _LOOKS.match(kind):
        return source.inside(name).dropped("no-article", f"the attachment is {kind[:80]!r}")
    data = part.get_payload(decode=True)
    return Member(name, BytesIO(data if isinstance(data, bytes) else b""))
