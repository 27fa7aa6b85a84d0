"""Whether an attribution is quoted directly, partly or not at all. Imports `builder.extract.quotations`."""

import re
from collections.abc import Sequence

from builder.extract.attribution import Span
from builder.extract.quotations import Quotation

_WORD_CHARACTER = re.compile(r"\w")


def quote_type(text: str, content_spans: Sequence[Span], quotations: Sequence[Quotation]) -> str:
    """direct, mixed or indirect, by the content's letters and digits that stand inside `quotations` of `text`.

    >>> from builder.extract.quotations import find_quotations
    >>> text = "Ann said it was “a sorry mess” then."
    >>> quote_type(text, [(9, 30)], find_quotations(text)), quote_type(text, [(17, 29)], find_quotations(text))
    ('mixed', 'direct')
    """
    inside = outside = 0
    for start, end in content_spans:
        total = len(_WORD_CHARACTER.findall(text, start, end))
        quoted = sum(
            len(_WORD_CHARACTER.findall(text, max(start, quotation.start + 1), min(end, quotation.end)))
            for quotation in quotations
            if quotation.start < end and start < quotation.end
        )
        inside += quoted
        outside += total - quoted
    if inside == 0:
        return "indirect"
    return "direct" if outside <= 0 else "mixed"
