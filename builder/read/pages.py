"""An article may be spread over several pages: these are told by their links to each other, and joined.

May import `builder.read.record`. Two pages belong together where one links to the other as `next` or `prev` and their
addresses are the same but for the page's number. A link to the next article differs in more than that.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urldefrag, urljoin

from builder.read.record import PAGE_BREAK, Record

_TAG = re.compile(r"<(?:link|a|meta)\b[^<>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_QUERY = re.compile(r"([?&])(?:page|p|pg|pagina|seite|pagewanted)=(\d{1,2})(?=&|$)", re.IGNORECASE)
_PATH = re.compile(r"(?:/page/|[-_/](?:page|seite|p)[-_]?)(\d{1,2})(?=\.\w{2,5}$|/?$)", re.IGNORECASE)
# A bare number may be an article's own: it is a page's only where the first page, without one, is there too.
_BARE = re.compile(r"(?:[-_](\d{1,2})(?=\.\w{2,5}$)|/(\d{1,2})/?$)")


@dataclass(frozen=True, slots=True)
class PageOf:
    """Which article a page belongs to, and which of its pages it is; `is_sure` where no bare number tells so."""

    base: str
    number: int
    is_sure: bool


def page_of(record: Record) -> PageOf | None:
    """What a page's links say of the article that it is a part of; None where it is all of one."""
    if record.media_type != "text/html":
        return None
    links = _links(record.body)
    own = record.metadata.url or links.get("canonical") or record.locator
    places: set[tuple[str, int]] = set()
    is_sure = True
    for relation, step in (("next", -1), ("prev", 1)):
        if relation in links:
            base, number, sure = _numbered(urljoin(own, links[relation]))
            places.add((base, number + step))
            is_sure = is_sure and (sure or (number == 1 and step > 0))
    if len(places) != 1:
        return None
    base, number = places.pop()
    own_base, own_number, _ = _numbered(own)
    knows_itself = "://" in own or "://" not in base
    if number < 1 or (knows_itself and (own_base != base or own_number not in (1, number))):
        return None
    return PageOf(base, number, is_sure)


def is_article(pages: Iterable[PageOf]) -> bool:
    """Whether pages of one base are one article: more than one, and with a first page where only numbers tell."""
    found = list(pages)
    return len(found) > 1 and (all(page.is_sure for page in found) or any(page.number == 1 for page in found))


def join_pages(pages: dict[int, Record]) -> Record:
    """The pages by number as one record, which stands where the first of them stands."""
    ordered = [pages[number] for number in sorted(pages)]
    body = PAGE_BREAK.join(page.body.replace(PAGE_BREAK, " ") for page in ordered)
    return replace(ordered[0], body=body, n_pages=len(ordered))


def _links(body: str) -> dict[str, str]:
    """{relation: address} of the page's first link of each relation that matters here."""
    found: dict[str, str] = {}
    for tag in _TAG.finditer(body):
        if not re.search(r"(?i)\b(?:next|prev|previous|canonical|og:url)\b", tag[0]):
            continue
        attributes = {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(tag[0])}
        address = html.unescape(attributes.get("href") or "").strip()
        for relation in attributes.get("rel", "").lower().replace("previous", "prev").split():
            if address and relation in ("next", "prev", "canonical"):
                found.setdefault(relation, address)
        if attributes.get("property") == "og:url" and attributes.get("content"):
            found.setdefault("canonical", html.unescape(attributes["content"]).strip())
    return found


def _numbered(address: str) -> tuple[str, int, bool]:
    """An address without its page's number, that number (1 for none), and whether it is one for sure.

    >>> _numbered("https://t.example/story?page=2"), _numbered("https://t.example/story/")
    (('https://t.example/story', 2, True), ('https://t.example/story', 1, True))
    >>> _numbered("https://t.example/story-3.html")
    ('https://t.example/story.html', 3, False)
    """
    plain = urldefrag(address)[0]
    if match := _QUERY.search(plain):
        rest = plain[: match.start()] + (match[1] + plain[match.end() + 1 :] if plain[match.end() :] else "")
        return rest.rstrip("/"), int(match[2]), True
    path, mark, query = plain.partition("?")
    for pattern, is_sure in ((_PATH, True), (_BARE, False)):
        if match := pattern.search(path):
            number = next(group for group in match.groups() if group)
            rest = path[: match.start()] + path[match.end() :]
            return rest.rstrip("/") + mark + query, int(number), is_sure
    return path.rstrip("/") + mark + query, 1, True
