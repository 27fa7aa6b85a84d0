"""The table `actors`. Imports `schemas.columns` and vocabularies."""

import pandera.polars as pa
import polars as pl

from schemas.columns import (
    ACTOR_ID,
    AUTHORITY_ID,
    COUNTRY,
    NOT_EMPTY,
    Strings,
    column,
    items_distinct,
    items_match,
    items_present,
    null_exactly_where,
    one_of,
    rule,
)
from schemas.vocabulary import ACTOR_KINDS


class Actors(pa.DataFrameModel):
    """One row an actor: who speaks or is spoken about, over all articles."""

    actor_id: str = column(
        "Identifier of the actor, readable (state/RUS); once given, it stays from release to release",
        unique=True,
        str_matches=ACTOR_ID,
    )
    name: str = column(
        "Canonical name: a person's or organization's fullest form without titles, a state's common English name; "
        "for unnamed actors and groups the article's own words; the id where a name may not be passed on",
        str_length=NOT_EMPTY,
    )
    actor_kind: str = one_of(ACTOR_KINDS, "What kind of actor it is")
    aliases: Strings = column(
        "Other names under which the articles mention the actor: not the canonical one, nor what may not be passed on"
    )
    country_code: str = column(
        "Country of the actor, where it is known: ISO 3166-1 alpha-3, XAA to XZZ for invented countries",
        nullable=True,
        str_matches=COUNTRY,
    )
    roles: Strings = column("Titles and offices that the articles give the actor")
    authority_ids: Strings = column("Identifiers of the actor in authority files, as `scheme:id` (wikidata:Q159)")
    n_articles: int = column(
        "Number of articles that mention or quote the actor, or hold a claim by or about it, duplicates included", ge=1
    )
    n_mentions: int = column("Number of rows in `mentions` that mention the actor", ge=0)
    n_quotes: int = column("Number of rows in `quotes` with the actor among the speakers", ge=0)
    n_claims: int = column("Number of rows in `claims` with the actor among the claimants", ge=0)
    first_date: pl.Date = column(
        "Earliest publication day (UTC) among the articles of `n_articles`; null where none is dated", nullable=True
    )
    last_date: pl.Date = column(
        "Latest publication day (UTC) among the articles of `n_articles`; null where none is dated", nullable=True
    )

    _items = rule("no item is missing or empty", "aliases", "roles", holds=items_present)
    _different = rule("no item stands twice", "aliases", "roles", "authority_ids", holds=items_distinct)
    _other_names = rule(
        "the canonical name is not among the aliases",
        "aliases",
        holds=lambda column: ~pl.col(column).list.contains(pl.col("name")),
    )
    _authority = rule("items are `scheme:id`", "authority_ids", holds=items_match(AUTHORITY_ID))
    _both_dates = rule("null exactly where `first_date` is", "last_date", holds=null_exactly_where("first_date"))
    _dates_in_order = rule(
        "not before `first_date`",
        "last_date",
        holds=lambda column: pl.col(column).is_null() | (pl.col(column) >= pl.col("first_date")),
    )

    class Config:
        """Exactly these columns, in this order."""

        strict = True
        ordered = True
