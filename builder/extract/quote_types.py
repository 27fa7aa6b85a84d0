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
        for match in _WORD_CHARACTER.finditer(text, start, end):
            if any(quotation.start < match.start() < quotation.end for quotation in quotations):
                inside += 1
            else:
                outside += 1
    if inside == 0:
        return "indirect"
    return "direct" if outside == 0 else "mixed"
