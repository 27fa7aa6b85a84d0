"""Collections: what a raw folder holds and what `collection.toml` says about it.

May import `builder.errors` and `builder.read`'s leaves. A settings file is read strictly: an unknown key or a value of
the wrong type stops before any work, with the file, the line and the nearest key that exists.
"""

import difflib
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from builder.errors import RawFilesError, SettingsError
from builder.read.licences import hint_at_licence, is_licence

SETTINGS_NAME = "collection.toml"
UNKNOWN_LICENSE = "LicenseRef-unknown"
# What may lie at the top of a raw folder of collections without being an article: it describes the folder, or
# configures the project.
NOT_ARTICLES = re.compile(
    r"(?i)(\..*|(README|LICEN[CS]E|NOTICE|CITATION|CHANGELOG).*|SHA256SUMS|.*\.toml|.*\.lock"
    r"|(dataset_infos?|dataset_dict|state)\.json)"  # what `datasets` writes beside the rows it saves
)
PROJECT_TABLES = frozenset({"decisions.csv", "corrections.csv", "ids.csv", "withdrawn.csv"})
# What people read of a build lies in these folders at the top of a raw folder, as files with these suffixes: their
# corrections, and what their readings told of the whole.
CORRECTIONS, VALIDATIONS = "corrections", "validations"
READINGS = {CORRECTIONS: ".jsonl", VALIDATIONS: ".json"}

_SLUG = r"[a-z0-9]+(?:[-_.][a-z0-9]+)*"
_SPDX = r"(?:LicenseRef-)?[A-Za-z0-9][A-Za-z0-9.+-]*(?: (?:AND|OR|WITH) (?:LicenseRef-)?[A-Za-z0-9][A-Za-z0-9.+-]*)*"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Pattern = Annotated[str, StringConstraints(pattern=r"^[^/\\]")]


class Columns(BaseModel):
    """Which column of a JSONL, CSV or Parquet record holds what."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    text: Text = Field(default="text", description="the article's text")
    id: Text | None = Field(default=None, description="the record's own id, which becomes its locator")
    title: Text | None = Field(default=None, description="the headline")
    authors: Text | None = Field(default=None, description="the authors: a list, or names as a byline has them")
    published_at: Text | None = Field(default=None, description="when it was published: a date, or a date and time")
    url: Text | None = Field(default=None, description="its address")
    language: Text | None = Field(default=None, description="its language, a BCP 47 tag")
    publisher: Text | None = Field(default=None, description="who published it")
    revision: Text | None = Field(default=None, description="which version of the article it is, a whole number")

    def mapped(self) -> dict[str, str]:
        """The mapping as {our name: the record's column}, in a fixed order.

        >>> Columns(text="body", id="key").mapped()
        {'text': 'body', 'id': 'key'}
        """
        return {ours: theirs for ours in type(self).model_fields if (theirs := getattr(self, ours)) is not None}


class Settings(BaseModel):
    """The keys of `collection.toml`, each with what it says: what may stand there is in `EXPECTED` or its type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: Text = Field(description="the collection's name, as it is cited")
    publisher: Text | None = Field(
        default=None, description="who published it, where one publisher stands behind all of it"
    )
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = Field(
        default=None, description="the publisher's country; it helps to tell whom a title or a shared name means"
    )
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = Field(
        default=None, description="the articles' language, where it is one for all; told from each text where left out"
    )
    selection: Text | None = Field(
        default=None,
        description="which articles these are: sampling frame, period, known gaps; it stands in the datasheet",
    )
    license: Annotated[str, StringConstraints(pattern=f"^{_SPDX}$")] = Field(description="the licence of the texts")
    text_may_be_published: bool = Field(description="whether a release may carry the texts")
    quotable: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = Field(
        default=None,
        description="how much of an article a release may show where it may not carry the text; 0 where left out",
    )
    retrieved_on: date | None = Field(default=None, description="when the files were fetched")
    citation: Text | None = Field(default=None, description="how to cite the collection, in your own words")
    files_at: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9+.-]+(://|::)")] | None = Field(
        default=None, description="where the files lie, if not beside this one"
    )
    files: Annotated[list[Pattern], Field(min_length=1)] | None = Field(
        default=None,
        description="which files are articles; all but descriptions (README, LICENSE, .toml) where left out",
    )
    text: Literal["clean", "verbatim"] = Field(
        default="clean",
        description="whether pages' menus, bylines and the like are taken out, or texts stay to the character",
    )
    speaker: Text | None = Field(
        default=None, description="whose words all texts are, where each is one actor's own speech or statement"
    )
    columns: Columns | None = Field(default=None, description="which column of JSONL, CSV or Parquet files holds what")


