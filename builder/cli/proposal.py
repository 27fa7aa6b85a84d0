"""The `collection.toml` that `onrecord new-collection` proposes for a folder. Imports `builder.read`, `normalize`."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from builder.errors import RawFilesError, SettingsError
from builder.normalize.article import Article
from builder.normalize.language import UNKNOWN
from builder.normalize.stage import normalize
from builder.read.files import RawFile, list_files
from builder.read.manifest import SETTINGS_NAME, UNKNOWN_LICENSE, Collection, Columns, require_folder
from builder.read.record import Record
from builder.read.source import Source
from builder.read.stage import read_file
from builder.read.survey import Survey, kind_of, survey

# Articles that are parsed to tell language and publisher, of how many a file, and how many of them are shown.
_PARSED, _EACH, _SHOWN = 30, 5, 3
# The share of them that must agree for a language to be proposed.
_AGREE = 0.9


@dataclass(frozen=True, slots=True)
class Proposal:
    """The settings file, some articles as they would be read with it, and what a person should look at."""

    toml: str
    articles: tuple[Article, ...]
    notes: tuple[str, ...]


def propose(folder: Path) -> Proposal:
    """The settings of a folder of files without any; an OnrecordError where it has some, or no files."""
    require_folder(folder, "the raw files of one collection")
    if nested := sorted(folder.rglob(SETTINGS_NAME)):
        raise SettingsError(f"{nested[0]}: {folder} holds collections already; give a folder of files")
    bare = _collection(folder, {})
    files = list_files(bare)
    if not files:
        raise RawFilesError(f"{folder} holds no files; put the raw articles into it first")
    found = survey(files)
    articles = list(islice(_articles(_collection(folder, found.columns), files), _PARSED))
    return Proposal(_settings(folder, found, articles), tuple(articles[:_SHOWN]), _notes(folder, found, articles))


def _collection(folder: Path, columns: Mapping[str, str]) -> Collection:
    mapped = Columns(**columns) if columns else None
    return Collection("new", folder, "", folder.name, UNKNOWN_LICENSE, text_may_be_published=False, columns=mapped)


def _articles(collection: Collection, files: Sequence[RawFile]) -> Iterator[Article]:
    """The first articles of each file, one file of every format first."""
    first = {kind_of(file.name): file.name for file in reversed(files)}
    for file in sorted(files, key=lambda file: (first[kind_of(file.name)] != file.name, file.name)):
        records = read_file(file, Source(collection, file.name, "0" * 64))
        for record in islice((item for item in records if isinstance(item, Record)), _EACH):
            article = normalize(record, collection)
            if isinstance(article, Article):
                yield article


def _settings(folder: Path, found: Survey, articles: Sequence[Article]) -> str:
    """The text of the settings file; what only a person can know is a comment that asks for it."""
    language = _common([article.language for article in articles if article.language != UNKNOWN], _AGREE)
    publisher = _common([article.publisher or "" for article in articles], 1.0)
    lines = [
        f"title = {_quoted(re.sub(r'[-_.]+', ' ', folder.resolve().name).strip().title() or 'Articles')}",
        f'license = "{UNKNOWN_LICENSE}"  # of the text: an SPDX identifier such as "CC-BY-4.0", or LicenseRef-...',
        "text_may_be_published = false  # true where the licence allows it",
        f"publisher = {_quoted(publisher)}" if publisher else '# publisher = "..."',
        f"language = {_quoted(language)}" if language else '# language = "en"  # where it is one for all articles',
        '# country = "XES"  # of the publisher: ISO 3166-1 alpha-3',
        '# selection = "which articles these are, of which time, and what is missing"',
        "# retrieved_on = 2026-11-01",
    ]
    if found.unread:
        patterns = ", ".join(_quoted(f"**/*{kind}*") for kind in sorted(found.formats))
        lines.append(f"files = [{patterns}]")
    if found.columns:
        lines += ["[columns]", *(f"{ours} = {_quoted(theirs)}" for ours, theirs in found.columns.items())]
    return "\n".join(lines) + "\n"


def _notes(folder: Path, found: Survey, articles: Sequence[Article]) -> tuple[str, ...]:
    notes = [f"{count} × {kind}" for kind, count in sorted(found.formats.items())]
    if found.unread:
        notes.append(f"no reader for {len(found.unread)} files, which are left out: {_some(found.unread)}")
    if found.others:
        notes.append(f"other columns in {_some(found.others)}: put them into a collection of their own")
    if not articles:
        notes.append("no article could be read: look at what `onrecord build` drops, and why")
    languages = Counter(article.language for article in articles)
    if len(languages) > 1:
        notes.append("languages: " + ", ".join(f"{name} {count}" for name, count in sorted(languages.items())))
    if not re.fullmatch(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*", folder.resolve().name):
        notes.append("the folder's name will be the collection's id: rename it to lower-case letters, digits, hyphens")
    notes.append("fill in licence and selection; without them nothing can be released")
    return tuple(notes)


def _common(values: Sequence[str], share: float) -> str:
    """The value that at least this share of all has; "" for none."""
    best = Counter(values).most_common(1)
    return best[0][0] if best and best[0][1] >= share * len(values) else ""


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _quoted(text: str) -> str:
    """A TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
