"""A page as it is read here and as trafilatura's default reads it. May import the stages read and normalize."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import trafilatura
from trafilatura.metadata import extract_metadata

from builder.normalize.stage import normalize
from builder.read.arrange import arrange
from builder.read.checksums import verify_sums
from builder.read.manifest import Collection
from builder.read.record import Record
from builder.read.stage import read
from builder.tally import Dropped


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` is "" where there is no article; `problem` says why."""

    text: str = ""
    title: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    problem: str = ""


def read_here(page: Path) -> Reading:
    """The page through read and normalize, as the only file of a collection; a live blog's entries in a row."""
    with tempfile.TemporaryDirectory() as aside:
        shutil.copyfile(page, Path(aside) / "page.html")
        collection = Collection(
            id="pages", path=Path(aside), prefix="", title="Pages", license="CC0-1.0", text_may_be_published=True
        )
        items = [found.item for found in arrange(read(collection, verify_sums(collection)))]
    results = [normalize(item, collection) if isinstance(item, Record) else item for item in items]
    articles = [result for result in results if not isinstance(result, Dropped)]
    if not articles:
        return Reading(problem=", ".join(result.reason for result in results if isinstance(result, Dropped)) or "lost")
    first = articles[0]
    return Reading(
        text="\n\n".join(article.text for article in articles),
        title=first.title,
        date=first.published_at.date().isoformat() if first.published_at else None,
        authors=first.authors,
        publisher=first.publisher,
    )


def read_there(page: Path) -> Reading:
    """The page by trafilatura with nothing set; its metadata too, which it reads apart from the text."""
    data = page.read_bytes()
    text = trafilatura.extract(data) or ""
    metadata = extract_metadata(data)
    return Reading(
        text=text,
        title=metadata.title,
        date=metadata.date,
        authors=tuple(metadata.author.split("; ")) if metadata.author else (),
        publisher=metadata.sitename,
    )