@dataclass(frozen=True, slots=True)
class Collection:
    """Where articles come from. `prefix` is the folder's path below the raw folder: "" where it is the raw folder.

    `files_at` is the address at which the files lie, where that is not the folder (`remote.with_files` fetches them).
    `columns` is None where nothing is mapped: then columns of our own names are read where a record has them.
    `is_declared` is False for a bare folder: it builds, but `release` and `push` refuse it.
    """

    id: str
    path: Path
    prefix: str
    title: str
    license: str
    text_may_be_published: bool
    publisher: str | None = None
    country: str | None = None
    language: str | None = None
    selection: str | None = None
    quotable: int | None = None
    retrieved_on: date | None = None
    citation: str | None = None
    files_at: str | None = None
    files: tuple[str, ...] = ()
    text: Literal["clean", "verbatim"] = "clean"
    speaker: str | None = None
    columns: Columns | None = None
    is_declared: bool = True


def require_folder(raw: Path, content: str = "the raw articles") -> None:
    """Raise RawFilesError where it is none; `content` is what the folder that was meant holds."""
    if not raw.is_dir():
        what = "is a file, not a folder" if raw.exists() else "is not there"
        raise RawFilesError(f"{raw} {what}; give the folder that holds {content}")


def load_collections(raw: Path) -> list[Collection]:
    """The collections of a raw folder, by id.

    Three shapes are read: folders with a `collection.toml` each; a raw folder that has one itself; a bare folder of
    files. In the first, every folder must have one and nothing but descriptions (README, LICENSE) and the project's
    settings may lie loose beside them: an article that belongs to no collection would vanish without a word.
    """
    require_folder(raw)
    if (raw / SETTINGS_NAME).is_file():
        return [_declared(raw, prefix="")]
    folders = sorted(child for child in raw.iterdir() if child.is_dir() and not child.name.startswith("."))
    folders = [folder for folder in folders if not _holds_readings(folder)]
    if any((folder / SETTINGS_NAME).is_file() for folder in folders):
        _refuse_strays(raw, folders)
        return [_declared(folder, prefix=folder.name) for folder in folders]
    if deeper := sorted(raw.rglob(SETTINGS_NAME)):
        raise SettingsError(
            f"{deeper[0]}: a collection must be a folder directly in {raw}; move it up, or build its parent folder"
        )
    return [_bare(raw)]


def _holds_readings(folder: Path) -> bool:
    """Whether the folder at the top of a raw folder is that of people's readings, not a collection of that name."""
    return folder.name in READINGS and all(
        path.suffix == READINGS[folder.name] or (NOT_ARTICLES.fullmatch(path.name) and path.name != SETTINGS_NAME)
        for path in folder.iterdir()
    )


def _refuse_strays(raw: Path, folders: list[Path]) -> None:
    """Every folder is a collection and nothing that could be an article lies beside them."""
    for folder in folders:
        if not (folder / SETTINGS_NAME).is_file():
            raise SettingsError(
                f"{folder} has no {SETTINGS_NAME}, but its neighbours do; "
                f"write one (README, Your own articles) or move the folder out of {raw}"
            )
        if folder.is_symlink():
            raise SettingsError(f"{folder} is a link; a collection must be a folder inside {raw}")
    for child in sorted(raw.iterdir()):
        if child.is_dir() or NOT_ARTICLES.fullmatch(child.name) or child.name in PROJECT_TABLES:
            continue
        raise SettingsError(f"{child} belongs to no collection; move it into one of the folders of {raw}, or away")


def _bare(raw: Path) -> Collection:
    """A folder of files without settings: one collection, licence unknown, text withheld in anything published."""
    has_files = any(child.is_file() and not NOT_ARTICLES.fullmatch(child.name) for child in raw.rglob("*"))
    if not has_files:
        raise RawFilesError(
            f"{raw} holds no articles; put files into it (.txt, .md, .html, .jsonl, .csv, .parquet), "
            f"or a folder for each collection, with a {SETTINGS_NAME} in it (README, Your own articles)"
        )
    name = raw.resolve().name
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "raw"
    return Collection(
        id=slug,
        path=raw,
        prefix="",
        title=name,
        license=UNKNOWN_LICENSE,
        text_may_be_published=False,
        is_declared=False,
    )


