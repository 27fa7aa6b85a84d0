"""DATASHEET.md: all questions of a datasheet, answered by the build and by people. Imports leaves of publish, schemas.

What a build knows it answers by itself (`templates/answers.md.j2`); what only people can know comes from
`datasheet.toml` in the raw folder:

    title = "The harbour corpus"
    authors = ["The Harbour Archive", { family = "Quill", given = "Ada", orcid = "0000-0002-1825-0097" }]
    [answers]
    motivation_funding = "Nobody paid for it."
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.errors import SettingsError
from builder.publish.facts import Author, BuildFacts
from builder.publish.figures import Figures, vocabulary_columns
from builder.publish.licence import describe_licenses
from builder.publish.questions import KEYS, QUESTIONS
from builder.publish.render import render, render_macros
from schemas.derive import describe_columns, describe_table
from schemas.tables import TABLES
from schemas.vocabulary import DROP_REASONS

_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_NO_ORCID = "0000-0000-0000-0000"


@dataclass(frozen=True, slots=True)
class Answers:
    """What `datasheet.toml` says: the dataset's title and authors, and answers by the questions' keys."""

    title: str | None = None
    authors: tuple[Author, ...] = ()
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
    if not isinstance(authors, list):
        raise SettingsError(f'{path}: authors is {authors!r}; expected names, as in authors = ["The Harbour Archive"]')
    if not isinstance(answers, dict):
        raise SettingsError(f"{path}: answers is {answers!r}; expected a table, [answers]")
    found = tuple(_read_author(author, path) for author in authors)
    return Answers(title, found, {key: _check_answer(key, value, path) for key, value in answers.items()})


def _read_author(author: object, path: str) -> Author:
    """A body by its name, or a person by a table with `family`, `given` and, where there is one, `orcid`."""
    if isinstance(author, str) and author.strip():
        return Author(" ".join(author.split()))
    if isinstance(author, dict) and {"family", "given"} <= author.keys() <= {"family", "given", "orcid"}:
        values = {key: value.strip() if isinstance(value, str) else "" for key, value in author.items()}
        if all(values.values()) and _ORCID.fullmatch(values.get("orcid", _NO_ORCID)):
            return Author(values["family"], values["given"], values.get("orcid"))
    raise SettingsError(
        f"{path}: authors has {author!r}; expected names of bodies, or persons as "
        f'{{ family = "Quill", given = "Ada", orcid = "{_NO_ORCID}" }}, orcid only where there is one'
    )


def _check_answer(key: str, value: object, path: str) -> str:
    if key not in KEYS:
        raise SettingsError(
            f"{path}: [answers] has {key!r}, which is no question's key; the keys are {', '.join(KEYS)}"
        )
    if not isinstance(value, str):
        raise SettingsError(f"{path}: the answer {key} is {value!r}; expected a string")
    return value


def render_datasheet(facts: BuildFacts, figures: Figures) -> str:
    """The datasheet: every question, with the collections' answer, the build's, or the word that there is none.

    What the build answers stands between `<!-- computed: KEY -->` and `<!-- end -->`.
    """
    computed = compute_answers(facts, figures)
    return render("DATASHEET.md.j2", sections=QUESTIONS, computed=computed, **context(facts, figures))


def compute_answers(facts: BuildFacts, figures: Figures) -> dict[str, str]:
    """What the build knows by itself, by the questions' keys; a question on which it knows nothing is not there."""
    return render_macros("answers.md.j2", KEYS, **context(facts, figures))


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
