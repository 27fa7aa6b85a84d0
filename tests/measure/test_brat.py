"""Attributions read out of brat's files: PolNeAR's shape, raw's, and what other corpora call things."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.errors import SettingsError
from builder.measure.gold import GoldArticle, GoldAttribution, read_gold

TEXT = "Ann Holt said the mill would close. Bo Lind denied it."
SOURCE, CUE, CONTENT = (0, 8), (9, 13), (14, 34)
BO, DENIED, IT = (36, 43), (44, 50), (51, 53)
PARTS = "T1\tSource 0 8\tAnn Holt\nT2\tCue 9 13\tsaid\nT3\tContent 14 34\tthe mill would close\n"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A corpus of files, {path: what it holds}; one annotation is enough of a corpus."""

    def write_files(annotation: str = "", text: str = TEXT, **files: str) -> Path:
        files = files or {"harbour/a.txt": text, "harbour/a.ann": annotation}
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode())
        return tmp_path

    return write_files


def attributions(folder: Path) -> tuple[GoldAttribution, ...]:
    (article,) = read_gold(folder)
    return article.attributions


def test_an_event_joins_source_cue_and_content(write: Write) -> None:
    folder = write(PARTS + "E1\tCue:T2 Source:T1 Content:T3\n")
    assert read_gold(folder) == [
        GoldArticle("a", "harbour", TEXT, (GoldAttribution((CONTENT,), (SOURCE,), (CUE,)),)),
    ]


def test_roles_may_be_numbered_and_spans_in_pieces(write: Write) -> None:
    folder = write(
        "T1\tSource 0 3\tAnn\nT2\tSource 4 8\tHolt\nT3\tCue 9 13\tsaid\nT4\tContent 14 22;23 34\tthe mill would close\n"
        "T5\tContent 51 53\tit\nT6\tAttribution 9 13\tsaid\n"
        "E1\tAttribution:T6 Cue:T3 Content:T4 Content1:T5 Source:T1 Source1:T2\n"
    )
    assert attributions(folder) == (GoldAttribution(((14, 22), (23, 34), (51, 53)), ((0, 3), (4, 8)), (CUE,)),)


def test_the_text_of_an_annotation_may_go_on_over_several_lines(write: Write) -> None:
    text = "Ann said:\n“Close\nthe mill”"
    folder = write("T1\tSource 0 3\tAnn\nT2\tContent 10 26\t“Close\nthe mill”\nE1\tContent:T2 Source:T1\n", text)
    assert attributions(folder)[0].content == ((10, 26),)


def test_notes_attributes_equivalences_and_normalizations_are_passed_over(write: Write) -> None:
    folder = write(
        PARTS + "E1\tCue:T2 Source:T1 Content:T3\nA1\tNegated E1\nM1\tHedged E1\n*\tAlias T1 T2\n"
        "#1\tAnnotatorNotes E1\tis this one?\nN1\tReference T1 Wikidata:Q1\tAnn Holt\n\n"
    )
    assert len(attributions(folder)) == 1


def test_polnears_folders_are_read_and_the_first_of_several_annotators_is_gold(write: Write) -> None:
    event = "E1\tCue:T2 Content:T3\n"
    folder = write(
        **{
            "dev/text/mill_one.txt": TEXT,
            "dev/text/mill_two.txt": TEXT,
            "dev/attributions/mill_one_9f.ann": PARTS + event,
            "dev/attributions/mill_one_3c.ann": PARTS + "E1\tCue:T2 Source:T1 Content:T3\n",
            "dev/attributions/mill_two.ann": PARTS + event,
        }
    )
    read = read_gold(folder)
    assert [(article.doc, article.group) for article in read] == [("mill_one", "dev"), ("mill_two", "dev")]
    assert [article.attributions[0].source for article in read] == [(SOURCE,), ()]


def test_gold_folders_belong_to_the_collection_above_them(write: Write) -> None:
    folder = write(**{"gazette/gold/a.txt": TEXT, "gazette/gold/a.ann": PARTS + "E1\tCue:T2 Content:T3\n"})
    assert read_gold(folder)[0].group == "gazette"


