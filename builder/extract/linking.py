"""Which content belongs to which cue, and which cue to which source: every one chooses, and none is left over.

A pointer alone lets contents crowd around one cue while the next has none; but every cue of the gold has content, and
nearly every source a cue. What nobody chose therefore takes, of what could do without its own choice, the one that
gives up least by it. NumPy only. Imports `labels`, `scores`, `viterbi`.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.extract.labels import LINK, LINKS, distance_bucket
from builder.extract.scores import Floats, Scores, Weights
from builder.extract.viterbi import WordSpan

# How far, in words, from a content's nearer edge its cue is looked for, before and after; and from a cue its source.
# PolNeAR train has one link in two hundred beyond each bound; a pointer without one joins what is pages apart.
CUE_REACH = (47, 15)
SOURCE_REACH = (32, 7)
# How much, in log odds, one may give up for what would be left over; more than that, and the tags were wrong.
GIVEN_UP = 6.0


@dataclass(frozen=True, slots=True)
class Choice:
    """What a span points at, and how probable that is among the candidates within reach and none."""

    span: WordSpan | None
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Pointer:
    """The key in LINKS of what is looked for, the bias by distance, the reach before and after."""

    key: int
    near: Floats
    reach: tuple[int, int]


@dataclass(frozen=True, slots=True)
class View:
    """What a span may point at: numbers of candidates within reach, and the points of each and, last, of none."""

    within: NDArray[np.int64]
    points: Floats


def choose_cues(contents: list[WordSpan], cues: list[WordSpan], scores: Scores, weights: Weights) -> list[Choice]:
    """Of every content piece its cue, by what its first and its last word look for; a choice a piece, in order."""
    pointer = Pointer(LINKS.index("cue"), weights.near_cue, CUE_REACH)
    first, last = LINKS.index("content_first"), LINKS.index("content_last")
    queries = [scores.links[span[0], first] + scores.links[span[1] - 1, last] for span in contents]
    return _choose(contents, cues, queries, pointer, scores)


def choose_sources(cues: list[WordSpan], sources: list[WordSpan], scores: Scores, weights: Weights) -> list[Choice]:
    """Of every cue its source; a choice a cue, in order."""
    pointer = Pointer(LINKS.index("source"), weights.near_source, SOURCE_REACH)
    queries = [scores.links[span[0], LINKS.index("cue_to_source")] for span in cues]
    return _choose(cues, sources, queries, pointer, scores)


def _choose(
    spans: list[WordSpan], among: list[WordSpan], queries: list[Floats], pointer: Pointer, scores: Scores
) -> list[Choice]:
    """What each span points at most, after what is left over was shared out."""
    views = [_view(span, among, query, pointer, scores) for span, query in zip(spans, queries, strict=True)]
    chosen = [_place(view, int(view.points.argmax())) for view in views]
    _share_out(views, chosen)
    return [Choice(None if at is None else among[at], _share(view, at)) for at, view in zip(chosen, views, strict=True)]


def _view(span: WordSpan, among: list[WordSpan], query: Floats, pointer: Pointer, scores: Scores) -> View:
    first, last = span[0], span[1] - 1
    before, after = pointer.reach
    begin = bisect_left(among, first - before, key=_head)
    within = np.arange(begin, bisect_right(among, last + after, key=_head), dtype=np.int64)
    heads = np.array([among[at][0] for at in within], dtype=np.int64)
    distance = np.where(heads > last, heads - last, np.minimum(heads - first, 0))
    points = scores.links[heads, pointer.key] @ query / np.float32(LINK**0.5) + pointer.near[distance_bucket(distance)]
    none = scores.none[scores.window[first], pointer.key] @ query / np.float32(LINK**0.5)
    return View(within, np.append(points, none).astype(np.float32))


def _head(span: WordSpan) -> int:
    return span[0]


def _place(view: View, column: int) -> int | None:
    """The candidate's number in a column of the points; the last column is none."""
    return int(view.within[column]) if column < len(view.within) else None


def _share(view: View, candidate: int | None) -> float:
    odds = np.exp(view.points - view.points.max())
    column = -1 if candidate is None else int(np.searchsorted(view.within, candidate))
    return float(odds[column] / odds.sum())


def _share_out(views: list[View], chosen: list[int | None]) -> None:
    """Give each candidate nobody chose to who gives up least by it, unless that leaves another without any."""
    held = Counter(at for at in chosen if at is not None)
    for _, number, at in sorted(_given_up(views, held)):
        own = chosen[number]
        if held[at] or (own is not None and held[own] < 2):
            continue
        if own is not None:
            held[own] -= 1
        held[at] += 1
        chosen[number] = at


def _given_up(views: list[View], held: Counter[int]) -> Iterator[tuple[float, int, int]]:
    """How much a span gives up, the span's number, and the candidate nobody chose that it would get."""
    for number, view in enumerate(views):
        most = float(view.points.max())
        for place, at in enumerate(view.within):
            lost = most - float(view.points[place])
            if not held[int(at)] and lost <= GIVEN_UP:
                yield lost, number, int(at)
