"""Labelled texts cut into windows, and windows put together in batches. Needs the extra `train`.

Imports `builder.extract`, `gold`.
"""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from builder.extract.pieces import cut_windows
from builder.extract.windows import WINDOW, window_inputs
from builder.training.gold import UNKNOWN, Ints, KindLabel, Labelled, Link


@dataclass(frozen=True, slots=True)
class Window:
    """One training window: inputs int32[length], labels and first pieces int64[words], links in its own words."""

    inputs: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]
    first: Ints
    roles: Ints
    names: Ints
    sentences: Ints
    cue_to_source: list[Link]
    content_to_cue: list[Link]
    mentions: list[tuple[int, int, str]]
    kinds: list[KindLabel]
    worth: list[tuple[int, int, int]]


def cut_labelled(article: Labelled, offset: int) -> list[Window]:
    """The article's windows, without overlap, the first one shorter by `offset` pieces."""
    windows = []
    for begin, last in cut_windows(article.pieces, WINDOW, WINDOW, offset):
        first = (article.pieces.first[begin:last] - article.pieces.first[begin] + 1).astype(np.int64)
        fits = first <= WINDOW
        until = begin + int(fits.sum())
        windows.append(
            Window(
                window_inputs(article.pieces, begin, last),
                first[fits],
                article.roles[begin:until],
                article.names[begin:until],
                article.sentences[begin:until],
                _links_inside(article.cue_to_source, begin, until),
                _links_inside(article.content_to_cue, begin, until),
                [(s - begin, e - begin, entity) for s, e, entity in article.mentions if begin <= s and e < until],
                [moved for kind in article.kinds if (moved := _kind_inside(kind, begin, until))],
                [(s - begin, e - begin, value) for s, e, value in article.worth if begin <= s and e < until],
            )
        )
    return windows


def _links_inside(links: tuple[Link, ...], begin: int, until: int) -> list[Link]:
    """The links that lie among the words [begin, until) whole, counted from `begin`; no other is learned from."""
    return [
        (first - begin, last - begin, to - begin if to >= 0 else -1)
        for first, last, to in links
        if begin <= first and last < until and (to < 0 or begin <= to < until)
    ]


def _kind_inside(label: KindLabel, begin: int, until: int) -> KindLabel | None:
    if not all(begin <= first and last < until for first, last in (label.cue, *label.content)):
        return None
    content = tuple((first - begin, last - begin) for first, last in label.content)
    return KindLabel((label.cue[0] - begin, label.cue[1] - begin), content, label.kind)


def pad(rows: list[NDArray], value: int = 0) -> Tensor:  # type: ignore[type-arg]
    """int64[rows, longest], shorter rows filled with `value`."""
    tensors = [torch.from_numpy(row.astype(np.int64)) for row in rows]
    return torch.nn.utils.rnn.pad_sequence(tensors, batch_first=True, padding_value=value)


def pad_labels(rows: list[Ints]) -> Tensor:
    """int64[rows, longest], UNKNOWN where nothing stands."""
    return pad(rows, UNKNOWN)
