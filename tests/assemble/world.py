"""A world of two invented articles, processed by hand, for tests of everything that comes after resolve.

Valmark (XAA) does not exist. The first article has a direct and an indirect quote, a joint statement,
and a claim in its own voice; the second tells one of the claims again. Use `published_world()` for the
seven tables, or the functions before it for what goes into them.
"""

from contextlib import closing
from datetime import UTC, date, datetime
from functools import cache

import polars as pl

from builder.assemble.places import PLACED, arrived, place_articles
from builder.assemble.shards import SHARD_SCHEMAS
from builder.assemble.stage import Across, Linked, Processed, assemble, dropped_table, shard_tables
from builder.bins import WAITING, Bins
from builder.extract.attribution import Attribution, Claim, Extraction, Span
from builder.extract.word_vectors import WordVectors, load_word_vectors
from builder.normalize.article import Article, Run
from builder.ranges import Ranges
from builder.resolve.actor import ClaimActors, LocalActor, Mention, Resolution, Speaker
from builder.tally import Dropped
from schemas.derive import polars_schema
from schemas.tables import TABLES

HARBOUR = (
    "Mayor Ilse Brandt opened the new harbour on Monday. “The harbour,” she said, “will never close.” "
    "Valmark and the Dockers’ League announced that work starts in May. "
    "The wall may not survive the next storm."
)
WIRE = "VALMARK CITY. Ilse Brandt said the harbour will never close. Nobody answered her."


def at(text: str, words: str, nth: int = 1) -> Span:
    """The span of the `nth` place where the words stand in the text."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return start, start + len(words)


def article(locator: str, text: str, published_at: datetime | None, **changes: str | int | None) -> Article:
    """An article of the collection `gazette`, with the changes."""
    fields = {
        "collection_id": "gazette",
        "locator": locator,
        "revision": 0,
        "raw_path": f"gazette/{locator}",
        "place": "",
        "raw_sha256": "0" * 64,
        "url": None,
        "title": "A harbour for Valmark",
        "authors": ("Per Holt",),
        "publisher": "The Gazette",
        "published_at": published_at,
        "published_precision": "day" if published_at else None,
        "published_from": "column" if published_at else None,
        "language": "en",
        "text": text,
        "runs": (Run(0, 0, len(text)),),
        "extraction_status": "extracted",
    }
    return Article(**{**fields, **changes})  # type: ignore[arg-type]


def harbour() -> Processed:
    """Ilse Brandt is quoted in two pieces; Valmark and a union speak together; the article warns."""
    quoted = Attribution(
        content=(at(HARBOUR, "The harbour,"), at(HARBOUR, "will never close.")),
        cue=(at(HARBOUR, "said"),),
        source=(at(HARBOUR, "she"),),
        confidence=0.91249,
        quote_type="direct",
    )
    joint = Attribution(
        content=(at(HARBOUR, "that work starts in May"),),
        cue=(at(HARBOUR, "announced"),),
        source=(at(HARBOUR, "Valmark and the Dockers’ League"),),
        confidence=0.8,
    )
    claims = (
        Claim(quoted.content, 0, "prediction", True, False, 0.5, 0.75),
        Claim(joint.content, 1, "commitment", False, False, 0.25, 0.5, date(2026, 5, 1), date(2026, 5, 31), "month"),
        Claim((at(HARBOUR, "The wall may not survive the next storm."),), None, "warning", True, True, 0.125, 0.6),
    )
    actors = (
        LocalActor("Ilse Brandt", "person", roles=("Mayor",)),
        LocalActor("Valmark", "state", country_code="XAA", entry="state/XAA"),
        LocalActor("Dockers’ League", "organization", aliases=("the League",)),
    )
    mentions = (
        Mention(*at(HARBOUR, "Ilse Brandt"), "name", 0),
        Mention(*at(HARBOUR, "she"), "pronoun", 0),
        Mention(*at(HARBOUR, "Valmark"), "name", 1),
        Mention(*at(HARBOUR, "Dockers’ League"), "name", 2),
        Mention(*at(HARBOUR, "work"), "nominal", None),
    )
    return Processed(
        article("harbour.html", HARBOUR, datetime(2026, 3, 2, tzinfo=UTC)),
        Extraction((quoted, joint), (), claims),
        Resolution(
            actors,
            mentions,
            (Speaker((0,), "pronoun"), Speaker((1, 2), "named")),
            (ClaimActors((0,), ()), ClaimActors((1, 2), (0,)), ClaimActors((), ())),
        ),
    )


def wire() -> Processed:
    """The same prediction in another article, and a speaker who is not told."""
    quoted = Attribution(
        content=(at(WIRE, "the harbour will never close"),),
        cue=(at(WIRE, "said"),),
        source=(at(WIRE, "Ilse Brandt"),),
        confidence=0.7,
    )
    return Processed(
        article("wire/17.txt", WIRE, None, title=None, publisher=None),
        Extraction((quoted,), (), (Claim(quoted.content, 0, "prediction", True, False, 0.5, 0.75),)),
        Resolution(
            (LocalActor("Ilse Brandt", "person"),),
            (Mention(*at(WIRE, "Ilse Brandt"), "name", 0),),
            (Speaker((0,), "named"),),
            (ClaimActors((0,), ()),),
        ),
    )


def collections() -> pl.DataFrame:
    """The one collection, not counted yet."""
    row = {
        "collection_id": "gazette",
        "title": "The Gazette of Valmark",
        "country_code": "XAA",
        "language": "en",
        "license": "CC0-1.0",
        "text_may_be_published": True,
        "retrieved_on": date(2026, 4, 1),
    }
    return pl.DataFrame([row], schema=polars_schema("collections")).drop("n_articles")


def links(local_actors: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Actors linked by name alone, as `actor_of` and `actors`."""
    slug = pl.col("name").str.to_lowercase().str.replace_all(r"\W+", "-")
    linked = local_actors.with_columns(
        actor_id=pl.when(pl.col("entry").is_null()).then(pl.format("{}/{}", "actor_kind", slug)).otherwise("entry")
    )
    columns = [name for name in polars_schema("actors") if name in linked.columns]
    actors = linked.sort("published_date", "local", nulls_last=True).unique(
        "actor_id", keep="first", maintain_order=True
    )
    return linked.select("article_id", "local", "actor_id"), actors.select(columns)


