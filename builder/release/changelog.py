"""CHANGELOG.md of a release, and the difference as Markdown. Imports `difference`, `step`, `render`."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from builder.publish.render import escape, number_of
from builder.release.difference import Difference
from builder.release.versions import Step
from schemas.vocabulary import CHANGES

HEAD = (
    "# Changelog of the data\n\nWhat changed from release to release, the last first; each row in `changes.parquet`.\n"
)
_SHOWN = 20
_OF_ROWS = ("added", "removed", "changed")
_WHY = {
    Step.PATCH: "no row of any table changed",
    Step.MINOR: "rows, columns or values were added, removed or changed",
    Step.MAJOR: "a column, a vocabulary value or an id's meaning went or changed",
}


def render_entry(
    version: str, released_on: date, fingerprint: str, difference: Difference | None, withdrawn: Sequence[str]
) -> str:
    """The entry of one release; `difference` is None for the first one. `withdrawn` are articles, with the reasons."""
    lines = [f"## {version} ({released_on})", "", f"Fingerprint `{fingerprint}`.", ""]
    if difference is None:
        lines.append("The first release.")
    else:
        lines += render_difference(difference)
    if withdrawn:
        lines += ["", f"Withdrawn: {number_of(len(withdrawn), 'article')}, because it was asked for.", ""]
        lines += [f"- {escape(article)}" for article in withdrawn]
    return "\n".join(lines) + "\n"


def join_changelog(entry: str, former: str | None) -> str:
    """The changelog with a new entry at its top; `former` is the last release's."""
    entries = (former or HEAD).removeprefix(HEAD)
    return HEAD + "\n" + entry + entries


def render_difference(difference: Difference) -> Iterator[str]:
    """What changed, in lines of Markdown."""
    step = difference.step
    yield f"{step.name} since {escape(difference.before)}: {_WHY[step]}."
    if difference.changes.is_empty():
        return
    yield ""
    yield "| table | rows before | rows now | added | removed | changed | in the columns |"
    yield "|---|---:|---:|---:|---:|---:|---|"
    for table, counts in difference.counts.items():
        before, now = difference.figures.get(table, (0, 0))
        columns = ", ".join(f"`{name}` ({n})" for name, n in difference.columns[table].items()) or "–"
        cells = (before, now, counts["added"], counts["removed"], counts["changed"])
        yield f"| `{table}` | {' | '.join(f'{n:,}' for n in cells)} | {columns} |"
    others = difference.changes.filter(~pl.col("change").is_in(_OF_ROWS))
    for change in reversed(CHANGES):
        rows = others.filter(pl.col("change") == change)
        if rows.height:
            yield from ["", f"{change.replace('-', ' ').capitalize()} ({CHANGES[change]}): {rows.height:,}", ""]
            yield from map(_word, rows.head(_SHOWN).iter_rows(named=True))
            if rows.height > _SHOWN:
                yield "- …"


def _word(row: dict[str, str | None]) -> str:
    """One change that is more than a row's."""
    place = f"`{row['table']}.{row['column']}`" if row["column"] else f"`{row['table']}`"
    name = f" `{row['row']}`" if row["row"] else ""
    both = [_plain(row[side]) for side in ("before", "after") if row[side] is not None]
    return f"- {place}{name}" + (": " + " → ".join(both) if both else "")


def _plain(text: str | None) -> str:
    value = json.loads(text or "null")
    return ", ".join(f"`{one}`" for one in value) if isinstance(value, list) else f"`{value}`"
