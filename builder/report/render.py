"""Fill in a page's template; whatever is filled in is escaped. Imports leaves of report.

`builder.publish.render` makes Markdown and escapes nothing of HTML; here autoescape is always on.
"""

from functools import cache
from urllib.parse import urlsplit

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined

from builder.report.charts import draw_bar
from builder.report.rows import draw_facts, draw_said
from builder.report.site import paged


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("builder.report"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "draw_bar": draw_bar,
        "draw_facts": draw_facts,
        "draw_said": draw_said,
        "shade": shade,
        "paged": paged,
    }
    environment.filters |= {"cell": format_cell, "heading": name_column, "web": web_address}
    return environment


def render_page(template: str, **values: object) -> str:
    """The page's HTML; a name that is not among `values` is an error, not a blank."""
    return _environment().get_template(template).render(**values)


def format_cell(value: object) -> str:
    """A table's cell as people read it.

    A number with a fraction is a share.

    >>> format_cell(1234), format_cell(0.25), format_cell(None)
    ('1,234', '25.0 %', '')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{100 * value:.1f} %"
    return f"{value:,}" if isinstance(value, int) else str(value)


def name_column(column: str) -> str:
    """A column's name as people read it.

    >>> name_column("quote_type")
    'Quote type'
    """
    return column[:1].upper() + column[1:].replace("_", " ")


def shade(value: int, largest: int) -> int:
    """How dark a number's ground is, 0 to 4: 0 is none, for 0 alone.

    >>> shade(0, 9), shade(1, 9), shade(9, 9)
    (0, 1, 4)
    """
    return -(-4 * value // largest) if largest else 0


def web_address(url: str | None) -> str | None:
    """The address if following it is harmless: a title may be hostile, and so may an address.

    >>> web_address("https://gazette.example/a"), web_address("javascript:alert(1)")
    ('https://gazette.example/a', None)
    """
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def render_csv(frame: pl.DataFrame) -> str:
    """The frame as CSV, lists joined by a semicolon, times in ISO form."""
    lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    return frame.with_columns(pl.col(name).list.join("; ") for name in lists).write_csv()