def alone(articles: pl.DataFrame) -> pl.DataFrame:
    """Every article a cluster of its own."""
    return articles.select("article_id", duplicate_cluster_id="article_id", is_cluster_head=pl.lit(value=True))


def dropped() -> pl.DataFrame:
    """One empty file."""
    return dropped_table([Dropped("normalize", "gazette", "gazette/empty.html", "", "empty")])


@cache
def vectors() -> WordVectors:
    """The shipped encoder's."""
    return load_word_vectors()


def assemble_world(
    shards: list[dict[str, pl.DataFrame]],
    linked: tuple[pl.DataFrame, pl.DataFrame] | None = None,
    articles_a_bin: int = 10,
    limit: int = WAITING,
) -> dict[str, pl.DataFrame]:
    """The published tables of these shards, in this world; `linked` are `actor_of` and `actors`, else `links`'s."""
    joined = {
        table: pl.concat([pl.DataFrame(schema=SHARD_SCHEMAS[table]), *(shard[table] for shard in shards)])
        for table in ("articles", "local_actors")
    }
    actor_of, actors = linked or links(joined["local_actors"])
    places = place_articles(joined["articles"].select(PLACED), articles_a_bin)
    across = Across(places, collections(), alone(joined["articles"]), Ranges(pl.Series(dtype=pl.String)))
    with closing(Bins(limit=limit)) as bins:
        for number, shard in enumerate(shards):
            for table, rows in shard.items():
                bins.add(arrived(table), number, rows)
        pieces = [*assemble(bins, Linked([actor_of], [actors]), across, vectors()), {"dropped": dropped()}]
    return {table: pl.concat([piece[table] for piece in pieces if table in piece]) for table in TABLES}


def published_world() -> dict[str, pl.DataFrame]:
    """The seven published tables of both articles."""
    return assemble_world([shard_tables([harbour()]), shard_tables([wire()])])
