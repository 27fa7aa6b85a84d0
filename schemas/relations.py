"""Rules across tables, each in the shape of `schemas.violations`. Imports the other files of `schemas`.

Every function takes all tables and gives the rows that break one rule; `RULES` lists them.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

import polars as pl

from schemas.counts import ACTOR_COUNTS, count_actors, count_collections
from schemas.derive import polars_schema
from schemas.order import sort_table
from schemas.tables import KEYS, TABLES
from schemas.texts import BETWEEN_PIECES
from schemas.violations import VIOLATIONS, table_violations, violations_in

Tables = Mapping[str, pl.DataFrame]

# The tables whose rows each belong to one article.
OF_ARTICLES = ("articles", "quotes", "claims", "mentions")

# (table, column, the table that the id is of); a list column holds ids each of which has to meet its row.
FOREIGN_KEYS = (
    ("articles", "collection_id", "collections"),
    ("quotes", "article_id", "articles"),
    ("quotes", "speaker_ids", "actors"),
    ("claims", "article_id", "articles"),
    ("claims", "quote_id", "quotes"),
    ("claims", "claimant_ids", "actors"),
    ("claims", "target_ids", "actors"),
    ("mentions", "article_id", "articles"),
    ("mentions", "actor_id", "actors"),
    ("dropped", "collection_id", "collections"),
)

# (table, spans, the column that holds the text at the spans); a mention's one span is in two columns.
SPANS = (
    ("quotes", "content_spans", "text"),
    ("quotes", "cue_spans", "cue_text"),
    ("quotes", "source_spans", "source_text"),
    ("claims", "spans", "text"),
    ("mentions", "start", "text"),
)


def violations(tables: Tables) -> pl.DataFrame:
    """Everything that is wrong with a dataset: table by table, then across tables where columns and types are right."""
    missing = [(table, None, "is a table of the dataset", None, None) for table in TABLES if table not in tables]
    unknown = [(table, None, "is no table of the dataset", None, None) for table in tables if table not in TABLES]
    own = [table_violations(table, frame) for table, frame in tables.items() if table in TABLES]
    found = [pl.DataFrame(missing + unknown, schema=VIOLATIONS, orient="row"), *own]
    if not missing and all(dict(tables[table].schema) == dict(polars_schema(table)) for table in TABLES):
        found += [broken for rule in RULES for broken in rule(tables)]
    return pl.concat(found)


def violations_in_articles(tables: Tables) -> pl.DataFrame:
    """What is wrong with some of the articles and all that belongs to them: all rules but those of `violations_around`.

    Beside the tables `OF_ARTICLES`, as far as they are of these articles, `collections` is needed, with the keys that
    these may refer to and perhaps nothing else; and `actors`, unless references to them are checked elsewhere.
    """
    own = [table_violations(table, tables[table]) for table in OF_ARTICLES]
    return pl.concat([*own, *(broken for rule in _WITHIN_ARTICLES for broken in rule(tables))])


def violations_around(tables: Tables, clusters: pl.DataFrame) -> pl.DataFrame:
    """What is wrong with the tables that are of no article, whatever their counts, and with the clusters of all.

    `clusters`: article_id, duplicate_cluster_id, is_cluster_head.
    """
    around = {table: frame for table, frame in tables.items() if table not in OF_ARTICLES}
    own = [table_violations(table, frame) for table, frame in around.items()]
    rules = (foreign_keys(around), sorted_rows(around), one_head_a_cluster({"articles": clusters}))
    return pl.concat([*own, *chain.from_iterable(rules)])


def foreign_keys(tables: Tables) -> Iterator[pl.DataFrame]:
    """Every foreign key, in lists too, meets its row, among the tables that are there."""
    for table, column, target in FOREIGN_KEYS:
        if table not in tables or target not in tables:
            continue
        (key,) = KEYS[target]
        rows = tables[table]
        if isinstance(rows.schema[column], pl.List):
            rows = rows.explode(column)
        missing = rows.drop_nulls(column).join(
            tables[target], left_on=column, right_on=key, how="anti", maintain_order="left"
        )
        yield violations_in(table, column, f"is a `{key}` of `{target}`", missing, pl.col(column))


def spans_in_their_article(tables: Tables) -> Iterator[pl.DataFrame]:
    """Every span ends where its article does, or before."""
    for table, spans, _ in SPANS:
        pieces = _pieces(tables, table, spans)
        outside = pieces.filter(pl.col("piece_end") > pl.col("n_chars"))
        yield violations_in(table, spans, "spans end within the article's `n_chars`", outside, pl.col("piece_end"))


def text_at_spans(tables: Tables) -> Iterator[pl.DataFrame]:
    """Where the article's text is there, the row's text is the text at its spans (`schemas.texts.text_at`)."""
    for table, spans, text in SPANS:
        piece = pl.col("article_text").str.slice(pl.col("piece_start"), pl.col("piece_end") - pl.col("piece_start"))
        expected = (
            _pieces(tables, table, spans)
            .drop_nulls("article_text")
            .group_by(KEYS[table], maintain_order=True)
            .agg(piece.str.join(BETWEEN_PIECES).alias("expected"), pl.col(text).first())
        )
        differing = expected.filter(pl.col(text).ne_missing(pl.col("expected")))
        places = "`start` and `end`" if table == "mentions" else f"`{spans}`"
        yield violations_in(table, text, f"is the article's text at {places}", differing, pl.col(text))


def quotes_apart(tables: Tables) -> Iterator[pl.DataFrame]:
    """No two quotes of an article share a character of content."""
    pieces = _pieces(tables, "quotes", "content_spans").sort("article_id", "piece_start", "piece_end", "quote_id")
    furthest = pl.col("piece_end").cum_max().shift(1).over("article_id")
    overlapping = pieces.filter(pl.col("piece_start") < furthest)
    value = pl.format("{} to {}", "piece_start", "piece_end")
    yield violations_in("quotes", "content_spans", "does not overlap another quote's content", overlapping, value)


def claims_beside_their_quotes(tables: Tables) -> Iterator[pl.DataFrame]:
    """A claim stands in the article in which its quote does."""
    quotes = tables["quotes"].select("quote_id", quote_article_id="article_id")
    elsewhere = (
        tables["claims"]
        .join(quotes, on="quote_id", how="inner", maintain_order="left")
        .filter(pl.col("article_id") != pl.col("quote_article_id"))
    )
    yield violations_in("claims", "quote_id", "is a quote of the claim's own article", elsewhere, pl.col("quote_id"))


def only_extracted_articles(tables: Tables) -> Iterator[pl.DataFrame]:
    """Quotes and claims stand only in articles in which they were looked for."""
    for table, statuses in (("quotes", ["extracted", "direct-quotes"]), ("claims", ["extracted"])):
        others = tables["articles"].filter(~pl.col("extraction_status").is_in(statuses)).select("article_id")
        unexpected = tables[table].join(others, on="article_id", how="semi", maintain_order="left")
        rule = f"is an article whose `extraction_status` is {' or '.join(statuses)}"
        yield violations_in(table, "article_id", rule, unexpected, pl.col("article_id"))


def one_head_a_cluster(tables: Tables) -> Iterator[pl.DataFrame]:
    """Exactly one article stands for its cluster of duplicates."""
    heads = pl.col("is_cluster_head").sum().over("duplicate_cluster_id")
    wrong = tables["articles"].with_columns(heads=heads).filter(pl.col("heads") != 1)
    value = pl.format("{} heads in {}", "heads", "duplicate_cluster_id")
    yield violations_in("articles", "is_cluster_head", "a cluster has exactly one head", wrong, value)


def counts(tables: Tables) -> Iterator[pl.DataFrame]:
    """Every count equals what the tables say."""
    counted = count_collections(tables["collections"], tables["articles"])
    yield from _differences("collections", ("n_articles",), tables, counted)
    by_actor = count_actors(*(tables[table] for table in ("actors", "articles", "quotes", "claims", "mentions")))
    yield from _differences("actors", ACTOR_COUNTS, tables, by_actor)


def sorted_rows(tables: Tables) -> Iterator[pl.DataFrame]:
    """Every table that is there is in the order of `schemas.order`."""
    for table in (table for table in TABLES if table in tables):
        numbered = tables[table].with_row_index("found_at")
        ordered = sort_table(table, numbered, tables.get("articles", numbered)).with_row_index("expected_at")
        misplaced = ordered.filter(pl.col("found_at") != pl.col("expected_at"))
        value = pl.format("row {}, expected at {}", "found_at", "expected_at")
        yield violations_in(table, KEYS[table][0], "rows are in the table's order", misplaced, value)


RULES: tuple[Callable[[Tables], Iterator[pl.DataFrame]], ...] = (
    foreign_keys,
    spans_in_their_article,
    text_at_spans,
    quotes_apart,
    claims_beside_their_quotes,
    only_extracted_articles,
    one_head_a_cluster,
    counts,
    sorted_rows,
)
_WITHIN_ARTICLES = tuple(rule for rule in RULES if rule not in (one_head_a_cluster, counts))


def _pieces(tables: Tables, table: str, spans: str) -> pl.DataFrame:
    """One row a span, with its `piece_start` and `piece_end` and its article's `n_chars` and `article_text`."""
    articles = tables["articles"].select("article_id", "n_chars", article_text="text")
    rows = tables[table]
    if table == "mentions":
        pieces = rows.with_columns(piece_start="start", piece_end="end")
    else:
        rows = rows.explode(spans).drop_nulls(spans)
        span = pl.col(spans).struct
        pieces = rows.with_columns(piece_start=span.field("start"), piece_end=span.field("end"))
    return pieces.join(articles, on="article_id", how="inner", maintain_order="left")


def _differences(table: str, columns: tuple[str, ...], tables: Tables, counted: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Rows whose counts differ from the counted ones, which are in the same order."""
    for column in columns:
        rows = tables[table].with_columns(counted=counted[column])
        wrong = rows.filter(pl.col(column).ne_missing(pl.col("counted")))
        value = pl.format("{}, counted {}", _shown(column), _shown("counted"))
        yield violations_in(table, column, "is what the tables say", wrong, value)


def _shown(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String).fill_null("null")
