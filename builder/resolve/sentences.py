"""Which sentence of an article an offset lies in. Imports `builder.extract.sentences`."""

from bisect import bisect_right

from builder.extract.sentences import split_sentences


def sentence_starts(text: str) -> list[int]:
    """Where sentences begin; the first is 0, so that every offset lies in one.

    >>> sentence_starts("Mr. Orm left. He was late.")
    [0, 14]
    """
    return [0, *(start for start, _ in split_sentences(text) if start > 0)]


def sentence_of(starts: list[int], offset: int) -> int:
    """The number of the sentence that an offset lies in.

    >>> sentence_of([0, 14], 13), sentence_of([0, 14], 14)
    (0, 1)
    """
    return bisect_right(starts, offset) - 1
