"""The rows of a build as a reviewer gets them. Imports `values`, `builder.errors`.

What is imported again is compared with the same rows, made anew from the same build.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from builder.errors import SettingsError
from builder.extract.attribution import Span
from builder.nearest import near
from builder.review.values import CLAIM, QUOTE, Named, Row, Values

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Exported:
    """An article with its quotes and own claims, in the text's order; `actors` are those that it mentions or quotes."""

    article_id: str
    collection_id: str
    text: str
    text_sha256: str
    rows: tuple[Row, ...]
    actors: tuple[Named, ...]


def choose_articles(articles: pl.DataFrame, wanted: Sequence[str]) -> pl.DataFrame:
    """The articles with one of these ids, locators or raw paths (all where none is given) that can be reviewed.

    Left out are those whose text is withheld or in which nothing was looked for. SettingsError where one is asked for
    that the build lacks or that cannot be reviewed.
    """
    can_be = pl.col("text").is_not_null() & (pl.col("extraction_status") == "extracted")
    if not wanted:
        return articles.filter(can_be)
    chosen = []
    for name in wanted:
        found = articles.filter(pl.any_horizontal(pl.col("article_id", "locator", "raw_path") == name))
        if not found.height:
            known = [value for column in ("locator", "article_id", "raw_path") for value in articles[column]]
            raise SettingsError(
                f"no article is {name!r}; expected an id, locator or raw path of the table articles; near it: "
                f"{', '.join(near(name, known))}"
            )
        if found.filter(can_be).height < found.height:
            raise SettingsError(f"{name}: its text is withheld or quotes were not looked for; it cannot be reviewed")
        chosen.append(found)
    return pl.concat(chosen).unique("article_id", keep="first", maintain_order=True)


def export_rows(tables: Tables, articles: pl.DataFrame) -> list[Exported]:
    """The articles of the frame, each with its rows."""
    ids = articles.select("article_id")
    quotes = _by_article(tables["quotes"].join(ids, on="article_id", how="semi", maintain_order="left"))
    claims = _by_article(tables["claims"].join(ids, on="article_id", how="semi", maintain_order="left"))
    mentions = _by_article(tables["mentions"].join(ids, on="article_id", how="semi", maintain_order="left"))
    actors = {row["actor_id"]: row for row in tables["actors"].iter_rows(named=True)}
    found = []
    for article in articles.iter_rows(named=True):
        key = article["article_id"]
        named = _named_in(actors, mentions[key], quotes[key], claims[key])
        found.append(
            Exported(
                key,
                article["collection_id"],
                article["text"],
                article["text_sha256"],
                _rows(quotes[key], claims[key], named),
                tuple(named.values()),
            )
        )
    return found


def _by_article(rows: pl.DataFrame) -> Mapping[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.iter_rows(named=True):
        found[row["article_id"]].append(row)
    return found


def _named_in(
    actors: Mapping[str, Mapping[str, Any]], mentions: list[dict[str, Any]], *tables: list[dict[str, Any]]
) -> dict[str, Named]:
    """{actor_id: the actor with the names that the article has for it}, of all actors that it refers to."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for mention in mentions:
        if mention["actor_id"] is not None:
            names[mention["actor_id"]].update({mention["text"]: None} if mention["mention_type"] == "name" else {})
    for rows in tables:
        for row in rows:
            for column in ("speaker_ids", "claimant_ids", "target_ids"):
                for actor_id in row.get(column, ()):
                    names[actor_id].update({})
    return {
        actor_id: Named(
            name=actors[actor_id]["name"],
            kind=actors[actor_id]["actor_kind"],
            also=tuple(name for name in names[actor_id] if name != actors[actor_id]["name"]),
        )
        for actor_id in sorted(names)
    }


def _rows(quotes: list[dict[str, Any]], claims: list[dict[str, Any]], named: Mapping[str, Named]) -> tuple[Row, ...]:
    of_quote: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for claim in claims:
        of_quote[claim["quote_id"]].append(claim)
    rows = []
    for quote in quotes:
        own = of_quote[quote["quote_id"]]
        if [claim["spans"] for claim in own] == [quote["content_spans"]]:
            of_quote.pop(quote["quote_id"])  # its claim is the quote itself, and shown with it
        else:
            own = []
        rows.append(Row(QUOTE, quote["quote_id"], _of_quote(quote, own[0] if own else None, named)))
    apart = [claim for some in of_quote.values() for claim in some]
    rows += [Row(CLAIM, claim["claim_id"], Values(**_of_claim(claim, named))) for claim in apart]
    return tuple(sorted(rows, key=lambda row: (row.values.content, row.row)))


def _of_quote(quote: Mapping[str, Any], claim: Mapping[str, Any] | None, named: Mapping[str, Named]) -> Values:
    no_claim: dict[str, Any] = {"claim_kind": None, "is_negated": False, "is_hedged": False, "targets": ()}
    return Values(
        **(_of_claim(claim, named) if claim else no_claim)
        | {
            "content": spans_of(quote["content_spans"]),
            "cue": spans_of(quote["cue_spans"]),
            "source": spans_of(quote["source_spans"]),
            "speakers": tuple(named[actor] for actor in quote["speaker_ids"]),
            "resolution": quote["speaker_resolution"],
            "attribution_type": quote["attribution_type"],
        }
    )


def _of_claim(claim: Mapping[str, Any], named: Mapping[str, Named]) -> dict[str, Any]:
    return {
        "content": spans_of(claim["spans"]),
        "claim_kind": claim["claim_kind"],
        "is_negated": claim["is_negated"],
        "is_hedged": claim["is_hedged"],
        "targets": tuple(named[actor] for actor in claim["target_ids"]),
    }


def spans_of(spans: Sequence[Mapping[str, int]]) -> tuple[Span, ...]:
    """A column's spans as pairs."""
    return tuple((span["start"], span["end"]) for span in spans)
