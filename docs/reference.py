"""The pages of the reference, made from the code while the site is built: nothing of them is written twice.

A hook of MkDocs (`mkdocs.yml`). Imports `builder.cli`, `builder.errors`, the readers of settings, `schemas`.
"""

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any

import typer
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from typer.core import TyperGroup

from builder.cli.main import EPILOG, app
from builder.errors import OnrecordError
from builder.publish.questions import QUESTIONS
from builder.read.manifest import EXPECTED, Columns, Settings
from builder.resolve.authority import KINDS
from schemas import vocabulary
from schemas.derive import describe_columns, describe_table
from schemas.tables import BESIDE, TABLES

# The vocabularies by the column or setting that holds them, as `schemas/vocabulary.py` calls them.
VOCABULARIES = {
    "quote_type": vocabulary.QUOTE_TYPES,
    "attribution_type": vocabulary.ATTRIBUTION_TYPES,
    "speaker_resolution": vocabulary.SPEAKER_RESOLUTIONS,
    "actor_kind": vocabulary.ACTOR_KINDS,
    "claim_kind": vocabulary.CLAIM_KINDS,
    "mention_type": vocabulary.MENTION_TYPES,
    "extraction_status": vocabulary.EXTRACTION_STATUSES,
    "published_from": vocabulary.DATE_SOURCES,
    "published_precision and about_precision": vocabulary.DATE_PRECISIONS,
    "stage": vocabulary.STAGES,
    "reason (why something was dropped)": vocabulary.DROP_REASONS,
    "change": vocabulary.CHANGES,
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the reference to those that people wrote."""
    for name, page in PAGES.items():
        files.append(File.generated(config, f"reference/{name}.md", content=page()))
    return files


def commands_page() -> str:
    """Every command with its examples, arguments and options."""
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    parts = [
        "# Commands",
        "Every command prints this with `--help`. `onrecord --install-completion` makes the shell complete commands, "
        "options, tables, articles, actors and kinds of claims. Most commands print JSON for machines with `--json`. "
        "How a command ends is in [Exit codes](exit-codes.md).",
    ]
    for name, command in root.commands.items():
        parts += _command(f"onrecord {name}", command)
    return _joined(parts)


def _command(path: str, command: Any) -> list[str]:
    told, *examples = (command.help or "").split("Example: ")
    parts = [f"## {path}", _cell(told)]
    if isinstance(command, TyperGroup):
        return parts + [part for name, one in command.commands.items() for part in _command(f"{path} {name}", one)]
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    usage = [path, "[OPTIONS]", *(_name(one) if one.required else f"[{_name(one)}]" for one in arguments)]
    parts.append("```text\n" + " ".join(usage) + "\n```")
    parts.append("```text\n" + "\n".join(" ".join(example.split()) for example in examples) + "\n```")
    parts.append(_table(("argument or option", "what it says"), map(_parameter, command.params)))
    return parts


def _name(argument: Any) -> str:
    return f"{argument.metavar or argument.name.upper()}"


def _parameter(parameter: Any) -> tuple[str, str]:
    is_argument = parameter.param_type_name == "argument"
    names = [_name(parameter)] if is_argument else [*parameter.opts, *parameter.secondary_opts]
    told = (parameter.help or "").rstrip(".") + "."
    choices = parameter.type_descriptor.annotation
    if isinstance(choices, type) and issubclass(choices, Enum):
        told += f" One of {', '.join(choice.value for choice in choices)}."
    if parameter.required:
        told += "" if is_argument else " Must be given."
    elif isinstance(parameter.show_default, str):
        told += f" Where left out: {parameter.show_default}."
    elif parameter.default not in (None, False, ""):
        told += f" Where left out: {getattr(parameter.default, 'value', parameter.default)}."
    return ", ".join(f"`{name}`" for name in names), told


def tables_page() -> str:
    """Every table with its columns."""
    parts = [
        "# Tables",
        "A dataset has a folder `data/TABLE` for each of these tables; a release has the file `changes.parquet` beside "
        "them. Columns and their order are part of the version: a removed or redefined one is a MAJOR step, a new one "
        "a MINOR. `onrecord describe TABLE` prints the same in a terminal. A column whose values are a closed list "
        "links to it.",
    ]
    for table in (*TABLES, *BESIDE):
        rows = [
            (f"`{column.name}`", f"{column.type}{', may be null' * column.nullable}", _column_meaning(column))
            for column in describe_columns(table)
        ]
        parts += [f"## {table}", _cell(describe_table(table)), _table(("column", "type", "meaning"), rows)]
    return _joined(parts)


def _column_meaning(column: Any) -> str:
    told = re.sub(r"\bmatches (\S+)", r"matches `\1`", "; ".join(column.rules))
    rules = f" Each value {told}." if told else ""
    names = [name for name, values in VOCABULARIES.items() if dict(values) == dict(column.vocabulary)]
    link = f" [Its values](vocabularies.md#{_anchor(names[0])})." if column.vocabulary else ""
    return f"{column.description.rstrip('.')}.{rules}{link}"


def vocabularies_page() -> str:
    """Every closed list of values with their meanings."""
    parts = [
        "# Vocabularies",
        "The lists are closed: a column never holds another value. A new value is a MINOR step of a dataset's version, "
        "a removed or redefined one a MAJOR.",
    ]
    for name, values in VOCABULARIES.items():
        rows = [(f"`{value}`", meaning) for value, meaning in values.items()]
        parts += [f"## {name} {{#{_anchor(name)}}}", _table(("value", "meaning"), rows)]
    return _joined(parts)


def _anchor(name: str) -> str:
    return re.split(r"\W", name)[0].replace("_", "-")


def settings_page() -> str:
    """What may stand in the files that a person writes."""
    questions = [(f"`{key}`", question) for section in QUESTIONS.values() for key, question in section.items()]
    return _joined(
        [
            "# Settings",
            "What may stand in the files that you put beside your articles. They are read strictly: an unknown key, or "
            "a value of the wrong kind, stops a command before any work, with the file, the line and what was "
            "expected. `onrecord check` reads them all.",
            "## collection.toml",
            "In the folder of a collection. `title`, `license` and `text_may_be_published` must be there.",
            _keys(Settings, lambda name, kind: EXPECTED.get(name, kind)),
            "### [columns]",
            "Which column of a JSON lines, CSV or Parquet file holds what. Without `[columns]`, columns that bear "
            "these names are read.",
            _keys(Columns, lambda _name, _kind: EXPECTED["columns"]),
            "## actors.toml",
            "In the folder of a collection: the actors that you know. [How to write it](../how-to/authority.md). "
            f"`kind` is one of {', '.join(KINDS)}.",
            "## datasheet.toml",
            "At the top of the raw folder: `title` and `authors` of the dataset, as it is cited (a name of a body, or "
            '`{ family = "Quill", given = "Ada", orcid = "…" }` of a person, the ORCID where there is one), and '
            "`[answers]` to the questions of the datasheet that no build can answer:",
            _table(("key", "question"), questions),
            "## Other files at the top of the raw folder",
            _table(
                ("file", "what it says"),
                [
                    ("`decisions.csv`", "who is one and who is two: [Tell it whom you know](../how-to/authority.md)"),
                    ("`corrections/*.jsonl`", "what people corrected: [Correct it](../how-to/corrections.md)"),
                    ("`validations/*.json`", "how good people found it: [Validate it](../how-to/validation.md)"),
                    ("`withdrawn.csv`", "articles that must go: [Take an article down](../how-to/takedown.md)"),
                    ("`ids.csv`", "the ids of an earlier build, to be kept: [Who is who](../explanation/actors.md)"),
                ],
            ),
        ]
    )


def _keys(model: type[Any], expected: Callable[[str, str], str]) -> str:
    rows = []
    for name, field in model.model_fields.items():
        if name == "columns":
            continue
        kind = expected(name, "some text")
        default = "must be given" if field.is_required() else "" if field.default is None else f"`{field.default}`"
        rows.append((f"`{name}`", field.description, kind, default))
    return _table(("key", "what it says", "expected", "where left out"), rows)


def exit_codes_page() -> str:
    """Every exit code, and the errors behind those of ours."""
    codes = re.findall(r"(\d+) ([^,.]+)", EPILOG)
    family = {str(error.exit_code): inspect.getdoc(error) or "" for error in OnrecordError.__subclasses__()}
    rows = [(f"`{code}`", meaning, family.get(code, "")) for code, meaning in codes]
    return _joined(
        [
            "# Exit codes",
            "An error is one message that says what was found, where, what was expected and what to do. After any code "
            "but 0, what was there before is still whole: nothing half-made is left behind.",
            _table(("code", "meaning", "when"), rows),
            "An article that cannot be read is no error: it becomes a row of the table `dropped`, with one of the "
            "[reasons](vocabularies.md#reason), and the build goes on.",
        ]
    )


def _table(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def _cell(text: str | None) -> str:
    return " ".join((text or "").split())


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "cli": commands_page,
    "tables": tables_page,
    "vocabularies": vocabularies_page,
    "settings": settings_page,
    "exit-codes": exit_codes_page,
}
