"""The stage normalize: one record to one article. May import `builder.normalize`'s leaves, `builder.read`'s manifest
and records, `builder.tally` and vocabularies. Pure: no disk, no clock.

The text holds the body and nothing else: no headline, byline, date line, credit or request to subscribe; a dateline
stays, it opens a sentence's paragraph. A paragraph is one line with single spaces, and a blank line stands between two.
A collection read `verbatim` keeps the decoded body as it is.
"""

from dataclasses import replace
from pathlib import PurePosixPath

from builder.normalize.article import Article, Run
from builder.normalize.boilerplate import without_boilerplate
from builder.normalize.dates import Found, date_in_name, date_in_url, parse_date
from builder.normalize.draft import Draft
from builder.normalize.fragment import read_fragment
from builder.normalize.head import split_names
from builder.normalize.hyphenation import join_broken_words
from builder.normalize.joined_pages import read_joined_pages
from builder.normalize.language import UNKNOWN, canonical_language, detect_language, is_english, primary
from builder.normalize.markdown import read_markdown
from builder.normalize.page import NoMainTextError, read_page
from builder.normalize.plain import read_plain
from builder.normalize.restore import locate, restore, restore_text
from builder.normalize.traced import clean_text, find_runs, trace
from builder.read.manifest import Collection
from builder.read.record import FRAGMENT, Record
from builder.tally import Dropped
from schemas.vocabulary import DIRECT_QUOTE_LANGUAGES

VERSION = "normalize.v3"
MAX_CHARS = 1_000_000
# From this many characters on, the language that a text looks like is believed before its page's metadata.
_SURE_LENGTH = 200

READERS = {
    "text/plain": read_plain,
    "text/markdown": read_markdown,
    "text/html": read_page,
    FRAGMENT: read_fragment,
}


def normalize(record: Record, collection: Collection) -> Article | Dropped:
    """The article of a record, or why it is none."""
    if not record.body.strip():
        return _dropped(record, "empty", "no text")
    if record.media_type != "text/html" and sum(map(len, record.body.split())) > MAX_CHARS:
        return _dropped(record, "too-long", f"more than {MAX_CHARS} characters")
    try:
        draft = _draft(record, collection)
    except NoMainTextError:
        return _dropped(record, "no-main-text", "no article text was found in the page")
    if not draft.text.text.strip():
        return _dropped(record, "empty", "no text besides marks and invisible characters")
    if len(draft.text.text) > MAX_CHARS:
        return _dropped(record, "too-long", f"{len(draft.text.text)} characters, at most {MAX_CHARS} are read")
    return _article(record, collection, draft)


def _draft(record: Record, collection: Collection) -> Draft:
    if collection.text == "verbatim":
        return Draft(text=trace(record.body))
    body = restore(record.body, is_markup=record.media_type != "text/plain")
    title = _value(record.metadata.title)
    reader = read_joined_pages if record.n_pages > 1 else READERS[record.media_type]
    draft = reader(body.text, [title] if title else [])
    text = join_broken_words(without_boilerplate(draft.text))
    return replace(draft, text=locate(text, body))


def _article(record: Record, collection: Collection, draft: Draft) -> Article:
    text = draft.text.text
    metadata = record.metadata
    url = metadata.url or draft.url
    language = _language(record, collection, draft)
    dated = _date(record, draft, url)
    found, place = dated if dated else (None, None)
    verbatim = (Run(0, 0, len(text)),)
    return Article(
        collection_id=record.collection_id,
        locator=record.locator,
        revision=record.revision,
        raw_path=record.raw_path,
        place=record.place,
        raw_sha256=record.raw_sha256,
        url=url,
        title=_value(metadata.title) or draft.title,
        authors=_authors(metadata.authors) or draft.authors,
        publisher=_value(metadata.publisher) or collection.publisher or draft.publisher,
        published_at=found.at if found else None,
        published_precision=found.precision if found else None,
        published_from=place,
        language=language,
        text=text,
        runs=verbatim if collection.text == "verbatim" else find_runs(draft.text),
        extraction_status=_status(language),
        speaker=collection.speaker,
    )


def _value(stated: str | None) -> str:
    """What a record states in a column, restored and cleaned; empty where it states nothing."""
    return clean_text(restore_text(stated or ""))


def _authors(names: tuple[str, ...]) -> tuple[str, ...]:
    """A lone string may be a byline of several names; entries of a list are one name each."""
    cleaned = [_value(name) for name in names]
    if len(cleaned) == 1:
        return split_names(cleaned[0])
    return tuple(dict.fromkeys(name for name in cleaned if name))


def _date(record: Record, draft: Draft, url: str | None) -> tuple[Found, str] | None:
    """The first date of those found, in the order of trust, and where it was read."""
    candidates = {
        record.metadata.published_from: record.metadata.published_at,
        **{place: draft.dates[place] for place in ("json-ld", "meta", "byline", "dateline") if place in draft.dates},
        "url": date_in_url(url) if url else None,
        # A file of many records is named for the day it was made, not for the articles in it.
        "file-name": date_in_name(_file_name(record)),
    }
    for place, text in candidates.items():
        if text and (found := parse_date(text)):
            return found, place
    return None


def _file_name(record: Record) -> str:
    """The name of the file or archive member that holds this article alone; "" where it holds many."""
    return record.file_name or ("" if record.place else PurePosixPath(record.raw_path).name)


def _language(record: Record, collection: Collection, draft: Draft) -> str:
    """What the record says, else the collection, else the page's metadata, else what the text looks like.

    A page's metadata are often the template's: a long text that looks like another language is believed before them.
    """
    for stated in (record.metadata.language, collection.language):
        if found := canonical_language(stated):
            return found
    seen = detect_language(draft.text.text)
    claimed = canonical_language(draft.language)
    is_sure = seen != UNKNOWN and len(draft.text.text) >= _SURE_LENGTH
    return claimed if claimed and (not is_sure or primary(claimed) == seen) else seen


def _status(language: str) -> str:
    if language == UNKNOWN:
        return "unknown-language"
    if is_english(language):
        return "extracted"
    return "direct-quotes" if primary(language) in DIRECT_QUOTE_LANGUAGES else "unsupported-language"


def _dropped(record: Record, reason: str, detail: str) -> Dropped:
    return Dropped("normalize", record.collection_id, record.raw_path, record.place, reason, detail)
