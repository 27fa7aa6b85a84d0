"""ids.csv: what a build writes is what the next one reads, and nothing else is taken for it."""

import polars as pl
import pytest

from builder.errors import SettingsError
from builder.resolve.ids import COLUMNS, no_ids, parse_ids, render_ids

ROWS = [
    ("art-0979f537e5e74921", "person", 'Ada "Ace" Orm, Jr.', "person/ada-orm"),
    ("art-58a1c1ed2bd4b2c1", "person", "Ada Orm", "person/ada-orm"),
]
HEAD = ",".join(COLUMNS)


def test_what_is_written_is_read_again() -> None:
    ids = pl.DataFrame(ROWS, schema=list(COLUMNS), orient="row")
    assert parse_ids(render_ids(ids).encode(), "ids.csv").equals(ids)
    assert parse_ids(render_ids(no_ids()).encode(), "ids.csv").equals(no_ids())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "cannot be read as CSV"),
        ("key,actor_id\n", ":1: found the columns key, actor_id; expected article_id"),
        (f"{HEAD}\nart-1,person,Ada Orm,person/ada-orm\n", ":2: article_id is 'art-1'; expected an article's id"),
        (f"{HEAD}\nart-0979f537e5e74921,person,,person/a\n", ":2: name is ''; expected a name"),
        (f"{HEAD}\nart-0979f537e5e74921,person,Ada Orm,Ada\n", ":2: actor_id is 'Ada'; expected an actor's id"),
        (
            f"{HEAD}\nart-0979f537e5e74921,person,Ada Orm,person/a\nart-0979f537e5e74921,person,Ada Orm,person/b\n",
            "lines 2, 3 give 'Ada Orm' of art-0979f537e5e74921 several ids",
        ),
    ],
)
def test_a_mistake_says_file_line_and_what_was_expected(content: str, said: str) -> None:
    with pytest.raises(SettingsError, match=r"raw/ids\.csv") as caught:
        parse_ids(content.encode(), "raw/ids.csv")
    assert said in str(caught.value)
