"""Processed articles as tables, before anything is known about other articles. Imports the stages' row types.

Actors are still numbers in their article; `stage.assemble` puts ids in their place. Schemas are fixed, so that a shard
without a single quote, or without an article, goes with the others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow

from builder.assemble.ids import article_id, claim_id, count_occurrences, mention_id, quote_id
from builder.extract.attribution import Extraction, Span
from builder.normalize.article import Article
from builder.resolve.actor import Resolution
from schemas.columns import rounded
from schemas.derive import polars_schema
from schemas.texts import n_chars_of, n_words_of, sha256_of, text_at


@dataclass(frozen=True, slots=True)
class Processed:
    """One article after extract and resolve (within the article)."""

    article: Article
    extraction: Extraction
    resolution: Resolution


_NUMBERS = pl.List(pl.Int32)


def _shard_schema(table: str, without: tuple[str, ...], **local: pl.DataType) -> pl.Schema:
    """A published table's schema without the columns that need all articles, with `local` ones."""
    schema = polars_schema(table)
    for name in without:
        del schema[name]
    schema.update(local)
    return schema


SHARD_SCHEMAS: dict[str, pl.Schema] = {
    "articles": _shard_schema("articles", ("duplicate_cluster_id", "is_cluster_head", "license")),
    "quotes": _shard_schema("quotes", ("speaker_ids",), speakers=_NUMBERS),
    "claims": _shard_schema(
        "claims", ("claimant_ids", "target_ids", "claim_group_id"), claimants=_NUMBERS, targets=_NUMBERS
    ),
    "mentions": _shard_schema("mentions", ("actor_id",), actor=pl.Int32()),
    "local_actors": pl.Schema(
        {
            "article_id": pl.String(),
            "collection_id": pl.String(),
            "local": pl.Int32(),
            "name": pl.String(),
            "actor_kind": pl.String(),
            "aliases": pl.List(pl.String),
            "country_code": pl.String(),
            "roles": pl.List(pl.String),
            "authority_ids": pl.List(pl.String),
            "entry": pl.String(),
            "published_date": pl.Date(),
        }
    ),
}

_ARROW_SCHEMAS = {
    table: schema.to_frame().to_arrow(compat_level=pl.CompatLevel.oldest()).schema
    for table, schema in SHARD_SCHEMAS.items()
}

Row = dict[str, Any]


def shard_tables(processed: Sequence[Processed]) -> dict[str, pl.DataFrame]:
    """The tables of `SHARD_SCHEMAS` for some processed articles, in their order."""
    rows: dict[str, list[Row]] = {table: [] for table in SHARD_SCHEMAS}
    for one in processed:
        article = article_id(one.article.collection_id, one.article.locator, one.article.revision)
        quotes = list(_quote_rows(article, one))
        rows["articles"].append(_article_row(article, one.article))
        rows["quotes"] += quotes
        rows["claims"] += _claim_rows(article, one, [quote["quote_id"] for quote in quotes])
        rows["mentions"] += _mention_rows(article, one)
        rows["local_actors"] += _actor_rows(article, one)
    tables = {table: _table(table, rows[table]) for table in SHARD_SCHEMAS}
    return {
        **tables,
        "articles": tables["articles"].with_columns(n_chars=n_chars_of("text"), n_words=n_words_of("text")),
        "quotes": tables["quotes"].with_columns(rounded("confidence")),
        "claims": tables["claims"].with_columns(rounded("checkworthy"), rounded("confidence")),
    }


def _table(name: str, rows: list[Row]) -> pl.DataFrame:
    """The rows as a frame; by way of Arrow, for polars takes twice as long over lists in rows."""
    frame = pl.from_arrow(pyarrow.Table.from_pylist(rows, schema=_ARROW_SCHEMAS[name]), schema=SHARD_SCHEMAS[name])
    assert isinstance(frame, pl.DataFrame)
    return frame


def _article_row(article: str, of: Article) -> Row:
    return {
        "article_id": article,
        "collection_id": of.collection_id,
        "locator": of.locator,
        "revision": of.revision,
        "url": of.url,
        "title": of.title,
        "authors": list(of.authors),
        "publisher": of.publisher,
        "published_at": of.published_at,
        "published_precision": of.published_precision,
        "published_from": of.published_from,
        "language": of.language,
        "text": of.text,
        "text_sha256": sha256_of(of.text),
        "raw_path": of.raw_path,
        "raw_sha256": of.raw_sha256,
        "extraction_status": of.extraction_status,
    }


def _quote_rows(article: str, of: Processed) -> Iterator[Row]:
    text, attributions = of.article.text, of.extraction.attributions
    contents = [text_at(text, attribution.content) for attribution in attributions]
    numbered = zip(attributions, of.resolution.speakers, contents, count_occurrences(contents), strict=True)
    for attribution, speaker, content, occurrence in numbered:
        yield {
            "quote_id": quote_id(article, content, occurrence),
            "article_id": article,
            "quote_type": attribution.quote_type,
            "attribution_type": attribution.attribution_type,
            "text": content,
            "content_spans": _spans(attribution.content),
            "cue_text": text_at(text, attribution.cue) if attribution.cue else None,
            "cue_spans": _spans(attribution.cue),
            "source_text": text_at(text, attribution.source) if attribution.source else None,
            "source_spans": _spans(attribution.source),
            "speakers": list(speaker.actors),
            "speaker_resolution": speaker.resolution,
            "confidence": attribution.confidence,
            "is_reviewed": False,
        }


def _claim_rows(article: str, of: Processed, quote_ids: list[str]) -> Iterator[Row]:
    claims = of.extraction.claims
    words = [text_at(of.article.text, claim.spans) for claim in claims]
    numbered = zip(claims, of.resolution.claims, words, count_occurrences(words), strict=True)
    for claim, actors, text, occurrence in numbered:
        yield {
            "claim_id": claim_id(article, text, occurrence),
            "article_id": article,
            "quote_id": None if claim.attribution is None else quote_ids[claim.attribution],
            "claimants": list(actors.claimants),
            "text": text,
            "spans": _spans(claim.spans),
            "claim_kind": claim.claim_kind,
            "is_negated": claim.is_negated,
            "is_hedged": claim.is_hedged,
            "checkworthy": claim.checkworthy,
            "targets": list(actors.targets),
            "about_start": claim.about_start,
            "about_end": claim.about_end,
            "about_precision": claim.about_precision,
            "confidence": claim.confidence,
            "is_reviewed": False,
        }


def _mention_rows(article: str, of: Processed) -> Iterator[Row]:
    for mention in of.resolution.mentions:
        yield {
            "mention_id": mention_id(article, mention.start, mention.end),
            "article_id": article,
            "actor": mention.actor,
            "start": mention.start,
            "end": mention.end,
            "text": text_at(of.article.text, [(mention.start, mention.end)]),
            "mention_type": mention.mention_type,
        }


def _actor_rows(article: str, of: Processed) -> Iterator[Row]:
    published_at = of.article.published_at
    for number, actor in enumerate(of.resolution.actors):
        yield {
            "article_id": article,
            "collection_id": of.article.collection_id,
            "local": number,
            "name": actor.name,
            "actor_kind": actor.kind,
            "aliases": list(actor.aliases),
            "country_code": actor.country_code,
            "roles": list(actor.roles),
            "authority_ids": list(actor.authority_ids),
            "entry": actor.entry,
            "published_date": published_at.date() if published_at else None,
        }


def _spans(spans: Sequence[Span]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in spans]