@pytest.mark.parametrize(
    ("source", "cue", "content"),
    [
        ("SOURCE", "CUE", "CONTENT"),
        ("speaker", "verb", "quote"),
        ("Holder", "Trigger", "Target"),
        ("QuoteSource", "QuoteCue", "Quote"),
        ("Speaker2", "reporting_verb", "direct-speech"),
    ],
)
def test_other_names_of_the_parts_are_known(write: Write, source: str, cue: str, content: str) -> None:
    folder = write(
        f"T1\t{source} 0 8\tAnn Holt\nT2\t{cue} 9 13\tsaid\nT3\t{content} 14 34\tthe mill would close\n"
        f"E1\tReport:T2 {source}:T1 {cue}:T2 {content}:T3\n"
    )
    assert attributions(folder) == (GoldAttribution((CONTENT,), (SOURCE,), (CUE,)),)


@pytest.mark.parametrize(
    "event",
    [
        "Content:T3 Source:T1 Cue:T2",  # the content itself triggers it
        "Report:T2 Source:T1 Content:T3",  # the trigger of an event of another name is its cue
        "Quotation:T2 Source:T1 Content:T3",  # a type that says what kind of event it is
        "Report:T2 Agent:T1 Theme:T3",  # arguments whose names say nothing: their types do
    ],
)
def test_the_trigger_is_the_part_that_its_type_names_else_the_cue(write: Write, event: str) -> None:
    folder = write(PARTS + f"E1\t{event}\n")
    assert attributions(folder) == (GoldAttribution((CONTENT,), (SOURCE,), (CUE,)),)


def test_an_event_that_is_a_part_of_another_stands_where_its_trigger_does(write: Write) -> None:
    folder = write(PARTS + "T4\tQuote 51 53\tit\nE1\tCue:T2 Content:E2\nE2\tQuote:T4 Source:T1\n")
    assert [each.content for each in attributions(folder)] == [(IT,), (IT,)]


TWO = PARTS + "T4\tSource 36 43\tBo Lind\nT5\tCue 44 50\tdenied\nT6\tContent 51 53\tit\n"
BOTH = (GoldAttribution((CONTENT,), (SOURCE,), (CUE,)), GoldAttribution((IT,), (BO,), (DENIED,)))


@pytest.mark.parametrize(
    "relations",
    [
        "source-of Arg1:T1 Arg2:T3|cue-of Arg1:T2 Arg2:T3|source-of Arg1:T4 Arg2:T6|cue-of Arg1:T5 Arg2:T6",
        "has Arg1:T3 Arg2:T2|has Arg1:T2 Arg2:T1|has Arg1:T6 Arg2:T5|has Arg1:T5 Arg2:T4",
    ],
)
def test_relations_join_parts_by_the_types_of_their_arguments(write: Write, relations: str) -> None:
    lines = "".join(f"R{number}\t{relation}\t\n" for number, relation in enumerate(relations.split("|"), 1))
    assert attributions(write(TWO + lines)) == BOTH


def test_a_source_that_two_contents_share_does_not_make_them_one(write: Write) -> None:
    folder = write(TWO + "R1\tby Arg1:T3 Arg2:T1\nR2\tby Arg1:T6 Arg2:T1\nR3\tsame Arg1:T1 Arg2:T4\n")
    assert [(each.content, each.source) for each in attributions(folder)] == [
        ((CONTENT,), (SOURCE,)),
        ((IT,), (SOURCE,)),
    ]


def test_a_content_in_two_annotations_is_one_where_a_relation_or_a_cue_joins_them(write: Write) -> None:
    folder = write(TWO + "R1\tcontinues Arg1:T3 Arg2:T6\nR2\tby Arg1:T6 Arg2:T4\n")
    assert attributions(folder) == (GoldAttribution((CONTENT, IT), (BO,), ()),)
    folder = write(TWO + "R1\tcue Arg1:T3 Arg2:T2\nR2\tcue Arg1:T6 Arg2:T2\n")
    assert attributions(folder) == (GoldAttribution((CONTENT, IT), (), (CUE,)),)


def test_the_name_of_a_relation_tells_the_role_of_an_argument_whose_type_does_not(write: Write) -> None:
    folder = write(
        "T1\tPerson 0 8\tAnn Holt\nT2\tPerson 36 43\tBo Lind\nT3\tQuotation 14 34\tthe mill would close\n"
        "R1\tSpeaker Arg1:T3 Arg2:T1\nR2\tAddressee Arg1:T3 Arg2:T2\nR3\tMarried Arg1:T1 Arg2:T2\n"
    )
    assert attributions(folder) == (GoldAttribution((CONTENT,), (SOURCE,), ()),)


