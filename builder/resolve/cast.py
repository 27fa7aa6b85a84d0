"""The actors of an article while it is read. Imports `authority`, `names`."""

from collections import Counter
from dataclasses import dataclass, field

from builder.resolve.authority import Entry
from builder.resolve.names import NameMention, name_words


@dataclass(slots=True)
class Draft:
    """An actor while the article is read; `spans` are its mentions in the order in which they were found.

    `forms` counts the forms of its name; `gender` is m, f or None where unknown; a plural one answers to "they";
    kin are persons who first came in as somebody's husband or daughter; a passing one is a noun phrase that nobody has
    spoken as so far.
    """

    kind: str
    forms: Counter[str] = field(default_factory=Counter)
    words: tuple[str, ...] = ()
    entry: Entry | None = None
    roles: dict[str, None] = field(default_factory=dict)
    gender: str | None = None
    country: str | None = None
    is_plural: bool = False
    is_kin: bool = False
    is_passing: bool = False
    spans: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take the words of the form that it comes with."""
        for form in list(self.forms):
            self.add_form(form, 0)

    def add_form(self, form: str, count: int = 1) -> None:
        """Count a form of its name; `words` are those of the fullest, the first among equals."""
        if form not in self.forms or not self.words:
            words = name_words(form)
            self.words = words if len(words) > len(self.words) else self.words
        self.forms[form] += count

    def name(self) -> str:
        """The canonical name: the authority's, else the fullest form, the most frequent and first among equals."""
        if self.entry and (self.kind != "organization" or all(form.isupper() for form in self.forms)):
            return self.entry.name
        if self.kind not in {"person", "organization", "place"}:
            return next(iter(self.forms))
        return max(
            self.forms,
            key=lambda form: (
                len(name_words(form)),
                len(form) > 1 and not form.isupper(),
                form.count("-"),
                self.forms[form],
            ),
        )


@dataclass(slots=True)
class Cast:
    """The actors of an article while they are found, and the name mentions with the number of their actor.

    `peoples` are names of groups ("Democrats"), `nested` those inside longer names: neither heads a source.
    """

    drafts: list[Draft] = field(default_factory=list)
    names: list[tuple[NameMention, int]] = field(default_factory=list)
    peoples: list[tuple[NameMention, int]] = field(default_factory=list)
    nested: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, draft: Draft) -> int:
        """Take a new actor on and give its number."""
        self.drafts.append(draft)
        return len(self.drafts) - 1

    def of_entry(self, entry: Entry, form: str) -> int:
        """The number of the authority's actor, taken on where it is new, with a form of its name in this article."""
        known = next((number for number, draft in enumerate(self.drafts) if draft.entry == entry), None)
        number = self.add(Draft(entry.kind, entry=entry, country=entry.country)) if known is None else known
        self.drafts[number].add_form(form)
        return number
