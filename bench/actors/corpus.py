"""Actors of invented articles, as many as asked for, with the difficulties of real ones. Imports `builder.assemble`.

Drawn with a fixed seed. A few names are in the news every day and most once (Zipf); the number of names grows with
that of articles. One name in twenty has a second spelling, one in fifty is borne by two people, half of the mentions
say a role, a third a country; organizations have acronyms, some of them two have.
"""

from datetime import date, timedelta

import numpy as np
import polars as pl

from builder.assemble.shards import SHARD_SCHEMAS

_PER_ARTICLE = 10
_FIRST = ("ba", "de", "ka", "lo", "mi", "no", "ra", "si", "ta", "ve", "yu", "zo")
_MIDDLE = ("l", "n", "r", "rd", "st", "v", "k", "m", "dr", "gn")
_LAST = ("a", "en", "ov", "ic", "er", "in", "ul", "as", "em", "or")
_ROLES = (
    "minister", "mayor of Brask", "senator", "judge", "coach", "goalkeeper", "professor", "chief executive", "general",
    "spokeswoman", "bishop", "singer", "baker", "ambassador", "economist",
)  # fmt: skip
_COUNTRIES = [f"X{a}{b}" for a in "ABCDEF" for b in "ABCDE"]
_BODIES = ("League", "Bank", "Party", "Union", "Council", "Institute", "Agency", "Press")
_START = date(2020, 1, 1)


def invent_actors(n: int, seed: int = 6) -> pl.DataFrame:
    """`n` rows as `link_actors` takes them, sorted by article."""
    random = np.random.default_rng(seed)
    n_articles = n // _PER_ARTICLE
    people, bodies = _names(random, n // 12, 2), _names(random, n // 60, 1)
    article = np.sort(random.integers(0, n_articles, n))
    kind = random.choice(["person", "organization", "state", "group"], n, p=[0.6, 0.25, 0.1, 0.05])
    who = _zipf(random, n)
    rows = [_actor(random, str(k), float(w), people, bodies) for k, w in zip(kind, who, strict=True)]
    names, aliases, countries, roles, entries = zip(*rows, strict=True)
    local = np.arange(n) - np.searchsorted(article, article)
    return pl.DataFrame(
        {
            "article_id": [f"art-{number:016x}" for number in article],
            "collection_id": [f"paper-{number % 40}" for number in article],
            "local": local,
            "name": names,
            "actor_kind": kind.tolist(),
            "aliases": aliases,
            "country_code": countries,
            "roles": roles,
            "authority_ids": [[] for _ in range(n)],
            "entry": entries,
            "published_date": [_START + timedelta(days=int(number) % 1500) for number in article],
        },
        schema=SHARD_SCHEMAS["local_actors"],
    )


def _zipf(random: np.random.Generator, n: int) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Where in a list of names each mention falls, 0 to 1: the first names have most."""
    return random.random(n) ** 3


def _names(random: np.random.Generator, n: int, words: int) -> list[str]:
    parts = random.integers(0, 10, (n, words, 4))
    return [
        " ".join((_FIRST[a] + _MIDDLE[b] + _FIRST[c] + _LAST[d]).capitalize() for a, b, c, d in name)
        for name in parts.tolist()
    ]


Row = tuple[str, list[str], str | None, list[str], str | None]


def _actor(random: np.random.Generator, kind: str, who: float, people: list[str], bodies: list[str]) -> Row:
    if kind == "state":
        code = _COUNTRIES[int(who * len(_COUNTRIES))]
        return code, [], code, [], f"state/{code}"
    if kind == "group":
        return "local residents", [], None, [], None
    if kind == "organization":
        return _body(random, int(who * len(bodies)), bodies)
    number = int(who * len(people))
    bearer = number + (number % 50 == 0 and random.random() < 0.3)
    name = people[number]
    if number % 20 == 1 and random.random() < 0.4:
        name = name.replace("y", "j").replace("v", "w").replace("k", "c")
    roles = [_ROLES[bearer % len(_ROLES)]] if random.random() < 0.5 else []
    country = _COUNTRIES[bearer % len(_COUNTRIES)] if random.random() < 0.33 else None
    return name, [name.split()[-1]], country, roles, None


def _body(random: np.random.Generator, number: int, bodies: list[str]) -> Row:
    name = f"{bodies[number]} {_BODIES[number % 8]} of {bodies[number // 2]}"
    acronym = (
        "".join(word[0] for word in name.split() if word[0].isupper()) + chr(65 + number % 26) + chr(65 + number % 23)
    )
    says = random.random()
    return (acronym, [], None, [], None) if says < 0.1 else (name, [acronym] if says < 0.3 else [], None, [], None)
