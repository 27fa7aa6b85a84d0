"""The project's extraction as a process under measurement: `python -m bench.extraction.project MODEL`.

One article is `extract` on its text as it stands: tokenizing, the encoder, decoding, quotation marks, names and claims.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from bench.extraction.worker import Found, serve
from builder.extract.attribution import Span
from builder.extract.encoder import load_encoder
from builder.extract.stage import extract
from builder.normalize.article import Article


def main() -> None:
    """Load the encoder and serve."""
    encoder = load_encoder(Path(sys.argv[1]))

    def find(texts: Sequence[str]) -> list[list[Found]]:
        extractions = [extract(article_of(text), encoder) for text in texts]
        return [
            [{"content": _pairs(found.content), "source": _pairs(found.source)} for found in extraction.attributions]
            for extraction in extractions
        ]

    serve(find)


def article_of(text: str) -> Article:
    """The text as an article of which nothing else is known."""
    return Article(
        collection_id="bench",
        locator="",
        revision=1,
        raw_path="",
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
        text=text,
        runs=(),
        extraction_status="extracted",
    )


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


if __name__ == "__main__":
    main()
