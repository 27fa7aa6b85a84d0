"""What every page of a report needs: who an id is, and where its page lies. Imports nothing of the project.

An actor of several articles has pages of its own; the many whom one article alone knows share pages, fifty on each,
in the order of their ids: a corpus of 10,000 articles has some 100,000 actors, and as many files would take longer
to write than the rest together.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

SHARING = 50  # actors on one shared page
ROWS = 100  # rows of a list on one page
_UNSAFE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Site:
    """Names and addresses. All addresses are relative to the report's folder."""

    title: str
    version: str
    fingerprint: str
    made_by: str
    articles: Mapping[str, Mapping[str, Any]]  # article_id: row of `articles` without the text
    actors: Mapping[str, Mapping[str, Any]]  # actor_id: row of `actors`
    actor_pages: Mapping[str, str]  # actor_id: address
    anchors: Mapping[str, str]  # actor_id: HTML that names the actor and leads to it from one folder deep
    days: Mapping[str, str]  # article_id: publication day in ISO form, empty where it is not known
    headlines: Mapping[str, str]  # article_id: what `headline` gives, escaped once for the many times that it is shown
    collections: Mapping[str, str]  # collection_id: title
    private: tuple[str, ...] = ()  # titles of collections whose texts are shown and may not be passed on

    def name(self, actor_id: str) -> str:
        """The actor's canonical name as the tables show it."""
        return str(self.actors[actor_id]["name"])

    def links(self, actor_ids: Iterable[str]) -> list[tuple[str, str]]:
        """Names and addresses of actors, in the order given."""
        return [(self.name(actor), self.actor_pages[actor]) for actor in actor_ids]

    def headline(self, article_id: str) -> str:
        """The article's title, else what its collection knows it by."""
        return name_article(self.articles[article_id])

    def day(self, article_id: str) -> str:
        """Its publication day in ISO form, empty where it is not known."""
        return self.days[article_id]


def name_article(row: Mapping[str, Any]) -> str:
    """The article's title, else what its collection knows it by."""
    return str(row["title"] or row["locator"])


def article_page(article_id: str) -> str:
    """The address of an article's page."""
    return f"articles/{article_id}.html"


def address_actors(actors: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The address of every actor's page: its own, or its place on a shared one."""
    rows = sorted(actors, key=lambda row: str(row["actor_id"]))
    several = [row["actor_id"] for row in rows if row["n_articles"] > 1]
    single = [row["actor_id"] for row in rows if row["n_articles"] <= 1]
    own = {actor: f"actors/{file_name(actor)}.html" for actor in several}
    shared = {
        actor: f"{paged('actors/shared.html', at // SHARING + 1)}#{file_name(actor)}" for at, actor in enumerate(single)
    }
    return own | shared


def anchor_actors(actors: Iterable[Mapping[str, Any]], pages: Mapping[str, str]) -> dict[str, str]:
    """A link to every actor as HTML, escaped once for the many times that it is shown."""
    return {
        row["actor_id"]: f'<a href="../{escape(pages[row["actor_id"]])}">{escape(row["name"])}</a>' for row in actors
    }


def file_name(actor_id: str) -> str:
    """The id as a name that any file system and any address takes; no two ids share one, whatever their case.

    >>> file_name("person/lena-voss")
    'person-lena-voss'
    >>> file_name("state/XAB")
    'state-xab-2969d410'
    """
    plain = actor_id.replace("/", "-", 1)
    name = _UNSAFE.sub("-", plain.lower())[:80].strip("-")
    return name if name == plain else f"{name}-{hashlib.sha256(actor_id.encode()).hexdigest()[:8]}"


def paged(address: str, page: int) -> str:
    """The address of one page of several, the first being 1; a dot, which no `file_name` holds, keeps them apart.

    >>> paged("actors/person-a.html", 1), paged("actors/person-a.html", 2)
    ('actors/person-a.html', 'actors/person-a.2.html')
    """
    return address if page == 1 else address.removesuffix(".html") + f".{page}.html"


def pages_of(n_rows: int, rows: int = ROWS) -> int:
    """How many pages so many rows fill; at least one."""
    return max(1, -(-n_rows // rows))
