"""What a reviewer changed: the rows that came back beside those exported. Imports its neighbours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from builder.review.corrections import Correction, plain
from builder.review.exported import Exported
from builder.review.values import CLAIM, OF_CLAIMS, SPANS, Row, Values, joined


@dataclass(frozen=True, slots=True)
class Signed:
    """Who made corrections, when and why."""

    by: str
    date: date
    why: str


def compare_rows(
    article: Exported, exported: Mapping[str, Row], returned: Mapping[str, Row], signed: Signed
) -> Iterator[Correction]:
    """The corrections of one article: deleted rows, changed ones (what changed alone), added ones."""
    for key, row in exported.items():
        if key not in returned or returned[key].row != row.row:
            yield _correction(article, row, _own_values(row), None, signed)
        elif changed := _changed(article.text, row, returned[key]):
            before, after = (_only(values, changed) for values in (row.values, returned[key].values))
            yield _correction(article, row, before, after, signed)
    for key, row in returned.items():
        if key not in exported or exported[key].row != row.row:
            values = _only(
                row.values, {name for name, value in _own_values(row) if value not in (None, ())} | {"content"}
            )
            yield _correction(article, Row(row.row, None, row.values), None, values, signed)


def confirm_rows(
    article: Exported, exported: Mapping[str, Row], returned: Mapping[str, Row], signed: Signed
) -> Iterator[Correction]:
    """The confirmations of an article that was read in full: of every row that was left as it went out."""
    for key, row in exported.items():
        if key in returned and returned[key].row == row.row and not _changed(article.text, row, returned[key]):
            yield _correction(article, row, _own_values(row), None, signed).model_copy(update={"is_confirmed": True})


def _changed(text: str, row: Row, now: Row) -> set[str]:
    """The names of the values that differ: actors by name, spans by what can be marked of them."""
    before, after = plain(row.values), plain(now.values)
    changed = {name for name in before.keys() & after.keys() if before[name] != after[name]}
    return changed - {
        name for name in SPANS if joined(text, getattr(row.values, name)) == joined(text, getattr(now.values, name))
    }


def _own_values(row: Row) -> Values:
    """The values that a row of its kind has."""
    return row.values if row.row != CLAIM else _only(row.values, set(OF_CLAIMS))


def _only(values: Values, names: set[str]) -> Values:
    return Values(**{name: getattr(values, name) for name in Values.model_fields if name in names})


def _correction(article: Exported, row: Row, before: Values | None, after: Values | None, signed: Signed) -> Correction:
    return Correction(
        article_id=article.article_id,
        collection_id=article.collection_id,
        text_sha256=article.text_sha256,
        row="quote" if row.row != CLAIM else "claim",
        id=row.id,
        before=before,
        after=after,
        by=signed.by,
        date=signed.date,
        why=signed.why,
    )
