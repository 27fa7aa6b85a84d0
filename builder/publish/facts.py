"""What a build knows about itself beside its tables. Imports `builder.tally`, `validations`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from builder.publish.validations import RecordedValidation
from builder.tally import Tally

# The data version of a build that is no release.
UNRELEASED = "0.0.0"
# Files beside the manifest: the ids for the next build; which actors are one, which not, and why (both from resolve);
# in a release, where the words that it withholds stand in the articles.
BESIDE = ("ids.csv", "links.csv", "withheld.json")


@dataclass(frozen=True, slots=True)
class Author:
    """Who made the dataset: a person, whose `name` is the family name beside a `given` one, or a body under its name.

    `orcid` is a person's, such as 0000-0002-1825-0097.
    """

    name: str
    given: str | None = None
    orcid: str | None = None

    @property
    def shown(self) -> str:
        """The name as a reader writes it.

        >>> Author("Quill", "Ada").shown, Author("The Bay Archive").shown
        ('Ada Quill', 'The Bay Archive')
        """
        return self.name if self.given is None else f"{self.given} {self.name}"


@dataclass(frozen=True, slots=True)
class BuildFacts:
    """Everything that `publish` writes and no table holds.

    `package_version` is onrecord's own, `versions` one method version a stage; `model_name` and `model_sha256` are the
    encoder's, `instruction_set` the CPU's that the encoder's bits are promised for; `settings` holds what determines
    rows, as JSON values; `raw_sums` the sha256 of each raw file by its path, by collection; `authors` and `answers`
    (by the keys of `questions`) come from the raw folder's `datasheet.toml`. `input_sums` holds the sha256 of the other
    files that determine rows (settings, actors.toml, `ids.csv`, `decisions.csv`, `withdrawn.csv`, `corrections/`,
    `validations/`) by their path; `validations` what the last of these say; `beside` the texts of `BESIDE`,
    `long_beside` those that are longer than memory, in pieces that are read once. A release has a `version` and the
    date that it was given, `released_on`; a build has neither. `full_fingerprints` are, by table, those of a release's
    rows before words were withheld, where any were.
    """

    title: str
    tally: Tally
    package_version: str
    versions: Mapping[str, str]
    model_name: str
    model_sha256: str
    instruction_set: str
    settings: Mapping[str, object] = field(default_factory=dict)
    raw_sums: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    input_sums: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    long_beside: Mapping[str, Iterable[str]] = field(default_factory=dict)
    full_fingerprints: Mapping[str, str] = field(default_factory=dict)
    authors: tuple[Author, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    validations: tuple[RecordedValidation, ...] = ()
    version: str | None = None
    released_on: date | None = None
    doi: str | None = None

    @property
    def names_beside(self) -> frozenset[str]:
        """Which files of `BESIDE` there are."""
        return frozenset({*self.beside, *self.long_beside})

    @property
    def is_release(self) -> bool:
        """Whether this is a release rather than a build."""
        return self.version is not None

    @property
    def data_version(self) -> str:
        """The version for the formats that want one of every dataset: `UNRELEASED` for a build."""
        return self.version or UNRELEASED
