"""Shards of work on other processes: the results in the shards' order, whoever does them and whoever dies meanwhile.

One code path over `concurrent.futures.Executor`: local processes, or a Dask cluster's executor. Imports nothing of the
project but `errors`.
"""

import os
import re
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import Generic, TypeVar

from builder.errors import SettingsError

T = TypeVar("T")
R = TypeVar("R")

# Shards under way for each worker: one in hand, one waiting.
AHEAD = 2
# Seconds that a scheduler has to answer in.
ANSWER = 10
_ADDRESS = re.compile(r"(?:[a-z]+://)?(?:[^\s:/]+|\[[0-9a-fA-F:.]+\]):\d+")


@dataclass(frozen=True, slots=True)
class Workers:
    """`start` gives an executor of `number` workers; `lost` is what a future raises whose worker died for good."""

    start: Callable[[], Executor]
    number: int
    lost: tuple[type[BaseException], ...] = (BrokenExecutor,)


def local_workers(number: int) -> Workers:
    """Processes of this machine. Spawned, not forked: polars, onnxruntime and tokenizers all hold threads."""
    return Workers(
        lambda: ProcessPoolExecutor(number, mp_context=get_context("spawn"), initializer=_end_with_the_build), number
    )


def _end_with_the_build() -> None:
    """A worker that hears Ctrl-C ends without a word, for the process that it works for has one; nor outlives it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    if parent := parent_process():
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    """End this process, whatever it is at, when the one behind the sentinel has: a killed one says no farewell."""
    wait([sentinel])
    os._exit(1)


@contextmanager
def _children_hear_no_interrupt() -> Iterator[None]:
    """A process that is started here hears Ctrl-C only once it has begun, or it would print where its imports were.

    Blocked, not ignored: what comes meanwhile reaches this process when the block ends.
    """
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


@contextmanager
def cluster_workers(address: str) -> Iterator[Workers]:
    """The workers of a Dask cluster; Dask gives a shard to another worker when one dies, three times by default.

    SettingsError without the extra `cluster`, where no scheduler answers, where no worker has come, and where one has
    another version of this package: its rows could be others.
    """
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"--cluster needs the extra `cluster`, {error.name} is missing; pip install 'onrecord[cluster]'"
        ) from error
    if not _ADDRESS.fullmatch(address):  # Dask would wait for it, and leave a traceback behind
        raise SettingsError(
            f"--cluster {address}: is no address; expected the one that the scheduler prints when it starts, as "
            "tcp://10.0.0.5:8786"
        )
    try:
        client = Client(address, set_as_default=False, timeout=ANSWER)
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"--cluster {address}: no Dask scheduler answers ({error}); expected the address that it prints when it "
            "starts, as tcp://10.0.0.5:8786"
        ) from error
    with client:
        others = {name for name, theirs in client.run(_own_version).items() if theirs != _own_version()}
        if others:
            raise SettingsError(
                f"--cluster {address}: the workers {', '.join(sorted(others))} have another version of onrecord than "
                f"{_own_version()}; install the same one everywhere"
            )
        number = sum(client.nthreads().values())
        if not number:
            raise SettingsError(f"--cluster {address}: the scheduler has no workers; start some first")
        yield Workers(client.get_executor, number, (BrokenExecutor, KilledWorker))


def _own_version() -> str:
    return version("onrecord")


@dataclass(frozen=True, slots=True)
class Known(Generic[R]):
    """In the place of a shard whose result is there already: no worker is asked."""

    result: R


@dataclass(slots=True)
class _Run(Generic[T, R]):
    """What is under way: the executor, and in the shards' order what waits for its result."""

    workers: Workers
    work: Callable[[Sequence[T]], R]
    give_up: Callable[[T], R]
    executor: Executor
    waiting: deque[tuple[Sequence[T], "Future[R]"]]

    def submit(self, shard: Sequence[T]) -> None:
        """Let a worker begin; a pool whose worker died meanwhile takes nothing more, so that another one starts."""
        with _children_hear_no_interrupt():
            try:
                future = self.executor.submit(self.work, shard)
            except self.workers.lost as error:
                future = Future()
                future.set_exception(error)
            self.waiting.append((shard, future))

    def keep(self, known: "Known[R]") -> None:
        """Let a result that is there already wait for its turn."""
        future: Future[R] = Future()
        future.set_result(known.result)
        self.waiting.append(((), future))

    def next_results(self) -> Iterator[R]:
        """The result of the shard that waits longest; several where it had to be taken apart."""
        shard, future = self.waiting.popleft()
        try:
            yield future.result()
        except self.workers.lost:
            self._start_over()
            yield from self._apart(shard)

    def _start_over(self) -> None:
        """Another executor for all that waits: a worker that dies takes its whole pool along."""
        self.stop()
        self.executor = self.workers.start()
        waiting, self.waiting = self.waiting, deque()
        for shard, future in waiting:
            if future.done() and not future.cancelled() and future.exception() is None:
                self.waiting.append((shard, future))
            else:
                self.submit(shard)

    def stop(self) -> None:
        """Begin nothing more; Dask's executor knows no `cancel_futures`."""
        for _, future in self.waiting:
            future.cancel()
        self.executor.shutdown(wait=False)

    def _apart(self, shard: Sequence[T]) -> Iterator[R]:
        """A shard once more with an executor to itself; where that dies as well, item by item."""
        with self.workers.start() as alone:
            try:
                with _children_hear_no_interrupt():
                    again = alone.submit(self.work, shard)
                yield again.result()
                return
            except self.workers.lost:
                pass
        if len(shard) == 1:
            yield self.give_up(shard[0])
            return
        for item in shard:
            yield from self._apart([item])


def run_in_order(
    workers: Workers,
    work: Callable[[Sequence[T]], R],
    give_up: Callable[[T], R],
    shards: Iterator[Sequence[T] | Known[R]],
) -> Iterator[R]:
    """The results of `work` on every shard, in the shards' order; shards are taken in while others are worked on.

    A shard whose worker dies is tried again by itself, then item by item; `give_up` says what stands for an item that
    kills its worker each time. What `work` raises is raised here. `work` must be picklable.
    """
    run = _Run(workers, work, give_up, workers.start(), deque())
    try:
        for shard in shards:
            if isinstance(shard, Known):
                run.keep(shard)
            else:
                run.submit(shard)
            if len(run.waiting) >= workers.number * AHEAD:
                yield from run.next_results()
        while run.waiting:
            yield from run.next_results()
    finally:
        run.stop()
