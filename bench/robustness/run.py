"""One bad file through read and normalize, every so many through extract and resolve too; what became of it."""

import faulthandler
import resource
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.robustness.mutate import mutate
from bench.robustness.packing import pack, unpack
from bench.robustness.seeds import seeds
from builder.extract.encoder import load_encoder
from builder.extract.stage import extract
from builder.normalize.article import Article
from builder.normalize.stage import normalize
from builder.read.arrange import arrange
from builder.read.checksums import verify_sums
from builder.read.manifest import Collection
from builder.read.record import Record
from builder.read.stage import read
from builder.resolve.authority import built_in_authority
from builder.resolve.stage import resolve_article
from builder.tally import Dropped

# Longer than this is a hang. Where nothing can stop it (inside a library's C code) the process ends after twice that.
SECONDS = 30
# The kept articles of an input in so many go on to extract and resolve: the encoder takes a hundred times what reading
# and normalizing take, and `tests/hostile` has hostile texts for it.
WHOLE = 250


class HangError(BaseException):
    """An input that took too long; no `except Exception` may swallow it."""


@dataclass(slots=True)
class Outcome:
    """Counts of some inputs: tried files, kept articles, dropped by reason; `trouble` says which seed did what."""

    tried: int = 0
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    crashed: int = 0
    hung: int = 0
    unaccounted: int = 0
    memory: int = 0
    trouble: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Count another's in."""
        for name in ("tried", "kept", "crashed", "hung", "unaccounted"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.dropped += other.dropped
        self.memory = max(self.memory, other.memory)
        self.trouble += other.trouble


def run_some(suffix: str, numbers: range) -> Outcome:
    """The inputs of those numbers, each a seed of its own."""
    outcome = Outcome()
    files = seeds()[suffix]
    with tempfile.TemporaryDirectory() as aside:
        path = Path(aside) / f"a{suffix}"
        for number in numbers:
            path.write_bytes(bad_file(suffix, files, number))
            outcome.tried += 1
            try:
                with _limited():
                    _run(Path(aside), outcome, is_whole=number % WHOLE == 0)
            except HangError:
                outcome.hung += 1
                outcome.trouble.append(f"{suffix} {number}: longer than {SECONDS} s")
            except Exception as error:  # noqa: BLE001, RUF100 - whatever escapes is what is counted here
                outcome.crashed += 1
                outcome.trouble.append(f"{suffix} {number}: {type(error).__name__}: {error}"[:200])
    outcome.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return outcome


def bad_file(suffix: str, files: Sequence[bytes], number: int) -> bytes:
    """The input of a number: a sound file damaged; every other one of a packed format is damaged inside."""
    data = files[number % len(files)]
    unpacked = unpack(suffix, data) if number % 2 else {}
    if not unpacked:
        return mutate(data, files, number)
    member = sorted(unpacked)[number // 2 % len(unpacked)]
    return pack(suffix, {**unpacked, member: mutate(unpacked[member], list(unpacked.values()), number)})


def _run(folder: Path, outcome: Outcome, *, is_whole: bool) -> None:
    """One file: at least one item must come of it, and an article or a reason of every record."""
    collection = Collection(
        id="post", path=folder, prefix="", title="Post", license="CC0-1.0", text_may_be_published=True
    )
    items = list(arrange(read(collection, verify_sums(collection))))
    outcome.unaccounted += not items
    for arranged in items:
        found = normalize(arranged.item, collection) if isinstance(arranged.item, Record) else arranged.item
        if isinstance(found, Dropped):
            outcome.dropped[found.reason] += 1
            continue
        outcome.kept += 1
        _check(found)
        if is_whole and len(found.text) < 20_000:
            resolve_article(found, extract(found, load_encoder()), built_in_authority())


def _check(article: Article) -> None:
    """What every text promises: it can be written as UTF-8 and holds no control characters."""
    article.text.encode("utf-8")
    if any(character < " " and character != "\n" for character in article.text):
        raise ValueError(f"a control character in the text of {article.locator}")


@contextmanager
def _limited() -> Iterator[None]:
    def stop(_number: int, _frame: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    faulthandler.dump_traceback_later(2 * SECONDS, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
