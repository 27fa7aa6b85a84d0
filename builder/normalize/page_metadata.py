"""What a page's metadata say of its article.

May import `builder.normalize`'s leaves and `builder.linked_data`.

In the order of trust: JSON-LD, meta tags, then what readers see. Read here and not by trafilatura because that does
not tell where it found a date, and reads clock and settings on the way.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from trafilatura.utils import load_html

from builder.linked_data import linked_values
from builder.normalize.head import split_names
from builder.normalize.page_dates import meta_key, page_dates
from builder.normalize.page_titles import headline_of, page_titles
from builder.normalize.traced import clean_text

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review)$|^WebPage$|^CreativeWork$")
# A page of any kind calls itself a WebPage.
_SURE_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review)$")
# Names of meta tags as `meta_key` writes them, the most trusted first.
_META_TITLES = ("ogtitle", "dctitle", "citationtitle", "twittertitle")
_META_AUTHORS = ("author", "articleauthor", "parselyauthor", "dccreator", "citationauthor", "sailthruauthor", "byl")
_META_PUBLISHERS = ("ogsitename", "dcpublisher", "citationjournaltitle", "applicationname")
_META_LANGUAGES = ("oglocale", "dclanguage", "language")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """`titles` holds every form of the title, the most trusted first; `dates` strings by where they were read.

    `summary` is the article's; a site's own is none.
    """

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    dates: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    summary: str | None = None


def read_page_metadata(body: str) -> PageMetadata:
    """The metadata of a page; empty where it is no page that can be parsed."""
    tree = load_html(body)
    if tree is None:
        return PageMetadata()
    linked = _linked_data(tree)
    meta = _meta_tags(tree)
    publisher = _clean(_name(linked.get("publisher"))) or _pick(meta, _META_PUBLISHERS)
    headings = list(tree.iter("h1", "h2", "h3"))
    titles = page_titles(tree, [_clean(linked.get("headline")), _pick(meta, _META_TITLES)], publisher, headings)
    return PageMetadata(
        titles=titles,
        authors=_authors(linked.get("author")) or _meta_authors(meta),
        dates=page_dates(tree, linked, meta, headline_of(headings, titles)),
        url=_url(tree, linked, meta),
        publisher=publisher,
        language=_clean(linked.get("inLanguage")) or _pick(meta, _META_LANGUAGES),
        summary=_summary(linked, meta),
    )


def _linked_data(tree: Any) -> dict[str, Any]:
    """The JSON-LD object that is about the article: the first with a headline, or of an article's type."""
    objects = [found for value in linked_values(tree) for found in _walk(value)]
    articles = [found for found in objects if _is_article(found)]
    return max(articles, key=lambda found: ("headline" in found) + ("datePublished" in found), default={})


def _walk(value: object) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD document, outer first."""
    if isinstance(value, list):
        for entry in value:
            yield from _walk(entry)
    elif isinstance(value, dict):
        yield value
        yield from _walk(value.get("@graph"))
        yield from _walk(value.get("mainEntity"))


def _is_article(found: Mapping[str, Any], kind: re.Pattern[str] = _ARTICLE_TYPE) -> bool:
    stated = found.get("@type")
    kinds = stated if isinstance(stated, list) else [stated]
    return any(isinstance(name, str) and kind.search(name) for name in kinds)


def _summary(linked: Mapping[str, Any], meta: Mapping[str, list[str]]) -> str | None:
    if _is_article(linked, _SURE_ARTICLE_TYPE) and (stated := _clean(linked.get("description"))):
        return stated
    return _pick(meta, ("ogdescription",)) if _pick(meta, ("ogtype",)) == "article" else None


def _meta_tags(tree: Any) -> dict[str, list[str]]:
    """{name as `meta_key` writes it: contents} of the meta tags."""
    found: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        content = clean_text(unescape(tag.get("content") or ""))
        if name and content:
            found.setdefault(meta_key(name), []).append(content)
    return found


def _pick(meta: Mapping[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((meta[name][0] for name in names if name in meta), None)


def _url(tree: Any, linked: Mapping[str, Any], meta: Mapping[str, list[str]]) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    entity = linked.get("mainEntityOfPage")
    candidates = [*links, *meta.get("ogurl", []), linked.get("url")]
    candidates.append(entity.get("@id") if isinstance(entity, dict) else entity)
    addresses = [text.strip() for text in candidates if isinstance(text, str)]
    return next((address for address in addresses if re.fullmatch(r"https?://\S+", address)), None)


def _authors(value: Any) -> tuple[str, ...]:
    """Names out of JSON-LD: strings, objects with a name, or a list of them."""
    entries = value if isinstance(value, list) else [value]
    names = [_clean(_name(entry)) for entry in entries]
    return tuple(dict.fromkeys(part for name in names if name for part in split_names(name)))


def _meta_authors(meta: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Names out of the first tag that holds any; an address (a profile page) is none."""
    for name in _META_AUTHORS:
        found = [part for text in meta.get(name, []) if "://" not in text for part in split_names(text)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _name(value: Any) -> object:
    return value.get("name") if isinstance(value, dict) else value


def _clean(value: object) -> str | None:
    return clean_text(unescape(value)) or None if isinstance(value, str) else None
