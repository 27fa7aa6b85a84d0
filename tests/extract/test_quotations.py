"""Quotation marks of every kind, and the ways in which they fail to close."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.extract.quotations import find_quotations, quoted_mask


def quoted(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will wait,” said Orla Brandt. “Not long.”", ["“We will wait,”", "“Not long.”"]),  # American curly
        ('"We will wait," said Orla Brandt. "Not long."', ['"We will wait,"', '"Not long."']),  # straight
        ("‘We will wait,’ said Orla Brandt.", ["‘We will wait,’"]),  # British single
        ("'We will wait,' said Orla Brandt.", ["'We will wait,'"]),  # straight single
        ("„Wir warten“, sagte Orla Brandt.", ["„Wir warten“"]),  # German low-high
        ("«On attend», dit Orla Brandt.", ["«On attend»"]),  # guillemets
        ("»Wir warten«, sagte Orla Brandt.", ["»Wir warten«"]),  # guillemets the other way
        ("She said “he called it ‘a shame’ twice” and left.", ["“he called it ‘a shame’ twice”"]),  # nested
        ("‘She called it “a shame” twice,’ he said.", ["‘She called it “a shame” twice,’"]),  # nested, British
        ("‘We back the players’ union,’ he said.", ["‘We back the players’ union,’"]),  # a plural's apostrophe
        ("‘It’s ours and we’ll keep it,’ he said.", ["‘It’s ours and we’ll keep it,’"]),  # contractions
        ("The dockers’ strike isn’t over.", []),  # apostrophes alone quote nothing
        ("In the ’90s and ‘90s they’d get ‘em.", []),  # elisions open nothing
        ("Rock ’n’ roll", []),
        ("He is 6' 2\" tall.", []),  # feet and inches
        ("A “partial” word", ["“partial”"]),
        ('“We will wait," said Orla Brandt. "Not long.”', ['“We will wait,"', '"Not long.”']),  # shapes mixed
        ('"We will wait,” said Orla Brandt. “Not long."', ['"We will wait,”', '“Not long."']),
        ('“She said "no" twice,” he said.', ['“She said "no" twice,”']),  # one shape inside the other
        ('"She said “no” twice," he said.', ['"She said “no” twice,"']),
        ("“The sill is 6' 2\" above the flood,” he said.", ["“The sill is 6' 2\" above the flood,”"]),
        ('"We will wait, she said, "for the ferry."', ['"for the ferry."']),  # left open before another
    ],
)
def test_each_kind_of_mark_opens_and_closes_as_its_readers_expect(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_an_unclosed_mark_quotes_nothing_and_leaves_the_next_paragraph_alone() -> None:
    text = "“We will wait, said Orla Brandt.\n\nThe ferry left at noon.\n\n“Fine,” she said."
    assert quoted(text) == ["“Fine,”"]


def test_an_unclosed_mark_before_a_closed_one_in_a_paragraph_costs_only_itself() -> None:
    assert quoted("“We wait, she said. “Not long,” she added.") == ["“Not long,”"]


def test_a_quotation_over_paragraphs_opens_each_and_closes_only_the_last() -> None:
    text = "“First we wait.\n\n“Then we go.\n\n“Then we rest,” said Orla Brandt."
    found = find_quotations(text)
    assert [q.is_open for q in found] == [True, True, False]
    assert [text[slice(*q.inner)] for q in found] == ["First we wait.", "Then we go.", "Then we rest,"]


def test_a_straight_mark_left_open_goes_on_only_where_the_next_paragraph_opens_with_it() -> None:
    assert quoted('"First we wait.\n\n"Then we go," she said.') == ['"First we wait.', '"Then we go,"']
    assert quoted('"First we wait.\n\nThe ferry left.') == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("— We will wait, said Orla Brandt.", ["— We will wait,"]),
        ("— We will wait, said Orla — but not long.", ["— We will wait,", "but not long."]),
        ("—Not long? she asked. She took her coat.", ["—Not long?"]),
        ("— We will wait, said Orla.\n\n— Until when?", ["— We will wait,", "— Until when?"]),
        ("— Two ferries\n\n— One pier, rebuilt", []),  # a list
        ("— “We will wait,” said Orla.", ["“We will wait,”"]),  # where marks are, they tell
        ("The ferry — said to be new — sank.", []),
    ],
)
def test_a_dash_opens_speech_where_a_tag_says_so(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@given(st.text(alphabet="ab ,.\n“”‘’\"'«»„", max_size=60))
def test_quotations_never_overlap_never_cross_a_line_and_begin_with_a_mark(text: str) -> None:
    end_before = 0
    for found in find_quotations(text):
        assert end_before <= found.start < found.end <= len(text)
        assert "\n" not in text[found.start : found.end]
        assert text[found.start] in "“‘\"'«»„"
        end_before = found.end


@given(
    st.lists(st.sampled_from(["— ", "said ", "Orla ", "we wait", ", ", ". ", "\n", "“", "”"]), max_size=20).map("".join)
)
def test_speech_behind_dashes_never_overlaps_and_never_crosses_a_line(text: str) -> None:
    end_before = 0
    for found in find_quotations(text):
        assert end_before <= found.start <= found.end <= len(text)
        assert "\n" not in text[found.start : found.end]
        end_before = found.end


@given(st.text(alphabet="ab ,.\n“”‘’\"'«»„", max_size=60))
def test_the_mask_has_a_byte_for_every_character(text: str) -> None:
    mask = quoted_mask(text)
    assert len(mask) == len(text)
    assert set(mask) <= {0, 1, 2}
