"""Corrections on a shard's tables, before anything is known about other articles. Imports `corrections`, `article`.

Deterministic: by date, file and line. A correction whose row or text is not there any more changes nothing and is given
back as a row of `dropped`. What a person did not say of a corrected row follows by the rules of extract.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import polars as pl

from builder.assemble.shards import SHARD_SCHEMAS
from builder.resolve.authority import Authority
from builder.review.article import OpenArticle, Stale
from builder.review.corrections import Corrections, Placed
from builder.review.values import QUOTE
from builder.tally import Dropped
from schemas.columns import rounded

REASON = "stale-correction"
_CORRECTED = ("quotes", "claims", "local_actors")


@dataclass(frozen=True, slots=True)
class Applied:
    """A shard's tables with their corrections, and the corrections that could not be applied."""

    tables: dict[str, pl.DataFrame]
    stale: tuple[Dropped, ...]


def apply_corrections(
    tables: Mapping[str, pl.DataFrame], corrections: Corrections, authorities: Mapping[str, Authority]
) -> Applied:
    """The tables of a shard (`SHARD_SCHEMAS`), the rows of the articles that have corrections corrected.

    `authorities` by collection, for the names that people gave.
    """
    ids = pl.col("article_id").is_in(sorted(corrections))
    corrected = tables["articles"].filter(ids)
    if not corrected.height:
        return Applied(dict(tables), ())
    rows = {name: tables[name].filter(~ids) for name in _CORRECTED}
    stale: list[Dropped] = []
    for article in corrected.iter_rows(named=True):
        own = {
            name: tables[name].filter(pl.col("article_id") == article["article_id"]).to_dicts() for name in _CORRECTED
        }
        opened = OpenArticle(article, **own, authority=authorities[article["collection_id"]])
        stale += correct_article(opened, corrections[article["article_id"]])
        for name, frame in opened.tables().items():
            rows[name] = pl.concat([rows[name], pl.DataFrame(frame, schema=SHARD_SCHEMAS[name])])
    rows["claims"] = rows["claims"].with_columns(rounded("checkworthy"), rounded("confidence"))
    return Applied({**tables, **rows}, tuple(stale))


def correct_article(opened: OpenArticle, corrections: Sequence[Placed]) -> list[Dropped]:
    """Apply an article's corrections, in their order; those that are stale.

    Those of one file and day may make room for each other (one quote shortened, its neighbour lengthened): what does
    not fit is tried again after the others.
    """
    stale = []
    for _, group in groupby(corrections, key=lambda one: (one.correction.date, one.path)):
        waiting, problems = sorted(group, key=_turn), {}
        while waiting:
            left = []
            for one in waiting:
                try:
                    opened.correct(one.correction)
                except Stale as problem:
                    problems[one] = str(problem)
                    left.append(one)
            if len(left) == len(waiting):
                break
            waiting = left
        else:
            waiting = []
        stale += [_dropped(one, problems[one]) for one in waiting]
    return stale


def _turn(one: Placed) -> int:
    """Claims before the quotes whose content they have to lie in, what is added to quotes after these."""
    return 1 if one.correction.row == QUOTE else 2 if one.correction.id is None else 0


def unmet(corrections: Corrections, met: Collection[str]) -> list[Dropped]:
    """The corrections of articles that are not in the build."""
    return [
        _dropped(one, "the article is not in this build")
        for article in sorted(corrections.keys() - set(met))
        for one in corrections[article]
    ]


def _dropped(one: Placed, problem: str) -> Dropped:
    correction = one.correction
    what = correction.id or f"a {correction.row} added to {correction.article_id}"
    return Dropped("assemble", correction.collection_id, one.path, f"line {one.line}", REASON, f"{what}: {problem}")
