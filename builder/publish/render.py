"""Fill in a template of `templates/`. Imports nothing of the project.

The templates make Markdown, and what they fill in was written by strangers (titles, citations): `escape`
keeps it from breaking a table or adding markup.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

_MARKUP = re.compile(r"([\\`*\[\]<>|#~])")


def render(template: str, **values: object) -> str:
    """The template's text; a name that is not among `values` is an error, not a blank."""
    return _environment().get_template(template).render(**values)


def render_macros(template: str, names: Iterable[str], **values: object) -> dict[str, str]:
    """The texts of those macros that the template has and that say something, by name."""
    module = _environment().get_template(template).make_module(values)
    texts = {name: str(getattr(module, name)()).strip() for name in names if hasattr(module, name)}
    return {name: text for name, text in texts.items() if text}


@cache
def _environment() -> "Environment":
    """One for all templates, which it compiles once: they are files of the package and never change."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # commands that only count words do without

    environment = Environment(  # Markdown, not HTML: `escape` does what is needed
        loader=PackageLoader("builder.publish"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
    )
    environment.filters |= {"thousands": thousands, "escape": escape}
    environment.globals["n"] = number_of
    return environment


def thousands(number: int) -> str:
    """A whole number with its thousands marked.

    >>> thousands(1234567)
    '1,234,567'
    """
    return f"{number:,}"


def number_of(number: int, noun: str) -> str:
    """A number and its noun.

    >>> number_of(1, "quote"), number_of(0, "raw item"), number_of(2000, "article")
    ('1 quote', '0 raw items', '2,000 articles')
    """
    return f"{thousands(number)} {noun}{'' if number == 1 else 's'}"


def escape(text: str) -> str:
    r"""One line of Markdown that shows the text as it is.

    >>> print(escape("A | B\n<b>*c*</b>"))
    A \| B \<b\>\*c\*\</b\>
    """
    return _MARKUP.sub(r"\\\1", " ".join(str(text).split()))
