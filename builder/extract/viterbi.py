"""The best tag sequence and how probable each tag is, from a linear-chain CRF's scores (Lafferty et al. 2001).

NumPy only. Imports `scores`.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from builder.extract.scores import Floats

WordSpan = tuple[int, int, str]  # first word, last word + 1, kind
_Doubles = NDArray[np.float64]
_NEVER = -1e9


def viterbi(emissions: Floats, transitions: Floats) -> NDArray[np.int64]:
    """The best tag sequence; ties go to the tag listed first. emissions: [m, k]; transitions: [k + 1, k]."""
    length, _ = emissions.shape
    tags = np.zeros(length, dtype=np.int64)
    if not length:
        return tags
    scores, steps = emissions.astype(np.float64), transitions.astype(np.float64)
    best = _scan(scores, steps[:-1], steps[-1], _best)
    back = (best[:-1, :, None] + steps[:-1]).argmax(axis=1).tolist()
    tag = int(best[-1].argmax())
    tags[-1] = tag
    for at in range(length - 2, -1, -1):
        tag = back[at][tag]
        tags[at] = tag
    return tags


def marginals(emissions: Floats, transitions: Floats) -> Floats:
    """How probable every tag is at every word, given the whole text: forward-backward. float32[m, k]."""
    if not len(emissions):
        return emissions
    scores, steps = emissions.astype(np.float64), transitions.astype(np.float64)
    forward = _scan(scores, steps[:-1], steps[-1], _all)
    backward = _scan(scores[::-1], steps[:-1].T, np.zeros(len(steps) - 1), _all)[::-1]
    whole = forward + backward - scores
    shares = np.exp(whole - whole.max(axis=1, keepdims=True))
    found: Floats = (shares / shares.sum(axis=1, keepdims=True)).astype(np.float32)
    return found


def _scan(emissions: _Doubles, inner: _Doubles, start: _Doubles, step: Callable[..., _Doubles]) -> _Doubles:
    """What reaches every word from the text's beginning, by the best path or by all of them: float64[m, k].

    The text is cut into about √m stretches that are walked side by side, first for what each makes of any tag before
    it, then from the tags that do come before it. Word by word it takes twice as long.
    """
    length, k = emissions.shape
    steps = int(np.ceil(np.sqrt(length)))
    stretches = -(-length // steps)
    padded = np.zeros((stretches * steps, k))
    padded[:length] = emissions
    at = padded.reshape(stretches, steps, k)
    first = inner[None] + at[:, 0, None, :]
    first[0] = start + at[0, 0]
    through = first
    for number in range(1, steps):
        through = step(through, inner) + at[:, number, None, :]
    reached = np.full((stretches, 1, k), _NEVER)
    reached[0, 0, 0] = 0.0
    for stretch in range(1, stretches):
        reached[stretch] = step(reached[stretch - 1], through[stretch - 1])
    found = np.empty_like(at)
    found[:, :1] = step(reached, first)
    for number in range(1, steps):
        found[:, number] = step(found[:, number - 1], inner) + at[:, number]
    return found.reshape(-1, k)[:length]


def _best(before: _Doubles, inner: _Doubles) -> _Doubles:
    """The best way from any tag before to each tag: [..., k] and [..., k, k] to [..., k]."""
    found: _Doubles = (before[..., :, None] + np.expand_dims(inner, -3 if inner.ndim > 2 else 0)).max(axis=-2)
    return found


def _all(before: _Doubles, inner: _Doubles) -> _Doubles:
    """The same over all ways, in logarithms; a matrix product, since that is what a CPU does fastest."""
    before_high, inner_high = before.max(axis=-1, keepdims=True), inner.max()
    with np.errstate(divide="ignore"):
        found: _Doubles = np.log(np.exp(before - before_high) @ np.exp(inner - inner_high)) + before_high + inner_high
    return np.maximum(found, _NEVER)


def tag_spans(tags: NDArray[np.int64], names: tuple[str, ...]) -> list[WordSpan]:
    """Runs of B and I as (first word, last word + 1, kind)."""
    spans: list[WordSpan] = []
    for at, tag in enumerate(tags.tolist()):
        name = names[tag]
        if name.startswith("B-"):
            spans.append((at, at + 1, name[2:]))
        elif name.startswith("I-"):
            first, _, kind = spans[-1]
            spans[-1] = (first, at + 1, kind)
    return spans