def test_a_content_that_nothing_names_counts_where_relations_say_it_and_not_where_events_do(write: Write) -> None:
    related = write(TWO + "R1\tby Arg1:T3 Arg2:T1\n")
    assert [each.content for each in attributions(related)] == [(CONTENT,), (IT,)]
    told = write(TWO + "R1\tby Arg1:T6 Arg2:T4\nE1\tCue:T2 Content:T3\n")
    assert [each.content for each in attributions(told)] == [(CONTENT,)]


@pytest.mark.parametrize(
    ("annotation", "says"),
    [
        ("T1\tContent 50 99\tit\n", "a.ann line 1: offsets 50 99; expected start < end <= 54"),
        ("T1\tContent 8 8\t\n", "a.ann line 1: offsets 8 8; expected start < end"),
        ("T1\tContent 4-8\tHolt\n", "a.ann line 1: offsets '4-8'; expected start and end"),
        (PARTS + "E1\tCue:T2 Content:T9\n", "a.ann line 4: it names T9, which the file lacks"),
        (PARTS + "R1\tby Arg1:T3 Arg2:T7\n", "a.ann line 4: it names T7, which the file lacks"),
        (PARTS + "E1\tCue T2\n", "a.ann line 4: found 'Cue T2' after E1; expected Type:T1 Role:T2"),
        (PARTS + "R1\tby T3 T1\n", "a.ann line 4: found 'by T3 T1' after R1; expected Type Arg1:T1 Arg2:T2"),
        ("T1 Content 0 8 Ann Holt\n", "a.ann line 1: found 'T1 Content 0 8 Ann Holt'; expected T, E or R"),
        ("T1\tSource 0 8\tAnn Holt\n", "no content in any of its 1 .ann files"),
        ("", "no content in any of its 1 .ann files"),
    ],
)
def test_a_mistake_is_named_with_its_file_its_line_and_what_was_expected(
    write: Write, annotation: str, says: str
) -> None:
    with pytest.raises(SettingsError) as error:
        read_gold(write(annotation))
    assert says in str(error.value)


def test_an_annotation_without_its_text_is_named(write: Write) -> None:
    with pytest.raises(SettingsError, match=r"b\.ann: its text is missing; expected .*b\.txt"):
        read_gold(write(**{"b.ann": PARTS}))


def test_a_text_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Orvík".encode("latin-1"))
    (tmp_path / "a.ann").write_text(PARTS, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"a\.txt: not UTF-8"):
        read_gold(tmp_path)


Spans = tuple[tuple[int, int], ...]
SPANS = st.lists(st.integers(0, len(TEXT) - 1), min_size=1, max_size=6, unique=True).map(
    lambda starts: tuple((start, start + 1) for start in sorted(starts))
)


@given(st.lists(st.tuples(SPANS, SPANS, SPANS), min_size=1, max_size=5))
def test_what_is_written_in_brats_form_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, wanted: list[tuple[Spans, Spans, Spans]]
) -> None:
    folder = tmp_path_factory.mktemp("brat")
    lines = []
    for number, parts in enumerate(wanted):
        for at, (role, spans) in enumerate(zip(("Content", "Source", "Cue"), parts, strict=True)):
            pieces = ";".join(f"{start} {end}" for start, end in spans)
            lines.append(f"T{3 * number + at}\t{role} {pieces}\t" + " ".join(TEXT[s:e] for s, e in spans))
        lines.append(f"E{number}\tCue:T{3 * number + 2} Content:T{3 * number} Source:T{3 * number + 1}")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a.ann").write_text("\n".join(lines), encoding="utf-8")
    assert attributions(folder) == tuple(GoldAttribution(*parts) for parts in wanted)


def test_of_the_projects_own_gold_every_event_is_read() -> None:
    raw = Path(__file__).parents[2] / "raw"
    annotations = sorted(raw.glob("*/gold/*.ann"))
    articles = read_gold(raw)
    assert [article.doc for article in articles] == [path.stem for path in annotations]
    for article, path in zip(articles, annotations, strict=True):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert article.group == path.parent.parent.name
        assert len(article.attributions) == sum(line.startswith("E") for line in lines)
        assert all(attribution.cue for attribution in article.attributions)
