"""decisions.csv: what a person decided is read strictly, and contradictions stop the build before work begins."""

import pytest

from builder.errors import SettingsError
from builder.resolve.decisions import APART, COLUMNS, SAME, parse_decisions, render_decisions

ADA, VIK, OTHER = "person/ada-orm", "art-0979f537e5e74921#Ada Vik", "art-58a1c1ed2bd4b2c1#Ada Orm"
TOLD = ("L. Dahl", "2026-11-02", "she said so")


def csv_of(*lines: tuple[str, ...]) -> bytes:
    return render_decisions(line if len(line) > 3 else (*line, *TOLD) for line in lines).encode()


def test_the_three_kinds_of_decision_are_read_with_who_when_and_why() -> None:
    decisions = parse_decisions(
        csv_of(("same", ADA, VIK), ("not the same", ADA, OTHER), ("rename", ADA, "Ada Vik")), "decisions.csv"
    )
    assert [(d.line, d.decision, d.actor, d.other) for d in decisions.lines] == [
        (2, "same", ADA, VIK),
        (3, "not the same", ADA, OTHER),
        (4, "rename", ADA, "Ada Vik"),
    ]
    assert (decisions.lines[0].who, str(decisions.lines[0].when), decisions.lines[0].why) == TOLD


def test_a_file_saved_by_a_spreadsheet_with_a_mark_at_its_head_and_empty_lines_is_read() -> None:
    content = b"\xef\xbb\xbf" + csv_of(("same", ADA, VIK)) + b"\n\n"
    assert len(parse_decisions(content, "decisions.csv").of_kind(SAME)) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("equal", ADA, VIK), "2: decision is 'equal'; expected one of same, not the same, rename"),
        (("same", "Ada Orm", VIK), "2: actor is 'Ada Orm'; expected an actor's id such as person/ada-orm"),
        (("same", ADA, "Ada Vik"), "2: other is 'Ada Vik'; expected"),
        (("rename", ADA, ""), "2: other is empty; expected the new name"),
        (("same", ADA, VIK, "", "2026-11-02", "x"), "2: who is empty; expected who decided this"),
        (("same", ADA, VIK, "L. Dahl", "2026-11-02", " "), "2: why is empty; expected the reason"),
        (("same", ADA, VIK, "L. Dahl", "2 Nov", "x"), "2: when is '2 Nov'; expected a date"),
        (("same", ADA, VIK, "L. Dahl"), "2: found 4 fields; expected 6"),
    ],
)
def test_a_mistake_says_file_line_and_what_was_expected(line: tuple[str, ...], said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_decisions(csv_of(line), "raw/decisions.csv")
    assert f"raw/decisions.csv:{said}" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", ":1: found the columns (none)"),
        (b"decision;actor\n", ":1: found the columns decision;actor; expected decision, actor, other"),
        (b"\xff\xfe", "byte 0 is not UTF-8"),
        (",".join(COLUMNS).encode() + b'\n"same,x\n', "not valid CSV"),
    ],
)
def test_a_file_that_is_no_decisions_file_says_so(content: bytes, said: str) -> None:
    with pytest.raises(SettingsError, match=r"raw/decisions\.csv") as caught:
        parse_decisions(content, "raw/decisions.csv")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([(APART, ADA, ADA)], ":2: keeps person/ada-orm and person/ada-orm apart, who are one"),
        ([(SAME, ADA, VIK), (APART, VIK, ADA)], ":3: keeps .* apart, whom line 2 makes one"),
        (
            [(SAME, ADA, VIK), (SAME, VIK, OTHER), (APART, ADA, OTHER)],
            ":4: keeps .* apart, whom line 2, 3 makes one",
        ),
        (
            [("rename", ADA, "Ada Vik"), (SAME, ADA, VIK), ("rename", VIK, "Ada Orm")],
            ":4: renames .* to 'Ada Orm', whom line 2 renames to 'Ada Vik'",
        ),
        (
            [(SAME, "state/RUS", VIK), (SAME, VIK, "state/USA")],
            ":3: makes state/RUS and state/USA one, but both are actors of an authority file",
        ),
    ],
)
def test_decisions_that_contradict_each_other_are_a_mistake(lines: list[tuple[str, ...]], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        parse_decisions(csv_of(*lines), "decisions.csv", {"state/RUS", "state/USA"})


def test_what_is_decided_twice_alike_is_no_contradiction() -> None:
    lines = [(SAME, ADA, VIK), (SAME, VIK, ADA), (APART, ADA, OTHER), (APART, OTHER, VIK)]
    assert len(parse_decisions(csv_of(*lines), "decisions.csv").lines) == 4
