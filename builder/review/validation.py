"""A validation for a paper: a drawn sample out, read in full, and what it tells of the build. Imports its neighbours.

A quote is right where one that the reader left or marked has content and source alike (half of the words shared, as in
`onrecord evaluate`); a claim, where its quote is right, or its words alike in the article's own voice, and its kind is
the reader's.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import polars as pl

from builder.errors import SettingsError
from builder.extract.attribution import Attribution
from builder.measure.attributions import found_pairs
from builder.measure.gold import GoldArticle, GoldAttribution
from builder.measure.words import pair, words_in, words_of
from builder.publish.recognize import read_manifest
from builder.publish.reopen import read_tables
from builder.publish.validations import ESTIMATED, FORMAT, Estimated, Interval, RecordedValidation, Rows, Sampled
from builder.review.choices import BRAT, LEVEL
from builder.review.estimate import Counts, Estimate, Estimates, estimate
from builder.review.exported import Exported, choose_articles, export_rows
from builder.review.folder import read_about, read_review, refuse_standing, write_review
from builder.review.sample import NAME, Drawn, draw, parse_sample, render_sample
from builder.review.values import QUOTE, Row
from schemas.vocabulary import CLAIM_KINDS

# (by, group): all quotes, the quotes of a collection, the claims of a kind.
Group = tuple[str, str]
ALL: Group = ("all", "quotes")


@dataclass(frozen=True, slots=True)
class Validation:
    """What a sample tells of its build, by group."""

    seed: int
    level: float
    sample: tuple[Drawn, ...]
    estimates: Mapping[Group, Estimates]

    @property
    def articles(self) -> int:
        """How many were read."""
        return len(self.sample)


def sample_review(build: Path, out: Path, total: int, seed: int, form: str = BRAT) -> list[Drawn]:
    """Draw articles of a build and write them into a new folder for reading, with `sample.csv` beside them.

    Only articles that have a text and were searched for quotes can be drawn; the estimates are of these.
    """
    refuse_standing(out)
    tables = read_tables(build)
    articles = choose_articles(tables["articles"], ())
    ids = {str(name): frame["article_id"].to_list() for (name,), frame in articles.group_by("collection_id")}
    sample = draw(ids, total, seed)
    chosen = articles.filter(pl.col("article_id").is_in([one.article_id for one in sample]))
    write_review(build, out, form, export_rows(tables, chosen), {NAME: render_sample(sample)}, seed=seed)
    return sample


def estimate_review(build: Path, folder: Path, level: float = LEVEL) -> Validation:
    """Precision and recall of a build from its sample, once every article of that came back.

    The articles that are missing would not be missing by chance: SettingsError then, and where the folder is no sample.
    """
    about, path = read_about(folder, build), folder / NAME
    if not path.is_file() or not isinstance(about.get("seed"), int):
        raise SettingsError(f"{folder}: has no {NAME}; expected a folder that `onrecord review sample` wrote")
    sample = parse_sample(path.read_bytes(), str(path))
    articles, back = read_review(folder, build)
    by_id = {article.article_id: article for article in articles}
    if missing := sorted({one.article_id for one in sample} - back.keys()):
        raise SettingsError(
            f"{folder}: {len(missing)} of {len(sample)} articles did not come back, the first {missing[0]}; expected "
            "all: those left out would not be left out by chance"
        )
    counted = [count_article(by_id[one.article_id], *map(_rows, back[one.article_id])) for one in sample]
    groups = sorted({group for counts in counted for group in counts}, key=_order)
    counts = {group: [one.get(group, Counts()) for one in counted] for group in groups}
    return Validation(about["seed"], level, tuple(sample), estimate(sample, counts, about["seed"], level))


def record(found: Validation, build: Path, by: str, on: date) -> RecordedValidation:
    """What `validations/*.json` of the raw folder keeps of it, to stand in the datasheet of the next build.

    `build` is the one that was measured. Shares are kept to six decimals.
    """
    manifest = read_manifest(build)
    full = manifest.get("full", {})
    tables = manifest["tables"]
    sizes = {one.collection_id: one for one in found.sample}
    return RecordedValidation(
        format=FORMAT,
        by=by,
        date=on,
        version=manifest["version"],
        fingerprint=manifest["fingerprint"],
        tables={
            name: Rows(rows=tables[name]["rows"], fingerprint=full.get(name, tables[name]["fingerprint"]))
            for name in ESTIMATED
        },
        seed=found.seed,
        level=found.level,
        sample=tuple(
            Sampled(
                collection_id=name,
                articles=one.n_articles,
                drawn=one.n_drawn,
                inclusion_probability=round(one.probability, 9),
            )
            for name, one in sorted(sizes.items())
        ),
        estimates=tuple(
            Estimated.model_validate(
                {
                    "by": by_what,
                    "group": group,
                    "articles": one.articles,
                    "precision": _rounded(one.precision),
                    "recall": _rounded(one.recall),
                }
            )
            for (by_what, group), one in found.estimates.items()
        ),
    )


def _rounded(one: Estimate) -> Interval:
    return Interval.model_validate(
        {name: round(value, 6) if isinstance(value, float) else value for name, value in asdict(one).items()}
    )


def count_article(article: Exported, found: list[Row], truth: list[Row]) -> dict[Group, Counts]:
    """By group, what of the rows `found` by the build is right after the reader's rows."""
    quotes, own = ([row for row in found if (row.row == QUOTE) == is_quote] for is_quote in (True, False))
    true_quotes, true_own = ([row for row in truth if (row.row == QUOTE) == is_quote] for is_quote in (True, False))
    right = _right_quotes(article.text, quotes, true_quotes)
    of_quotes = Counts(len(right), len(quotes), len(true_quotes))
    counts = {ALL: of_quotes, ("collection", article.collection_id): of_quotes}
    pairs = [*right, *_right_claims(article.text, own, true_own)]
    for kind in CLAIM_KINDS:
        of_kind = Counts(
            sum(_kind(one, article) == _kind(other, article) == kind for one, other in pairs),
            sum(_kind(row, article) == kind for row in found),
            sum(_kind(row, article) == kind for row in truth),
        )
        if of_kind != Counts():
            counts["claim_kind", kind] = of_kind
    return counts


def _right_quotes(text: str, found: list[Row], truth: list[Row]) -> list[tuple[Row, Row]]:
    gold = GoldArticle("", "", text, tuple(GoldAttribution(row.values.content, row.values.source) for row in truth))
    predicted = [Attribution(row.values.content, row.values.cue, row.values.source, 1.0) for row in found]
    return [(found[j], truth[i]) for i, j in found_pairs(gold, predicted)]


def _right_claims(text: str, found: list[Row], truth: list[Row]) -> list[tuple[Row, Row]]:
    words = words_of(text)
    true, guess = ([words_in(row.values.content, words) for row in rows] for rows in (truth, found))
    return [(found[j], truth[i]) for i, j in pair(true, guess)]


def _kind(row: Row, article: Exported) -> str | None:
    """The kind of the row's claim; None for a quote whose claims are rows by themselves."""
    if row.values.claim_kind is None and row.id is None:
        raise SettingsError(
            f"{article.article_id}: the {row.row} at {row.values.content[0][0]} has no kind; expected one of every row "
            "in a validation"
        )
    return row.values.claim_kind


def _rows(rows: Mapping[str, Row]) -> list[Row]:
    return list(rows.values())


def _order(group: Group) -> tuple[int, int, str]:
    by, name = group
    kinds = list(CLAIM_KINDS)
    return ("all", "collection", "claim_kind").index(by), kinds.index(name) if by == "claim_kind" else 0, name
