"""ids.csv: which id an actor of an article has, for the next build to give again.

Imports `builder.errors`, `pieces`. A row is (article_id, actor_kind, name, actor_id): the actor whom that article names
so. Rows of articles that are no longer there stay: an id that was once given is nobody else's. Who has no name of his
own (unnamed, group, document) is not in it: such an id follows from the article and its words alone.
"""

import io

import polars as pl

from builder.errors import SettingsError
from builder.resolve.pieces import render_csv

NAME = "ids.csv"
COLUMNS = ("article_id", "actor_kind", "name", "actor_id")
KEY = ["article_id", "actor_kind", "name"]
# What an article's id begins with; the rest is a hash.
ARTICLE = "art-"
_PATTERNS = {
    "article_id": (rf"^{ARTICLE}[0-9a-f]{{16}}$", "an article's id such as art-0979f537e5e74921"),
    "actor_kind": (r"^[a-z]+$", "a kind of actor such as person"),
    "name": (r"\S", "a name"),
    "actor_id": (r"^[a-z]+/\S+$", "an actor's id such as person/ada-orm"),
}
_SHOWN = 5


def no_ids() -> pl.DataFrame:
    """The table of a first build: no rows, four columns of strings."""
    return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String()))


def render_ids(ids: pl.DataFrame) -> str:
    r"""The table as CSV, sorted.

    >>> row = ("art-0979f537e5e74921", "person", "Ada Orm", "person/ada-orm")
    >>> render_ids(pl.DataFrame([row], schema=COLUMNS, orient="row"))
    'article_id,actor_kind,name,actor_id\nart-0979f537e5e74921,person,Ada Orm,person/ada-orm\n'
    """
    return "".join(render_csv([ids.sort(COLUMNS)], COLUMNS))


def parse_ids(content: bytes, where: str) -> pl.DataFrame:
    """What `render_ids` wrote; raise SettingsError with file, line and what was expected where it is anything else.

    `where` names the file. One actor of one article has one id; the same row twice is one row.
    """
    try:
        ids = pl.read_csv(io.BytesIO(content), infer_schema=False, encoding="utf8").fill_null("")
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as problem:
        raise SettingsError(
            f"{where}: cannot be read as CSV in UTF-8 ({problem}); take the file from the release anew"
        ) from problem
    if tuple(ids.columns) != COLUMNS:
        raise SettingsError(
            f"{where}:1: found the columns {', '.join(ids.columns)}; expected {', '.join(COLUMNS)}: "
            "take the file as a build or release wrote it"
        )
    numbered = ids.with_row_index("line", offset=2)
    for column, (pattern, expected) in _PATTERNS.items():
        wrong = numbered.filter(~pl.col(column).str.contains(pattern))
        if wrong.height:
            line, value = wrong.select("line", column).row(0)
            raise SettingsError(f"{where}:{line}: {column} is {value!r}; expected {expected}")
    _refuse_two_ids(numbered, where)
    return ids.unique().sort(COLUMNS)


def _refuse_two_ids(numbered: pl.DataFrame, where: str) -> None:
    twice = numbered.unique(COLUMNS, keep="first", maintain_order=True).filter(pl.struct(KEY).is_duplicated())
    if twice.height:
        lines = ", ".join(map(str, twice["line"].head(_SHOWN)))
        article_id, _, name, actor_id = twice.select(COLUMNS).row(0)
        raise SettingsError(
            f"{where}: lines {lines} give {name!r} of {article_id} several ids, the first {actor_id}; "
            "expected one: keep one of the lines"
        )
