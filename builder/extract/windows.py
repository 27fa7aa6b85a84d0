"""An article through the encoder, window by window. Imports `pieces`, `decode`, `labels`.

Every window is a run of its own, so that what it gives never depends on the windows beside it (dynamic
quantization takes its scale over a whole batch); each word's scores come from the window it is most central in.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from builder.extract.decode import Floats, Scores
from builder.extract.labels import LINK, LINKS, NAME_TAGS, ROLE_TAGS
from builder.extract.pieces import LAYOUTS, Ints, Pieces, cut_windows

WINDOW, STRIDE = 254, 190  # pieces, without [CLS] and [SEP]
CLS, SEP = 101, 102

# ids, shapes, layouts: int64[1, length] → roles [length, 7], names [length, 9], links [length, 5 × 128]
Run = Callable[[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]], tuple[Floats, Floats, Floats]]


def window_inputs(pieces: Pieces, first: int, last: int) -> tuple[Ints, Ints, Ints]:
    """ids, shapes, layouts of the words [first, last) between [CLS] and [SEP], cut at WINDOW: int32[length]."""
    begin = int(pieces.first[first])
    end = int(pieces.first[last]) if last < len(pieces.first) else len(pieces.ids)
    end = min(end, begin + WINDOW)

    def framed(values: Ints, before: int, after: int) -> Ints:
        return np.concatenate([[before], values[begin:end], [after]]).astype(np.int32)

    special = LAYOUTS - 1
    return framed(pieces.ids, CLS, SEP), framed(pieces.shapes, 0, 0), framed(pieces.layouts, special, special)


def score_words(pieces: Pieces, run: Run) -> Scores:
    """The scores of every word of an article."""
    m = len(pieces.first)
    roles = np.zeros((m, len(ROLE_TAGS)), dtype=np.float32)
    names = np.zeros((m, len(NAME_TAGS)), dtype=np.float32)
    links = np.zeros((m, len(LINKS) * LINK), dtype=np.float32)
    none = np.zeros((m, len(LINKS) * LINK), dtype=np.float32)
    centrality = np.full(m, -1, dtype=np.int64)
    for first, last in cut_windows(pieces, WINDOW, STRIDE):
        ids, shapes, layouts = (values[None].astype(np.int64) for values in window_inputs(pieces, first, last))
        of_roles, of_names, of_links = run(ids, shapes, layouts)
        words = np.arange(first, last)
        # How far a word stands from the nearer border that is not the article's own.
        from_begin = words - first if first else np.full(len(words), m)
        from_end = last - 1 - words if last < m else np.full(len(words), m)
        central = np.minimum(from_begin, from_end)
        better = central > centrality[first:last]
        chosen = words[better]
        at = pieces.first[chosen] - pieces.first[first] + 1
        roles[chosen], names[chosen], links[chosen] = of_roles[at], of_names[at], of_links[at]
        none[chosen] = of_links[0]
        centrality[chosen] = central[better]
    shape = (m, len(LINKS), LINK)
    return Scores(roles, names, links.reshape(shape), none.reshape(shape))
