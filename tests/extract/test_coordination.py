"""Which claims one attribution carries. The sentences lie in `coordination`: half were written before the rules."""

import re
from pathlib import Path

import pytest

from builder.extract.attribution import Attribution
from builder.extract.coordination import split_claims

_SEPARATOR = re.compile(r"\[(.*?)\]")


def read_lines(name: str) -> list[str]:
    text = (Path(__file__).parent / "coordination" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


LINES = [*read_lines("before.txt"), *read_lines("after.txt")]


@pytest.mark.parametrize("line", LINES)
def test_a_content_is_split_where_its_brackets_stand_and_nowhere_else(line: str) -> None:
    cue, marked = line.split(" | ")
    content = _SEPARATOR.sub(r"\1", marked)
    text = f"Orr {cue} {content}"
    start = len(text) - len(content)
    parts = split_claims(text, Attribution(((start, len(text)),), ((4, 4 + len(cue)),), ((0, 3),), 0.9))
    expected = [words.strip() for words in _SEPARATOR.sub("[]", marked).split("[]") if words.strip()]
    assert [" ".join(text[s:e] for s, e in part.spans) for part in parts] == expected
