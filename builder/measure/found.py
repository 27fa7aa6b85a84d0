"""What the package finds in a gold text, whose offsets are kept. Imports the stages extract and resolve, and `gold`."""

from dataclasses import dataclass

from builder.extract.attribution import Attribution
from builder.extract.encoder import Encoder
from builder.extract.stage import extract
from builder.measure.gold import GoldArticle
from builder.normalize.article import Article
from builder.resolve.actor import Mention
from builder.resolve.authority import Authority
from builder.resolve.stage import resolve_article


@dataclass(frozen=True, slots=True)
class Found:
    """The attributions of a text; its mentions, where gold has any to compare them with."""

    attributions: tuple[Attribution, ...]
    mentions: tuple[Mention, ...] = ()


def find(gold: GoldArticle, encoder: Encoder, authority: Authority) -> Found:
    """What a build would find in the text, were it an article."""
    article = as_article(gold)
    extraction = extract(article, encoder)
    mentions = resolve_article(article, extraction, authority).mentions if gold.mentions else ()
    return Found(extraction.attributions, mentions)


def as_article(gold: GoldArticle) -> Article:
    """The gold text as it stands: its offsets are the gold's."""
    return Article(
        collection_id=gold.group,
        locator=gold.doc,
        revision=1,
        raw_path=gold.doc,
        place="",
        raw_sha256="",
        url=None,
        title=None,
        authors=(),
        publisher=None,
        published_at=None,
        published_precision=None,
        published_from=None,
        language="en",
        text=gold.text,
        runs=(),
        extraction_status="extracted",
    )
