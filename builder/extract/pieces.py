"""A text as the encoder sees it: word pieces with what an uncased vocabulary loses given back.

Imports `quotations` only. Words are the tokenizer's own (BERT: split at spaces and around punctuation), so a
word's pieces are never torn apart by the windows or by the decoder.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from builder.extract.quotations import quoted_mask

Ints = NDArray[np.int32]

# The kinds of shape; 0 is for the special pieces. The order is part of the trained model.
SHAPES = ("special", "lower", "title", "upper", "mixed", "digit", "punctuation", "continuation")
# Inside a quotation (0 no, 1 yes, 2 a mark), three more where the piece begins a line; 6 for special pieces.
LAYOUTS = 7


@dataclass(frozen=True, slots=True)
class Pieces:
    """n word pieces over m words.

    `ids`, `shapes`, `layouts`, `words` (the word's number of each piece): int32[n];
    `starts`, `ends` (the words' offsets in the text, code points): int32[m];
    `first` (each word's first piece): int32[m].
    """

    ids: Ints
    shapes: Ints
    layouts: Ints
    words: Ints
    starts: Ints
    ends: Ints
    first: Ints


def load_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer of a file as `split_pieces` needs it: without truncation and padding, whatever the file says."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def split_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """Word pieces of `text`; `tokenizer` must not truncate, pad or add special pieces by itself."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids, words, spans = encoding.ids, encoding.word_ids, encoding.offsets
    first: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    numbers: list[int] = []
    for at, word in enumerate(words):
        if at == 0 or word != words[at - 1]:
            first.append(at)
            starts.append(spans[at][0])
            ends.append(spans[at][1])
        ends[-1] = max(ends[-1], spans[at][1])
        numbers.append(len(first) - 1)
    mask = quoted_mask(text)
    shapes = np.full(len(ids), SHAPES.index("continuation"), dtype=np.int32)
    layouts = np.zeros(len(ids), dtype=np.int32)
    end_before = 0
    for number, at in enumerate(first):
        start, end = starts[number], ends[number]
        shapes[at] = _shape(text[start:end])
        begins_line = number == 0 or "\n" in text[end_before:start]
        until = first[number + 1] if number + 1 < len(first) else len(ids)
        layouts[at:until] = mask[start]
        layouts[at] += 3 * begins_line
        end_before = end
    return Pieces(
        np.asarray(ids, dtype=np.int32),
        shapes,
        layouts,
        np.asarray(numbers, dtype=np.int32),
        np.asarray(starts, dtype=np.int32),
        np.asarray(ends, dtype=np.int32),
        np.asarray(first, dtype=np.int32),
    )


def begins_line(pieces: Pieces) -> NDArray[np.bool_]:
    """bool[m]: whether each word begins a line."""
    layouts = pieces.layouts[pieces.first]
    return (layouts >= LAYOUTS // 2) & (layouts < LAYOUTS - 1)


def words_of(pieces: Pieces, span: tuple[int, int]) -> tuple[int, int] | None:
    """The first and the last word of text[start:end]; None where no word stands there."""
    first = int(np.searchsorted(pieces.ends, span[0], side="right"))
    last = int(np.searchsorted(pieces.starts, span[1], side="left"))
    return (first, last - 1) if first < last else None


def _shape(word: str) -> int:
    if word.islower():
        name = "lower"
    elif word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        name = "title"
    elif word.isupper():
        name = "upper"
    elif any(char.isdigit() for char in word):
        name = "digit"
    elif any(char.isalpha() for char in word):
        name = "mixed"
    else:
        name = "punctuation"
    return SHAPES.index(name)


def cut_windows(pieces: Pieces, size: int, stride: int, offset: int = 0) -> list[tuple[int, int]]:
    """Ranges of words [from, to) whose pieces fit `size`, each beginning at most `stride` pieces after the last.

    No word is torn apart; one that has more than `size` pieces alone is cut by the caller's window. `offset` is
    the number of pieces that the first window is shortened by, so that training sees other borders every epoch.
    """
    total, n_words = len(pieces.ids), len(pieces.first)
    windows: list[tuple[int, int]] = []
    word, room = 0, max(1, size - offset)
    while word < n_words:
        begin = int(pieces.first[word])
        last = word + 1
        while last < n_words and (int(pieces.first[last + 1]) if last + 1 < n_words else total) - begin <= room:
            last += 1
        windows.append((word, last))
        if last == n_words:
            break
        step = room if room < size else stride
        following = int(np.searchsorted(pieces.first, begin + step, side="right")) - 1
        word, room = min(max(word + 1, following), last), size
    return windows
