"""What is different between two builds or releases. Imports `opened`, `rows`, `identity`, `step`, schemas."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from builder.release.identity import compare_identities
from builder.release.opened import Column, Opened
from builder.release.rows import CHANGES_SCHEMA, compare_rows
from builder.release.step import needed_step
from builder.release.versions import Step
from schemas.vocabulary import CHANGES

# The tables and columns without which nobody can be followed from one release to the next.
_FOLLOWED = {
    "actors": ("actor_id", "name"),
    "articles": ("article_id", "collection_id", "locator", "revision", "text_sha256"),
    "quotes": ("quote_id", "article_id", "text", "content_spans", "speaker_ids"),
    "claims": ("claim_id", "article_id", "text", "spans", "claim_group_id"),
    "mentions": ("mention_id", "article_id", "actor_id", "start", "end"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Two releases beside each other: `changes` in the shape of `schemas.changes`; figures by name, before and after.

    `columns` holds, by table, how many rows changed in which columns; `counts` how many rows were added, removed and
    changed.
    """

    before: str
    after: str
    fingerprints: tuple[str, str]
    changes: pl.DataFrame
    figures: Mapping[str, tuple[int, int]]
    counts: Mapping[str, Mapping[str, int]]
    columns: Mapping[str, Mapping[str, int]]

    @property
    def step(self) -> Step:
        """The least version step that leads from the one to the other."""
        return needed_step(self.changes)


def compare(before: Opened, after: Opened) -> Difference:
    """The difference that leads from one to the other."""
    shared = [table for table in before.tables if table in after.tables]
    found = [
        pl.DataFrame(list(_schema_changes(before, after)), schema=CHANGES_SCHEMA, orient="row"),
        *(compare_rows(table, before.tables[table], after.tables[table]) for table in shared),
    ]
    if all(_can_be_followed(one) for one in (before, after)):
        found.append(compare_identities(before.tables, after.tables))
    tables = list(after.tables) + [table for table in before.tables if table not in after.tables]
    changes = _in_order(pl.concat(found), tables)
    old, new = count_rows(before), count_rows(after)
    return Difference(
        before=before.name,
        after=after.name,
        fingerprints=(before.fingerprint, after.fingerprint),
        changes=changes,
        figures={name: (old.get(name, 0), new.get(name, 0)) for name in {**new, **old}},
        counts={table: _count_changes(changes, table) for table in tables},
        columns={table: _count_columns(changes, table) for table in tables},
    )


def count_rows(opened: Opened) -> dict[str, int]:
    """Rows by table (`quotes`) and by value of each vocabulary column (`quotes.quote_type: direct`)."""
    figures = {}
    for table, rows in opened.tables.items():
        figures[table] = rows.height
        for column, described in opened.columns[table].items():
            counts = dict(rows[column].value_counts().iter_rows()) if described.vocabulary else {}
            figures |= {f"{table}.{column}: {value}": counts.get(value, 0) for value in described.vocabulary}
    return figures


def _schema_changes(
    before: Opened, after: Opened
) -> Iterator[tuple[str, str, None, str | None, str | None, str | None]]:
    """Tables, columns and vocabulary values that came, went or changed."""
    for table in before.columns.keys() - after.columns.keys():
        yield "table-removed", table, None, None, None, None
    for table, columns in after.columns.items():
        if table not in before.columns:
            yield "table-added", table, None, None, None, None
            continue
        old = before.columns[table]
        yield from (("column-removed", table, None, name, None, None) for name in old.keys() - columns.keys())
        yield from (("column-added", table, None, name, None, None) for name in columns.keys() - old.keys())
        both = [name for name in columns if name in old]
        if both != [name for name in old if name in columns]:
            yield "column-moved", table, None, None, _dump(list(old)), _dump(list(columns))
        for name in both:
            for change, was, now in _column_changes(old[name], columns[name]):
                yield change, table, None, name, was, now


def _column_changes(old: Column, new: Column) -> Iterator[tuple[str, str | None, str | None]]:
    """How a column's type and vocabulary changed. That it is never null any more changes nothing for a reader."""
    if old.type != new.type or (new.is_nullable and not old.is_nullable):
        was, now = (_dump(one.type + ", may be null" * one.is_nullable) for one in (old, new))
        yield "column-changed", was, now
    if bool(old.vocabulary) != bool(new.vocabulary):
        return  # from a closed list to free text or back: the type says enough, or the rows do
    for value, meaning in old.vocabulary.items():
        if value not in new.vocabulary:
            yield "value-removed", _dump(value), None
        elif meaning and new.vocabulary[value] and meaning != new.vocabulary[value]:
            yield "value-changed", _dump({value: meaning}), _dump({value: new.vocabulary[value]})
    for value in new.vocabulary:
        if value not in old.vocabulary:
            yield "value-added", None, _dump(value)


def _can_be_followed(opened: Opened) -> bool:
    return all(
        table in opened.columns and set(columns) <= opened.columns[table].keys() for table, columns in _FOLLOWED.items()
    )


def _in_order(changes: pl.DataFrame, tables: list[str]) -> pl.DataFrame:
    """The changes by table, kind, row and column: the same two releases give the same file."""
    ranks = [{name: rank for rank, name in enumerate(names)} for names in (tables, list(CHANGES))]
    by = [
        pl.col(column).replace_strict(rank, return_dtype=pl.Int32)
        for column, rank in zip(("table", "change"), ranks, strict=True)
    ]
    return changes.sort(*by, "row", "column", "before", "after", nulls_last=True, maintain_order=True)


def _count_changes(changes: pl.DataFrame, table: str) -> dict[str, int]:
    of_table = changes.filter(pl.col("table") == table)
    counts = {name: of_table.filter(pl.col("change") == name).height for name in ("added", "removed")}
    return counts | {"changed": of_table.filter(pl.col("change") == "changed")["row"].n_unique()}


def _count_columns(changes: pl.DataFrame, table: str) -> dict[str, int]:
    cells = changes.filter((pl.col("table") == table) & (pl.col("change") == "changed"))
    return dict(cells.group_by("column", maintain_order=True).len().sort("column").iter_rows())


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
