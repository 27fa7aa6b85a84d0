"""Settings of the whole suite: properties are tried on the same cases every time, and no test times anything."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import settings

from builder.pipeline import Plan, build, instruction_set

RECORDED_ON = tomllib.loads((Path(__file__).parent / "gold" / "floors.toml").read_text("utf-8"))["instruction_set"]

settings.register_profile("onrecord", deadline=None, derandomize=True)
settings.load_profile("onrecord")


@pytest.fixture
def recorded_bits() -> None:
    """For tests that compare with recorded output: elsewhere the encoder may round differently."""
    if instruction_set() != RECORDED_ON:
        pytest.skip(f"recorded on {RECORDED_ON}, this is {instruction_set()}")


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build of the project's own corpus, made once; it is read and never written to."""
    out = tmp_path_factory.mktemp("corpus") / "out"
    build(Plan(Path(__file__).parents[1] / "raw", out))
    return out
