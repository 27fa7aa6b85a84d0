"""A system under measurement as a process: texts in, what it finds and what that took out. Standard library only.

Both systems run this same loop, so that nothing but their own work is timed. A line of stdin is a JSON list of texts; a
line of stdout answers it with `cpu` and `wall` in seconds, `peak` in bytes (the process's own so far) and `found`, a
list a text of {"content": [[start, end], …], "source": …}, code points, end exclusive. The first line says "ready".
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence

Found = dict[str, list[list[int]]]


def serve(find: Callable[[Sequence[str]], list[list[Found]]]) -> None:
    """Answer every line of stdin until it ends; call it when everything is loaded."""
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        texts = json.loads(line)
        cpu, wall = time.process_time(), time.perf_counter()
        found = find(texts)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        print(json.dumps({"cpu": cpu, "wall": wall, "peak": peak_memory(), "found": found}), flush=True)


def peak_memory() -> int:
    """The most memory that this process has held, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak
