"""Every folder under `worlds` is built and compared with what it gave when somebody last read it, mistakes included.

A line that changes is to be read: better, or worse? `make golden` takes the new ones over.
"""

from pathlib import Path

import pytest

from tests.worlds import WORLDS, build_world, describe_world


@pytest.mark.usefixtures("recorded_bits")
@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_a_world_gives_what_its_reader_expects(world: Path, tmp_path: Path) -> None:
    expected = (world / "expected.txt").read_text(encoding="utf-8")
    assert describe_world(build_world(world, tmp_path / "out")) == expected
