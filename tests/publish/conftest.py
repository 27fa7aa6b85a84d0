"""A small world to publish: two collections, three articles, invented people. Imports schemas and `builder.publish`."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from builder.publish.facts import Author, BuildFacts
from builder.publish.stage import publish
from builder.tally import Tally
from schemas.derive import polars_schema
from schemas.texts import sha256_of

TEXTS = (
    "The mayor of Ostrava Bay, Lena Voss, said the pier was safe. “We checked it twice,” she said.",
    "Harbour workers fear that the pier will close | soon.\nNobody answered.",
    "Le port reste ouvert.",
)


def article(number: int, collection: str, **columns: object) -> dict[str, object]:
    text = TEXTS[number - 1]
    return {
        "article_id": f"art-{number:016x}",
        "collection_id": collection,
        "locator": f"story-{number}",
        "revision": 0,
        "url": None,
        "title": f"Story {number}",
        "authors": ["Ada Quill"],
        "publisher": None,
        "published_at": datetime(2026, 3, number, 8, 30, tzinfo=UTC),
        "published_precision": "minute",
        "published_from": "column",
        "language": "en",
        "text": text,
        "text_sha256": sha256_of(text),
        "n_chars": len(text),
        "n_words": len(text.split()),
        "duplicate_cluster_id": f"art-{number:016x}",
        "is_cluster_head": True,
        "license": "CC0-1.0",
        "raw_path": f"{collection}/story-{number}.txt",
        "raw_sha256": sha256_of(f"raw {number}"),
        "extraction_status": "extracted",
    } | columns


def collection(name: str, n_articles: int, **columns: object) -> dict[str, object]:
    return {
        "collection_id": name,
        "title": f"The {name} papers",
        "publisher": None,
        "country_code": "XAB",
        "language": "en",
        "selection": "all of it",
        "license": "CC0-1.0",
        "text_may_be_published": True,
        "quotable": None,
        "retrieved_on": date(2026, 4, 1),
        "citation": f"The {name} papers, 2026.",
        "n_articles": n_articles,
    } | columns


def actor(actor_id: str, name: str, kind: str, **columns: object) -> dict[str, object]:
    return {
        "actor_id": actor_id,
        "name": name,
        "actor_kind": kind,
        "aliases": [],
        "country_code": None,
        "roles": [],
        "authority_ids": [],
        "n_articles": 1,
        "n_mentions": 0,
        "n_quotes": 1,
        "n_claims": 1,
        "first_date": date(2026, 3, 1),
        "last_date": date(2026, 3, 1),
    } | columns


def quote(number: int, article_number: int, content: str, **columns: object) -> dict[str, object]:
    start = TEXTS[article_number - 1].index(content)
    return {
        "quote_id": f"quo-{number:016x}",
        "article_id": f"art-{article_number:016x}",
        "quote_type": "indirect",
        "attribution_type": "communication",
        "text": content,
        "content_spans": [{"start": start, "end": start + len(content)}],
        "cue_text": None,
        "cue_spans": [],
        "source_text": None,
        "source_spans": [],
        "speaker_ids": ["person/lena-voss"],
        "speaker_resolution": "named",
        "confidence": 0.912,
        "is_reviewed": False,
    } | columns


def claim(number: int, article_number: int, content: str, **columns: object) -> dict[str, object]:
    start = TEXTS[article_number - 1].index(content)
    return {
        "claim_id": f"cla-{number:016x}",
        "article_id": f"art-{article_number:016x}",
        "quote_id": f"quo-{number:016x}",
        "claimant_ids": ["person/lena-voss"],
        "text": content,
        "spans": [{"start": start, "end": start + len(content)}],
        "claim_kind": "assertion",
        "is_negated": False,
        "is_hedged": False,
        "checkworthy": 0.5,
        "target_ids": [],
        "about_start": None,
        "about_end": None,
        "about_precision": None,
        "claim_group_id": f"grp-{number:016x}",
        "confidence": 0.75,
        "is_reviewed": number == 1,
    } | columns


ROWS: Mapping[str, list[dict[str, object]]] = {
    "collections": [
        collection("bay", 2),
        collection("port", 1, title="Port | *news*", language="fr", citation=None, selection=None),
    ],
    "articles": [
        article(1, "bay"),
        article(2, "bay", published_at=None, published_precision=None, published_from=None),
        article(3, "port", language="fr", extraction_status="unsupported-language", is_cluster_head=False),
    ],
    "quotes": [
        quote(1, 1, "the pier was safe", is_reviewed=True),
        quote(2, 1, "We checked it twice,", quote_type="direct", speaker_resolution="pronoun"),
        quote(
            3,
            2,
            "the pier will close | soon",
            attribution_type="belief",
            speaker_ids=["group/harbour-workers"],
            confidence=0.4,
        ),
    ],
    "actors": [
        actor("group/harbour-workers", "Harbour workers", "group"),
        actor("person/lena-voss", "Lena Voss", "person", roles=["mayor"], n_mentions=2, n_quotes=2, n_claims=1),
    ],
    "claims": [
        claim(1, 1, "the pier was safe", claim_kind="assessment"),
        claim(
            3,
            2,
            "the pier will close | soon",
            claim_kind="warning",
            claimant_ids=["group/harbour-workers"],
            about_start=date(2026, 3, 1),
            about_end=date(2026, 12, 31),
            about_precision="year",
        ),
    ],
    "mentions": [
        {
            "mention_id": "men-0000000000000001",
            "article_id": "art-0000000000000001",
            "actor_id": "person/lena-voss",
            "start": 26,
            "end": 35,
            "text": "Lena Voss",
            "mention_type": "name",
        },
    ],
    "dropped": [
        {
            "stage": "read",
            "collection_id": "bay",
            "raw_path": "bay/blank.txt",
            "place": "",
            "reason": "empty",
            "detail": None,
        },
        {
            "stage": "normalize",
            "collection_id": "bay",
            "raw_path": "bay/menu.html",
            "place": "",
            "reason": "no-main-text",
            "detail": "no paragraph",
        },
    ],
}


@pytest.fixture
def tables() -> dict[str, pl.DataFrame]:
    """All tables of the small world."""
    return {name: pl.DataFrame(rows, schema=polars_schema(name)) for name, rows in ROWS.items()}


@pytest.fixture
def facts() -> BuildFacts:
    """What its build knew."""
    tally = Tally()
    for stage, (into, kept) in {"read": (5, 4), "normalize": (4, 3), "extract": (3, 3)}.items():
        count = tally.stages[stage]
        count.into, count.kept, count.dropped = into, kept, into - kept
    return BuildFacts(
        title="The bay and the port",
        tally=tally,
        package_version="0.1.0",
        versions={"read": "read.v1", "extract": "extract.v1"},
        model_name="small-encoder",
        model_sha256="ab" * 32,
        instruction_set="x86-64 AVX2",
        settings={"limit": None},
        raw_sums={"bay": {"story-1.txt": "11" * 32, "story-2.txt": "22" * 32}, "port": {"story-3.txt": "33" * 32}},
        authors=(Author("The Bay Archive"),),
        answers={"motivation_funding": "The harbour tax paid for it."},
    )


@pytest.fixture
def out(tables: dict[str, pl.DataFrame], facts: BuildFacts, tmp_path: Path) -> Path:
    """Its folder."""
    publish(tables, facts, tmp_path / "out")
    return tmp_path / "out"


def row_of(text: str, first_cell: str) -> list[str]:
    """The other cells of the one table row that begins with this cell."""
    (line,) = [line for line in text.splitlines() if line.startswith(f"| {first_cell} |")]
    return [cell.strip() for cell in line.strip("|").split("|")][1:]
