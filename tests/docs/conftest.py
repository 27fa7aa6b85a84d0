"""The tutorial, typed once: what came out, and the folder that the other pages go on in. Nobody writes to it."""

from pathlib import Path

import pytest

from tests.docs.place import type_tutorial


@pytest.fixture(scope="session")
def tutorial(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    return type_tutorial(tmp_path_factory.mktemp("tutorial"))
