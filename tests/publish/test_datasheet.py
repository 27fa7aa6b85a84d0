import re
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from builder.errors import SettingsError
from builder.publish.datasheet import Answers, parse_answers
from builder.publish.facts import Author, BuildFacts
from builder.publish.questions import KEYS, QUESTIONS
from builder.publish.stage import publish, write_sums
from builder.release.verify import verify_folder
from tests.publish.conftest import row_of

Tables = dict[str, pl.DataFrame]
TEMPLATES = Path(__file__).parents[2] / "builder" / "publish" / "templates"


def test_the_datasheet_asks_every_question_in_seven_sections(out: Path) -> None:
    datasheet = (out / "DATASHEET.md").read_text()
    assert [line[3:] for line in datasheet.splitlines() if line.startswith("## ")] == list(QUESTIONS)
    assert len(QUESTIONS) == 7
    assert len(KEYS) == len(set(KEYS)) == 57
    asked = [line.strip("*") for line in datasheet.splitlines() if line.startswith("**")]
    assert asked == [question for section in QUESTIONS.values() for question in section.values()]


def test_the_datasheet_holds_the_answers_given_and_says_where_there_is_none(out: Path) -> None:
    datasheet = (out / "DATASHEET.md").read_text()
    funding, ethics = (
        datasheet.split(f"**{question}**\n\n")[1].split("\n")[0]
        for question in (
            QUESTIONS["Motivation"]["motivation_funding"],
            QUESTIONS["Collection process"]["collection_review"],
        )
    )
    assert funding == "The harbour tax paid for it."
    assert ethics == "Not stated by the collections."


def test_the_figures_of_the_datasheet_are_those_of_the_tables(out: Path, tables: Tables) -> None:
    datasheet = (out / "DATASHEET.md").read_text()
    for name, table in tables.items():
        assert row_of(datasheet, f"`{name}`") == [str(table.height)]
    assert "The articles hold 34 words. They are dated 2026-03-01 to 2026-03-03." in datasheet
    assert "en (2), fr (1)" in datasheet
    assert "- without a date: 1 article\n" in datasheet
    assert "- no-main-text (1): " in datasheet


def test_every_computed_answer_belongs_to_a_question() -> None:
    template = (TEMPLATES / "answers.md.j2").read_text()
    macros = [line.split()[2].split("(")[0] for line in template.splitlines() if line.startswith("{% macro ")]
    assert macros
    assert set(macros) <= set(KEYS)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("title = ", "not valid TOML"),
        ("titel = 'x'", "unknown key 'titel'; expected title"),
        ("title = 3", "expected a string"),
        ("authors = 'Ada'", "expected names"),
        ("authors = [{ name = 'Ada Quill' }]", "expected names of bodies, or persons"),
        ("authors = [{ family = 'Quill', given = 'Ada', orcid = '1' }]", "expected names of bodies, or persons"),
        ("answers = 'x'", r"expected a table, \[answers\]"),
        ("[answers]\nfunding = 'x'", "no question's key; the keys are motivation_purpose"),
        ("[answers]\nuses_not = 3", "uses_not is 3; expected a string"),
    ],
)
def test_a_mistake_in_datasheet_toml_is_named_with_its_file(text: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match=f"raw/datasheet.toml: .*{complaint}"):
        parse_answers(text, "raw/datasheet.toml")


def test_datasheet_toml_gives_title_authors_and_answers() -> None:
    person = '{ family = "Quill", given = "Ada", orcid = "0000-0002-1825-0097" }'
    answers = parse_answers(f'title = "T"\nauthors = ["A", {person}]\n[answers]\nuses_not = "Nothing."\n')
    assert answers == Answers(
        "T", (Author("A"), Author("Quill", "Ada", "0000-0002-1825-0097")), {"uses_not": "Nothing."}
    )
    assert parse_answers("") == Answers()


def computed_parts(datasheet: str) -> dict[str, str]:
    """What the build told of each question, by the question's key."""
    return dict(re.findall(r"<!-- computed: (\w+) -->\n(.*?)\n<!-- end -->", datasheet, flags=re.DOTALL))


def test_what_the_build_answers_is_marked_and_moves_with_the_tables(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    publish(tables, facts, tmp_path / "one")
    fewer = tables | {"dropped": tables["dropped"].clear()}
    publish(fewer, replace(facts, answers={"uses_other": "For teaching."}), tmp_path / "two")
    one, two = (computed_parts((tmp_path / name / "DATASHEET.md").read_text()) for name in ("one", "two"))
    assert one.keys() == two.keys() < set(KEYS)
    assert all(text.startswith("*Computed:*\n\n") for text in one.values())
    assert {key for key in one if one[key] != two[key]} == {"composition_counts", "composition_missing"}
    assert "For teaching." not in "".join(two.values())


def test_the_projects_own_datasheet_leaves_no_question_without_an_answer(
    tables: Tables, facts: BuildFacts, tmp_path: Path
) -> None:
    own = Path(__file__).parents[2] / "raw" / "datasheet.toml"
    publish(tables, replace(facts, answers=parse_answers(own.read_text()).answers), tmp_path / "out")
    assert "Not stated by the collections." not in (tmp_path / "out" / "DATASHEET.md").read_text()


def test_a_figure_that_the_tables_do_not_give_is_found_by_verify_though_the_sums_agree(out: Path) -> None:
    sheet = out / "DATASHEET.md"
    sheet.write_text(sheet.read_text().replace("- without a date: 1 article\n", "- without a date: 7 articles\n"))
    write_sums(out)
    (finding,) = [finding for finding in verify_folder(out) if finding.file == sheet.name]
    assert "without a date: 7 articles" in finding.what
