"""How large a file, a record and a decompressed stream may be. Imports nothing of the project."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, unless said otherwise. The defaults are meant for news: the longest article known to us is under 1 MB.

    `record` bounds one article with its markup (a text file, a JSON line, a CSV field) and so the reader's memory.
    `ratio` is decompressed to compressed size, looked at once `ratio_from` bytes came out: text packs at most about
    50 to 1, a bomb 1000 to 1 and more. `decompressed` and `ratio` hold for each stream, and for all that comes out of
    one raw file together. `depth` is how many archives may lie one in another, `members` how many files one raw file
    may hold, `pages` how many pages of a PDF are read.
    """

    record: int = 16 * MEBIBYTE
    decompressed: int = 64 * 1024 * MEBIBYTE
    ratio: int = 200
    ratio_from: int = 16 * MEBIBYTE
    depth: int = 3
    members: int = 1_000_000
    pages: int = 500


LIMITS = Limits()