def _declared(folder: Path, prefix: str) -> Collection:
    """The collection that a folder's `collection.toml` declares."""
    name = folder.resolve().name
    if not re.fullmatch(_SLUG, name):
        raise SettingsError(
            f"{folder}: a collection's folder name is its id and must be lower-case letters, digits and single "
            f"hyphens, dots or underscores between them (harbour-gazette-2026); rename the folder"
        )
    nested = sorted(path for path in folder.rglob(SETTINGS_NAME) if path.parent != folder)
    if nested:
        raise SettingsError(f"{nested[0]}: a collection inside the collection {name!r}; move it beside {folder}")
    settings = _parse(folder / SETTINGS_NAME)
    fields = {key: getattr(settings, key) for key in Settings.model_fields}
    fields["files"] = tuple(settings.files or ())
    return Collection(id=name, path=folder, prefix=prefix, **fields)


def _parse(path: Path) -> Settings:
    """A settings file, or SettingsError naming the file, the line, what was expected and the nearest key."""
    try:
        text = path.read_bytes().decode("utf-8")
        values = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not valid TOML ({error}); mend that line") from error
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError("\n".join(_explain(path, text, problem) for problem in error.errors())) from error
    if not is_licence(settings.license):
        wrong = f"license = {settings.license!r}: expected {EXPECTED['license']}{hint_at_licence(settings.license)}"
        raise SettingsError(f"{_at(path, text, ('license',))}: {wrong}")
    for pattern in settings.files or ():
        if ".." in Path(pattern).parts:
            raise SettingsError(f"{_at(path, text, ('files',))}: {pattern!r} leaves the folder; name files inside it")
    return settings


def _explain(path: Path, text: str, problem: object) -> str:
    """One mistake as a line that says where it is, what is wrong and what was expected."""
    assert isinstance(problem, dict)
    keys = tuple(str(part) for part in problem["loc"])
    name = ".".join(keys)
    known = list(Columns.model_fields if keys[0] == "columns" and len(keys) > 1 else Settings.model_fields)
    if problem["type"] == "extra_forbidden":
        nearest = difflib.get_close_matches(keys[-1], known, n=1, cutoff=0.5)
        hint = f"did you mean {nearest[0]!r}? " if nearest else ""
        if keys[0] == "columns" and keys[-1] in Settings.model_fields:
            hint = f"{keys[-1]} is no column but of the collection: put it above [columns]. "
        return f"{_at(path, text, keys)}: unknown key {name!r}; {hint}possible: {', '.join(known)}"
    if problem["type"] == "missing":
        return f"{path}: the key {name!r} is missing; add it"
    expected = EXPECTED.get(keys[0], problem["msg"][:1].lower() + problem["msg"][1:])
    return f"{_at(path, text, keys)}: {name} = {problem['input']!r}: expected {expected}"


EXPECTED = {
    "license": 'an SPDX identifier such as "CC0-1.0" or "CC-BY-4.0", or "LicenseRef-…" for any other licence',
    "country": 'an ISO 3166-1 alpha-3 code such as "DEU" (XAA to XZZ for invented countries)',
    "language": 'a BCP 47 tag such as "en" or "en-GB"',
    "text_may_be_published": "true or false, without quotation marks",
    "quotable": "a whole number of characters, 0 or more, without quotation marks",
    "retrieved_on": "a date such as 2026-11-01, without quotation marks",
    "files": 'a list of patterns inside the folder, such as ["*.html", "wire/*.jsonl.gz"]',
    "files_at": 'an address such as "hf://datasets/owner/name@revision" or "s3://bucket/folder"',
    "text": '"clean" or "verbatim"',
    "columns": "the name of a column, as a string",
}


def _at(path: Path, text: str, keys: tuple[str, ...]) -> str:
    """`path:line` of a key, found by looking for `key =` (below `[table]` where it has one); the path if unseen."""
    lines = text.splitlines()
    start = 0
    names = [key for key in keys if not key.isdigit()]
    if len(names) > 1:
        start = next((n for n, line in enumerate(lines) if line.strip() == f"[{names[0]}]"), 0)
    for number, line in enumerate(lines[start:], start + 1):
        if re.match(rf"\s*[\"']?{re.escape(names[-1])}[\"']?\s*=|\s*\[{re.escape(names[-1])}\]", line):
            return f"{path}:{number}"
    return str(path)
