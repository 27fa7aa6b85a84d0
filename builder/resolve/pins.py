"""What holds actors together or apart before any evidence is weighed: ids already given, and people's decisions.

Imports `authority`, `decisions`, `folding`, `ids`. A pin is a string; rows of one pin are one actor. The sides of a
decision that keeps two apart are `na` and `nb`, n being its line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from builder.errors import SettingsError
from builder.resolve.authority import plain
from builder.resolve.decisions import APART, SAME, Decision, Decisions
from builder.resolve.folding import NAMED, PERSONS, fold_name
from builder.resolve.ids import KEY
from builder.resolve.names import is_same_person


@dataclass(frozen=True, slots=True)
class Pins:
    """Rows with `pin`, `sides` and `is_left`; the id of each pin; the rows of each reference; lines that found nobody.

    `is_left` marks rows of an actor that a decision parts: where evidence does not say whose they are, they keep the
    former id (`left_id`).
    """

    rows: pl.DataFrame
    id_of: Mapping[str, str]
    rows_of: Mapping[str, tuple[int, ...]]
    unmet: tuple[int, ...]


def add_previous(rows: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """`rows` with `previous`: the id that ids.csv has for the actor in its article.

    By the same name; else by another name that the article gives the actor, or a fuller one of the same person, where
    that leads to one actor only. A row of the authority's entry has none: the entry is its id.
    """
    ours = rows.select(KEY)
    former = ours.join(ids.rename({"actor_id": "previous"}), on=KEY, how="left", maintain_order="left")["previous"]
    exact = rows.with_columns(former).with_columns(previous=pl.when(pl.col("entry").is_null()).then("previous"))
    gone = ids.join(ours, on=KEY, how="anti").join(rows.select("article_id").unique(), on="article_id", how="semi")
    if not gone.height:
        return exact
    new = exact.filter(
        pl.col("previous").is_null() & pl.col("entry").is_null() & pl.col("actor_kind").is_in(NAMED)
    ).join(gone.select("article_id").unique(), on="article_id", how="semi")
    renamed = _match_renamed(new, gone)
    found = exact.select("row", "previous").join(renamed, on="row", how="left", maintain_order="left")
    return exact.with_columns(found.select(previous=pl.coalesce("previous", "renamed"))["previous"])


def _match_renamed(new: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    """(row, renamed): rows under a new name that one former name of their article fits, and that fits no other row."""
    of_article: dict[str, list[tuple[int, str, str, list[str]]]] = {}
    for article, row, kind, name, aliases in new.select(
        "article_id", "row", "actor_kind", "name", "aliases"
    ).iter_rows():
        of_article.setdefault(article, []).append((row, kind, name, aliases))
    fits: dict[int, set[str]] = {}
    for article, kind, name, actor_id in gone.sort(KEY).select(*KEY, "actor_id").iter_rows():
        found = [
            row
            for row, is_kind, is_name, aliases in of_article.get(article, ())
            if _fits(kind, name, is_kind, is_name, aliases)
        ]
        if len(found) == 1:
            fits.setdefault(found[0], set()).add(actor_id)
    one = {row: min(ids) for row, ids in fits.items() if len(ids) == 1}
    return pl.DataFrame(
        {"row": list(one), "renamed": list(one.values())}, schema={"row": pl.UInt32(), "renamed": pl.String()}
    )


def _fits(kind: str, name: str, new_kind: str, new_name: str, aliases: list[str]) -> bool:
    if plain(name) in {plain(new_name), *map(plain, aliases)}:
        return True
    if kind not in PERSONS or new_kind not in PERSONS:
        return False
    old, new = fold_name(kind, name).words, fold_name(new_kind, new_name).words
    return bool(old) and len(new) >= len(old) and (is_same_person(old, new) or set(old) <= set(new))


def pin_rows(rows: pl.DataFrame, decisions: Decisions, natural: Mapping[str, tuple[int, ...]]) -> Pins:
    """Pins of rows that have `previous`; `natural` are the rows of each id in the build without decisions.

    Raises SettingsError where the rows show that decisions contradict each other or the authority.
    """
    rows_of = _find_rows(rows, decisions, natural)
    unmet = tuple(
        line.line
        for line in decisions.lines
        if not rows_of[line.actor] or (line.decision != "rename" and not rows_of[line.other])
    )
    decided = rows.filter(pl.col("row").is_in(sorted({row for found in rows_of.values() for row in found})))
    previous, entries = (
        dict(decided.filter(pl.col(column).is_not_null()).select("row", column).iter_rows())
        for column in ("previous", "entry")
    )
    state = _State(previous, entries, rows_of, decisions.where)
    state.part(decisions.of_kind(APART))
    state.join(decisions.of_kind(SAME))
    state.check(decisions.of_kind(APART))
    return Pins(state.pinned(rows), state.id_of(), rows_of, unmet)


def _find_rows(
    rows: pl.DataFrame, decisions: Decisions, natural: Mapping[str, tuple[int, ...]]
) -> dict[str, tuple[int, ...]]:
    """The rows of every actor that a decision names: by its id, or by its name in an article."""
    wanted = {ref for d in decisions.lines for ref in ((d.actor,) if d.decision == "rename" else (d.actor, d.other))}
    found: dict[str, tuple[int, ...]] = {}
    articles = {ref.partition("#")[0] for ref in wanted if ref.startswith("art-")}
    there = rows.filter(pl.col("article_id").is_in(sorted(articles)) & pl.col("actor_kind").is_in(NAMED))
    named = there.select("article_id", "row", "name", "aliases").rows()
    for ref in sorted(wanted):
        if ref.startswith("art-"):
            found[ref] = _named_so(ref, named)
        else:
            by_id = rows.filter((pl.col("previous") == ref) | (pl.col("entry") == ref))["row"].to_list()
            found[ref] = tuple(by_id) or natural.get(ref, ())
    return found


def _named_so(ref: str, named: Iterable[tuple[str, int, str, list[str]]]) -> tuple[int, ...]:
    """The actor whom an article names so: by its canonical name there, else by another that one actor has."""
    article, _, name = ref.partition("#")
    here = [(row, own, aliases) for at, row, own, aliases in named if at == article]
    canonical = tuple(row for row, own, _ in here if plain(own) == plain(name))
    other = tuple(row for row, _, aliases in here if plain(name) in map(plain, aliases))
    return canonical or (other if len(other) == 1 else ())


@dataclass(slots=True)
class _State:
    """Rows and former ids while decisions bind them together; a token is a row or a former id."""

    previous: dict[int, str]
    entries: dict[int, str]
    rows_of: Mapping[str, tuple[int, ...]]
    where: str
    parted: dict[str, int] = field(default_factory=dict)
    sides: dict[int, set[str]] = field(default_factory=dict)
    preferred: dict[str, int] = field(default_factory=dict)
    _parent: dict[int | str, int | str] = field(default_factory=dict)

    def root(self, token: int | str) -> int | str:
        while (parent := self._parent.setdefault(token, token)) != token:
            token = parent
        return token

    def token(self, row: int) -> int | str:
        """A row's former id holds it, unless a decision parts that actor."""
        former = self.previous.get(row)
        return row if former is None or self.parted.get(former, row) != row else former

    def part(self, lines: Iterable[Decision]) -> None:
        """Where both sides have one former id, the first row of the side named first keeps it."""
        for line in lines:
            for row in self.rows_of[line.actor]:
                former = self.previous.get(row)
                if former and any(self.previous.get(other) == former for other in self.rows_of[line.other]):
                    self.parted.setdefault(former, row)
            for side, ref in (("a", line.actor), ("b", line.other)):
                for row in self.rows_of[ref]:
                    self.sides.setdefault(row, set()).add(f"{line.line}{side}")

    def join(self, lines: Iterable[Decision]) -> None:
        for line in lines:
            rows = (*self.rows_of[line.actor], *self.rows_of[line.other])
            for rank, ref in enumerate((line.actor, line.other)):
                for row in self.rows_of[ref]:
                    if former := self.previous.get(row):
                        self.preferred.setdefault(former, 2 * line.line + rank)
            for row in rows[1:]:
                one, other = self.root(self.token(rows[0])), self.root(self.token(row))
                if one != other:
                    self._parent[other] = one
            known = sorted({self.entries[row] for row in rows if row in self.entries})
            if len(known) > 1:
                raise SettingsError(
                    f"{self.where}:{line.line}: makes {known[0]} and {known[1]} one, but both are actors of an "
                    "authority file; expected one entry for one actor: change actors.toml instead"
                )

    def check(self, lines: Iterable[Decision]) -> None:
        """Nobody is on both sides of a decision that keeps two apart."""
        for line in lines:
            one, other = ({self.root(self.token(row)) for row in self.rows_of[ref]} for ref in (line.actor, line.other))
            if one & other:
                raise SettingsError(
                    f"{self.where}:{line.line}: keeps {line.actor} and {line.other} apart, but they are one actor by "
                    "the other lines or by name; expected two: name them by their articles, or delete a line"
                )

    def pinned(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows with their pins; a former id alone is a pin without any loop over rows."""
        moved = {row for refs in self.rows_of.values() for row in refs}
        special = {row: self._pin(row) for row in moved}
        frame = pl.DataFrame(
            {
                "row": list(special),
                "own_pin": list(special.values()),
                "sides": [" ".join(sorted(self.sides.get(row, ()))) or None for row in special],
            },
            schema={"row": pl.UInt32(), "own_pin": pl.String(), "sides": pl.String()},
        )
        formers = {former for former in self._parent if isinstance(former, str)}
        joined = pl.DataFrame(
            {"previous": sorted(formers), "joined_pin": [str(self.root(former)) for former in sorted(formers)]},
            schema={"previous": pl.String(), "joined_pin": pl.String()},
        )
        strings = rows.schema["previous"]
        frame, joined = frame.cast({"own_pin": strings}), joined.cast(strings)
        is_left = pl.col("previous").is_in(sorted(self.parted)) & pl.col("own_pin").is_null()
        found = (
            rows.select("row", "previous")
            .join(frame, on="row", how="left", maintain_order="left")
            .join(joined, on="previous", how="left", maintain_order="left")
            .with_columns(is_left=is_left.fill_null(value=False))
            .select(
                "sides",
                "is_left",
                pin=pl.when("is_left").then(None).otherwise(pl.coalesce("own_pin", "joined_pin", "previous")),
                left_id=pl.when("is_left").then("previous"),
            )
        )
        return rows.hstack(found)

    def _pin(self, row: int) -> str | None:
        token = self.token(row)
        if token in self._parent or isinstance(token, str):
            return str(self.root(token))
        return None

    def id_of(self) -> dict[str, str]:
        """{pin: the former id that it keeps}: that of the actor whom the earliest decision names first."""
        formers: dict[str, list[str]] = {}
        for token in self._parent:
            if isinstance(token, str):
                formers.setdefault(str(self.root(token)), []).append(token)
        late = max(self.preferred.values(), default=0) + 1
        return {pin: min(all_, key=lambda f: (self.preferred.get(f, late), f)) for pin, all_ in formers.items()}
