"""Articles made of a few lines, for the tests of normalize."""

from pathlib import Path

from builder.normalize.article import Article
from builder.normalize.stage import normalize
from builder.read.manifest import Collection
from builder.read.record import Metadata, Record

BODY = "Edda Quill left the harbour board on Monday, three days before it was to vote."
MORE = "“I was shown one map,” she said, “and asked to sign another.”"


def collection(**values: object) -> Collection:
    defaults: dict[str, object] = {
        "id": "post",
        "path": Path("post"),
        "prefix": "post",
        "title": "The Tarn Post",
        "license": "CC0-1.0",
        "text_may_be_published": True,
    }
    return Collection(**{**defaults, **values})  # type: ignore[arg-type]


def record(body: str, media_type: str = "text/plain", raw_path: str = "post/a.txt", **metadata: object) -> Record:
    return Record(
        collection_id="post",
        locator="a",
        revision=0,
        raw_path=raw_path,
        place="",
        raw_sha256="0" * 64,
        media_type=media_type,
        body=body,
        metadata=Metadata(**metadata),  # type: ignore[arg-type]
    )


def article(body: str, media_type: str = "text/plain", **metadata: object) -> Article:
    found = normalize(record(body, media_type, **metadata), collection())  # type: ignore[arg-type]
    assert isinstance(found, Article)
    return found
