"""The words in which a table is defined: types of columns, vocabularies, ids, rules. Imports nothing of the project.

A table is one pandera model. What it says here about a column (type, nullability, description, values, rules) is what
the check, the Arrow schema, the Hugging Face features and the documentation are made of; nothing states it twice.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

# A rule that fails on every row of a million costs 52 s and 6 GB where all failures are gathered, under 1 s with this.
LIMIT = 20

Strings = Annotated[pl.List, pl.String]
Spans = Annotated[pl.List, pl.Struct({"start": pl.Int32, "end": pl.Int32})]
Timestamp = Annotated[pl.Datetime, "us", "UTC"]

# What an id of each hashed kind begins with; 16 hexadecimal digits follow.
ID_PREFIXES = {"article": "art", "quote": "quo", "claim": "cla", "mention": "men", "claim_group": "grp"}

NOT_EMPTY = {"min_value": 1}
SHA256 = r"^[0-9a-f]{64}$"
COUNTRY = r"^[A-Z]{3}$"
LANGUAGE = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
ACTOR_ID = r"^[a-z]+/\S+$"
AUTHORITY_ID = r"^[^\s:]+:\S.*$"


def column(description: str, **checks: Any) -> Any:
    """One column: its description, and pandera's own checks (nullable, unique, ge, le, str_matches, …)."""
    return pa.Field(description=description, n_failure_cases=LIMIT, **checks)


def one_of(vocabulary: Mapping[str, str], description: str, **checks: Any) -> Any:
    """A column that holds a value of a closed vocabulary ({value: meaning}, which documentation shows)."""
    return column(description, isin=list(vocabulary), metadata={"vocabulary": dict(vocabulary)}, **checks)


def hashed_id(kind: str, description: str, **checks: Any) -> Any:
    """A column of ids made by hashing: the kind's prefix and 16 hexadecimal digits."""
    return column(description, str_matches=rf"^{ID_PREFIXES[kind]}-[0-9a-f]{{16}}$", **checks)


def rule(sentence: str, *columns: str, holds: Callable[[str], pl.Expr]) -> Any:
    """A rule within a row, which `sentence` states and which each of `columns` keeps where `holds(column)` is true.

    A comparison with a missing value is null in polars: that counts as broken, so `holds` says what is allowed.
    """

    def check(_model: type, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(holds(data.key).fill_null(value=False).alias(data.key))

    decorate = pa.check(*columns, name=sentence, n_failure_cases=LIMIT, ignore_na=False)
    return decorate(classmethod(check))


def spans_in_order(column: str) -> pl.Expr:
    """Every span has a start and an end, is not empty, begins at 0 or later and not before the one before it ends."""
    start, end = pl.element().struct.field("start"), pl.element().struct.field("end")
    in_order = (start >= end.shift(1, fill_value=0)) & (end > start)
    return pl.col(column).list.eval(in_order.fill_null(value=False)).list.all()


def items_present(column: str) -> pl.Expr:
    """No item of the list is missing or empty."""
    return pl.col(column).list.eval((pl.element().str.len_bytes() > 0).fill_null(value=False)).list.all()


def items_distinct(column: str) -> pl.Expr:
    """No item of the list stands in it twice."""
    return pl.col(column).list.n_unique() == pl.col(column).list.len()


def items_match(pattern: str) -> Callable[[str], pl.Expr]:
    """Every item of the list matches the pattern."""
    return lambda column: pl.col(column).list.eval(pl.element().str.contains(pattern).fill_null(value=False)).list.all()


def null_exactly_where(other: str) -> Callable[[str], pl.Expr]:
    """The column is null in the rows where `other` is, and in no others."""
    return lambda column: pl.col(column).is_null() == pl.col(other).is_null()


def rounded(column: str) -> pl.Expr:
    """The number as its column keeps it: rounded to 3 decimals (in float64, so that rounding twice changes nothing)."""
    return pl.col(column).cast(pl.Float64).round(3).cast(pl.Float32)


def is_rounded(column: str) -> pl.Expr:
    """The number has no more than 3 decimals."""
    return pl.col(column) == rounded(column)


def rule_sentence(check: pa.Check) -> str:
    """What a check asks of a value, in words: its own sentence, or one for pandera's built-in ones."""
    stated = check.statistics or {}
    match check.name:
        case "isin":
            return "is one of " + ", ".join(stated["allowed_values"])
        case "str_matches":
            return f"matches {stated['pattern']}"
        case "str_length":
            return "is not empty"
        case "greater_than_or_equal_to":
            return f"is at least {stated['min_value']}"
        case "less_than_or_equal_to":
            return f"is at most {stated['max_value']}"
    return str(check.name)
