"""Sound files of every format, to be damaged: the worlds' raw files, and for formats without one small made ones."""

import bz2
import gzip
import io
import lzma
import shutil
import tempfile
from functools import cache
from pathlib import Path

import polars as pl
import zstandard

from tests.worlds import WORLDS, pack_folders, tar, zipped

ARTICLE = (
    "Quill quits the harbour board\n\nBy Mira Fenn\n21 April 2026\n\nEdda Quill left the harbour board on Monday, "
    "three days before it was to vote. “I was shown one map,” she said, “and asked to sign another.”\n\n"
    "„Das Tor bleibt zu“, sagte Lena Brandt. « Non », a-t-elle dit. «Мост закрыт», — сказал Иван Петров.\n"
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Quill quits | Post</title><script '
    'type="application/ld+json">{"@type": "NewsArticle", "headline": "Quill quits", "datePublished": "2026-04-21"}'
    "</script></head><body><nav><a href='/a'>City</a></nav><article><h1>Quill quits</h1>"
    + "".join(f"<p>{part}</p>" for part in ARTICLE.split("\n\n")[2:])
    + "</article><footer>© 2026 The Post</footer></body></html>"
)
ROWS = {"id": ["a", "b"], "title": ["Quill quits", None], "text": [ARTICLE, "The gate is shut, she said."]}


@cache
def seeds() -> dict[str, tuple[bytes, ...]]:
    """{suffix: files}, every format that is read among the keys."""
    found: dict[str, list[bytes]] = {suffix: [data] for suffix, data in _made().items()}
    with tempfile.TemporaryDirectory() as aside:
        for world in WORLDS:
            raw = Path(aside) / world.name
            shutil.copytree(world / "raw", raw)
            pack_folders(raw)
            for path in sorted(raw.rglob("*.*")):
                if path.is_file() and path.suffix in (*found, *_OF_WORLDS):
                    found.setdefault(path.suffix, []).append(path.read_bytes())
    return {suffix: tuple(files) for suffix, files in sorted(found.items())}


# Formats of which the worlds have files that would be long to make here.
_OF_WORLDS = (".warc", ".rss", ".atom", ".nitf", ".xml", ".eml", ".pdf", ".docx")


def _made() -> dict[str, bytes]:
    """A file of each format that a few lines make."""
    frame = pl.DataFrame(ROWS)
    lines = frame.write_ndjson().encode()
    return {
        ".txt": ARTICLE.encode(),
        ".md": f"---\ntitle: Quill\nauthors:\n  - Fenn\n---\n\n# Quill *quits*\n\n- one\n- two\n\n{ARTICLE}".encode(),
        ".html": PAGE.encode(),
        ".jsonl": lines,
        ".csv": frame.write_csv().encode(),
        ".tsv": frame.write_csv(separator="\t").encode(),
        ".parquet": _written(frame, "parquet"),
        ".arrow": _written(frame, "ipc_stream"),
        ".jsonl.gz": gzip.compress(lines, mtime=0),
        ".jsonl.zst": zstandard.compress(lines),
        ".jsonl.bz2": bz2.compress(lines),
        ".jsonl.xz": lzma.compress(lines),
        ".zip": zipped({"a.txt": ARTICLE.encode(), "b.html": PAGE.encode(), "c.jsonl": lines}),
        ".tar": tar({"a.txt": ARTICLE.encode(), "b.html": PAGE.encode(), "c.jsonl": lines}),
    }


def _written(frame: pl.DataFrame, kind: str) -> bytes:
    buffer = io.BytesIO()
    getattr(frame, f"write_{kind}")(buffer)
    return buffer.getvalue()
