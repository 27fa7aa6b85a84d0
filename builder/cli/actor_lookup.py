"""Find actors of a build, and why they are one or two, for `onrecord actors`. Imports `builder.resolve`, errors.

Takes and returns frames; nothing here prints.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl
from rapidfuzz import fuzz, process

from builder.errors import SettingsError
from builder.resolve.authority import plain
from builder.resolve.decisions import APART, SAME
from builder.resolve.folding import fold_word
from builder.resolve.merging import LIKELY_DIFFERENT, LIKELY_SAME
from builder.resolve.reasons import UNMET

_NEAR = 60


@dataclass(frozen=True, slots=True)
class Suspect:
    """Two names that may be wrongly apart (`same`) or wrongly one (`not the same`), and the line that would say so."""

    decision: str
    actor_id: str
    name: str
    other_id: str
    other_name: str
    because: str
    actor: str
    other: str

    def line(self, who: str, on: date) -> tuple[str, ...]:
        """The line of decisions.csv."""
        return (self.decision, self.actor, self.other, who, on.isoformat(), self.because)


def search_actors(actors: pl.DataFrame, text: str, limit: int) -> pl.DataFrame:
    """The actors whose name, id or another name is most like the text, the likest first, with `score` 0 to 100."""
    forms = [
        (_folded(form), n)
        for n, (actor_id, name, aliases) in enumerate(actors.select("actor_id", "name", "aliases").iter_rows())
        for form in (name, *aliases, actor_id)
    ]
    wanted = _folded(text)
    scores: dict[int, float] = {}
    hits = process.extract(wanted, [form for form, _ in forms], scorer=fuzz.WRatio, limit=None, score_cutoff=_NEAR)
    for _, score, at in hits:
        number = forms[at][1]
        scores[number] = max(scores.get(number, 0.0), round(score, 1))
    found = pl.DataFrame(
        {"at": list(scores), "score": list(scores.values())}, schema={"at": pl.UInt32(), "score": pl.Float64()}
    )
    return (
        actors.with_row_index("at")
        .join(found, on="at", how="inner")
        .sort("score", "n_mentions", "actor_id", descending=[True, True, False])
        .drop("at")
        .head(limit)
    )


def _folded(text: str) -> str:
    return " ".join(filter(None, map(fold_word, text.replace("/", " ").replace("-", " ").split())))


def find_actors(actors: pl.DataFrame, wanted: str) -> pl.DataFrame:
    """The actors of that id or name, all of them; a SettingsError names those that are near."""
    by_id = actors.filter(pl.col("actor_id") == wanted)
    if by_id.height:
        return by_id
    names = [[plain(name), *map(plain, aliases)] for name, aliases in actors.select("name", "aliases").iter_rows()]
    canonical = actors.filter(pl.Series([plain(wanted) == known[0] for known in names], dtype=pl.Boolean))
    found = (
        canonical
        if canonical.height
        else actors.filter(pl.Series([plain(wanted) in n for n in names], dtype=pl.Boolean))
    )
    if found.height:
        return found
    near = ", ".join(search_actors(actors, wanted, 5)["actor_id"]) or "none"
    raise SettingsError(f"no actor has the id or name {wanted!r}; near it: {near}. Try `onrecord actors search`")


def links_of(links: pl.DataFrame, actor_ids: list[str]) -> pl.DataFrame:
    """The reasons that are about one of these actors."""
    return links.filter(pl.col("actor_id").is_in(actor_ids) | pl.col("other_id").is_in(actor_ids))


def find_suspects(links: pl.DataFrame) -> Iterator[Suspect]:
    """Likely merges and splits, each pair of actors once; two names of one actor once each."""
    seen: set[tuple[str, ...]] = set()
    for row in links.filter(pl.col("verdict").is_in([LIKELY_SAME, LIKELY_DIFFERENT])).iter_rows(named=True):
        is_merge = row["verdict"] == LIKELY_SAME
        sides = (
            ("actor_id", "other_id")
            if is_merge
            else ("actor_id", "name", "article_id", "other_name", "other_article_id")
        )
        key = tuple(sorted(row[side] for side in sides))
        if key in seen:
            continue
        seen.add(key)
        yield Suspect(
            decision=SAME if is_merge else APART,
            actor_id=row["actor_id"],
            name=row["name"],
            other_id=row["other_id"],
            other_name=row["other_name"],
            because=row["because"],
            actor=_reference(row["article_id"], row["name"], row["actor_id"]),
            other=_reference(row["other_article_id"], row["other_name"], row["other_id"]),
        )


def _reference(article_id: str, name: str, actor_id: str) -> str:
    """How decisions.csv names an actor: by an article, where there is one; of the authority's own, by the id."""
    return f"{article_id}#{name}" if article_id else actor_id


def unmet_decisions(links: pl.DataFrame) -> list[str]:
    """Lines of decisions.csv about actors that the build does not hold."""
    rows = links.filter(pl.col("verdict") == UNMET).select("because", "name", "other_name")
    return [f"{because} {name} {other}" for because, name, other in rows.iter_rows()]
