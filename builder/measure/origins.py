"""Where gold comes from, if it lies in a raw folder: its articles as the build gives them, its collections' actors.

Reads the disk. Imports `gold`, `builder.pipeline`, the stages read and normalize, and the authority.
"""

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from builder.measure.gold import GoldArticle
from builder.normalize.article import Article
from builder.normalize.stage import normalize
from builder.read.manifest import SETTINGS_NAME
from builder.read.record import Record
from builder.read.stage import read
from builder.resolve.authority import Authority, built_in_authority
from builder.sources import open_sources


@dataclass(frozen=True, slots=True)
class Origins:
    """Articles by collection and name (a file's stem, a record's id), the actors that each collection declares."""

    articles: dict[tuple[str, str], Article] = field(default_factory=dict)
    authorities: dict[str, Authority] = field(default_factory=dict)

    def article_of(self, gold: GoldArticle) -> Article | None:
        """The article that a gold text is the text of; None for gold that lies in no raw folder."""
        return self.articles.get((gold.group, gold.doc))

    def authority_of(self, gold: GoldArticle) -> Authority:
        """What is known of actors where a gold text comes from."""
        return self.authorities.get(gold.group) or built_in_authority()


def open_origins(gold: Path) -> Origins:
    """The origins of the gold of a raw folder, of a collection, or of a collection's `gold` folder; else none.

    Raises SettingsError or RawFilesError where the raw folder has a mistake.
    """
    raw = _raw_of(gold.resolve())
    if raw is None:
        return Origins()
    sources = open_sources(raw)
    articles = {}
    for collection in sources.collections:
        for record in read(collection, sources.sums[collection.id]):
            article = normalize(record, collection) if isinstance(record, Record) else None
            if isinstance(article, Article):
                articles[collection.id, name_of(article)] = article
    return Origins(articles, sources.authorities)


def name_of(article: Article) -> str:
    """The name that its gold goes by: a record's id, or the stem of a file that is one article."""
    return article.locator if article.place else PurePosixPath(article.locator).name.split(".")[0]


def _raw_of(gold: Path) -> Path | None:
    if not gold.is_dir():
        return None
    above = [gold.parent] if gold.name == "gold" else []
    return next((folder for folder in (gold, *above) if _holds_collections(folder)), None)


def _holds_collections(folder: Path) -> bool:
    return (folder / SETTINGS_NAME).is_file() or any(folder.glob(f"*/{SETTINGS_NAME}"))
