r"""decisions.csv: what a person decided about who is who. Imports `builder.errors`.

    decision,actor,other,who,when,why
    same,art-0979f537e5e74921#Ada Vik,person/ada-orm,L. Dahl,2026-11-02,married in May
    not the same,art-0979f537e5e74921#Jan Holm,art-58a1c1ed2bd4b2c1#Jan Holm,L. Dahl,2026-11-02,father and son
    rename,person/ada-orm,Ada Vik,L. Dahl,2026-11-02,her name since May

An actor is an id, or whom an article names so (`article_id#name`); the second says the same in every build, whatever
ids the first builds gave. Decisions overrule the machine and ids.csv; only actors.toml is above them.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from builder.errors import SettingsError

NAME = "decisions.csv"
COLUMNS = ("decision", "actor", "other", "who", "when", "why")
SAME, APART, RENAME = "same", "not the same", "rename"
KINDS = (SAME, APART, RENAME)
_ACTOR = re.compile(r"[a-z]+/\S+|art-[0-9a-f]{16}#\S.*")


@dataclass(frozen=True, slots=True)
class Decision:
    """One line: `actor` and `other` are one, or are not; or `actor` is to be called `other`."""

    line: int
    decision: str
    actor: str
    other: str
    who: str
    when: date
    why: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """All lines of a decisions.csv without a mistake or contradiction; `where` names the file."""

    where: str = NAME
    lines: tuple[Decision, ...] = ()

    def of_kind(self, kind: str) -> tuple[Decision, ...]:
        """The lines that say `same`, `not the same` or `rename`."""
        return tuple(line for line in self.lines if line.decision == kind)


def render_decisions(lines: Iterable[Iterable[str]]) -> str:
    """Lines of six texts as the file that `parse_decisions` reads."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(lines)
    return text.getvalue()


def parse_decisions(content: bytes, where: str, known: Collection[str] = ()) -> Decisions:
    """The decisions of a file; raise SettingsError with file, line and what was expected where one has a mistake.

    `known` are the ids of authority files: two of them are never one actor. Contradictions are mistakes too: what is
    the same over any number of lines must not be kept apart, nor have two names.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise SettingsError(f"{where}: byte {problem.start} is not UTF-8; save the file as UTF-8") from problem
    lines = tuple(_read_lines(text, where))
    _refuse_contradictions(lines, where, known)
    return Decisions(where, lines)


def _read_lines(text: str, where: str) -> Iterator[Decision]:
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = next(reader, [])
        if tuple(header) != COLUMNS:
            raise SettingsError(
                f"{where}:1: found the columns {', '.join(header) or '(none)'}; expected {', '.join(COLUMNS)}"
            )
        for row in reader:
            if row:
                yield _read_line(row, reader.line_num, f"{where}:{reader.line_num}")
    except csv.Error as problem:
        raise SettingsError(f"{where}:{reader.line_num}: not valid CSV ({problem}); mend the line") from problem


def _read_line(row: list[str], line: int, where: str) -> Decision:
    if len(row) != len(COLUMNS):
        raise SettingsError(f"{where}: found {len(row)} fields; expected {len(COLUMNS)}: {', '.join(COLUMNS)}")
    values = dict(zip(COLUMNS, (" ".join(value.split()) for value in row), strict=True))
    if values["decision"] not in KINDS:
        raise SettingsError(f"{where}: decision is {values['decision']!r}; expected one of {', '.join(KINDS)}")
    for column in ("actor", "other")[: 1 if values["decision"] == RENAME else 2]:
        if not _ACTOR.fullmatch(values[column]):
            raise SettingsError(
                f"{where}: {column} is {values[column]!r}; expected an actor's id such as person/ada-orm, or an "
                "article's id, # and the name it uses, as in art-0979f537e5e74921#Ada Orm"
            )
    for column in ("other", "who", "why"):
        if not values[column]:
            raise SettingsError(f"{where}: {column} is empty; expected {_EXPECTED[column]}")
    try:
        when = date.fromisoformat(values["when"])
    except ValueError:
        raise SettingsError(f"{where}: when is {values['when']!r}; expected a date such as 2026-11-02") from None
    return Decision(line, values["decision"], values["actor"], values["other"], values["who"], when, values["why"])


_EXPECTED = {"other": "the new name", "who": "who decided this", "why": "the reason, for whoever reads it next year"}


def _refuse_contradictions(lines: Iterable[Decision], where: str, known: Collection[str]) -> None:
    lines = tuple(lines)
    groups = join_same(line for line in lines if line.decision == SAME)
    _refuse_two_known(groups, lines, where, known)
    names: dict[str, Decision] = {}
    for line in lines:
        group = groups.get(line.actor, line.actor)
        if line.decision == APART and group == groups.get(line.other, line.other):
            together = ", ".join(str(o.line) for o in lines if o.decision == SAME and groups[o.actor] == group)
            raise SettingsError(
                f"{where}:{line.line}: keeps {line.actor} and {line.other} apart, "
                + (f"whom line {together} makes one; " if together else "who are one; ")
                + "expected one or the other: delete a line"
            )
        if line.decision == RENAME:
            earlier = names.setdefault(group, line)
            if earlier.other != line.other:
                raise SettingsError(
                    f"{where}:{line.line}: renames {line.actor} to {line.other!r}, whom line {earlier.line} renames to "
                    f"{earlier.other!r}; expected one name: delete a line"
                )


def _refuse_two_known(groups: Mapping[str, str], lines: Iterable[Decision], where: str, known: Collection[str]) -> None:
    first: dict[str, str] = {}
    for line in lines:
        if line.decision != SAME:
            continue
        for actor in sorted({line.actor, line.other} & set(known)):
            other = first.setdefault(groups[actor], actor)
            if other != actor:
                raise SettingsError(
                    f"{where}:{line.line}: makes {other} and {actor} one, but both are actors of an authority file; "
                    "expected one entry for one actor: change actors.toml instead"
                )


def join_same(lines: Iterable[Decision]) -> dict[str, str]:
    """{actor as the lines write it: the first, in the alphabet, of all that are one with it}."""
    parent: dict[str, str] = {}

    def root(actor: str) -> str:
        while parent.setdefault(actor, actor) != actor:
            actor = parent[actor]
        return actor

    for line in lines:
        low, high = sorted((root(line.actor), root(line.other)))
        parent[high] = low
    return {actor: root(actor) for actor in list(parent)}
