"""How much gold a corpus has, and whether every actor that it names is one. Imports `gold`, authority; takes tables.

An actor of gold is told by its canonical name. It resolves where everything that gold says of the name is about one
actor: as a speaker it has the same kind wherever it speaks; who is only aimed at is declared in `actors.toml`, or named
so by the text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import polars as pl

from builder.measure.gold import GoldArticle
from builder.measure.labels import Labels
from builder.resolve.authority import Authority


@dataclass(frozen=True, slots=True)
class GoldCounts:
    """What gold holds of the articles of a build; `elsewhere` are its articles that the build has not."""

    articles: int
    attributions: int
    claims: int
    actors: int
    unresolved: tuple[str, ...]
    elsewhere: int


def count_gold(gold: Sequence[GoldArticle], articles: pl.DataFrame, authorities: Mapping[str, Authority]) -> GoldCounts:
    """Count the gold of those articles that are in the table; `authorities` are what each collection declares."""
    built = {
        (collection, name)
        for collection, locator in articles.select("collection_id", "locator").iter_rows()
        for name in (locator, PurePosixPath(locator).name.split(".")[0])
    }
    here = [article for article in gold if (article.group, article.doc) in built]
    return GoldCounts(
        articles=len(here),
        attributions=sum(len(article.attributions) for article in here),
        claims=sum(len(article.claims) for article in here),
        actors=len({name for article in here for name in named_actors(article)}),
        unresolved=unresolved_actors(here, authorities),
        elsewhere=len(gold) - len(here),
    )


def named_actors(article: GoldArticle) -> set[str]:
    """The canonical names of all who speak in an article's gold or are aimed at."""
    return {name for labels in _labels(article) for name in (*labels.speakers, *labels.targets)}


def unresolved_actors(gold: Iterable[GoldArticle], authorities: Mapping[str, Authority]) -> tuple[str, ...]:
    """The names that are no actor, or more than one, sorted."""
    kinds: dict[str, set[str | None]] = {}
    targets: dict[str, list[GoldArticle]] = {}
    for article in gold:
        for labels in _labels(article):
            for name in labels.speakers:
                kinds.setdefault(name, set()).add(labels.speaker_kind)
            for name in labels.targets:
                targets.setdefault(name, []).append(article)
    several = {name for name, said in kinds.items() if len(said) > 1 or None in said}
    nobody = {
        name
        for name, named_in in targets.items()
        if name not in kinds and not all(_is_known(name, article, authorities) for article in named_in)
    }
    return tuple(sorted(several | nobody))


def _is_known(name: str, article: GoldArticle, authorities: Mapping[str, Authority]) -> bool:
    declared = authorities.get(article.group)
    return name in article.text or (declared is not None and declared.find(name, article.text) is not None)


def _labels(article: GoldArticle) -> Iterator[Labels]:
    said = (attribution.labels for attribution in article.attributions)
    told = (claim.labels for claim in article.claims)
    yield from (labels for labels in (*said, *told) if labels is not None)
