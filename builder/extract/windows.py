"""An article through the encoder, window by window. Imports `pieces`, `scores`, `labels`.

Every window is a run of its own, so that what it gives never depends on the windows beside it (dynamic
quantization takes its scale over a whole batch); each word's scores come from the window it is most central in.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from builder.extract.labels import CLAIM_KINDS, HEADS, LINK, LINKS, MENTION, MENTIONS
from builder.extract.pieces import LAYOUTS, Ints, Pieces, cut_windows
from builder.extract.scores import Floats, Scores

WINDOW, STRIDE = 254, 190  # pieces, without [CLS] and [SEP]
CLS, SEP = 101, 102

# ids, shapes, layouts: int64[1, length] → of every head in the order of HEADS, float32[length, its width]
Run = Callable[[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]], tuple[Floats, ...]]


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
    found = {head: np.zeros((m, width), dtype=np.float32) for head, width in HEADS.items()}
    none: list[Floats] = []
    window = np.zeros(m, dtype=np.int64)
    centrality = np.full(m, -1, dtype=np.int64)
    for first, last in cut_windows(pieces, WINDOW, STRIDE):
        outputs = dict(
            zip(HEADS, run(*(v[None].astype(np.int64) for v in window_inputs(pieces, first, last))), strict=True)
        )
        words = np.arange(first, last)
        # How far a word stands from the nearer border that is not the article's own.
        from_begin = words - first if first else np.full(len(words), m)
        from_end = last - 1 - words if last < m else np.full(len(words), m)
        central = np.minimum(from_begin, from_end)
        better = central > centrality[first:last]
        chosen = words[better]
        # A word beyond a window that had to be cut is read at the window's last piece.
        at = np.minimum(pieces.first[chosen] - pieces.first[first] + 1, len(outputs["roles"]) - 1)
        for head, values in outputs.items():
            found[head][chosen] = values[at]
        window[chosen] = len(none)
        none.append(outputs["links"][0])
        centrality[chosen] = central[better]
    return Scores(
        roles=found["roles"],
        names=found["names"],
        links=found["links"].reshape(m, len(LINKS), LINK),
        none=np.array(none, dtype=np.float32).reshape(-1, len(LINKS), LINK),
        window=window,
        sentences=found["sentences"][:, 0],
        mentions=found["mentions"].reshape(m, len(MENTIONS), MENTION),
        kinds=found["kinds"].reshape(m, 2, len(CLAIM_KINDS)),
        worth=found["worth"][:, 0],
    )
