"""Where records come from, and the one way in which a reader makes a record. Leaf of `builder.read`.

May import `builder.read`'s manifest and records, and `builder.tally`.
"""

import hashlib
import json
from dataclasses import dataclass, fields, replace
from pathlib import PurePosixPath
from typing import BinaryIO

from builder.read.manifest import Collection
from builder.read.record import Metadata, Record
from builder.tally import Dropped


@dataclass(frozen=True, slots=True)
class Source:
    """A raw file, or a member of one: what every record and drop of it repeats.

    `name` is the file's path in the collection, `member` the path inside archives and mails ("" for the file itself).
    """

    collection: Collection
    name: str
    sha256: str
    member: str = ""

    @property
    def raw_path(self) -> str:
        """The file's path below the raw folder."""
        return f"{self.collection.prefix}/{self.name}" if self.collection.prefix else self.name

    @property
    def path(self) -> str:
        """The path in the collection, with archives as folders: what a file of one article is known by."""
        return f"{self.name}/{self.member}" if self.member else self.name

    def inside(self, member: str) -> "Source":
        """A member of this archive."""
        return replace(self, member=f"{self.member}/{member}" if self.member else member)

    def at(self, place: str) -> str:
        """A place in the raw file."""
        return ", ".join(part for part in (self.member and f"member {self.member}", place) if part)

    def dropped(self, reason: str, detail: str, place: str = "") -> Dropped:
        """A row of `dropped` for this file."""
        detail = detail.encode("utf-8", "backslashreplace").decode("utf-8")
        return Dropped("read", self.collection.id, self.raw_path, self.at(place), reason, detail)

    def record(
        self,
        body: str,
        media_type: str,
        metadata: Metadata,
        *,
        place: str = "",
        locator: str | None = None,
        revision: int = 0,
        may_come_again: bool = False,
        is_whole: bool = False,
    ) -> Record | Dropped:
        """A record of this file; Dropped where a value holds what is no character.

        Without a locator its URL is one, or else its content: what does not move with it. With `is_whole`, this file
        is this one article, and its path is the locator that stands in.
        """
        strings = [getattr(metadata, part.name) for part in fields(Metadata) if part.name != "authors"]
        for value in (body, locator, *strings, *metadata.authors):
            if value and (found := no_character(value)):
                return self.dropped("undecodable", found, place)
        instead = self.path if is_whole else metadata.url or content_hash(body, metadata)
        return Record(
            collection_id=self.collection.id,
            locator=locator or instead,
            revision=revision,
            raw_path=self.raw_path,
            place=self.at(place),
            raw_sha256=self.sha256,
            media_type=media_type,
            body=body,
            metadata=metadata,
            file_name=PurePosixPath(self.path).name if is_whole else "",
            may_come_again=may_come_again,
        )


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive or mail; its stream can be read until the next member is asked for."""

    name: str
    stream: BinaryIO


def no_character(value: str) -> str:
    """What in a value is half a surrogate pair, or a byte that was no UTF-8 (read in as one); "" where nothing is."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        code = ord(value[error.start])
        found = f"the byte 0x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"half a pair, U+{code:04X},"
        return f"{found} at character {error.start} of a value"
    return ""


def content_hash(body: str, metadata: Metadata) -> str:
    """A locator for a record without id and URL: out of its content, so that it does not move with the record."""
    said = {part.name: getattr(metadata, part.name) for part in fields(Metadata)}
    strings = [(name, value) for name, value in said.items() if value and name not in ("authors", "published_from")]
    content = json.dumps([body, sorted(strings), metadata.authors], ensure_ascii=False)
    return "sha256:" + hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]
