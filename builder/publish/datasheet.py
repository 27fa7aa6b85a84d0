"""DATASHEET.md: all questions of a datasheet, answered by the build and by people. Imports leaves of publish, schemas.

What a build knows it answers by itself (`templates/answers.md.j2`); what only people can know comes from
`datasheet.toml` in the raw folder:

    title = "The harbour corpus"
    authors = ["The Harbour Archive"]
    [answers]
    motivation_funding = "Nobody paid for it."
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.errors import SettingsError
from builder.publish.facts import BuildFacts
from builder.publish.figures import Figures, vocabulary_columns
from builder.publish.licence import describe_licenses
from builder.publish.questions import KEYS, QUESTIONS
from builder.publish.render import render
from schemas.derive import describe_columns, describe_table
from schemas.tables import TABLES
from schemas.vocabulary import DROP_REASONS


@dataclass(frozen=True, slots=True)
class Answers:
    """What `datasheet.toml` says: the dataset's title and authors, and answers by the questions' keys."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)


def parse_answers(text: str, path: str = "datasheet.toml") -> Answers:
    """Read the text of a `datasheet.toml`; raise SettingsError naming `path` where it has a mistake."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not valid TOML ({error}); correct it") from error
    title, authors, answers = values.pop("title", None), values.pop("authors", []), values.pop("answers", {})
    for key in values:
        raise SettingsError(f"{path}: unknown key {key!r}; expected title, authors or [answers]")
    if not (title is None or isinstance(title, str)):
        raise SettingsError(f"{path}: title is {title!r}; expected a string")
    if not (isinstance(authors, list) and all(isinstance(name, str) and name.strip() for name in authors)):
        raise SettingsError(f'{path}: authors is {authors!r}; expected names, as in authors = ["The Harbour Archive"]')
    if not isinstance(answers, dict):
        raise SettingsError(f"{path}: answers is {answers!r}; expected a table, [answers]")
    return Answers(title, tuple(authors), {key: _check_answer(key, value, path) for key, value in answers.items()})


def _check_answer(key: str, value: object, path: str) -> str:
    if key not in KEYS:
        raise SettingsError(
            f"{path}: [answers] has {key!r}, which is no question's key; the keys are {', '.join(KEYS)}"
        )
    if not isinstance(value, str):
        raise SettingsError(f"{path}: the answer {key} is {value!r}; expected a string")
    return value


def render_datasheet(facts: BuildFacts, figures: Figures) -> str:
    """The datasheet: every question, with the collections' answer, the build's, or the word that there is none."""
    return render("DATASHEET.md.j2", sections=QUESTIONS, **context(facts, figures))


def context(facts: BuildFacts, figures: Figures) -> dict[str, object]:
    """What both the card and the datasheet are filled in with."""
    return {
        "facts": facts,
        "figures": figures,
        "released": facts.is_release,
        "tables": [
            {"name": name, "description": describe_table(name), "columns": describe_columns(name)} for name in TABLES
        ],
        "vocabularies": {f"{table}.{column}": values for (table, column), values in vocabulary_columns().items()},
        "reasons": DROP_REASONS,
        "license_sentence": describe_licenses(figures.licenses),
    }
